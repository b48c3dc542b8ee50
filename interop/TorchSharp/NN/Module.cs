using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp.Modules
{
    /// <summary>A tensor that a module learns. It takes over the handle of the tensor it is made from.</summary>
    public class Parameter : torch.Tensor
    {
        public Parameter(torch.Tensor data, bool requires_grad = true)
            : base(data.with_requires_grad(requires_grad).MoveHandle(), register: false) =>
            DisposeScope.ReplaceWith(data, this);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

            public class Module : IDisposable
            {
                private readonly List<KeyValuePair<string, Module>> _modules = [];
                private readonly List<KeyValuePair<string, Tensor>> _buffers = [];
                private readonly List<KeyValuePair<string, Parameter>> _parameters = [];
                private bool _componentsRegistered;
                private bool _training = true;

                protected string name;

                protected Module(string name) => this.name = name;

                public virtual bool training => _training;

                public virtual string GetName() => name;

                public virtual void train(bool train = true)
                {
                    _training = train;
                    foreach (var (_, module) in _modules)
                        module.train(train);
                }

                public virtual void eval() => train(false);

                public virtual void zero_grad(bool set_to_none = true)
                {
                    foreach (var parameter in parameters())
                        parameter.ResetGrad(set_to_none);
                }

                protected virtual void RegisterComponents()
                {
                    if (_componentsRegistered)
                        return;
                    foreach (var field in Fields(GetType()))
                    {
                        if (Has(_modules, field.Name) || Has(_parameters, field.Name) || Has(_buffers, field.Name))
                            continue;
                        switch (field.GetValue(this))
                        {
                            case Module module:
                                register_module(field.Name, module);
                                break;
                            case Parameter parameter:
                                register_parameter(field.Name, parameter);
                                break;
                            case Tensor tensor:
                                register_buffer(field.Name, tensor);
                                break;
                        }
                    }
                    _componentsRegistered = true;
                }

                /// <summary>All fields, the most derived class's first, private ones of base classes too.</summary>
                private static IEnumerable<FieldInfo> Fields(Type type)
                {
                    const BindingFlags own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
                    for (var t = type; t is not null && t != typeof(Module); t = t.BaseType)
                    {
                        foreach (var field in t.GetFields(own))
                            yield return field;
                    }
                }

                public virtual void register_module(string name, Module submodule)
                {
                    if (string.IsNullOrEmpty(name))
                        throw new ArgumentException("module name can't be empty string \"\"");
                    if (name.Contains('.', StringComparison.Ordinal))
                        throw new ArgumentException($"module name can't contain \".\", got: {name}");
                    if (Has(_modules, name))
                        throw new InvalidOperationException($"Sub-module {name} is already registered.");
                    submodule.RegisterComponents();
                    _modules.Add(new(name, submodule));
                }

                public void add_module(string name, Module module) => register_module(name, module);

                public virtual void register_buffer(string name, Tensor tensor)
                {
                    if (tensor is null || tensor.IsInvalid)
                        throw new ArgumentNullException(nameof(tensor), "A null tensor cannot be registered as a buffer.");
                    if (Has(_buffers, name))
                        throw new InvalidOperationException($"Tensor {name} is already registered.");
                    _buffers.Add(new(name, tensor.DetachFromDisposeScope()));
                }

                public virtual void register_parameter(string name, Parameter param)
                {
                    if (param is null || param.IsInvalid)
                        throw new ArgumentNullException(nameof(param), "A null tensor cannot be registered as a parameter.");
                    if (Has(_parameters, name))
                        throw new InvalidOperationException($"Parameter {name} is already registered.");
                    param.DetachFromDisposeScope();
                    _parameters.Add(new(name, param));
                }

                public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                    Named(recurse, m => m._parameters);

                public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

                public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true) => Named(recurse, m => m._buffers);

                public virtual IEnumerable<Tensor> buffers(bool recurse = true) => named_buffers(recurse).Select(b => b.buffer);

                public virtual IEnumerable<(string name, Module module)> named_children() => _modules.Select(m => (m.Key, m.Value));

                public virtual IEnumerable<Module> children() => named_children().Select(m => m.module);

                public virtual IEnumerable<(string name, Module module)> named_modules() =>
                    named_children().Concat(_modules.SelectMany(m => m.Value.named_modules().Select(n => ($"{m.Key}.{n.name}", n.module))));

                public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

                public virtual Parameter? get_parameter(string target) => named_parameters().FirstOrDefault(p => p.name == target).parameter;

                public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(b => b.name == target).buffer;

                public virtual bool has_parameter(string target) => get_parameter(target) is not null;

                public virtual bool has_buffer(string target) => get_buffer(target) is not null;

                public virtual Module apply(Action<Module> fn)
                {
                    foreach (var module in children())
                        module.apply(fn);
                    fn(this);
                    return this;
                }

                public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
                {
                    destination ??= [];
                    var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                    foreach (var (key, parameter) in named_parameters())
                        destination.TryAdd(start + key, parameter);
                    foreach (var (key, buffer) in named_buffers())
                        destination.TryAdd(start + key, buffer);
                    return destination;
                }

                public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                    Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
                {
                    skip ??= [];
                    var destination = state_dict();
                    var unexpected = source.Keys.Where(k => !skip.Contains(k) && !destination.ContainsKey(k)).ToList();
                    var missing = destination.Keys.Where(k => !skip.Contains(k) && !source.ContainsKey(k)).ToList();
                    if (strict && (missing.Count > 0 || unexpected.Count > 0))
                        throw new InvalidOperationException("The loaded state_dict is not identical to the target dictionary.");
                    using var noGrad = no_grad();
                    foreach (var (key, value) in source)
                    {
                        if (skip.Contains(key) || !destination.TryGetValue(key, out var target))
                            continue;
                        target.copy_(value);
                    }
                    return (missing, unexpected);
                }

                public Module save(string location, IList<string>? skip = null)
                {
                    using var stream = File.Create(location);
                    using var writer = new BinaryWriter(stream);
                    return save(writer, skip);
                }

                public Module save(Stream stream, IList<string>? skip = null)
                {
                    using var writer = new BinaryWriter(stream);
                    return save(writer, skip);
                }

                public Module save(BinaryWriter writer, IList<string>? skip = null)
                {
                    save_state_dict(writer, state_dict(), skip);
                    return this;
                }

                public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
                {
                    var kept = sd.Where(entry => skip is null || !skip.Contains(entry.Key)).ToList();
                    writer.Encode(kept.Count);
                    foreach (var (key, tensor) in kept)
                    {
                        writer.Write(key);
                        tensor.Save(writer);
                    }
                }

                public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
                {
                    if (!File.Exists(location))
                        throw new FileNotFoundException(location);
                    using var stream = File.OpenRead(location);
                    return load(stream, strict, skip, loadedParameters);
                }

                public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
                {
                    using var reader = new BinaryReader(stream);
                    return load(reader, strict, skip, loadedParameters);
                }

                public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
                {
                    var state = state_dict();
                    var entries = reader.Decode();
                    if (strict && entries != state.Count)
                        throw new ArgumentException($"Mismatched state_dict sizes: expected {state.Count}, but found {entries} entries.");
                    for (var i = 0L; i < entries; i++)
                    {
                        var key = reader.ReadString();
                        var found = state.TryGetValue(key, out var tensor);
                        loadedParameters?.Add(key, found);
                        if (found)
                            tensor!.Load(reader, skip: skip?.Contains(key) ?? false);
                        else if (strict)
                            throw new ArgumentException($"Mismatched module state names: the target modules does not have a submodule or buffer named '{key}'");
                        else
                            TensorExtensionMethods.Read(reader).Dispose();
                    }
                    return this;
                }

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                protected virtual void Dispose(bool disposing)
                {
                    if (!disposing)
                        return;
                    foreach (var (_, parameter) in _parameters)
                        parameter.Dispose();
                    foreach (var (_, buffer) in _buffers)
                        buffer.Dispose();
                    foreach (var (_, module) in _modules)
                        module.Dispose();
                }

                protected internal virtual Module _to(Device? device, ScalarType? dtype)
                {
                    foreach (var (_, parameter) in named_parameters())
                        Move(parameter, device, dtype);
                    foreach (var (_, buffer) in named_buffers())
                        Move(buffer, device, buffer.is_floating_point() ? dtype : null);
                    return this;
                }

                private static void Move(Tensor tensor, Device? device, ScalarType? dtype)
                {
                    using var noGrad = no_grad();
                    using var moved = tensor.to(dtype ?? tensor.dtype, device ?? tensor.device);
                    using var detached = moved.detach();
                    Native.OpVoid("aten::set_data", tensor, detached);
                }

                private static bool Has<T>(List<KeyValuePair<string, T>> entries, string name) => entries.Exists(e => e.Key == name);

                private IEnumerable<(string, T)> Named<T>(bool recurse, Func<Module, List<KeyValuePair<string, T>>> own) where T : Tensor
                {
                    var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
                    return Walk(this, "");

                    IEnumerable<(string, T)> Walk(Module module, string prefix)
                    {
                        foreach (var (key, tensor) in own(module))
                        {
                            if (seen.Add(tensor))
                                yield return (prefix + key, tensor);
                        }
                        if (!recurse)
                            yield break;
                        foreach (var (key, child) in module._modules)
                        {
                            foreach (var entry in Walk(child, prefix + key + "."))
                                yield return entry;
                        }
                    }
                }
            }

            public interface IModule<T, TResult>
            {
                TResult call(T input1);
            }

            public interface IModule<T1, T2, TResult>
            {
                TResult call(T1 input1, T2 input2);
            }

            public interface IModule<T1, T2, T3, TResult>
            {
                TResult call(T1 input1, T2 input2, T3 input3);
            }

            public abstract class Module<T, TResult> : Module, IModule<T, TResult>
            {
                protected Module(string name) : base(name)
                {
                }

                public abstract TResult forward(T input);

                public TResult call(T input) => forward(input);
            }

            public abstract class Module<T1, T2, TResult> : Module, IModule<T1, T2, TResult>
            {
                protected Module(string name) : base(name)
                {
                }

                public abstract TResult forward(T1 input1, T2 input2);

                public TResult call(T1 input1, T2 input2) => forward(input1, input2);
            }

            public abstract class Module<T1, T2, T3, TResult> : Module, IModule<T1, T2, T3, TResult>
            {
                protected Module(string name) : base(name)
                {
                }

                public abstract TResult forward(T1 input1, T2 input2, T3 input3);

                public TResult call(T1 input1, T2 input2, T3 input3) => forward(input1, input2, input3);
            }
        }
    }

    public static class ModuleExtensionMethods
    {
        public static T to<T>(this T module, torch.ScalarType type) where T : torch.nn.Module => (T)module._to(null, type);

        public static T to<T>(this T module, torch.Device device) where T : torch.nn.Module => (T)module._to(device, null);

        public static T to<T>(this T module, torch.Device device, torch.ScalarType type) where T : torch.nn.Module => (T)module._to(device, type);

        public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1) where T : torch.nn.Module =>
            (T)module._to(new torch.Device(deviceType, deviceIndex), null);

        public static T to<T>(this T module, string device) where T : torch.nn.Module => (T)module._to(new torch.Device(device), null);

        public static T cpu<T>(this T module) where T : torch.nn.Module => module.to(torch.CPU);

        public static T cuda<T>(this T module) where T : torch.nn.Module => module.to(torch.CUDA);
    }
}

using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public interface ILearningRateController
            {
                double LearningRate { get; set; }

                double InitialLearningRate { get; set; }
            }

            public interface IMomentum
            {
                double Momentum { get; set; }
            }

            public interface IBetas
            {
                (double, double) Betas { get; set; }
            }

            public abstract class Optimizer : IDisposable
            {
                protected IList<ParamGroup> _parameter_groups = [];

                public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

                public abstract void zero_grad(bool set_to_none = true);

                public abstract Tensor? step(Func<Tensor>? closure = null);

                public abstract IEnumerable<Parameter> parameters();

                public abstract void add_param_group(ParamGroup param_group);

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                protected abstract void Dispose(bool disposing);

                public class StateDictionary
                {
                    internal StateDictionary()
                    {
                    }

                    public List<OptimizerOptions> Options { get; } = [];

                    public List<OptimizerState> State { get; } = [];
                }
            }
        }
    }
}

namespace TorchSharp.Modules
{
    public abstract class OptimizerHelper : Optimizer
    {
        private readonly Dictionary<Parameter, OptimizerState> _state = new(ReferenceEqualityComparer.Instance);

        /// <summary>The state that step keeps for one more parameter.</summary>
        private protected abstract OptimizerState NewState(Parameter parameter, OptimizerOptions options);

        private protected abstract OptimizerOptions NewOptions(OptimizerOptions? given);

        private protected abstract void Update(Parameter parameter, Tensor gradient, OptimizerOptions options, OptimizerState state);

        public override void add_param_group(ParamGroup param_group)
        {
            param_group.Options = NewOptions(param_group.Options);
            param_group.Parameters = [.. param_group.Parameters];
            _parameter_groups.Add(param_group);
            foreach (var parameter in param_group.Parameters)
                _state.Add(parameter, NewState(parameter, param_group.Options));
        }

        public override IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(g => g.Parameters);

        public override void zero_grad(bool set_to_none = true)
        {
            foreach (var parameter in parameters())
                parameter.ResetGrad(set_to_none);
        }

        public override Tensor? step(Func<Tensor>? closure = null)
        {
            Tensor? loss = null;
            if (closure is not null)
            {
                using var grad = enable_grad();
                loss = closure();
            }
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            foreach (var group in _parameter_groups)
            {
                foreach (var parameter in group.Parameters)
                {
                    if (parameter.grad is { } gradient)
                        Update(parameter, gradient, group.Options, _state[parameter]);
                }
            }
            return loss;
        }

        public virtual StateDictionary state_dict()
        {
            var state = new StateDictionary();
            foreach (var group in _parameter_groups)
            {
                state.Options.Add(group.Options);
                state.State.AddRange(group.Parameters.Select(p => _state[p]));
            }
            return state;
        }

        public virtual void load_state_dict(StateDictionary state_dict)
        {
            var own = this.state_dict();
            CheckSizes(own, state_dict.Options.Count, state_dict.State.Count);
            for (var i = 0; i < own.Options.Count; i++)
            {
                if (own.Options[i] != state_dict.Options[i])
                    own.Options[i].LoadStateDict(state_dict.Options[i]);
            }
            for (var i = 0; i < own.State.Count; i++)
            {
                if (own.State[i] != state_dict.State[i])
                    own.State[i].LoadStateDict(state_dict.State[i]);
            }
        }

        public void save_state_dict(string location)
        {
            using var stream = File.Create(location);
            using var writer = new BinaryWriter(stream);
            save_state_dict(writer);
        }

        public void save_state_dict(BinaryWriter writer)
        {
            var state = state_dict();
            writer.Write(GetType().Name);
            writer.Encode(state.Options.Count);
            writer.Encode(state.State.Count);
            foreach (var options in state.Options)
                options.SaveStateDict(writer);
            foreach (var entry in state.State)
                entry.SaveStateDict(writer);
        }

        public void load_state_dict(string location)
        {
            using var stream = File.OpenRead(location);
            using var reader = new BinaryReader(stream);
            load_state_dict(reader);
        }

        public void load_state_dict(BinaryReader reader)
        {
            var kind = reader.ReadString();
            if (kind != GetType().Name)
                throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{kind}' in the loaded stream.");
            var own = state_dict();
            CheckSizes(own, reader.Decode(), reader.Decode());
            foreach (var options in own.Options)
                options.LoadStateDict(reader);
            foreach (var entry in own.State)
                entry.LoadStateDict(reader);
        }

        public void to(Device device)
        {
            foreach (var state in _state.Values)
                state.to(device);
        }

        protected override void Dispose(bool disposing)
        {
            if (!disposing)
                return;
            foreach (var state in _state.Values.OfType<IDisposable>())
                state.Dispose();
        }

        private static void CheckSizes(StateDictionary own, long options, long states)
        {
            if (options != own.Options.Count)
                throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
            if (states != own.State.Count)
                throw new ArgumentException("Invalid optimizer state -- different number of states.");
        }
    }

    public class OptimizerOptions
    {
        public double? LearningRate { get; set; }

        public double InitialLearningRate { get; set; }

        public virtual void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(InitialLearningRate);
            writer.Write(LearningRate!.Value);
        }

        public virtual void LoadStateDict(BinaryReader reader)
        {
            InitialLearningRate = reader.ReadDouble();
            LearningRate = reader.ReadDouble();
        }

        public virtual void LoadStateDict(OptimizerOptions source)
        {
            InitialLearningRate = source.InitialLearningRate;
            LearningRate = source.LearningRate;
        }
    }

    public abstract class OptimizerState
    {
        public abstract void SaveStateDict(BinaryWriter writer);

        public abstract void LoadStateDict(BinaryReader reader);

        public abstract void LoadStateDict(OptimizerState source);

        public virtual void to(Device device)
        {
        }

        /// <summary>An independent tensor on the device, in no dispose scope.</summary>
        private protected static Tensor Moved(Tensor tensor, Device device)
        {
            using (tensor)
                return tensor.to(device.type, device.index, copy: true).DetachFromDisposeScope();
        }
    }

    public class ParamGroup : ILearningRateController
    {
        public IEnumerable<Parameter> Parameters { get; set; } = [];

        public OptimizerOptions Options { get; set; } = null!;

        public double LearningRate
        {
            get => Options.LearningRate!.Value;
            set => Options.LearningRate = value;
        }

        public double InitialLearningRate
        {
            get => Options.InitialLearningRate;
            set => Options.InitialLearningRate = value;
        }
    }

    public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
        {
            Parameters = parameters;
            base.Options = options!;
        }

        public new TOptions Options
        {
            get => (TOptions)base.Options;
            set => base.Options = value;
        }
    }
}

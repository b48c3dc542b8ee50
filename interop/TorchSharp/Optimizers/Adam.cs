using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules
{
    public class Adam : OptimizerHelper, IBetas
    {
        private readonly Options _defaults;

        public Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        public Adam(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        {
            if (lr < 0)
                throw new ArgumentException($"Invalid learning rate: {lr}");
            if (beta1 is < 0 or >= 1)
                throw new ArgumentException($"Invalid beta1: {beta1}");
            if (beta2 is < 0 or >= 1)
                throw new ArgumentException($"Invalid beta2: {beta2}");
            if (eps < 0)
                throw new ArgumentException($"Invalid ε: {eps}");
            if (weight_decay < 0)
                throw new ArgumentException($"Invalid weight_decay value: {weight_decay}");
            _defaults = new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            };
            foreach (var group in parameters)
                add_param_group(group);
        }

        public (double, double) Betas
        {
            get => _parameter_groups.Select(g => (Options)g.Options).Select(o => (o.beta1!.Value, o.beta2!.Value)).First();
            set
            {
                foreach (var options in _parameter_groups.Select(g => (Options)g.Options))
                    (options.beta1, options.beta2) = value;
            }
        }

        /// <summary>Whether the weights shrink by themselves (AdamW) or through the gradient (Adam).</summary>
        private protected virtual bool DecouplesDecay => false;

        private protected override OptimizerOptions NewOptions(OptimizerOptions? given)
        {
            var options = given as Options ?? new Options();
            options.LearningRate ??= given?.LearningRate ?? _defaults.LearningRate;
            options.InitialLearningRate = options.LearningRate!.Value;
            options.beta1 ??= _defaults.beta1;
            options.beta2 ??= _defaults.beta2;
            options.eps ??= _defaults.eps;
            options.weight_decay ??= _defaults.weight_decay;
            options.amsgrad ??= _defaults.amsgrad;
            options.maximize ??= _defaults.maximize;
            return options;
        }

        private protected override OptimizerState NewState(Parameter parameter, OptimizerOptions options) =>
            new State(parameter, ((Options)options).amsgrad!.Value);

        private protected override void Update(Parameter parameter, Tensor gradient, OptimizerOptions options, OptimizerState state)
        {
            var o = (Options)options;
            var decay = o.weight_decay!.Value;
            ((State)state).Step(parameter, gradient, o.LearningRate!.Value, o.beta1!.Value, o.beta2!.Value, o.eps!.Value,
                l2: DecouplesDecay ? 0 : decay, decoupled: DecouplesDecay ? decay : 0, o.maximize!.Value);
        }

        public class Options : OptimizerOptions
        {
            public double? beta1;
            public double? beta2;
            public double? weight_decay;
            public double? eps;
            public bool? amsgrad;
            public bool? maximize;

            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                writer.Write(beta1!.Value);
                writer.Write(beta2!.Value);
                writer.Write(eps!.Value);
                writer.Write(weight_decay!.Value);
                writer.Write(amsgrad!.Value);
                writer.Write(maximize!.Value);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                beta1 = reader.ReadDouble();
                beta2 = reader.ReadDouble();
                eps = reader.ReadDouble();
                weight_decay = reader.ReadDouble();
                amsgrad = reader.ReadBoolean();
                maximize = reader.ReadBoolean();
            }

            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var other = (Options)source;
                (beta1, beta2, eps, weight_decay, amsgrad, maximize) = (other.beta1, other.beta2, other.eps, other.weight_decay, other.amsgrad, other.maximize);
            }
        }

        public class ParamGroup : ParamGroup<Options>
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize })
            {
            }
        }

        /// <summary>What Adam keeps for a parameter, and its update (Kingma and Ba 2015; decoupled decay: Loshchilov and Hutter 2019).</summary>
        public class State : OptimizerState, IDisposable
        {
            public long step;
            public Tensor exp_avg;
            public Tensor exp_avg_sq;
            public Tensor? max_exp_avg_sq;

            internal State(Parameter parameter, bool amsgrad)
            {
                exp_avg = zeros_like(parameter).DetachFromDisposeScope();
                exp_avg_sq = zeros_like(parameter).DetachFromDisposeScope();
                if (amsgrad)
                    max_exp_avg_sq = zeros_like(parameter).DetachFromDisposeScope();
            }

            internal void Step(Parameter parameter, Tensor gradient, double lr, double beta1, double beta2, double eps, double l2, double decoupled, bool maximize)
            {
                step++;
                var stepSize = lr / (1 - Math.Pow(beta1, step));
                var denominatorScale = 1 / Math.Sqrt(1 - Math.Pow(beta2, step));
                if (max_exp_avg_sq is null && !maximize && FitsOnePass(parameter) && FitsOnePass(gradient))
                {
                    Native.Check(Native.ecgth_adam_step(parameter.Handle, gradient.Handle, exp_avg.Handle, exp_avg_sq.Handle, stepSize, beta1, beta2, denominatorScale, eps, l2, lr * decoupled));
                    return;
                }
                if (maximize)
                    gradient = gradient.neg();
                if (decoupled != 0)
                    parameter.mul_(1 - lr * decoupled);
                if (l2 != 0)
                    gradient = gradient.add(parameter, l2);
                exp_avg.mul_(beta1).add_(gradient, 1 - beta1);
                exp_avg_sq.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
                if (max_exp_avg_sq is not null)
                    max_exp_avg_sq.copy_(max_exp_avg_sq.maximum(exp_avg_sq));
                var denominator = (max_exp_avg_sq ?? exp_avg_sq).sqrt().mul_(denominatorScale).add_(eps);
                parameter.addcdiv_(exp_avg, denominator, -stepSize);
            }

            private static bool FitsOnePass(Tensor tensor) =>
                tensor.device_type == DeviceType.CPU && tensor.dtype == ScalarType.Float32 && tensor.is_contiguous();

            public override void to(Device device)
            {
                exp_avg = Moved(exp_avg, device);
                exp_avg_sq = Moved(exp_avg_sq, device);
                if (max_exp_avg_sq is not null)
                    max_exp_avg_sq = Moved(max_exp_avg_sq, device);
            }

            public override void SaveStateDict(BinaryWriter writer)
            {
                writer.Write(step);
                exp_avg.Save(writer);
                exp_avg_sq.Save(writer);
                writer.Write(max_exp_avg_sq is not null);
                max_exp_avg_sq?.Save(writer);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                step = reader.ReadInt64();
                exp_avg.Load(reader);
                exp_avg_sq.Load(reader);
                if (reader.ReadBoolean())
                {
                    max_exp_avg_sq ??= zeros_like(exp_avg_sq).DetachFromDisposeScope();
                    max_exp_avg_sq.Load(reader);
                }
                else
                {
                    max_exp_avg_sq?.Dispose();
                    max_exp_avg_sq = null;
                }
            }

            public override void LoadStateDict(OptimizerState source)
            {
                var other = (State)source;
                step = other.step;
                exp_avg.copy_(other.exp_avg);
                exp_avg_sq.copy_(other.exp_avg_sq);
                if (max_exp_avg_sq is not null && other.max_exp_avg_sq is not null)
                    max_exp_avg_sq.copy_(other.max_exp_avg_sq);
            }

            public void Dispose()
            {
                exp_avg.Dispose();
                exp_avg_sq.Dispose();
                max_exp_avg_sq?.Dispose();
                GC.SuppressFinalize(this);
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static Adam Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(p => p.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(IEnumerable<Adam.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}

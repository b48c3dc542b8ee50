using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The weights of a recurrent network, named and ordered as LibTorch has them.</summary>
    internal sealed class RecurrentWeights
    {
        private readonly List<Parameter> _flat = [];

        internal RecurrentWeights(nn.Module owner, int gates, long inputSize, long hiddenSize, long layers, bool bias, bool bidirectional, Device? device, ScalarType? dtype)
        {
            var bound = 1 / Math.Sqrt(hiddenSize);
            var directions = bidirectional ? 2 : 1;
            for (var layer = 0; layer < layers; layer++)
            {
                foreach (var suffix in bidirectional ? (string[])["", "_reverse"] : [""])
                {
                    var inputs = layer == 0 ? inputSize : hiddenSize * directions;
                    Add($"weight_ih_l{layer}{suffix}", [gates * hiddenSize, inputs]);
                    Add($"weight_hh_l{layer}{suffix}", [gates * hiddenSize, hiddenSize]);
                    if (!bias)
                        continue;
                    Add($"bias_ih_l{layer}{suffix}", [gates * hiddenSize]);
                    Add($"bias_hh_l{layer}{suffix}", [gates * hiddenSize]);
                }
            }

            void Add(string name, long[] shape)
            {
                var parameter = empty(shape, dtype, device).AsParameter();
                nn.init.uniform_(parameter, -bound, bound);
                owner.register_parameter(name, parameter);
                _flat.Add(parameter);
            }
        }

        internal Tensor[] Flat => [.. _flat];
    }

    public sealed class LSTM : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
    {
        private readonly RecurrentWeights _weights;
        private readonly long _hiddenSize;
        private readonly long _layers;
        private readonly bool _bias;
        private readonly bool _batchFirst;
        private readonly double _dropout;
        private readonly bool _bidirectional;

        internal LSTM(long inputSize, long hiddenSize, long layers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype) : base(nameof(LSTM))
        {
            (_hiddenSize, _layers, _bias, _batchFirst, _dropout, _bidirectional) = (hiddenSize, layers, bias, batchFirst, dropout, bidirectional);
            _weights = new RecurrentWeights(this, 4, inputSize, hiddenSize, layers, bias, bidirectional, device, dtype);
        }

        public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null)
        {
            using var zero = h0_c0 is null ? zeros([_layers * (_bidirectional ? 2 : 1), input.shape[_batchFirst ? 0 : 1], _hiddenSize], input.dtype, input.device) : null;
            Tensor[] state = h0_c0 is { } given ? [given.Item1, given.Item2] : [zero!, zero!];
            return Native.Op3("aten::lstm.input", input, state, _weights.Flat, _bias, _layers, _dropout, training, _bidirectional, _batchFirst);
        }

        public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);
    }

    public sealed class GRU : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
    {
        private readonly RecurrentWeights _weights;
        private readonly long _hiddenSize;
        private readonly long _layers;
        private readonly bool _bias;
        private readonly bool _batchFirst;
        private readonly double _dropout;
        private readonly bool _bidirectional;

        internal GRU(long inputSize, long hiddenSize, long layers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype) : base(nameof(GRU))
        {
            (_hiddenSize, _layers, _bias, _batchFirst, _dropout, _bidirectional) = (hiddenSize, layers, bias, batchFirst, dropout, bidirectional);
            _weights = new RecurrentWeights(this, 3, inputSize, hiddenSize, layers, bias, bidirectional, device, dtype);
        }

        public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null)
        {
            using var zero = h0 is null ? zeros([_layers * (_bidirectional ? 2 : 1), input.shape[_batchFirst ? 0 : 1], _hiddenSize], input.dtype, input.device) : null;
            return Native.Op2("aten::gru.input", input, h0 ?? zero, _weights.Flat, _bias, _layers, _dropout, training, _bidirectional, _batchFirst);
        }

        public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);
    }

    public sealed class RNN : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
    {
        private readonly RecurrentWeights _weights;
        private readonly string _op;
        private readonly long _hiddenSize;
        private readonly long _layers;
        private readonly bool _bias;
        private readonly bool _batchFirst;
        private readonly double _dropout;
        private readonly bool _bidirectional;

        internal RNN(long inputSize, long hiddenSize, long layers, nn.NonLinearities nonLinearity, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype) : base(nameof(RNN))
        {
            (_hiddenSize, _layers, _bias, _batchFirst, _dropout, _bidirectional) = (hiddenSize, layers, bias, batchFirst, dropout, bidirectional);
            _op = nonLinearity == nn.NonLinearities.ReLU ? "aten::rnn_relu.input" : "aten::rnn_tanh.input";
            _weights = new RecurrentWeights(this, 1, inputSize, hiddenSize, layers, bias, bidirectional, device, dtype);
        }

        public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null)
        {
            using var zero = h0 is null ? zeros([_layers * (_bidirectional ? 2 : 1), input.shape[_batchFirst ? 0 : 1], _hiddenSize], input.dtype, input.device) : null;
            return Native.Op2(_op, input, h0 ?? zero, _weights.Flat, _bias, _layers, _dropout, training, _bidirectional, _batchFirst);
        }

        public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static LSTM LSTM(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

            public static GRU GRU(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

            public enum NonLinearities
            {
                ReLU = 0,
                Tanh = 1,
            }

            public static RNN RNN(long inputSize, long hiddenSize, long numLayers = 1, NonLinearities nonLinearity = NonLinearities.Tanh, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, nonLinearity, bias, batchFirst, dropout, bidirectional, device, dtype);
        }
    }
}

using EcgImageWeb.Training.Export;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>Linear interpolation to a multiple of the length of every axis behind the channels (half-pixel centres).</summary>
/// <param name="Factor">How many times longer.</param>
public sealed record Upsample(int Factor) : Layer
{
    /// <inheritdoc/>
    public override Shape Output(Shape input)
    {
        if (input.Rank is not (2 or 3)) throw DoesNotTake(input, "[channels, samples] or [channels, rows, columns]");
        for (var axis = 1; axis < input.Rank; axis++) input = input.With(axis, Factor * input[axis]);
        return input;
    }

    internal override nn.Module<Tensor, Tensor> CreateModule(Shape input)
    {
        var target = Output(input);
        long[] size = [.. target.Inner().Sizes.Select(length => (long)length)];
        var mode = input.Rank == 2 ? TorchSharp.InterpolationMode.Linear : TorchSharp.InterpolationMode.Bilinear;
        return new LambdaModule(nameof(Upsample), x => nn.functional.interpolate(x, size, null, mode, false));
    }

    internal override OnnxValue AddTo(OnnxGraph graph, OnnxValue input, Weights weights)
    {
        // As an image of one row, which every runtime can resize.
        var output = Output(input.Shape);
        var image = input.Shape.Rank == 2 ? graph.Reshape(input, new Shape(input.Shape[0], 1, input.Shape[1])) : input;
        var rows = input.Shape.Rank == 2 ? 1f : Factor;
        var resized = graph.Add("Resize", output, [image.Name, "", graph.Constant(1f, 1f, rows, Factor)],
            ("mode", "linear"), ("coordinate_transformation_mode", "half_pixel"));
        return graph.Reshape(resized, output);
    }
}

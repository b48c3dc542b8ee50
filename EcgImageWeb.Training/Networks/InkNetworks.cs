using EcgImageWeb.Training.Networks.Layers;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Training.Networks;

/// <summary>
/// The network of the <c>ink</c> model: a U-Net (Ronneberger et al. 2015) whose halves are added where they meet instead of joined, one
/// convolution a level and few channels, since it has to read a whole page in a fraction of a second on a CPU.
/// </summary>
public static class InkNetworks
{
    /// <summary>Channels from the page's own resolution down to a sixteenth, where a pixel is 4 mm.</summary>
    private static readonly int[] Channels = [8, 16, 32, 48, 64];

    /// <summary>The one thing it tells.</summary>
    public static readonly IReadOnlyList<string> Labels = ["trace"];

    /// <summary>The network on tiles of a size; its weights fit any.</summary>
    /// <param name="height">Rows, a multiple of 16.</param>
    /// <param name="width">Columns, a multiple of 16.</param>
    public static Network Of(int height, int width) => new(
        InkNetwork.ModelName, new Shape(InkInput.Channels, height, width),
        new Sequence(Level(0), new Conv(1, 1)), Labels, OutputFunction.Sigmoid);

    /// <summary>A convolution, what is seen at half the resolution and below added to it, and a convolution of both.</summary>
    private static Sequence Level(int level) => level == Channels.Length - 1
        ? new Sequence(Block(Channels[level]), Block(Channels[level]))
        : new Sequence(
            Block(Channels[level]),
            new Residual(new Sequence(new Pool(PoolKind.Maximum, 2), Level(level + 1), new Conv(Channels[level], 1, Bias: false), new BatchNorm(), new Upsample(2))),
            Block(Channels[level]));

    private static Sequence Block(int channels) => new(new Conv(channels, 3, Bias: false), new BatchNorm(), Activation.Relu);
}

using EcgImageWeb.Training.Networks.Layers;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Training.Networks;

/// <summary>
/// The networks of the <c>page</c> model. Both see the whole page as <see cref="PageInput"/> gives it: traces in mV, and what is measured on
/// them. One learns shapes from the traces, the other weighs the measures; they err on different pages.
/// </summary>
public static class PageNetworks
{
    private const int Columns = 4, Width = 20;

    /// <summary>Shape of a page's input.</summary>
    public static readonly Shape Input = new(PageInput.Length);

    /// <summary>Reads the traces of the twelve leads, the three of a column together and every column with the same weights; and the measures of rate and rhythm.</summary>
    public static readonly Network Traces = new("page-traces", Input, new Sequence(
        new Concat(
            new Sequence(
                new Slice(0, PageInput.Leads * PageInput.LeadSamples), new Reshape(new Shape(PageInput.Leads, PageInput.LeadSamples)), Activation.SignedLog,
                new Conv(Columns * Width, 9, 2, Groups: Columns, Bias: false), new BatchNorm(), Activation.Relu,
                new Reshape(new Shape(Columns, Width, PageInput.LeadSamples / 2)),
                new PerLead(new Sequence(Block(40, 5), Block(64, 5), Block(96, 3), Summary)), new Flatten()),
            new Sequence(new Slice(PageInput.Samples, PageFeatures.RhythmCount), new Standardize(3), new Scale(0.5f))),
        new Dropout(0.3), new Dense(64), Activation.Relu, new Dropout(0.3), new Dense(4)), ImageNetworks.Labels);

    /// <summary>Weighs the measures of rate, rhythm and each lead's median beat: a logistic regression.</summary>
    public static readonly Network Measures = new("page-measures", Input, new Sequence(
        new Slice(PageInput.Samples, PageFeatures.Count), new Standardize(4), new Dense(4)), ImageNetworks.Labels);

    /// <summary>Mean and largest value of every channel.</summary>
    private static Layer Summary => new Concat(new GlobalPool(PoolKind.Mean), new GlobalPool(PoolKind.Maximum));

    /// <summary>Two convolutions that halve the length, around them the mean of neighbours (He et al. 2016; the pooled shortcut as in ResNet-D).</summary>
    private static Sequence Block(int channels, int kernel) => new(
        new Residual(
            new Sequence(
                new Conv(channels, kernel, 2, Bias: false), new BatchNorm(), Activation.Relu, new Dropout(0.1),
                new Conv(channels, kernel, Bias: false), new BatchNorm()),
            new Sequence(new Pool(PoolKind.Mean, 3, 2, 1), new Conv(channels, 1, Bias: false), new BatchNorm())),
        Activation.Relu);
}

using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Data;

/// <summary>Whole pages as examples, as the <c>page</c> model sees them.</summary>
/// <param name="reports">The pages.</param>
/// <param name="chosen">Indices of the pages, repetitions allowed.</param>
public sealed class PageExamples(ReportSet reports, IReadOnlyList<int> chosen) : IExamples
{
    /// <inheritdoc/>
    public Shape Input => PageNetworks.Input;

    /// <inheritdoc/>
    public Shape Target => new(ImageNetworks.Labels.Count);

    /// <inheritdoc/>
    public int Count => chosen.Count;

    /// <inheritdoc/>
    public void Read(int index, Span<float> input, Span<float> target)
    {
        reports.Prepared[chosen[index]].PageInput.CopyTo(input);
        target.Clear();
        target[reports.Pages[chosen[index]].Class] = 1;
    }
}

using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Data;

/// <summary>Every lead image of some pages as an example of its page's class, as the paper learns: 3x150x150, three equal channels of 0 and 1.</summary>
public sealed class LeadImageExamples : IExamples
{
    private readonly (byte[] Pixels, int Class)[] _leads;

    /// <summary>The lead images of the chosen pages, page by page.</summary>
    /// <param name="pages">All pages.</param>
    /// <param name="prepared">What was made of each.</param>
    /// <param name="chosen">Indices of the pages, repetitions allowed.</param>
    public LeadImageExamples(IReadOnlyList<ReportPage> pages, IReadOnlyList<PreparedPage> prepared, IReadOnlyList<int> chosen)
        => _leads = [.. chosen.SelectMany(index => prepared[index].LeadImages.Select(image => (image, pages[index].Class)))];

    /// <inheritdoc/>
    public Shape Input => ImageNetworks.Input;

    /// <inheritdoc/>
    public Shape Target => new(ImageNetworks.Labels.Count);

    /// <inheritdoc/>
    public int Count => _leads.Length;

    /// <inheritdoc/>
    public void Read(int index, Span<float> input, Span<float> target)
    {
        var (pixels, label) = _leads[index];
        for (var pixel = 0; pixel < pixels.Length; pixel++) input[pixel] = pixels[pixel] / 255f;
        for (var channel = 1; channel < Input[0]; channel++) input[..pixels.Length].CopyTo(input[(channel * pixels.Length)..]);
        target.Clear();
        target[label] = 1;
    }
}

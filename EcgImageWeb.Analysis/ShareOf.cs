namespace EcgImageWeb.Analysis;

/// <summary>The progress of a part, told as progress of the whole.</summary>
/// <param name="whole">Whom to tell; null for nobody.</param>
/// <param name="from">Share of the whole that is done when the part begins, 0 to 1.</param>
/// <param name="share">Share of the whole that the part is.</param>
internal sealed class ShareOf(IProgress<double>? whole, double from, double share) : IProgress<double>
{
    public void Report(double value) => whole?.Report(from + (share * value));
}

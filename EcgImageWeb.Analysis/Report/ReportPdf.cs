using System.Globalization;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Signal;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Rendering;

namespace EcgImageWeb.Analysis.Report;

/// <summary>A result on paper: the page with what was found on it and what the models say, the signals in their true size, and how all that came about.</summary>
public static class ReportPdf
{
    private const double WidthMm = 297, HeightMm = 210, SideMm = 14, TopMm = 18, FootMm = 8;

    private const double PictureWidthMm = 185, PictureHeightMm = 150, LineMm = 4.4, TextMm = 3.1, HeadMm = 4;

    /// <summary>Pixels across that a printed picture of this width needs: 250 to the inch.</summary>
    private const int PicturePx = 1820;

    private static readonly (double, double, double) Gray = (0.35, 0.39, 0.39), Bar = (0.04, 0.43, 0.41), BarGround = (0.87, 0.9, 0.9);

    private static readonly string[] Headings = ["Lead", "Name from", "From, s", "To, s", "Coverage", "Confidence"];

    private static readonly Dictionary<string, string> ClassNames = new()
    {
        ["normal"] = "Normal",
        ["abnormal"] = "Abnormal heartbeat",
        ["mi"] = "Myocardial infarction",
        ["history-mi"] = "History of MI",
    };

    /// <summary>The file.</summary>
    /// <param name="result">What is known of the page.</param>
    /// <param name="overlay">The page with boxes, names and traces drawn over it, BGR.</param>
    /// <param name="signals">The columns of <c>signals.csv</c>; none where the page was read without.</param>
    public static byte[] Write(AnalysisResult result, Raster overlay, IReadOnlyList<LeadSignal> signals)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(overlay);
        ArgumentNullException.ThrowIfNull(signals);
        var document = new PdfDocument();
        List<PdfPage> pages = [First(document, result, overlay)];
        if (signals.Any(lead => lead.Coverage > 0))
            pages.Add(SignalSheet.Draw(document, signals, $"Signals read from {result.Source.File}"));
        pages.Add(LeadByLead(document, result));
        for (var i = 0; i < pages.Count; i++)
        {
            pages[i].Text(SideMm, HeightMm - FootMm, TextMm, "For research and teaching. Not a medical device.", bold: true, Gray);
            pages[i].Text(WidthMm - SideMm - 60, HeightMm - FootMm, TextMm, $"{Version()}   page {i + 1} of {pages.Count}", colour: Gray);
        }
        return document.ToBytes($"ECG report: {result.Source.File}");
    }

    private static PdfPage First(PdfDocument document, AnalysisResult result, Raster overlay)
    {
        var page = document.AddPage(WidthMm, HeightMm);
        page.Text(SideMm, TopMm, 5.5, result.Source.File, bold: true);
        page.Text(SideMm, TopMm + 5.5, TextMm, Invariant(
            $"{result.Source.Width} x {result.Source.Height} px, {result.Layout.Name}, {result.Geometry.MmPerS:0.#} mm/s ({result.Geometry.SpeedFrom}), {result.Geometry.MmPerMv:0.#} mm/mV ({result.Geometry.GainFrom})"), colour: Gray);
        var scale = Math.Min(PictureWidthMm / overlay.Width, PictureHeightMm / overlay.Height);
        // The thumbnail of a picture is a JPEG of it no wider than that.
        var jpeg = RasterEncoder.Thumbnail(overlay, PicturePx);
        var width = Math.Min(overlay.Width, PicturePx);
        var picture = document.AddPicture(jpeg, width, overlay.Width <= PicturePx ? overlay.Height : Math.Max(1, overlay.Height * PicturePx / overlay.Width));
        page.Picture(picture, SideMm, TopMm + 9, overlay.Width * scale, overlay.Height * scale);

        var column = new Column(page, SideMm + PictureWidthMm + 8, WidthMm - SideMm, TopMm + 12);
        foreach (var (model, answer) in result.Page.ImageModels ?? new Dictionary<string, PageClass>())
        {
            column.Head(Invariant($"{model}: {Name(answer.Class)} {answer.Probabilities[answer.Class]:0.00}"));
            foreach (var (name, probability) in answer.Probabilities)
                column.Probability(Name(name), probability);
            if (answer.Agreement is { } agreement)
                column.Say(Invariant($"{agreement * 100:0} % of the leads agree; combined by {answer.Aggregation}"));
            column.Skip();
        }
        column.Head("What was assumed");
        if (result.Warnings.Count == 0)
            column.Say("Nothing: speed, gain, scale and lead names are those of the page.");
        foreach (var warning in result.Warnings)
            column.Say(warning.Lead is { } lead ? $"{lead}: {warning.Message}" : warning.Message);
        if (result.Corrections is not null)
        {
            column.Skip();
            column.Head("Set by hand");
            foreach (var said in SetByHand(result))
                column.Say(said);
        }
        return page;
    }

    private static IEnumerable<string> SetByHand(AnalysisResult result)
    {
        if (result.Corrections is not { } set)
            yield break;
        if (set.Corners is not null)
            yield return "The corners of the page.";
        if (set.TurnDeg is { } turn and not 0)
            yield return $"The page was turned by {turn} degrees.";
        if (set.PxPerMmX is not null || set.PxPerMmY is not null)
            yield return Invariant($"Scale: {result.Geometry.PxPerMmX:0.###} x {result.Geometry.PxPerMmY:0.###} px/mm.");
        if (set.MmPerS is { } speed)
            yield return Invariant($"Paper speed: {speed:0.#} mm/s.");
        if (set.MmPerMv is { } gain)
            yield return Invariant($"Gain: {gain:0.#} mm/mV.");
        foreach (var lead in result.Leads)
        {
            string[] what = [.. new[] { lead.NameFrom == "user" ? "name" : "", lead.BoxFrom is null ? "" : "box", lead.Redrawn is { } pieces ? $"trace ({pieces} redrawn)" : "" }.Where(part => part.Length > 0)];
            if (what.Length > 0)
                yield return $"{lead.Name}: {string.Join(", ", what)}.";
        }
    }

    private static PdfPage LeadByLead(PdfDocument document, AnalysisResult result)
    {
        var page = document.AddPage(WidthMm, HeightMm);
        page.Text(SideMm, TopMm, 5.5, "Lead by lead", bold: true);
        var models = result.Leads.SelectMany(lead => lead.ImageModels?.Keys ?? []).Distinct().ToArray();
        double[] at = [0, 26, 50, 72, 96, 122];
        var y = TopMm + 8;
        Row([.. Headings, .. models], true);
        foreach (var lead in result.Leads)
            Row(
                [
                    lead.Key.StartsWith("rhythm", StringComparison.Ordinal) ? lead.Name + " (strip)" : lead.Name, lead.NameFrom, Invariant($"{lead.StartS:0.00}"), Invariant($"{lead.EndS:0.00}"),
                    Invariant($"{lead.Coverage:0.00}"), Invariant($"{lead.Confidence:0.00}"),
                    .. models.Select(model => lead.ImageModels?.GetValueOrDefault(model) is { Count: > 0 } own && own.MaxBy(p => p.Value) is var top ? Invariant($"{Name(top.Key)} {top.Value:0.00}") : ""),
                ],
                false);
        var column = new Column(page, SideMm, WidthMm - SideMm, y + 4);
        column.Head("How this was made");
        column.Say(Version());
        column.Say(Invariant($"File: {result.Source.Format}, page {result.Source.Page} of {result.Source.Pages}, SHA-256 {result.Source.Sha256}"));
        column.Say(Invariant($"Scale {result.Geometry.PxPerMmX:0.###} x {result.Geometry.PxPerMmY:0.###} px/mm, from {result.Geometry.ScaleFrom}; layout {result.Layout.Name} from {result.Layout.From}, confidence {result.Layout.Confidence:0.00}"));
        foreach (var model in result.Models)
            column.Say($"Model {model.Name}, version {model.Version}, SHA-256 {model.Sha256}");
        return page;

        void Row(string[] cells, bool bold)
        {
            for (var i = 0; i < cells.Length; i++)
                page.Text(SideMm + (i < at.Length ? at[i] : at[^1] + 28 + ((i - at.Length) * 55)), y, TextMm, cells[i], bold);
            y += LineMm;
        }
    }

    private static string Name(string key) => ClassNames.GetValueOrDefault(key, key);

    private static string Version() => $"EcgImageWeb {typeof(ReportPdf).Assembly.GetName().Version?.ToString(3)}";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Text from the top down; what does not fit on the page ends in an ellipsis.</summary>
    private sealed class Column(PdfPage page, double left, double right, double top)
    {
        private const double BottomMm = HeightMm - 16;

        private double y = top;

        public void Skip() => y += LineMm / 2;

        public void Head(string text)
        {
            foreach (var line in PdfText.Wrapped(text, HeadMm * 1.1, right - left))
                Put(line, HeadMm, true);
        }

        public void Say(string text)
        {
            foreach (var line in PdfText.Wrapped(text, TextMm, right - left))
                Put(line, TextMm, false);
        }

        public void Probability(string name, double value)
        {
            if (y > BottomMm)
                return;
            page.Rectangle(left, y - 2.2, right - left - 12, 1.2 + 1.6, BarGround);
            page.Rectangle(left, y - 2.2, (right - left - 12) * value, 1.2 + 1.6, (0.6, 0.8, 0.79));
            page.Rectangle(left, y + 0.3, (right - left - 12) * value, 0.3, Bar);
            page.Text(left + 1, y, TextMm, name);
            page.Text(right - 9, y, TextMm, value.ToString("0.00", CultureInfo.InvariantCulture));
            y += LineMm;
        }

        private void Put(string line, double size, bool bold)
        {
            if (y <= BottomMm)
                page.Text(left, y, size, y + LineMm > BottomMm ? "…" : line, bold);
            y += LineMm;
        }
    }
}

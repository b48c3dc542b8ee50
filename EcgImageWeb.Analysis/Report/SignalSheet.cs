using EcgImageWeb.Signal;

namespace EcgImageWeb.Analysis.Report;

/// <summary>Signals on ECG paper in their true size: 25 mm are a second and 10 mm a millivolt, three rows of four leads and the leads that are known throughout below.</summary>
internal static class SignalSheet
{
    private const double MmPerS = 25, MmPerMv = 10;

    /// <summary>A pulse of 5 mm and room before it.</summary>
    private const double PulseMm = 5, PulseRoomMm = 9;

    private const double SideMm = 16, TopMm = 20, BottomMm = 16;

    private const double LeastWidthMm = 297, MostWidthMm = 1000, HeightMm = 210;

    private const double PenMm = 0.25;

    private const int Rows = 3, Columns = 4;

    /// <summary>A lead that is known over more than this share is a strip, if another is known over less than that.</summary>
    private const double Throughout = 0.8, InPart = 0.6;

    private static readonly string[] Names = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

    private static readonly (double, double, double) Fine = (0.965, 0.835, 0.825), Coarse = (0.91, 0.66, 0.64);

    /// <summary>Draws a sheet.</summary>
    /// <param name="document">Where.</param>
    /// <param name="leads">The columns of <c>signals.csv</c>, of one length and rate.</param>
    /// <param name="title">What it is of.</param>
    public static PdfPage Draw(PdfDocument document, IReadOnlyList<LeadSignal> leads, string title)
    {
        var byName = leads.ToDictionary(lead => lead.Name);
        var seconds = leads.Max(lead => lead.DurationS);
        string[] strips = leads.Any(lead => Names.Contains(lead.Name) && lead.Coverage is > 0 and < InPart) ? [.. Names.Where(name => byName.GetValueOrDefault(name)?.Coverage > Throughout)] : [];
        var page = document.AddPage(Math.Clamp((seconds * MmPerS) + PulseRoomMm + (2 * SideMm), LeastWidthMm, MostWidthMm), HeightMm);
        double left = SideMm + PulseRoomMm, rowMm = (HeightMm - TopMm - BottomMm) / (Rows + strips.Length), part = seconds / Columns;
        Grid(page);
        page.Text(SideMm, TopMm - 8, 4, title, bold: true);
        page.Text(SideMm, TopMm - 3, 3, $"{MmPerS:0} mm/s   {MmPerMv:0} mm/mV");
        for (var row = 0; row < Rows + strips.Length; row++)
        {
            var zero = TopMm + ((row + 0.6) * rowMm);
            page.Polyline([(SideMm, zero), (SideMm + 1, zero), (SideMm + 1, zero - MmPerMv), (SideMm + 1 + PulseMm, zero - MmPerMv), (SideMm + 1 + PulseMm, zero), (SideMm + 2 + PulseMm, zero)], PenMm);
            if (row >= Rows)
                Trace(strips[row - Rows], 0, seconds, zero, byName.GetValueOrDefault(strips[row - Rows]));
            for (var column = 0; row < Rows && column < Columns; column++)
            {
                var name = Names[(column * Rows) + row];
                // A lead that is printed twice: the column's own piece stands in the column.
                Trace(name, column * part, (column + 1) * part, zero, byName.GetValueOrDefault(name + "@column") ?? byName.GetValueOrDefault(name));
            }
        }
        return page;

        void Trace(string name, double fromS, double toS, double zero, LeadSignal? lead)
        {
            page.Text(left + (fromS * MmPerS) + 0.8, zero - 8.5, 3.2, name, bold: true);
            if (lead is null)
                return;
            var rate = lead.SampleRateHz;
            int first = (int)Math.Round(fromS * rate), last = Math.Min(lead.Mv.Length, (int)Math.Round(toS * rate));
            // Columns that all begin at second 0 are drawn side by side all the same.
            var shift = Enumerable.Range(first, Math.Max(0, last - first)).All(i => float.IsNaN(lead.Mv[i])) ? Array.FindIndex(lead.Mv, mv => !float.IsNaN(mv)) - first : 0;
            if (shift < -first)
                return;
            var piece = new List<(double, double)>();
            for (var i = first; i <= last; i++)
            {
                if (i < last && i + shift < lead.Mv.Length && !float.IsNaN(lead.Mv[i + shift]) && left + (i / rate * MmPerS) < page.WidthMm)
                {
                    piece.Add((left + (i / rate * MmPerS), zero - (lead.Mv[i + shift] * MmPerMv)));
                    continue;
                }
                if (piece.Count > 1)
                    page.Polyline(piece, PenMm);
                piece.Clear();
            }
        }
    }

    private static void Grid(PdfPage page)
    {
        page.Lines(Every(1), 0.06, Fine);
        page.Lines(Every(5), 0.12, Coarse);

        IEnumerable<(double, double, double, double)> Every(double mm)
        {
            double top = TopMm, bottom = HeightMm - BottomMm + 4, right = page.WidthMm - (SideMm / 2), start = SideMm / 2;
            for (var x = start; x <= right + 1e-9; x += mm)
                yield return (x, top, x, bottom);
            for (var y = top; y <= bottom + 1e-9; y += mm)
                yield return (start, y, right, y);
        }
    }
}

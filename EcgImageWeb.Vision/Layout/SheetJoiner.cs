using EcgImageWeb.Vision.Decoding.Pdf;
using EcgImageWeb.Vision.Geometry;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Layout;

/// <summary>Sheets of one document that show different leads of one recording, limb leads first and chest leads second as a rule, as one page.</summary>
public static class SheetJoiner
{
    /// <summary>More sheets of a document than this are not looked at.</summary>
    public const int MostSheets = 4;

    private const int Leads = 12;

    /// <summary>Scales that differ by less are the same: the second sheet need not be resampled.</summary>
    private const double SameScale = 0.001;

    /// <summary>Whether a layout shows only some of the twelve leads, so that the document's next sheet may show the others.</summary>
    /// <param name="layout">Of the first sheet.</param>
    public static bool IsPart(PageLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return Named(layout).Count < Leads;
    }

    /// <summary>Two sheets as one page, the second below the first with the same seconds at the same columns.</summary>
    /// <param name="page">The first sheet.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="next">The sheet that follows.</param>
    /// <param name="nextLayout">Its layout.</param>
    /// <returns>Null where the sheets do not belong together: a lead is on both, or speed or amplitude differ.</returns>
    public static (UprightPage Page, PageLayout Layout)? Join(UprightPage page, PageLayout layout, UprightPage next, PageLayout nextLayout)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(nextLayout);
        if (Named(layout).Overlaps(Named(nextLayout)) || layout.MmPerS != nextLayout.MmPerS || layout.MmPerMv != nextLayout.MmPerMv
            || layout.ColumnsSimultaneous != nextLayout.ColumnsSimultaneous)
            return null;
        double scaleX = Scale(page.PxPerMmX, next.PxPerMmX), scaleY = Scale(page.PxPerMmY, next.PxPerMmY);
        // Whole pixels: resampling would blur the traces, half a pixel is at most 3 ms.
        var shift = (int)Math.Round(layout.TimeZeroX - (scaleX * nextLayout.TimeZeroX));
        int first = Math.Max(0, -shift), second = Math.Max(0, shift);
        var pixels = Stacked(page.Pixels, first, Scaled(next.Pixels, scaleX, scaleY), second);
        PixelPoint Moved(PixelPoint at) => new((at.X * scaleX) + second, (at.Y * scaleY) + page.Pixels.Height);
        PixelPoint Shifted(PixelPoint at) => at with { X = at.X + first };
        PixelBox Below(PixelBox box) => PixelBoxes.Between(
            (box.X * scaleX) + second, (box.Y * scaleY) + page.Pixels.Height, ((box.X + box.Width) * scaleX) + second, ((box.Y + box.Height) * scaleY) + page.Pixels.Height, pixels);
        PixelBox Beside(PixelBox box) => box with { X = box.X + first };
        var joined = page with
        {
            Pixels = pixels,
            Notes = [.. page.Notes.Where(note => note.Code != "first-page-only"), .. next.Notes.Where(note => note.Code != "page-of-several" && page.Notes.All(known => known.Code != note.Code)), new Note(
                "sheets-joined", $"The leads of two sheets are read together: {string.Join(", ", layout.Leads.Select(lead => lead.Name))} and {string.Join(", ", nextLayout.Leads.Select(lead => lead.Name))}.")],
            Vectors = page.Vectors is { } lines && next.Vectors is { } more ? Both(Mapped(lines, Shifted), Mapped(more, Moved)) : null,
        };
        LeadPlace[] leads = [.. layout.Leads.Select(lead => lead with { Box = Beside(lead.Box), LeftX = lead.LeftX + first }), .. nextLayout.Leads.Select(lead => lead with { Box = Below(lead.Box), LeftX = (lead.LeftX * scaleX) + second })];
        return (joined, layout with
        {
            Name = $"{layout.Name}, {nextLayout.Name}",
            Confidence = Math.Min(layout.Confidence, nextLayout.Confidence),
            Leads = WithKeys(leads),
            Notes = [.. layout.Notes, .. nextLayout.Notes],
            TimeZeroX = layout.TimeZeroX + first,
            Pulses = [.. layout.Pulses.Select(pulse => pulse with { Box = Beside(pulse.Box) }), .. nextLayout.Pulses.Select(pulse => pulse with { Box = Below(pulse.Box), BaselineRow = (pulse.BaselineRow * scaleY) + page.Pixels.Height })],
            Ink = null,
            Frame = null,
        });
    }

    private static HashSet<string> Named(PageLayout layout) => [.. layout.Leads.Select(lead => lead.Name.TrimStart('-'))];

    private static double Scale(double first, double next) => Math.Abs((first / next) - 1) < SameScale ? 1 : first / next;

    /// <summary>The long strips of both sheets numbered through.</summary>
    private static LeadPlace[] WithKeys(LeadPlace[] leads)
    {
        var strips = leads.Count(lead => lead.IsRhythm);
        var number = 0;
        return [.. leads.Select(lead => lead.IsRhythm ? lead with { Key = strips == 1 ? "rhythm" : $"rhythm{++number}" } : lead)];
    }

    private static Raster Scaled(Raster picture, double scaleX, double scaleY)
    {
        if (scaleX == 1 && scaleY == 1)
            return picture;
        using var from = picture.ToMat();
        using var to = new Mat();
        Cv2.Resize(from, to, new Size((int)Math.Round(picture.Width * scaleX), (int)Math.Round(picture.Height * scaleY)), 0, 0, scaleX < 1 ? InterpolationFlags.Area : InterpolationFlags.Cubic);
        return to.ToRaster();
    }

    private static Raster Stacked(Raster upper, int upperX, Raster lower, int lowerX)
    {
        var width = Math.Max(upperX + upper.Width, lowerX + lower.Width);
        var pixels = new byte[width * (upper.Height + lower.Height) * upper.Channels];
        Array.Fill(pixels, (byte)255);
        Copy(upper, upperX, 0);
        Copy(lower, lowerX, upper.Height);
        return new Raster(width, upper.Height + lower.Height, upper.Channels, pixels);

        void Copy(Raster from, int x, int y)
        {
            for (var row = 0; row < from.Height; row++)
                Array.Copy(from.Pixels, row * from.Width * from.Channels, pixels, (((y + row) * width) + x) * from.Channels, from.Width * from.Channels);
        }
    }

    private static PageVectors Mapped(PageVectors drawn, Func<PixelPoint, PixelPoint> move) => drawn with
    {
        Strokes = [.. drawn.Strokes.Select(stroke => stroke with { Points = [.. stroke.Points.Select(move)] })],
        Texts = [.. drawn.Texts.Select(text => text with { At = move(text.At) })],
    };

    private static PageVectors Both(PageVectors first, PageVectors second) => first with { Strokes = [.. first.Strokes, .. second.Strokes], Texts = [.. first.Texts, .. second.Texts] };
}

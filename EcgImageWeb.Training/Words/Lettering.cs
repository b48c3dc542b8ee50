using EcgImageWeb.Vision;
using OpenCvSharp;

namespace EcgImageWeb.Training.Words;

/// <summary>Draws words in many hands: the TrueType fonts of this machine and Hershey's stroked letters; black on white, large.</summary>
internal sealed class Lettering
{
    /// <summary>Height of a capital letter as drawn, pixels.</summary>
    public const int CapHeight = 48;

    private static readonly HersheyFonts[] Stroked =
        [HersheyFonts.HersheySimplex, HersheyFonts.HersheyDuplex, HersheyFonts.HersheyComplex, HersheyFonts.HersheyTriplex, HersheyFonts.HersheyPlain];

    private readonly TrueTypeFont[] _fonts;

    /// <summary>Loads the text fonts below a folder; Hershey's are always there.</summary>
    public Lettering(string folder)
    {
        _fonts = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*.ttf", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where(file => !file.Contains("Math", StringComparison.Ordinal)).Select(file => new TrueTypeFont(File.ReadAllBytes(file)))]
            : [];
    }

    /// <summary>A word in a random font, letters a little closer or wider than the font has them.</summary>
    public Raster Draw(string word, Random random) => random.Next(_fonts.Length + (2 * Stroked.Length)) is var i && i < _fonts.Length
        ? Filled(word, _fonts[i], random)
        : WithStrokes(word, Stroked[(i - _fonts.Length) / 2], random);

    private static Raster WithStrokes(string word, HersheyFonts font, Random random)
    {
        var unit = Cv2.GetTextSize("V", font, 1, 1, out _).Height;
        double scale = CapHeight / (double)unit;
        var thickness = random.Next(2, 10);
        var size = Cv2.GetTextSize(word, font, scale, thickness, out var below);
        using var picture = new Mat(size.Height + below + CapHeight, size.Width + CapHeight, MatType.CV_8UC1, Scalar.All(255));
        Cv2.PutText(picture, word, new Point(CapHeight / 2, size.Height + (CapHeight / 2)), font, scale, Scalar.All(0), thickness, LineTypes.AntiAlias);
        return Raster(picture);
    }

    private static Raster Filled(string word, TrueTypeFont font, Random random)
    {
        var capital = font.Glyph('V').Contours.SelectMany(contour => contour).Max(point => point.Y);
        var scale = CapHeight / capital;
        var spacing = CapHeight * ((random.NextDouble() * 0.25) - 0.03);
        double x = CapHeight / 2.0, baseline = CapHeight * 1.5;
        using var picture = new Mat(CapHeight * 2, (int)(CapHeight * (word.Length + 1) * 1.3), MatType.CV_8UC1, Scalar.All(255));
        foreach (var letter in word)
        {
            var (contours, advance) = font.Glyph(letter);
            // Letter by letter: overlapping letters of one even-odd filling would leave holes.
            Cv2.FillPoly(picture, contours.Select(contour => contour.Select(point => new Point((int)Math.Round((x + (point.X * scale)) * 16), (int)Math.Round((baseline - (point.Y * scale)) * 16)))), Scalar.All(0), LineTypes.AntiAlias, 4);
            x += (advance * scale) + spacing;
        }

        return Raster(picture);
    }

    private static Raster Raster(Mat picture)
    {
        var pixels = new byte[picture.Rows * picture.Cols];
        System.Runtime.InteropServices.Marshal.Copy(picture.Data, pixels, 0, pixels.Length);
        return new Raster(picture.Cols, picture.Rows, 1, pixels);
    }
}

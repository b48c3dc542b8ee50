using EcgImageWeb.Vision.Tracing;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Geometry;

/// <summary>The four corners of a sheet of paper that lies on something else: where colour or brightness changes along four straight lines.</summary>
/// <param name="Corners">Top left, top right, bottom right, bottom left; continuous pixel positions, beyond the picture where the sheet is cut off.</param>
/// <param name="IsSeen">Whether the side from each corner to the next one is in the picture: top, right, bottom, left.</param>
internal sealed record PaperOutline(IReadOnlyList<PixelPoint> Corners, IReadOnlyList<bool> IsSeen)
{
    /// <summary>Pictures are looked at in this size, without what is narrower than ink and grids are then.</summary>
    private const int LongestSide = 480, InkPx = 9;

    /// <summary>Levels between the darkest and the brightest at which a picture is cut in two, in each direction of colour.</summary>
    private const int Levels = 14;

    /// <summary>A sheet fills this part of the picture, its outline is larger than four straight lines by no more than this part of it, and smaller by what was cut off.</summary>
    private const double LeastArea = 0.2, MostOff = 0.06, MostBeyond = 0.15;

    /// <summary>Beside a sheet's edge colours differ by this much (CIE Lab), along so much of it; three edges must be seen.</summary>
    private const double LeastStep = 5, LeastSupport = 0.75;

    private const int LeastSides = 3, SamplesASide = 40, SamplesACorner = 5;

    /// <summary>What a side that is not seen counts against one that is, as if corners were so far off; pixels.</summary>
    private const double Unseen = 3;

    /// <summary>A side of which more than this part is beyond the picture is not seen.</summary>
    private const double MostUnseen = 0.7;

    /// <summary>Distance from an edge at which colours are compared, within which an edge is the picture's own, and by which bent paper is off a straight line; pixels.</summary>
    private const double Beside = 4, Border = 3, Bent = 14, BentStep = 2;

    /// <summary>Outlines of nearly the same size are one sheet, with parts of what it lies on or without all of itself: then the one whose corners lie nearest to the edges counts, else the largest.</summary>
    private const double SameArea = 0.85;

    /// <summary>An outline whose corners lie so much farther from the edges than another's is none; pixels. As much light is added before its share of a colour is taken: darkness has none.</summary>
    private const int LessSharp = 4, Dark = 8;

    private readonly record struct Candidate(Point2f[] Corners, bool[] IsSeen, double Area, double Off);

    /// <summary>The sheet, or null: where the paper fills the picture, or nothing tells it from what it lies on.</summary>
    /// <param name="picture">One or three channels.</param>
    /// <param name="cancellationToken">Observed between the channels.</param>
    public static PaperOutline? Find(Raster picture, CancellationToken cancellationToken)
    {
        using var whole = picture.ToMat();
        using Mat small = new(), lab = new();
        var factor = Math.Min(1, LongestSide / (double)Math.Max(whole.Cols, whole.Rows));
        Cv2.Resize(whole, small, new Size(Math.Max(8, (int)Math.Round(whole.Cols * factor)), Math.Max(8, (int)Math.Round(whole.Rows * factor))), 0, 0, InterpolationFlags.Area);
        using var kernel = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(InkPx, InkPx));
        Cv2.MorphologyEx(small, small, MorphTypes.Close, kernel);
        if (picture.Channels == 3)
            Cv2.CvtColor(small, lab, ColorConversionCodes.BGR2Lab);
        else
            small.CopyTo(lab);
        Cv2.Blur(lab, lab, new Size(3, 3));
        var colours = lab.ToRaster();
        var found = new List<Candidate>();
        foreach (var direction in Directions(colours, small))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var channel = direction.ToMat();
            found.AddRange(Quadrangles(channel).DistinctBy(outline => string.Join(' ', outline.Corners.Select(corner => (Math.Round(corner.X), Math.Round(corner.Y)))))
                .Select(outline => Judged(outline.Corners, outline.Area, colours)).OfType<Candidate>());
        }

        if (found.Count == 0)
            return null;
        var sharpest = found.Min(candidate => candidate.Off);
        found.RemoveAll(candidate => candidate.Off > sharpest + LessSharp);
        var largest = found.Max(candidate => candidate.Area);
        var best = found.Where(candidate => candidate.Area >= SameArea * largest).MinBy(candidate => candidate.Off);
        double scaleX = whole.Cols / (double)small.Cols, scaleY = whole.Rows / (double)small.Rows;
        return Completed([.. best.Corners.Select(corner => new PixelPoint((corner.X + 0.5) * scaleX, (corner.Y + 0.5) * scaleY))], best.IsSeen);
    }

    /// <summary>In what paper may differ from what it lies on: lightness, hue, and the shares of blue and red in its light, which stay alike where light falls unevenly.</summary>
    private static IEnumerable<Raster> Directions(Raster lab, Mat picture)
    {
        for (var channel = 0; channel < lab.Channels; channel++)
            yield return Each(lab, (pixels, i) => pixels[i + channel]);
        if (picture.Channels() != 3)
            yield break;
        using var smooth = new Mat();
        Cv2.Blur(picture, smooth, new Size(5, 5));
        var colours = smooth.ToRaster();
        foreach (var channel in (int[])[0, 2])
            yield return Each(colours, (pixels, i) => (byte)(byte.MaxValue * (pixels[i + channel] + Dark) / (pixels[i] + pixels[i + 1] + pixels[i + 2] + (3 * Dark))));

        static Raster Each(Raster from, Func<byte[], int, byte> value)
        {
            var to = new byte[from.Width * from.Height];
            for (var i = 0; i < to.Length; i++)
                to[i] = value(from.Pixels, i * from.Channels);
            return new Raster(from.Width, from.Height, 1, to);
        }
    }

    private static IEnumerable<(Point2f[] Corners, double Area)> Quadrangles(Mat channel)
    {
        Cv2.MinMaxLoc(channel, out double darkest, out double brightest);
        using var mask = new Mat();
        for (var level = 1; level < Levels; level++)
            foreach (var kind in (ThresholdTypes[])[ThresholdTypes.Binary, ThresholdTypes.BinaryInv])
            {
                Cv2.Threshold(channel, mask, darkest + (level * (brightest - darkest) / Levels), 255, kind);
                foreach (var contour in Cv2.FindContoursAsArray(mask, RetrievalModes.External, ContourApproximationModes.ApproxNone))
                    if (contour.Length > 8 && Cv2.ContourArea(contour) is var area && area >= LeastArea * channel.Cols * channel.Rows)
                        foreach (var corners in Quadrangles(contour, channel.Cols, channel.Rows))
                            if ((Cv2.ContourArea(corners) / area) - 1 is >= -MostOff and <= MostBeyond)
                                yield return (corners, area);
            }
    }

    /// <summary>
    /// Four corners, clockwise from the top left one, of an outline that is taken more and more roughly: a bent side is one, too. Where the picture's border cuts a corner off, it
    /// is where the sides would meet.
    /// </summary>
    private static IEnumerable<Point2f[]> Quadrangles(Point[] contour, int width, int height)
    {
        var hull = Cv2.ConvexHull(contour);
        var length = Cv2.ArcLength(hull, true);
        var vertices = 0;
        for (var share = 0.005; share <= 0.08; share *= 1.3)
        {
            var outline = Cv2.ApproxPolyDP(hull, share * length, true);
            if (Cv2.ContourArea(outline, true) < 0)
                Array.Reverse(outline);
            var sides = Enumerable.Range(0, outline.Length).Where(i => !IsBorder(outline[i], outline[(i + 1) % outline.Length])).ToArray();
            if (sides.Length is < LeastSides or > 4 || outline.Length is 3 || outline.Length == vertices)
                continue;
            vertices = outline.Length;
            Point2f[] corners = sides.Length == 4 ? [.. Enumerable.Range(0, 4).Select(k => Corner(sides[(k + 3) % 4], sides[k]))] : Cut();
            if (corners.Any(corner => corner.X < -width || corner.Y < -height || corner.X > 2 * width || corner.Y > 2 * height))
                continue;
            var first = Enumerable.Range(0, 4).MinBy(i => corners[i].X + corners[i].Y);
            yield return [.. Enumerable.Range(0, 4).Select(i => corners[(first + i) % 4])];

            // Three sides: the border is the fourth.
            Point2f[] Cut()
            {
                var k = Enumerable.Range(0, 3).First(k => (sides[k] + 1) % outline.Length != sides[(k + 1) % 3]);
                int last = sides[k], begin = sides[(k + 1) % 3], middle = sides[(k + 2) % 3];
                return [Place(outline[begin]), Corner(begin, middle), Corner(middle, last), Place(outline[(last + 1) % outline.Length])];
            }

            Point2f Corner(int side, int next) => (side + 1) % outline.Length == next
                ? Place(outline[next])
                : Meeting(outline[side], outline[(side + 1) % outline.Length], outline[next], outline[(next + 1) % outline.Length]);
        }

        static Point2f Place(Point point) => new(point.X, point.Y);

        bool IsBorder(Point a, Point b) =>
            Math.Max(a.X, b.X) < Border || Math.Max(a.Y, b.Y) < Border || Math.Min(a.X, b.X) > width - 1 - Border || Math.Min(a.Y, b.Y) > height - 1 - Border;

        static Point2f Meeting(Point a, Point b, Point c, Point d)
        {
            double abX = b.X - a.X, abY = b.Y - a.Y, cdX = d.X - c.X, cdY = d.Y - c.Y, determinant = (abX * cdY) - (abY * cdX);
            var t = determinant == 0 ? double.PositiveInfinity : (((c.X - a.X) * cdY) - ((c.Y - a.Y) * cdX)) / determinant;
            return double.IsFinite(t) ? new Point2f((float)(a.X + (t * abX)), (float)(a.Y + (t * abY))) : new Point2f(float.MaxValue, float.MaxValue);
        }
    }

    /// <summary>Whether colours change along the sides; null where they do not, or where the sides are the picture's own.</summary>
    private static Candidate? Judged(Point2f[] corners, double area, Raster colours)
    {
        var isSeen = new bool[4];
        var offs = new List<double>();
        for (var side = 0; side < 4; side++)
        {
            Point2f from = corners[side], to = corners[(side + 1) % 4];
            double dx = to.X - from.X, dy = to.Y - from.Y, length = Math.Sqrt((dx * dx) + (dy * dy));
            // Clockwise with rows counted down: inside is to the right of the way.
            double inX = -dy / length, inY = dx / length;
            var differences = new List<(double[] Colour, double Off)>();
            var beyond = 0;
            for (var i = 0; i < SamplesASide; i++)
            {
                var t = (i + 2) / (SamplesASide + 3.0);
                double x = from.X + (t * dx), y = from.Y + (t * dy);
                if (Math.Min(Math.Min(x, y), Math.Min(colours.Width - 1 - x, colours.Height - 1 - y)) < Border)
                    beyond++;
                else if (Step(colours, x, y, inX, inY) is not null)
                    differences.Add(Nearby(x, y, inX, inY).MaxBy(place => Size(place.Colour)));
            }

            isSeen[side] = beyond < MostUnseen * SamplesASide;
            if (!isSeen[side])
                continue;
            if (differences.Count < 2 * SamplesACorner)
                return null;
            var usual = Enumerable.Range(0, colours.Channels).Select(channel => Filtering.Percentile([.. differences.Select(difference => difference.Colour[channel])], 50)).ToArray();
            var step = Size(usual);
            var same = differences.Where(difference => difference.Colour.Zip(usual, (a, b) => a * b).Sum() > step * LeastStep / 2).ToArray();
            // A tinted area on white paper is no sheet: paper is brighter than what it lies on.
            if (usual[0] < 0 || step < LeastStep || same.Length < LeastSupport * differences.Count)
                return null;
            // Between its corners paper may be bent.
            offs.AddRange(differences[..SamplesACorner].Concat(differences[^SamplesACorner..]).Select(difference => Math.Abs(difference.Off)));
        }

        var unseen = isSeen.Count(seen => !seen);
        return 4 - unseen >= LeastSides ? new Candidate(corners, isSeen, area, offs.Average() + (unseen * Unseen)) : null;

        (double[] Colour, double Off)[] Nearby(double x, double y, double inX, double inY) =>
        [
            .. Enumerable.Range(-(int)(Bent / BentStep), (int)(2 * Bent / BentStep) + 1).Select(k => k * BentStep)
                .Select(off => (Colour: Step(colours, x + (off * inX), y + (off * inY), inX, inY), Off: off)).Where(place => place.Colour is not null).Select(place => (place.Colour!, place.Off)),
        ];
    }

    /// <summary>Change of colour across an edge, inside less outside; null where a side of it is beyond the picture.</summary>
    private static double[]? Step(Raster colours, double x, double y, double inX, double inY) =>
        At(colours, x + (Beside * inX), y + (Beside * inY)) is { } inside && At(colours, x - (Beside * inX), y - (Beside * inY)) is { } outside ? [.. inside.Zip(outside, (a, b) => a - b)] : null;

    private static double Size(double[] difference) => Math.Sqrt(difference.Sum(value => value * value));

    private static double[]? At(Raster colours, double x, double y)
    {
        int column = (int)Math.Round(x), row = (int)Math.Round(y);
        if (column < 0 || row < 0 || column >= colours.Width || row >= colours.Height)
            return null;
        var i = ((row * colours.Width) + column) * colours.Channels;
        return [.. Enumerable.Range(i, colours.Channels).Select(k => (double)colours.Pixels[k])];
    }

    /// <summary>A side that is cut off is taken to run like the one opposite, outside of what is seen.</summary>
    private static PaperOutline Completed(PixelPoint[] corners, bool[] isSeen)
    {
        var cut = Array.IndexOf(isSeen, false);
        if (cut < 0)
            return new PaperOutline(corners, isSeen);
        // From a to b is cut off; their neighbours c and d are the opposite side's ends.
        PixelPoint a = corners[cut], b = corners[(cut + 1) % 4], c = corners[(cut + 2) % 4], d = corners[(cut + 3) % 4];
        double dx = c.X - d.X, dy = c.Y - d.Y;
        double Out(PixelPoint p) => ((p.X - d.X) * dy) - ((p.Y - d.Y) * dx);
        var farthest = Math.Max(Out(a), Out(b));
        var whole = corners.ToArray();
        whole[cut] = Along(d, a, farthest / Out(a));
        whole[(cut + 1) % 4] = Along(c, b, farthest / Out(b));
        return new PaperOutline(whole, isSeen);

        static PixelPoint Along(PixelPoint from, PixelPoint to, double share) => new(from.X + (share * (to.X - from.X)), from.Y + (share * (to.Y - from.Y)));
    }
}

using EcgImageWeb.Vision.Tracing;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Geometry;

/// <summary>
/// A sheet on its background as it would be seen flat and from above: the perspective of its corners, and between them the bends of its edges, which go on
/// across the sheet (Coons, Surfaces for computer-aided design of space forms, 1967). It needs no grid.
/// </summary>
internal sealed class PaperSheet
{
    /// <summary>Places along an edge at which it is measured.</summary>
    private const int Nodes = 49;

    /// <summary>An edge lies within this of the line between its corners; it is a step between stretches of this length; shares of the picture's longer side.</summary>
    private const double Reach = 0.03, StepLength = 0.004;

    /// <summary>How stiff paper is, against places that were measured wrong; and how far off, in pixels, a place counts half.</summary>
    private const double Stiffness = 8, Outlier = 1.5;

    private const int Rounds = 8;

    /// <summary>How often corners are moved to where the edges that were measured meet.</summary>
    private const int CornerRounds = 2;

    /// <summary>
    /// Longer side of the flat picture, pixels: at least the first, as far as that is no more than double the picture's own, since thin lines are followed better where they are
    /// wider; at most the second, 250 dpi of A4.
    /// </summary>
    private const double LeastLongPx = 1800, MostLongPx = 3000, MostEnlarged = 2;

    /// <summary>A sheet that fills its picture to this, shares of its size, lies flat in it.</summary>
    private const double Fills = 0.015;

    /// <summary>Where a sheet goes on beyond its edge it does so from this far inside, a share of its longer side: beyond the edge's blur and shadow.</summary>
    private const double Inset = 0.005;

    /// <summary>Of what is printed on a sheet so much may seem to lie beside it; and paper is known in pictures of this size, pixels.</summary>
    private const double MostOutside = 0.02, ContinuedPx = 400;

    private readonly double[] unit;
    private readonly (double X, double Y)[][] bends;

    private PaperSheet(IReadOnlyList<PixelPoint> corners, (double X, double Y)[][] bends, Size size, Scalar paper)
    {
        (unit, this.bends, Size, Paper) = (Unit(corners), bends, size, paper);
    }

    /// <summary>Pixels of the flat sheet.</summary>
    public Size Size { get; }

    /// <summary>How far the sheet's middle falls to the right in the picture, degrees.</summary>
    public double RotationDeg
    {
        get
        {
            var ((fromX, fromY), (toX, toY)) = (Place(0, Size.Height / 2.0), Place(Size.Width, Size.Height / 2.0));
            return Math.Atan2(toY - fromY, toX - fromX) * 180 / Math.PI;
        }
    }

    /// <summary>The sheet's colour in its middle.</summary>
    private Scalar Paper { get; }

    /// <summary>The sheet, or null where none lies on something else.</summary>
    public static PaperSheet? Find(Raster picture, CancellationToken cancellationToken) => PaperOutline.Find(picture, cancellationToken) is { } outline ? Of(picture, outline) : null;

    /// <summary>The sheet of an outline whose corners are known to some hundredths of the picture; null where it fills the picture, or is mostly beyond it.</summary>
    public static PaperSheet? Of(Raster picture, PaperOutline outline)
    {
        PixelPoint[] corners = [.. outline.Corners];
        PixelPoint[] own = [new(0, 0), new(picture.Width, 0), new(picture.Width, picture.Height), new(0, picture.Height)];
        // A side that is cut off may be anywhere.
        if (!corners.All(corner => Math.Abs(corner.X) < 2 * picture.Width && Math.Abs(corner.Y) < 2 * picture.Height))
            return null;
        if (Enumerable.Range(0, 4).All(i => Math.Abs(corners[i].X - own[i].X) < Fills * picture.Width && Math.Abs(corners[i].Y - own[i].Y) < Fills * picture.Height))
            return null;
        var sides = Sides();
        for (var round = 0; round < CornerRounds; round++)
        {
            // Bent edges meet where the sheet's corners are: the outline was straight, and seen from afar.
            corners = [.. corners.Select((corner, i) => Moved(Moved(corner, sides[i], i < 2 ? 0 : Nodes - 1), sides[(i + 3) % 4], i is 1 or 2 ? Nodes - 1 : 0))];
            sides = Sides();
        }

        // What is cut off is bent as the edge opposite is.
        var bends = Enumerable.Range(0, 4).Select(side => sides[side] ?? sides[(side + 2) % 4] ?? new (double X, double Y)[Nodes]).ToArray();
        double wide = (Length(0, 1) + Length(3, 2)) / 2, high = (Length(0, 3) + Length(1, 2)) / 2, longest = Math.Max(wide, high);
        var factor = Math.Min(Math.Clamp(LeastLongPx / longest, 1, MostEnlarged), MostLongPx / longest);
        return new PaperSheet(corners, bends, new Size(Math.Max(1, (int)Math.Round(wide * factor)), Math.Max(1, (int)Math.Round(high * factor))), ColourOf(picture, Unit(corners)));

        (double X, double Y)[]?[] Sides() => Unit(corners) is var unit ? [.. Enumerable.Range(0, 4).Select(side => outline.IsSeen[side] ? Bend(picture, unit, side) : null)] : [];

        PixelPoint Moved(PixelPoint corner, (double X, double Y)[]? bend, int node) => bend is null ? corner : new PixelPoint(corner.X + bend[node].X, corner.Y + bend[node].Y);

        double Length(int a, int b) => Math.Sqrt(Math.Pow(corners[a].X - corners[b].X, 2) + Math.Pow(corners[a].Y - corners[b].Y, 2));
    }

    /// <summary>The sheet, flat.</summary>
    public Raster Flat(Raster picture) => FlatPage.Resampled(picture, Size.Width, Size.Height, Place, Paper);

    /// <summary>
    /// The picture with the sheet going on where the table begins: its edge, and what lies beyond, is dark like ink. Null where the sheet does not hold what it must: then it is
    /// a part of the page.
    /// </summary>
    /// <param name="picture">As the sheet was found in.</param>
    /// <param name="printed">Places that are on the sheet for sure.</param>
    public Raster? Continued(Raster picture, IReadOnlyCollection<PixelPoint> printed)
    {
        using var pixels = picture.ToMat();
        using var table = new Mat(picture.Height, picture.Width, MatType.CV_8UC1, Scalar.All(255));
        Cv2.FillPoly(table, [Outline()], Scalar.All(0));
        var outside = table.ToRaster();
        if (printed.Count(place => outside.Pixels[((int)Math.Clamp(place.Y, 0, picture.Height - 1) * picture.Width) + (int)Math.Clamp(place.X, 0, picture.Width - 1)] != 0) > MostOutside * printed.Count)
            return null;
        using Mat small = new(), blank = new();
        var factor = Math.Min(1, ContinuedPx / Math.Max(picture.Width, picture.Height));
        var size = new Size(Math.Max(1, picture.Width * factor), Math.Max(1, picture.Height * factor));
        Cv2.Resize(pixels, small, size, 0, 0, InterpolationFlags.Area);
        Cv2.Resize(table, blank, size, 0, 0, InterpolationFlags.Area);
        small.SetTo(Scalar.All(0), blank);
        // Without what is printed, and without the edge's mixed colours.
        using var kernel = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(9, 9));
        using var edge = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(3, 3));
        Cv2.MorphologyEx(small, small, MorphTypes.Close, kernel);
        Cv2.MorphologyEx(blank, blank, MorphTypes.Dilate, edge);
        using var beyond = Nearest(small.ToRaster(), blank.ToRaster()).ToMat();
        Cv2.Blur(beyond, beyond, new Size(9, 9));
        using var whole = new Mat();
        Cv2.Resize(beyond, whole, new Size(picture.Width, picture.Height), 0, 0, InterpolationFlags.Linear);
        whole.CopyTo(pixels, table);
        return pixels.ToRaster();

        Point[] Outline()
        {
            var inset = Inset * Math.Max(Size.Width, Size.Height);
            double right = Size.Width - inset, bottom = Size.Height - inset;
            var along = Enumerable.Range(0, Nodes).Select(i => i / (double)Nodes).ToArray();
            return
            [
                .. along.Select(t => Pixel(inset + (t * (right - inset)), inset)), .. along.Select(t => Pixel(right, inset + (t * (bottom - inset)))),
                .. along.Select(t => Pixel(right - (t * (right - inset)), bottom)), .. along.Select(t => Pixel(inset, bottom - (t * (bottom - inset)))),
            ];
        }

        Point Pixel(double column, double row) => Place(column, row) is var (x, y) ? new Point((int)Math.Round(x - 0.5), (int)Math.Round(y - 0.5)) : default;
    }

    /// <summary>Each blank pixel has the colour of the nearest one that is not (distance transform in two passes).</summary>
    private static Raster Nearest(Raster picture, Raster blank)
    {
        int width = picture.Width, height = picture.Height;
        var from = new (int X, int Y)?[width * height];
        for (var i = 0; i < from.Length; i++)
            from[i] = blank.Pixels[i] == 0 ? (i % width, i / width) : null;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                Nearer(x, y, -1);
        for (var y = height - 1; y >= 0; y--)
            for (var x = width - 1; x >= 0; x--)
                Nearer(x, y, 1);
        var pixels = picture.Pixels.ToArray();
        for (var i = 0; i < from.Length; i++)
            if (from[i] is var (x, y))
                Array.Copy(picture.Pixels, ((y * width) + x) * picture.Channels, pixels, i * picture.Channels, picture.Channels);
        return picture with { Pixels = pixels };

        void Nearer(int x, int y, int step)
        {
            foreach (var (nextX, nextY) in (ReadOnlySpan<(int, int)>)[(x + step, y), (x, y + step), (x + step, y + step), (x - step, y + step)])
                if (nextX >= 0 && nextY >= 0 && nextX < width && nextY < height && from[(nextY * width) + nextX] is { } near
                    && (from[(y * width) + x] is not { } own || Squared(near) < Squared(own)))
                    from[(y * width) + x] = near;

            int Squared((int X, int Y) place) => ((place.X - x) * (place.X - x)) + ((place.Y - y) * (place.Y - y));
        }
    }

    /// <summary>The place in the picture of a place on the flat sheet.</summary>
    public PixelPoint ToPicture(PixelPoint place) => Place(place.X, place.Y) is var (x, y) ? new PixelPoint(x, y) : default;

    private (double X, double Y) Place(double column, double row)
    {
        double u = column / Size.Width, v = row / Size.Height;
        var (x, y) = At(unit, u, v);
        var (top, right, bottom, left) = (At(bends[0], u), At(bends[1], v), At(bends[2], u), At(bends[3], v));
        return (x + ((1 - v) * top.X) + (v * bottom.X) + ((1 - u) * left.X) + (u * right.X), y + ((1 - v) * top.Y) + (v * bottom.Y) + ((1 - u) * left.Y) + (u * right.Y));
    }

    /// <summary>How far an edge is from the straight line between its corners, at each node.</summary>
    private static (double X, double Y)[] Bend(Raster picture, double[] unit, int side)
    {
        var longest = Math.Max(picture.Width, picture.Height);
        int reach = Math.Max(6, (int)(Reach * longest)), step = Math.Max(3, (int)(StepLength * longest));
        var places = Enumerable.Range(0, Nodes).Select(i => Place(i / (Nodes - 1.0))).ToArray();
        var (fromX, fromY) = places[0];
        var (toX, toY) = places[^1];
        double length = Math.Sqrt(Math.Pow(toX - fromX, 2) + Math.Pow(toY - fromY, 2));
        // Both ways of an edge (across, down) lead clockwise on two sides only: inside is on the other side on the others.
        var sign = side is 0 or 1 ? 1 : -1;
        double inX = -(toY - fromY) / length * sign, inY = (toX - fromX) / length * sign;

        var far = reach + step;
        // Which change of colour it is, from the ends of the profiles across the edge.
        double[] axis = [.. Usual(reach, far).Zip(Usual(-far, -reach), (inside, outside) => inside - outside)];
        var measured = new double[Nodes];
        var weights = new double[Nodes];
        for (var i = 0; i < Nodes; i++)
        {
            var sums = new double[(2 * far) + 2];
            for (var s = 0; s < sums.Length - 1; s++)
                sums[s + 1] = sums[s] + Along(places[i], s - far);
            var best = Enumerable.Range(step, (2 * reach) + 1).MaxBy(s => Change(s));
            double before = Change(Math.Max(step, best - 1)), at = Change(best), after = Change(Math.Min(step + (2 * reach), best + 1)), curve = before - (2 * at) + after;
            var fine = curve < 0 ? Math.Clamp(0.5 * (before - after) / curve, -0.5, 0.5) : 0;
            // Sums count from before a pixel: its edge is half a pixel before its centre.
            measured[i] = best + fine - 0.5 - far;
            weights[i] = Math.Max(0, at);

            double Change(int s) => sums[s + step] - (2 * sums[s]) + sums[s - step];
        }

        var usual = Median(weights);
        for (var i = 0; i < Nodes; i++)
            weights[i] = i is 0 or Nodes - 1 || usual <= 0 ? 0 : Math.Min(1, weights[i] / usual);
        return [.. Smooth(measured, weights).Select(distance => (distance * inX, distance * inY))];

        double[] Usual(int first, int second)
        {
            var colours = places.Select(place => Colour(picture, place.X + (first * inX), place.Y + (first * inY)).Zip(Colour(picture, place.X + (second * inX), place.Y + (second * inY)), (a, b) => a + b).ToArray()).ToArray();
            return [.. Enumerable.Range(0, picture.Channels).Select(channel => Median(colours.Select(colour => colour[channel])))];
        }

        double Along((double X, double Y) place, int s)
        {
            var i = IndexOf(picture, place.X + (s * inX), place.Y + (s * inY));
            var sum = 0.0;
            for (var channel = 0; channel < axis.Length; channel++)
                sum += picture.Pixels[i + channel] * axis[channel];
            return sum;
        }

        (double X, double Y) Place(double t) => side switch { 0 => At(unit, t, 0), 1 => At(unit, 1, t), 2 => At(unit, t, 1), _ => At(unit, 0, t) };
    }

    /// <summary>A stiff curve through what was measured, without the places that are wrong (Whittaker's smoother with Cauchy's weights).</summary>
    private static double[] Smooth(double[] measured, double[] weights)
    {
        var middle = Median(measured);
        var smooth = measured.Select((_, i) => Median(measured[Math.Max(0, i - 3)..Math.Min(measured.Length, i + 4)])).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var band = new double[measured.Length][];
            var right = new double[measured.Length];
            for (var i = 0; i < measured.Length; i++)
            {
                var off = (measured[i] - smooth[i]) / Outlier;
                var weight = weights[i] / (1 + (off * off));
                band[i] = [0, 0, weight + 1e-6];
                right[i] = (weight * measured[i]) + (1e-6 * middle);
            }

            for (var i = 2; i < measured.Length; i++)
            {
                band[i][2] += Stiffness;
                band[i][1] -= 2 * Stiffness;
                band[i][0] += Stiffness;
                band[i - 1][2] += 4 * Stiffness;
                band[i - 1][1] -= 2 * Stiffness;
                band[i - 2][2] += Stiffness;
            }

            smooth = BandedCholesky.Solve(band, right);
        }

        return smooth;
    }

    private static double Median(IEnumerable<double> values) => Filtering.Percentile([.. values], 50);

    private static double[] Colour(Raster picture, double x, double y) => [.. Enumerable.Range(IndexOf(picture, x, y), picture.Channels).Select(k => (double)picture.Pixels[k])];

    private static int IndexOf(Raster picture, double x, double y)
    {
        int column = Math.Clamp((int)Math.Floor(x), 0, picture.Width - 1), row = Math.Clamp((int)Math.Floor(y), 0, picture.Height - 1);
        return ((row * picture.Width) + column) * picture.Channels;
    }

    private static Scalar ColourOf(Raster picture, double[] unit)
    {
        const int Places = 15;
        var colours = Enumerable.Range(0, Places * Places)
            .Select(i => At(unit, ((i % Places) + 1) / (Places + 1.0), ((i / Places) + 1) / (Places + 1.0))).Select(place => Colour(picture, place.X, place.Y)).ToArray();
        double Channel(int channel) => Median(colours.Select(colour => colour[channel]));
        return picture.Channels == 3 ? new Scalar(Channel(0), Channel(1), Channel(2)) : new Scalar(Channel(0));
    }

    /// <summary>The perspective map of the unit square to four corners (Heckbert, Fundamentals of Texture Mapping, 1989, section 2.2.3).</summary>
    private static double[] Unit(IReadOnlyList<PixelPoint> p)
    {
        double sumX = p[0].X - p[1].X + p[2].X - p[3].X, sumY = p[0].Y - p[1].Y + p[2].Y - p[3].Y;
        double dx1 = p[1].X - p[2].X, dy1 = p[1].Y - p[2].Y, dx2 = p[3].X - p[2].X, dy2 = p[3].Y - p[2].Y, determinant = (dx1 * dy2) - (dx2 * dy1);
        double g = ((sumX * dy2) - (dx2 * sumY)) / determinant, h = ((dx1 * sumY) - (sumX * dy1)) / determinant;
        return [p[1].X - p[0].X + (g * p[1].X), p[3].X - p[0].X + (h * p[3].X), p[0].X, p[1].Y - p[0].Y + (g * p[1].Y), p[3].Y - p[0].Y + (h * p[3].Y), p[0].Y, g, h];
    }

    private static (double X, double Y) At(double[] unit, double u, double v)
    {
        var depth = (unit[6] * u) + (unit[7] * v) + 1;
        return (((unit[0] * u) + (unit[1] * v) + unit[2]) / depth, ((unit[3] * u) + (unit[4] * v) + unit[5]) / depth);
    }

    private static (double X, double Y) At((double X, double Y)[] bend, double share)
    {
        var place = Math.Clamp(share, 0, 1) * (bend.Length - 1);
        var node = Math.Min(bend.Length - 2, (int)place);
        var part = place - node;
        return (((1 - part) * bend[node].X) + (part * bend[node + 1].X), ((1 - part) * bend[node].Y) + (part * bend[node + 1].Y));
    }
}

using OpenCvSharp;

namespace EcgImageWeb.Vision.Geometry;

/// <summary>
/// Which way a page with a straight grid stands. A grid looks alike on its side and on its head; what is printed on it does
/// not: traces run from left to right, calibration pulses point up, the V of six lead names (and of aVR, aVL, aVF) is open
/// above, and more is written above the traces than below.
/// </summary>
/// <param name="Turn">What makes the page upright.</param>
/// <param name="Sureness">0.5 (no sign of it) to 1.</param>
internal sealed record WayUp(QuarterTurn Turn, double Sureness)
{
    /// <summary>Resolution at which signs are looked for, pixels a millimetre.</summary>
    private const double PxPerMm = 6;

    /// <summary>Ink reaching this far in one direction is a trace or a separator; millimetres.</summary>
    private const double LeastTraceMm = 15;

    /// <summary>Traces must run this many times as far along one side as along the other to turn the page; several rows against a few separators.</summary>
    private const double LeastRun = 2.5;

    /// <summary>
    /// Weights of the signs as log odds, and of a picture standing as it was sent (most are upright, and cameras store their
    /// attitude). Measured on the wild, synthetic and scanned pages, upright and on their heads.
    /// </summary>
    private const double PulseWeight = 15, LetterWeight = 1.2, TextWeight = 0.4, Prior = 2;

    /// <summary>Log odds from which a page is put on its feet; three letters or two pulses reach it, the place of the text does not.</summary>
    private const double LeastOdds = 1;

    /// <summary>Log odds that tell the two ways of lying on the side apart; a page that shows less is left as it lies.</summary>
    private const double LeastSideOdds = 1.5;

    /// <summary>
    /// A pulse of 10 mm by 5 mm matches at least this well (other ink reaches 0.5), and better by this much than one on its
    /// head: on pages whose pulses are of another size the difference is 0.09 and less, of either sign.
    /// </summary>
    private const double LeastPulse = 0.55, LeastPulseDifference = 0.1;

    /// <summary>More letters than this are not surer.</summary>
    private const double MostLetters = 5;

    /// <summary>The turn of a page.</summary>
    public static WayUp Of(Raster page, double pxPerMmX, double pxPerMmY)
    {
        var ink = PageInk.Of(page, pxPerMmX, pxPerMmY, PxPerMm);
        var (along, down) = Runs(ink);
        if (down > LeastRun * (along + LeastTraceMm))
        {
            // On its side: one of two turns must be chosen, and neither is more usual.
            var odds = Odds(ink.Turned(new QuarterTurn(90)));
            if (Math.Abs(odds) >= LeastSideOdds)
                return new WayUp(new QuarterTurn(odds >= 0 ? 90 : 270), Sure(Math.Abs(odds)));
        }

        var upright = Odds(ink) + Prior;
        return upright <= -LeastOdds ? new WayUp(new QuarterTurn(180), Sure(-upright)) : new WayUp(QuarterTurn.None, Sure(upright));
    }

    private static double Sure(double odds) => 1 / (1 + Math.Exp(-odds));

    /// <summary>Log odds that ink whose traces run along its rows stands upright, from what is printed.</summary>
    internal static double Odds(PageInk ink)
    {
        var (pulses, letters, text) = Signs(ink);
        return (PulseWeight * pulses) + (LetterWeight * letters) + (TextWeight * text);
    }

    /// <summary>Signs of the page standing upright (positive) or on its head: pulses -1 to 1, letters counted, text -1 to 1.</summary>
    internal static (double Pulses, double Letters, double Text) Signs(PageInk ink)
    {
        using var level = ink.ToMat();
        var (up, head) = (Pulses(level, false), Pulses(level, true));
        var pulses = Math.Max(up, head) >= LeastPulse && Math.Abs(up - head) >= LeastPulseDifference ? up - head : 0;
        return (pulses, Math.Clamp(Letters(ink), -MostLetters, MostLetters), Text(ink));
    }

    /// <summary>Total reach of the long pieces of ink along both sides, millimetres.</summary>
    private static (double Along, double Down) Runs(PageInk ink)
    {
        double along = 0, down = 0;
        foreach (var piece in ink.Pieces)
        {
            // What reaches over the whole page is a grid or a frame.
            if (piece.Width > 0.7 * ink.Width && piece.Height > 0.7 * ink.Height)
                continue;
            if (piece.Width >= LeastTraceMm * PxPerMm && piece.Width > piece.Height)
                along += piece.Width / PxPerMm;
            if (piece.Height >= LeastTraceMm * PxPerMm && piece.Height > piece.Width)
                down += piece.Height / PxPerMm;
        }

        return (along, down);
    }

    /// <summary>How well the best places of the page match a calibration pulse, mean of the best three; -1 to 1.</summary>
    private static double Pulses(Mat level, bool onItsHead)
    {
        // 10 mm high, 5 mm wide, 2 mm of baseline to both sides; half the resolution is enough.
        const double Px = PxPerMm / 2;
        using var small = new Mat();
        Cv2.Resize(level, small, new Size(level.Cols / 2, level.Rows / 2), 0, 0, InterpolationFlags.Area);
        int left = (int)(2 * Px), width = (int)(5 * Px), height = (int)(10 * Px), margin = 2;
        using var pulse = new Mat((2 * margin) + height + 1, (2 * left) + width + 1, MatType.CV_8UC1, new Scalar(0));
        if (small.Cols < 2 * pulse.Cols || small.Rows < 2 * pulse.Rows)
            return 0;
        int top = margin, bottom = margin + height, right = left + width;
        var white = new Scalar(255);
        Cv2.Line(pulse, 0, bottom, left, bottom, white);
        Cv2.Line(pulse, left, bottom, left, top, white);
        Cv2.Line(pulse, left, top, right, top, white);
        Cv2.Line(pulse, right, top, right, bottom, white);
        Cv2.Line(pulse, right, bottom, right + left, bottom, white);
        if (onItsHead)
            Cv2.Flip(pulse, pulse, FlipMode.X);
        // The pen and the millimetre are not exact.
        Cv2.GaussianBlur(pulse, pulse, new Size(5, 5), 0.9);
        Cv2.GaussianBlur(small, small, new Size(5, 5), 0.9);
        using var match = new Mat();
        Cv2.MatchTemplate(small, pulse, match, TemplateMatchModes.CCoeffNormed);
        double sum = 0;
        const int Best = 3;
        for (var i = 0; i < Best; i++)
        {
            Cv2.MinMaxLoc(match, out _, out var value, out _, out var place);
            sum += Math.Max(0, value);
            var around = new Rect(Math.Max(0, place.X - left), Math.Max(0, place.Y - (height / 2)), width, height);
            around.Width = Math.Min(around.Width, match.Cols - around.X);
            around.Height = Math.Min(around.Height, match.Rows - around.Y);
            using var taken = match[around];
            taken.SetTo(new Scalar(-1));
        }

        return sum / Best;
    }

    /// <summary>Letters V that are open above, less those that are open below.</summary>
    private static double Letters(PageInk ink) =>
        ink.Pieces.Count(piece => IsV(ink, piece, false)) - ink.Pieces.Count(piece => IsV(ink, piece, true));

    /// <summary>Two strokes at the top that come together at the bottom, 1.5 to 5 mm high.</summary>
    private static bool IsV(PageInk ink, InkPiece piece, bool onItsHead)
    {
        const double Least = 1.5 * PxPerMm, Most = 5 * PxPerMm;
        if (piece.Height is < (int)Least or > (int)Most || piece.Width < 0.55 * piece.Height || piece.Width > 1.4 * piece.Height)
            return false;
        int two = 0, one = 0, rows = piece.Height;
        double before = double.MaxValue, first = 0, last = 0;
        for (var i = 0; i < rows; i++)
        {
            var runs = ink.Runs(piece, onItsHead ? rows - 1 - i : i);
            if (runs.Count == 2 && one == 0)
            {
                var apart = runs[1] - runs[0];
                // Strokes may not part again, but for the pixels' roughness.
                if (apart > before + 1.5)
                    return false;
                before = apart;
                first = two == 0 ? apart : first;
                last = apart;
                two++;
            }
            else if (runs.Count == 1 && two > 0)
            {
                one++;
                if (Math.Abs(runs[0] - (piece.Width / 2.0)) > 0.22 * piece.Width)
                    return false;
            }
            else if (i > 0.15 * rows || runs.Count > 2)
                return false;
        }

        return two >= 0.45 * rows && one >= 1 && one <= 0.5 * rows && first >= 0.5 * piece.Width && last <= 0.6 * first;
    }

    /// <summary>How much more is written above the middle of the traces than below, -1 to 1.</summary>
    private static double Text(PageInk ink)
    {
        var traces = ink.Pieces.Where(piece => piece.Width >= 2 * LeastTraceMm * PxPerMm && piece.Width > piece.Height).ToArray();
        if (traces.Length == 0)
            return 0;
        int top = traces.Min(piece => piece.Top), bottom = traces.Max(piece => piece.Top + piece.Height);
        double above = 0, below = 0;
        foreach (var piece in ink.Pieces)
        {
            if (piece.Height is < (int)(0.8 * PxPerMm) or > (int)(6 * PxPerMm) || piece.Width > 12 * PxPerMm)
                continue;
            if (piece.Top + piece.Height < top)
                above++;
            if (piece.Top > bottom)
                below++;
        }

        return above + below < 10 ? 0 : (above - below) / (above + below);
    }
}

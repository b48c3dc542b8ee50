using System.Buffers.Binary;
using System.Text;
using OpenCvSharp;

namespace EcgImageWeb.Training.Words;

/// <summary>Outlines of a TrueType font file (OpenType specification: cmap format 4, loca, glyf, hmtx); composite glyphs are left out.</summary>
internal sealed class TrueTypeFont
{
    /// <summary>Straight pieces per quadratic curve: enough for letters of 64 pixels.</summary>
    private const int CurvePieces = 6;

    private readonly byte[] _file;
    private readonly Dictionary<string, int> _tables = [];

    /// <summary>Reads the tables' places.</summary>
    /// <param name="file">The whole file.</param>
    public TrueTypeFont(byte[] file)
    {
        _file = file;
        for (var i = 0; i < U16(4); i++)
            _tables[Encoding.ASCII.GetString(file, 12 + (16 * i), 4)] = (int)U32(12 + (16 * i) + 8);
        UnitsPerEm = U16(_tables["head"] + 18);
    }

    /// <summary>Font units in the font's size.</summary>
    public int UnitsPerEm { get; }

    /// <summary>A letter's contours in font units, y upwards, and its advance.</summary>
    public (IReadOnlyList<Point2d[]> Contours, int Advance) Glyph(char letter)
    {
        var glyph = GlyphOf(letter);
        var metrics = Math.Min(glyph, U16(_tables["hhea"] + 34) - 1);
        return (Outline(glyph), U16(_tables["hmtx"] + (4 * metrics)));
    }

    private int GlyphOf(char letter)
    {
        var cmap = _tables["cmap"];
        for (var i = 0; i < U16(cmap + 2); i++)
        {
            var table = cmap + (int)U32(cmap + 4 + (8 * i) + 4);
            if (U16(table) != 4)
                continue;
            int segments = U16(table + 6), ends = table + 14, starts = ends + segments + 2, deltas = starts + segments, ranges = deltas + segments;
            for (var s = 0; s < segments; s += 2)
            {
                if (U16(ends + s) < letter)
                    continue;
                if (U16(starts + s) > letter)
                    return 0;
                var range = U16(ranges + s);
                return (ushort)((range == 0 ? letter : U16(ranges + s + range + (2 * (letter - U16(starts + s))))) + U16(deltas + s));
            }
        }

        return 0;
    }

    private List<Point2d[]> Outline(int glyph)
    {
        var contours = new List<Point2d[]>();
        var isLong = U16(_tables["head"] + 50) == 1;
        long Offset(int index) => isLong ? U32(_tables["loca"] + (4 * index)) : 2 * U16(_tables["loca"] + (2 * index));
        var at = _tables["glyf"] + (int)Offset(glyph);
        int count = (short)U16(at);
        if (Offset(glyph) == Offset(glyph + 1) || count <= 0)
            return contours;
        var ends = Enumerable.Range(0, count).Select(i => (int)U16(at + 10 + (2 * i))).ToArray();
        var p = at + 10 + (2 * count);
        p += 2 + U16(p);
        var points = ends[^1] + 1;
        var flags = new byte[points];
        for (var i = 0; i < points; i++)
        {
            flags[i] = _file[p++];
            if ((flags[i] & 8) != 0)
                for (var repeat = _file[p++]; repeat > 0; repeat--, i++)
                    flags[i + 1] = flags[i];
        }

        var x = Coordinates(flags, ref p, 2, 16);
        var y = Coordinates(flags, ref p, 4, 32);
        for (var (i, first) = (0, 0); i < count; first = ends[i++] + 1)
            contours.Add(Flattened([.. Enumerable.Range(first, ends[i] - first + 1).Select(k => (new Point2d(x[k], y[k]), (flags[k] & 1) != 0))]));
        return contours;
    }

    private int[] Coordinates(byte[] flags, ref int p, int shortBit, int sameBit)
    {
        var values = new int[flags.Length];
        var value = 0;
        for (var i = 0; i < flags.Length; i++)
        {
            if ((flags[i] & shortBit) != 0)
                value += (flags[i] & sameBit) != 0 ? _file[p++] : -_file[p++];
            else if ((flags[i] & sameBit) == 0)
            {
                value += (short)U16(p);
                p += 2;
            }

            values[i] = value;
        }

        return values;
    }

    /// <summary>Quadratic curves as polygons; two control points in a row have a point on the curve between them.</summary>
    private static Point2d[] Flattened((Point2d At, bool OnCurve)[] points)
    {
        static Point2d Middle(Point2d a, Point2d b) => new((a.X + b.X) / 2, (a.Y + b.Y) / 2);
        var polygon = new List<Point2d>();
        for (var i = 0; i < points.Length; i++)
        {
            var (before, here, after) = (points[(i + points.Length - 1) % points.Length], points[i], points[(i + 1) % points.Length]);
            if (here.OnCurve)
            {
                polygon.Add(here.At);
                continue;
            }

            var from = before.OnCurve ? before.At : Middle(before.At, here.At);
            var to = after.OnCurve ? after.At : Middle(here.At, after.At);
            for (var k = 0; k <= CurvePieces; k++)
            {
                double t = k / (double)CurvePieces, u = 1 - t;
                polygon.Add(new Point2d(
                    (u * u * from.X) + (2 * u * t * here.At.X) + (t * t * to.X),
                    (u * u * from.Y) + (2 * u * t * here.At.Y) + (t * t * to.Y)));
            }
        }

        return [.. polygon];
    }

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(at));
}

using static EcgImageWeb.Vision.Synthesis.Dice;

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>What happens to the sheet itself; works on the flat page's pixels.</summary>
internal static class PaperWear
{
    private static readonly Colour Coffee = Colour.Of(0x7A4A20), Yellow = Colour.Of(0xE8D2A0);
    private static readonly Colour[] Pens = [Colour.Of(0x1A2A80), Colour.Of(0x202020), Colour.Of(0x2040B0), Colour.Of(0xA02020)];

    public static void Apply(Raster page, PageDesign design, PageWear wear, Random random)
    {
        if (wear.Fading > 0)
            Tint(page, design.Grid.Paper, Field(page, random, 9).Select(value => (float)(wear.Fading * Math.Clamp(0.75 + (0.25 * value), 0, 1))).ToArray());
        if (wear.Ageing > 0)
            Tint(page, Yellow, Field(page, random, 60).Select(value => (float)Math.Clamp(wear.Ageing * (0.25 + (0.06 * value)), 0, 1)).ToArray());
        for (var i = 0; i < wear.Stains; i++)
            Stain(page, random);
        for (var i = 0; i < wear.Handwriting; i++)
            Write(page, design, random);
        if (wear.Wrinkles > 0)
            Crumple(page, wear.Wrinkles, random);
    }

    private static float[] Field(Raster page, Random random, int cells) =>
        SmoothNoise.Of(random, page.Width, page.Height, cells, Math.Max(2, cells * page.Height / page.Width));

    private static void Tint(Raster page, Colour colour, float[] share)
    {
        var pixels = page.Pixels;
        for (var i = 0; i < share.Length; i++)
        {
            if (share[i] <= 0)
                continue;
            var tinted = new Colour(pixels[i * 3], pixels[(i * 3) + 1], pixels[(i * 3) + 2]).Towards(colour, share[i]);
            (pixels[i * 3], pixels[(i * 3) + 1], pixels[(i * 3) + 2]) = (tinted.B, tinted.G, tinted.R);
        }
    }

    // A ring darker than what it encloses, as drying drops leave it.
    private static void Stain(Raster page, Random random)
    {
        double cx = random.NextDouble() * page.Width, cy = random.NextDouble() * page.Height, radius = Between(random, 0.03, 0.15) * page.Width;
        double depth = Between(random, 0.1, 0.35), inside = Between(random, 0, 0.8);
        var edge = Field(page, random, 14);
        var share = new float[page.Width * page.Height];
        for (var y = 0; y < page.Height; y++)
        {
            for (var x = 0; x < page.Width; x++)
            {
                var i = (y * page.Width) + x;
                var r = Math.Sqrt(((x - cx) * (x - cx)) + ((y - cy) * (y - cy))) / radius * (1 + (0.08 * edge[i]));
                share[i] = (float)(depth * (r > 1 ? Math.Exp(-(r - 1) * (r - 1) * 900) : inside + ((1 - inside) * Math.Exp(-(r - 1) * (r - 1) * 150))));
            }
        }
        Tint(page, Coffee, share);
    }

    // Loops that move to the right look like a word; a long one like a line drawn under or through something.
    private static void Write(Raster page, PageDesign design, Random random)
    {
        var ink = new Coverage(page.Width, page.Height);
        double px = Math.Sqrt(design.PxPerMmX * design.PxPerMmY), size = Between(random, 2, 6) * px, x = random.NextDouble() * page.Width * 0.8, y = random.NextDouble() * page.Height;
        double length = Between(random, 10, 60) * px, pen = Between(random, 0.3, 0.7) * px, lean = Normal(random) * 0.1;
        var isLine = Chance(random, 0.25);
        double[] phase = [.. Enumerable.Range(0, 4).Select(_ => Between(random, 0, 6))], rate = [.. Enumerable.Range(0, 4).Select(_ => Between(random, 0.6, 1.6))];
        var points = new List<PixelPoint>();
        for (var s = 0.0; s < length; s += px / 4)
        {
            var t = s / size * 4;
            points.Add(isLine
                ? new PixelPoint(x + s, y + (lean * s) + (Math.Sin((s / length * 3) + phase[0]) * px))
                : new PixelPoint(
                    x + s + (Math.Sin((t * rate[0]) + phase[0]) * size * 0.3),
                    y + (lean * s) + (((Math.Sin((t * rate[1]) + phase[1]) * 0.6) + (Math.Sin((t * rate[2] * 0.37) + phase[2]) * 0.4)) * size * 0.6)));
        }
        ink.Stroke([.. points], pen, 1.5);
        PagePainter.Ink(page, ink, OneOf<Colour>(random, Pens), Between(random, 0.6, 0.95));
    }

    // Shading of creased paper: where random planes meet, the light jumps.
    private static void Crumple(Raster page, double depth, Random random)
    {
        float[] first = Field(page, random, 5), second = Field(page, random, 13);
        var pixels = page.Pixels;
        for (var i = 0; i < first.Length; i++)
        {
            var shade = 1 + (depth * ((Math.Abs(first[i]) * 0.6) - 0.4 + (Math.Abs(second[i]) * 0.3)));
            for (var c = i * 3; c < (i * 3) + 3; c++)
                pixels[c] = (byte)Math.Clamp(pixels[c] * shade, 0, 255);
        }
    }
}

using static EcgImageWeb.Vision.Synthesis.Dice;

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>Wear by chance, as it happens.</summary>
public static class PageWears
{
    private static readonly int[] Surfaces = [0x6B4426, 0x8A5A2E, 0x9A8464, 0x2A2C30, 0x6E7480, 0x3A4A66, 0xB0AAA0, 0x151517, 0xC9B7C4];

    /// <summary>Wear of a look; the page's size decides where its bends run.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="look">Clean pages are not worn at all.</param>
    /// <param name="isHard">True: as much as is still readable; false: what most pages have.</param>
    /// <param name="design">The page.</param>
    public static PageWear Draw(Random random, PageLook look, bool isHard, PageDesign design) => look switch
    {
        PageLook.Clean => PageWear.None,
        PageLook.Scan => Scan(random, isHard ? 1 : 0.45),
        _ => Photo(random, isHard ? 1 : 0.45, design),
    };

    private static PageWear Scan(Random random, double level)
    {
        var isCopy = Chance(random, 0.25 * level);
        return new PageWear
        {
            RotationDeg = Normal(random) * 1.2 * level,
            BackgroundColour = Chance(random, 0.5) ? Colour.Of(0xFFFFFF) : Colour.Of(0x303030),
            Wrinkles = Chance(random, 0.3) ? Between(random, 0, 0.08 * level) : 0,
            Fading = !isCopy && Chance(random, 0.25) ? Between(random, 0.1, 0.6 * level) : 0,
            Ageing = Chance(random, 0.4) ? Between(random, 0, level) : 0,
            Stains = Chance(random, 0.2 * level) ? random.Next(1, 3) : 0,
            Handwriting = Chance(random, 0.5 * level) ? random.Next(1, 5) : 0,
            UnevenLight = Between(random, 0, 0.1 * level),
            Exposure = Between(random, 0.88, 1.04),
            BlurPx = Between(random, 0.2, 0.3 + (0.6 * level)),
            Noise = Between(random, 0.5, 1 + (5 * level)),
            IsGray = isCopy || Chance(random, 0.4),
            CopyLevel = isCopy ? Between(random, 0.66, 0.82) : 0,
            JpegQuality = random.Next(95 - (int)(45 * level), 97),
        };
    }

    private static PageWear Photo(Random random, double level, PageDesign design) => new()
    {
        RotationDeg = (Normal(random) * 5 * level) + (Chance(random, 0.12 * level) ? 90 * random.Next(1, 4) : 0) + (Chance(random, 0.1 * level) ? Between(random, -30, 30) : 0),
        Perspective = Between(random, 0, 0.11 * level),
        Margin = Chance(random, 0.3) ? 0 : Between(random, 0.03, 0.25),
        PixelSize = Between(random, 0.85, 1.25),
        Background = (BackgroundKind)random.Next(3),
        BackgroundColour = Colour.Of(Surfaces[random.Next(Surfaces.Length)]),
        Bends = Bends(random, level, design),
        Wrinkles = Chance(random, 0.6) ? Between(random, 0, 0.18 * level) : 0,
        Fading = Chance(random, 0.2) ? Between(random, 0.1, 0.6 * level) : 0,
        Ageing = Chance(random, 0.3) ? Between(random, 0, level) : 0,
        Stains = Chance(random, 0.2 * level) ? random.Next(1, 3) : 0,
        Handwriting = Chance(random, 0.4 * level) ? random.Next(1, 5) : 0,
        Shadow = Chance(random, 0.5) ? Between(random, 0.05, 0.55 * level) : 0,
        UnevenLight = Between(random, 0.02, 0.45 * level),
        Glare = Chance(random, 0.25) ? Between(random, 0.1, 0.6 * level) : 0,
        Exposure = Between(random, 1 - (0.4 * level), 1.05),
        Warmth = Normal(random) * 0.07,
        BlurPx = Between(random, 0.3, 0.4 + (1.1 * level)),
        MotionPx = Chance(random, 0.3) ? Between(random, 1, 1 + (4 * level)) : 0,
        Moire = Chance(random, 0.15) ? Between(random, 0.01, 0.08 * level) : 0,
        Noise = Between(random, 1, 2 + (8 * level)),
        IsGray = Chance(random, 0.05),
        JpegQuality = random.Next(92 - (int)(45 * level), 95),
    };

    private static List<PageBend> Bends(Random random, double level, PageDesign design)
    {
        var bends = new List<PageBend>();
        PagePoint Somewhere() => new(Between(random, 0.2, 0.8) * design.WidthMm, Between(random, 0.2, 0.8) * design.HeightMm);
        if (Chance(random, 0.75))
            bends.Add(new PageBend(Somewhere(), Normal(random) * 15, Normal(random) * 0.5 * level, Normal(random) * 3 * level, Between(random, 250, 600), false));
        if (Chance(random, 0.4))
            bends.Add(new PageBend(Somewhere(), 90 + (Normal(random) * 15), Normal(random) * level, Normal(random) * level, Between(random, 200, 400), false));
        for (var fold = random.Next(0, 3); fold > 0; fold--)
            bends.Add(new PageBend(
                Somewhere(), Chance(random, 0.5) ? Normal(random) * 4 : 90 + (Normal(random) * 4),
                Normal(random) * 1.5 * level, Normal(random) * 2.5 * level, Between(random, 1.5, 4), true));
        return bends;
    }
}

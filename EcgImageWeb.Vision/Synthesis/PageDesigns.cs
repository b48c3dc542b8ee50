using EcgImageWeb.Vision.Layout;
using OpenCvSharp;
using static EcgImageWeb.Vision.Synthesis.Dice;

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>Designs by chance, as devices, programs and copiers print them, and the named one of the report pages.</summary>
public static class PageDesigns
{
    /// <summary>Share of drawn 3x4+1 designs that look like the report pages.</summary>
    private const double ReportShare = 0.12;

    // Paper, fine and coarse lines of pages seen: pink, red on white, orange, green, blue, gray, black and white.
    private static readonly (int Paper, int Fine, int Coarse)[] Inks =
    [
        (0xFFF4F2, 0xF6C6C2, 0xE58A86), (0xFFFFFF, 0xFFC8C8, 0xE01010), (0xFFFFFF, 0xF2D0D4, 0xD98A90), (0xFBF1E0, 0xF0D2A0, 0xE0A050),
        (0xF3E6D0, 0xD8B890, 0xB88858), (0xE4F4E8, 0xB8DCC4, 0x80B898), (0xF4F8FF, 0xC4D8EC, 0x88A8D0), (0xF2F2F0, 0xD0D0D0, 0xA0A0A0),
        (0xFFFFFF, 0xC8C8C8, 0x808080), (0xFFFFFF, 0xA0A0A0, 0x404040), (0xF8E4EC, 0xE4B8C8, 0xC88098), (0xF8D8C8, 0xE8A890, 0xC87858),
    ];

    private static readonly HersheyFonts[] Fonts =
    [
        HersheyFonts.HersheySimplex, HersheyFonts.HersheySimplex, HersheyFonts.HersheyDuplex, HersheyFonts.HersheyPlain,
        HersheyFonts.HersheyComplex, HersheyFonts.HersheyComplex, HersheyFonts.HersheyTriplex, HersheyFonts.HersheyComplexSmall,
        HersheyFonts.HersheySimplex | HersheyFonts.Italic,
    ];

    /// <summary>The look of the "ECG Images dataset of Cardiac Patients" (doi 10.17632/gwbz3fsgp8.2): 2213 x 1572 pixels, measured on its pages.</summary>
    /// <param name="rhythmLead">Lead of the long strip; II on most pages, III in one batch.</param>
    public static PageDesign Report(string rhythmLead)
    {
        const double px = 200 / 25.4;
        return new PageDesign
        {
            Format = PageFormat.Named("3x4+1"),
            RhythmLeads = [rhythmLead],
            WidthMm = 2213 / px,
            HeightMm = 1572 / px,
            PxPerMmX = px,
            PxPerMmY = px,
            LeftMm = 152 / px,
            TopMm = 468 / px,
            RowMm = 300 / px,
            Grid = new GridDesign(GridKind.Dots, Colour.Of(0xFFFFFF), Colour.Of(0xFCC8D8), Colour.Of(0xC88898), 0.22, 0.16, true)
            {
                Area = (68 / px, 283 / px, 2175 / px, 1517 / px),
                Origin = new PagePoint(106 / px, 324 / px),
            },
            PenMm = 0.4,
            Font = HersheyFonts.HersheyComplex,
            LabelMm = 2.4,
            PulseMm = 2.2,
            Separators = SeparatorKind.Bar,
            Texts =
            [
                new PageText(117, 7, 3, "ECG REPORT"),
                new PageText(9, 12, 1.8, "ID : 10000      Years   Male      cm      kg     /   mmHg   Race:Unknown   Room No.:    Department:"),
                new PageText(9, 27, 1.8, "Diagnosis Information:"), new PageText(190, 25, 1.8, "Report Confirmed by:"),
                new PageText(9, 196.5, 1.6, "0.67~25Hz  AC50  25mm/s  10mm/mV  4*2.5s+1r"),
            ],
        };
    }

    /// <summary>A plausible design.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="format">Arrangement of the leads; any when null.</param>
    public static PageDesign Draw(Random random, PageFormat? format = null)
    {
        format ??= OneOf<PageFormat>(random, [.. PageFormat.All]);
        if (format.Name == "3x4+1" && Chance(random, ReportShare))
            return Report(Chance(random, 0.8) ? "II" : "III");

        var mmPerS = Chance(random, 0.85) ? 25 : 50;
        var lines = format.Rows + format.RhythmStrips;
        // 50 mm/s would need half a metre; a third column fewer is a quarter less of paper.
        var seconds = (format.Columns == 3 ? 7.5 : 10) * 25 / mmPerS;
        var gapMm = format.Columns > 1 && Chance(random, 0.15) ? Between(random, 1, 4) : 0;
        var pulse = OneOf(random, PulsePlace.Left, PulsePlace.Left, PulsePlace.Right, PulsePlace.None);
        var labels = format.Columns > 1
            ? OneOf(random, LabelPlace.OverStart, LabelPlace.Above, LabelPlace.Above, LabelPlace.Below, LabelPlace.Left)
            : OneOf(random, LabelPlace.OverStart, LabelPlace.Above, LabelPlace.Left);
        var leftMm = (pulse == PulsePlace.Left ? 11 : 3) + (labels == LabelPlace.Left ? 8 : 0) + Between(random, 0, 6);
        var rightMm = (pulse == PulsePlace.Right ? 11 : 2) + Between(random, 0, 6);
        var contentMm = leftMm + (seconds * mmPerS) + (gapMm * (format.Columns - 1)) + rightMm;
        var hasHeader = Chance(random, 0.65);
        double widthMm = hasHeader && Chance(random, 0.7) ? Math.Max(contentMm, 297) : contentMm, headMm = hasHeader ? Between(random, 18, 55) : Between(random, 0, 6);
        if (lines > 7)
            headMm = Math.Min(headMm, 25);
        var rowMm = Math.Clamp((210 - headMm - 10) / lines, 12.5, Between(random, 22, 42));
        var heightMm = headMm + (lines * rowMm) + Between(random, 5, 10);
        if (hasHeader)
            heightMm = Math.Max(heightMm, Between(random, 180, 216));
        var px = Between(random, 3.6, 8);
        var isUneven = Chance(random, 0.25);
        leftMm += Between(random, 0, widthMm - contentMm);

        return new PageDesign
        {
            Format = format,
            RhythmLeads = Rhythm(random, format.RhythmStrips),
            WidthMm = widthMm,
            HeightMm = heightMm,
            PxPerMmX = px,
            PxPerMmY = isUneven ? px * Between(random, 0.93, 1.07) : px,
            MmPerS = mmPerS,
            MmPerMv = Chance(random, 0.8) ? 10 : Chance(random, 0.7) || lines > 5 ? 5 : 20,
            Seconds = seconds,
            ColumnsSimultaneous = format.Columns > 1 && Chance(random, 0.25),
            LeftMm = leftMm,
            TopMm = headMm + (rowMm * 0.55),
            RowMm = rowMm,
            ColumnGapMm = gapMm,
            Grid = Grid(random, hasHeader && Chance(random, 0.35) ? (2, headMm, widthMm - 2, headMm + (lines * rowMm) + 3) : null),
            PenMm = Between(random, 0.16, 0.5),
            PenSoftPx = Between(random, 1, 1.8),
            Pen = Chance(random, 0.8) ? Colour.Of(0x000000).Towards(Colour.Of(0x505050), random.NextDouble()) : Colour.Of(OneOf(random, 0x101060, 0x202080, 0x401010)),
            Print = Colour.Of(OneOf(random, 0x000000, 0x000000, 0x303030, 0x101060)),
            Font = OneOf<HersheyFonts>(random, Fonts),
            LabelMm = Between(random, 1.8, 3.4),
            Labels = labels,
            Pulse = pulse,
            PulseMm = OneOf(random, 5.0, 5.0, 3.0, 2.2),
            Separators = format.Columns > 1 ? OneOf(random, SeparatorKind.None, SeparatorKind.None, SeparatorKind.Stroke, SeparatorKind.Stroke, SeparatorKind.Dashes, SeparatorKind.Bar) : SeparatorKind.None,
            Texts = Texts(random, hasHeader, mmPerS, widthMm, headMm, heightMm),
        } is var design && design.MmPerMv != 10
            ? design with { Texts = [.. design.Texts.Select(text => text with { Text = text.Text.Replace("10mm/mV", $"{design.MmPerMv:0}mm/mV", StringComparison.Ordinal) })] }
            : design;
    }

    private static string[] Rhythm(Random random, int count) => count switch
    {
        0 => [],
        1 => [Chance(random, 0.7) ? "II" : OneOf(random, "V1", "III", "V5", "I", "aVF")],
        2 => OneOf<string[]>(random, ["II", "V1"], ["V1", "II"], ["II", "V5"]),
        _ => OneOf<string[]>(random, ["V1", "II", "V5"], ["II", "V1", "V5"], ["I", "II", "V1"]),
    };

    private static GridDesign Grid(Random random, (double LeftMm, double TopMm, double RightMm, double BottomMm)? area)
    {
        var (paper, fine, coarse) = OneOf<(int Paper, int Fine, int Coarse)>(random, Inks);
        var kind = OneOf(random, GridKind.Lines, GridKind.Lines, GridKind.Lines, GridKind.Lines, GridKind.Coarse, GridKind.Dots, GridKind.None);
        // Each printer's ink is a little different.
        Colour Vary(int rgb) => Colour.Of(rgb).Towards(Colour.Of(random.Next(0x1000000)), 0.06);
        return new GridDesign(kind, Vary(paper), Vary(fine), Vary(coarse), Between(random, 0.08, 0.2), Between(random, 0.14, 0.35), Chance(random, 0.4))
        {
            Area = area,
            Origin = new PagePoint(Between(random, 0, 5), Between(random, 0, 5)),
        };
    }

    private static List<PageText> Texts(Random random, bool hasHeader, double mmPerS, double widthMm, double headMm, double heightMm)
    {
        var texts = new List<PageText>();
        var size = Between(random, 1.6, 2.6);
        if (hasHeader)
        {
            string[] left = [$"ID: {random.Next(100000)}", "Name:", $"Age: {random.Next(18, 95)} yrs", OneOf(random, "Sex: Female", "Sex: Male")];
            string[] right =
            [
                $"Vent. rate {random.Next(45, 130)} bpm", $"PR interval {random.Next(110, 220)} ms", $"QRS duration {random.Next(70, 150)} ms",
                $"QT/QTc {random.Next(330, 460)}/{random.Next(380, 480)} ms",
            ];
            var line = size * 1.9;
            for (var i = 0; i < 4 && (i + 2) * line < headMm; i++)
            {
                texts.Add(new PageText(6, (i + 1.5) * line, size, left[i]));
                texts.Add(new PageText(widthMm * 0.38, (i + 1.5) * line, size, right[i]));
            }
            texts.Add(new PageText(widthMm * 0.68, 1.5 * line, size, OneOf(random, "Unconfirmed report", "Sinus rhythm", "Abnormal ECG", "Report confirmed by:")));
        }
        if (Chance(random, 0.75))
            texts.Add(new PageText(
                Between(random, 6, widthMm * 0.5), heightMm - 1.5, size,
                OneOf(random, "{0}mm/s  10mm/mV", "{0}mm/s   10mm/mV   0.05-150Hz", "{0}mm/s 10mm/mV 40Hz").Replace("{0}", $"{mmPerS:0}", StringComparison.Ordinal)));
        return texts;
    }
}

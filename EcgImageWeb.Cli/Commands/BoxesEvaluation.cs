using EcgImageWeb.Training.Data;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>evaluate boxes</c>: share of trace pixels outside the leads' boxes over all report pages, beside the boxes of public projects.</summary>
internal static class BoxesEvaluation
{
    public static object Run(string data, CancellationToken cancellationToken)
    {
        var pages = ReportPages.Read(data);
        var ours = new BoxCoverage[pages.Count];
        var published = new BoxCoverage[pages.Count];
        var rightRhythm = 0;
        Progress.Run("pages", pages.Count, step =>
        {
            for (var i = 0; i < pages.Count; i++)
            {
                step(pages[i].Id);
                var image = PageDecoder.Decode(File.ReadAllBytes(pages[i].Path), DecodeLimits.Default, cancellationToken);
                var layout = LayoutFinder.Find(PageUprighter.Upright(image, cancellationToken), cancellationToken);
                ours[i] = BoxCoverage.Measure(layout);
                published[i] = BoxCoverage.Measure(layout, BoxCoverage.PublicBoxes(layout));
                rightRhythm += layout.Leads[^1].Name == pages[i].RhythmLead ? 1 : 0;
            }
        });

        Console.WriteLine($"{pages.Count} pages, {BoxCoverage.Sum(ours).TracePixels:N0} trace pixels; the long strip's lead is named right on {rightRhythm} pages");
        Console.WriteLine();
        Console.WriteLine("| boxes | outside every box | outside the own lead's box | worst page, outside every box |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        Row("ours", ours);
        Row("public projects", published);
        return new { pages = pages.Count, ours = BoxCoverage.Sum(ours), published = BoxCoverage.Sum(published), rightRhythm };

        static void Row(string name, BoxCoverage[] measured)
        {
            var sum = BoxCoverage.Sum(measured);
            Console.WriteLine($"| {name} | {sum.ShareOutsideEveryBox:0.000 %} | {sum.ShareOutsideOwnBox:0.000 %} | {measured.Max(page => page.ShareOutsideEveryBox):0.00 %} |");
        }
    }
}

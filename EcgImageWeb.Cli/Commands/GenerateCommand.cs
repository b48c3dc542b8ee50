using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Records;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Rendering;
using EcgImageWeb.Vision.Synthesis;

namespace EcgImageWeb.Cli.Commands;

/// <summary><c>generate RECORD… --out DIR --seed N</c>: pages with known truth, in one folder with an index.</summary>
internal static class GenerateCommand
{
    private const string Header =
        "file,truth_csv,layout,rhythm_leads,sampling_rate_hz,mm_per_s,mm_per_mV,px_w,px_h,source_repo,source_path,source_record,licence,note,"
        + "columns_simultaneous,px_per_mm_x,px_per_mm_y,page_corners_px_tl_tr_br_bl,look,level,seed";

    /// <summary>Far enough apart that the seeds of pages beside each other share none.</summary>
    private const int SeedStep = 7919;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>What the pages are to be.</summary>
    internal sealed record Wish(PageFormat? Format, string Design, PageLook Look, string Level, int Seed, int Count, int WidthPx, bool WithMasks);

    public static Command Create()
    {
        var records = new Argument<string[]>("RECORD") { Description = "12-lead WFDB records (path without suffix).", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "Folder for the pages, their truth and index.csv.", Required = true };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same pages.", Required = true };
        var layout = new Option<string?>("--layout") { Description = "Arrangement of the leads; any when not given." };
        layout.AcceptOnlyFromAmong([.. PageFormat.All.Select(format => format.Name)]);
        var look = new Option<string>("--look") { Description = "clean, scan or photo.", DefaultValueFactory = _ => "clean" };
        look.AcceptOnlyFromAmong("clean", "scan", "photo");
        var level = new Option<string>("--level") { Description = "mild or hard wear.", DefaultValueFactory = _ => "mild" };
        level.AcceptOnlyFromAmong("mild", "hard");
        var design = new Option<string>("--design") { Description = "any, or report: the report pages' look.", DefaultValueFactory = _ => "any" };
        design.AcceptOnlyFromAmong("any", "report");
        var count = new Option<int>("--count") { Description = "Pages a record.", DefaultValueFactory = _ => 1 };
        var width = new Option<int>("--width") { Description = "Width of the flat page in pixels; 0: the design's own.", DefaultValueFactory = _ => 0 };
        var masks = new Option<bool>("--masks") { Description = "Also NAME-mask.png and NAME-boxes.json." };
        var command = new Command("generate", "Draws pages with known truth from records.") { records, output, seed, layout, look, level, design, count, width, masks };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            parsed.GetValue(records)!, parsed.GetValue(output)!,
            new Wish(
                parsed.GetValue(layout) is { } name ? PageFormat.Named(name) : null, parsed.GetValue(design)!,
                Enum.Parse<PageLook>(parsed.GetValue(look)!, ignoreCase: true), parsed.GetValue(level)!,
                parsed.GetValue(seed), parsed.GetValue(count), parsed.GetValue(width), parsed.GetValue(masks)),
            cancellationToken)));
        return command;
    }

    /// <summary>Draws pages of each record into a folder with an index.</summary>
    internal static int Run(string[] records, string output, Wish wish, CancellationToken cancellationToken)
    {
        if (wish.Count < 1 || wish.WidthPx is not (0 or (>= 200 and <= 10_000)))
            throw new UsageException("--count is at least 1, --width 0 or 200 to 10000.");
        if (wish.Design == "report" && wish.Format is { Name: not "3x4+1" })
            throw new UsageException("The report pages are 3x4+1.");
        try
        {
            Directory.CreateDirectory(output);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--out cannot be made a folder: {unwritable.Message}");
        }

        var rows = new List<string> { Header };
        var refused = 0;
        var stems = OutputFolders.For(output, records);
        Progress.Run("generating", records.Length, step =>
        {
            for (var i = 0; i < records.Length; i++)
            {
                step(Path.GetFileName(records[i]));
                if (Leads(records[i]) is not { } leads)
                {
                    refused++;
                    continue;
                }
                for (var k = 0; k < wish.Count; k++)
                {
                    var name = Path.GetFileName(stems[i]) + (wish.Count > 1 ? $"-{k + 1}" : "");
                    rows.Add(One(leads, name, Path.GetFileName(records[i]), output, wish, unchecked(wish.Seed + (SeedStep * ((i * wish.Count) + k))), cancellationToken));
                }
            }
        });
        File.WriteAllLines(Path.Combine(output, "index.csv"), rows);
        Console.Error.WriteLine($"{rows.Count - 1} pages in {output}");
        return refused > 0 ? ExitCode.Refused : ExitCode.Success;
    }

    private static LeadSignal[]? Leads(string path)
    {
        try
        {
            var record = WfdbReader.Read(path);
            var missing = PageGenerator.LeadNames.Where(name => record.Find(name) is null).ToArray();
            if (missing.Length == 0)
                return [.. PageGenerator.LeadNames.Select(name => record.Find(name)!.ToLead())];
            Console.Error.WriteLine($"{path}: not a 12-lead record: {string.Join(", ", missing)} missing.");
        }
        catch (Exception unusable) when (unusable is RecordFormatException or InvalidOperationException)
        {
            Console.Error.WriteLine($"{path}: {unusable.Message}");
        }
        return null;
    }

    private static string One(LeadSignal[] leads, string name, string record, string output, Wish wish, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var design = wish.Design == "report" ? PageDesigns.Report("II") : PageDesigns.Draw(random, wish.Format);
        if (wish.WidthPx > 0)
            design = design.AtWidth(wish.WidthPx);
        var wear = PageWears.Draw(random, wish.Look, wish.Level == "hard", design);
        var page = PageGenerator.Generate(leads, design, wear, seed, cancellationToken);

        var file = $"{name}.{page.FileType}";
        File.WriteAllBytes(Path.Combine(output, file), page.File);
        File.WriteAllBytes(Path.Combine(output, $"{name}.csv.gz"), TruthCsv.Write(page.Truth));
        if (wish.WithMasks)
        {
            File.WriteAllBytes(Path.Combine(output, $"{name}-mask.png"), RasterEncoder.Png(page.Mask));
            File.WriteAllText(Path.Combine(output, $"{name}-boxes.json"), Boxes(page));
        }
        string[] cells =
        [
            file, $"{name}.csv.gz", design.Format.Name, string.Join(' ', design.RhythmLeads), Number(PageGenerator.SampleRateHz),
            Number(design.MmPerS), Number(design.MmPerMv), Number(page.Picture.Width), Number(page.Picture.Height),
            "generated", "", record, "", "generated page", design.ColumnsSimultaneous ? "true" : "false",
            Number(design.PxPerMmX), Number(design.PxPerMmY), string.Join(' ', page.Corners.Select(corner => $"{Number(corner.X)} {Number(corner.Y)}")),
            $"{wish.Look}".ToLowerInvariant(), wish.Look == PageLook.Clean ? "" : wish.Level, Number(seed),
        ];
        return string.Join(',', cells.Select(cell => cell.AsSpan().IndexOfAny(',', '"') < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
    }

    private static string Boxes(GeneratedPage page) => JsonSerializer.Serialize(
        new
        {
            homography = page.Map.Homography,
            leads = page.Leads.Select((lead, i) => new
            {
                mask = i + 1,
                key = lead.Key,
                name = lead.Signal.Name,
                printed = lead.Printed,
                start_s = lead.Signal.StartS,
                box = new { x = lead.Box.X, y = lead.Box.Y, width = lead.Box.Width, height = lead.Box.Height },
            }),
        },
        Indented);

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}

using System.Text;
using EcgImageWeb.Analysis;
using EcgImageWeb.Analysis.Corrections;
using EcgImageWeb.Analysis.Jobs;
using EcgImageWeb.Analysis.Models;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Inference;
using EcgImageWeb.Vision;
using Microsoft.OpenApi;

namespace EcgImageWeb.Server.Api;

/// <summary>The HTTP API of docs/formats.md: hand in a page, ask for its state, fetch its files, delete it.</summary>
internal static class AnalysesApi
{
    private const string Base = "/api/analyses";
    private const string ById = "/{id:length(32)}";

    public static void MapAnalyses(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Base).WithTags("Analyses");

        api.MapPost("/", SubmitAsync)
            .WithName("submit").WithSummary("Hand in a page")
            .WithDescription("One file in the multipart field `file`. Answers at once; the work is done in a queue.")
            .Produces(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.RequestBody = UploadBody;
                return Task.CompletedTask;
            });

        api.MapGet(ById, Find)
            .WithName("find").WithSummary("State, result or refusal")
            .WithDescription("200: the result (analysis.json); 202: not finished yet; 4xx: the page was refused.")
            .Produces<AnalysisResult>()
            .Produces<AnalysisProgress>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status410Gone)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

        api.MapGet(ById + "/files/{**path}", OpenFile)
            .WithName("file").WithSummary("A file of a finished analysis")
            .WithDescription("analysis.json, page.jpg, thumbnail.jpg, gray.png, overlay.png, report.pdf, signals.csv, .hea, .dat, leads/LEAD-raw.png, -smooth.png, -binary.png; see docs/formats.md.")
            .Produces(StatusCodes.Status200OK)
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapGet(ById + "/leads.csv", Csv)
            .WithName("csv").WithSummary("The probabilities as a table")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost(ById + "/corrections", CorrectAsync)
            .WithName("correct").WithSummary("Analyze the page once more with corrections")
            .WithDescription("All corrections together, as `corrections` of analysis.json has them; {} is none. Stages before a correction are not run again. The result there is stays; the corrected one has an address of its own.")
            .Accepts<PageCorrections>("application/json")
            .Produces(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

        api.MapDelete(ById, Delete)
            .WithName("delete").WithSummary("Cancel and delete everything of an analysis")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);

        // A script is answered as a script, not with a page.
        app.MapFallback("/api/{**path}", Unknown).ExcludeFromDescription();
    }

    private static OpenApiRequestBody UploadBody => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["multipart/form-data"] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string> { UploadForm.Field },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        [UploadForm.Field] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                    },
                },
            },
        },
    };

    private static async Task<IResult> SubmitAsync(
        HttpContext context, IAnalyses analyses, IModelCards cards, Limits limits, string? models, string? aggregation, CancellationToken aborted)
    {
        var fileName = "";
        try
        {
            var options = OptionsOf(models, aggregation, cards);
            limits.Check(context);
            var form = await UploadForm.OpenAsync(context.Request, aborted);
            fileName = FileNames.Clean(form.FileName);
            var id = await analyses.SubmitAsync(form.FileName, form.Content, options, aborted);
            return Results.Accepted($"{Base}/{id}", new { id, state = "queued" });
        }
        catch (RefusalException refusal)
        {
            return Refusals.Of(new AnalysisError(refusal.Code, refusal.Message, fileName), context.Response);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refusals.Of(new AnalysisError(RefusalCode.TooLarge, limits.TooLargeMessage, fileName), context.Response);
        }
        catch (IOException) when (!aborted.IsCancellationRequested)
        {
            return Refusals.Of(new AnalysisError(Refusals.BadRequest, "The upload ended before the file was complete. Please send it again.", fileName), context.Response);
        }
    }

    private static AnalysisOptions OptionsOf(string? models, string? aggregation, IModelCards cards)
    {
        var names = models?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names?.FirstOrDefault(name => cards.All.All(card => card.Manifest.Name != name)) is { } unknown)
            throw new RefusalException(Refusals.BadRequest, $"There is no model named '{unknown}'; there are: {string.Join(", ", cards.All.Select(card => card.Manifest.Name))}.");
        var defaults = new AnalysisOptions(names is { Length: > 0 } ? names : null);
        if (string.IsNullOrEmpty(aggregation))
            return defaults;
        return Aggregation.Parse(aggregation) is { } method
            ? defaults with { Aggregation = method }
            : throw new RefusalException(Refusals.BadRequest, $"There is no aggregation named '{aggregation}'; there are: {string.Join(", ", Aggregation.Methods.Select(Aggregation.NameOf))}.");
    }

    private static async Task<IResult> CorrectAsync(string id, HttpContext context, IAnalyses analyses, CancellationToken aborted)
    {
        if (analyses.Find(id) is not { CanBeCorrected: true } corrigible)
            return Unknown();
        try
        {
            if (context.Request.ContentLength > CorrectionsJson.MaxBytes)
                throw new RefusalException(RefusalCode.TooLarge, $"Corrections have at most {CorrectionsJson.MaxBytes / 1024} kB.");
            var corrections = CorrectionsJson.Read(await ReadAsync(context.Request.Body, CorrectionsJson.MaxBytes, aborted));
            return await analyses.CorrectAsync(id, corrections, aborted) is { } corrected
                ? Results.Accepted($"{Base}/{corrected}", new { id = corrected, state = "queued" })
                : Unknown();
        }
        catch (RefusalException refusal)
        {
            return Refusals.Of(new AnalysisError(refusal.Code, refusal.Message, corrigible.FileName), context.Response);
        }
    }

    // One byte more than allowed is enough to know.
    private static async Task<byte[]> ReadAsync(Stream body, int most, CancellationToken aborted)
    {
        var buffer = new byte[most + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, aborted);
        return buffer[..length];
    }

    private static IResult Find(string id, IAnalyses analyses, HttpContext context) => analyses.Find(id) switch
    {
        null => Unknown(),
        { Result: { } result } => Results.Json(result, AnalysisJson.Options),
        { Record: { } record } => Results.Json(record, AnalysisJson.Options),
        { Error: { } error } => Refusals.Of(error, context.Response),
        var state => Results.Json(
            new AnalysisProgress(state.Phase == AnalysisPhase.Queued ? "queued" : "running", state.Stage, Math.Round(state.Progress, 3)),
            AnalysisJson.Options,
            statusCode: StatusCodes.Status202Accepted),
    };

    private static IResult OpenFile(string id, string? path, IAnalyses analyses, HttpContext context)
    {
        if (path is null || ResultFiles.TypeOf(path) is not { } type || analyses.OpenFile(id, path) is not { } content)
            return Unknown();
        // What an id names never changes, but it can be deleted, and it is nobody else's.
        context.Response.Headers.CacheControl = "private, max-age=300";
        return Results.Stream(content, type);
    }

    private static IResult Csv(string id, IAnalyses analyses) =>
        analyses.Find(id)?.Result is { } result
            ? Results.File(Encoding.UTF8.GetBytes(ResultCsv.Write(result)), "text/csv; charset=utf-8", Path.GetFileNameWithoutExtension(result.Source.File) + ".csv")
            : Unknown();

    private static IResult Delete(string id, IAnalyses analyses)
    {
        if (analyses.Find(id) is null)
            return Unknown();
        analyses.Delete(id);
        return Results.NoContent();
    }

    private static IResult Unknown() => Results.Problem(
        detail: "There is nothing here: the address is wrong, or the result was deleted.",
        statusCode: StatusCodes.Status404NotFound,
        extensions: new Dictionary<string, object?> { ["code"] = "not-found" });
}

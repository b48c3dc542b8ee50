using EcgImageWeb.Analysis.Corrections;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Server.Api;

/// <summary>Refusals as HTTP answers: problem details (RFC 9457) with the fields <c>code</c>, <c>message</c> and <c>file</c> of docs/formats.md.</summary>
internal static class Refusals
{
    /// <summary>The request itself is wrong: a parameter or the form. The one code that is not about a page.</summary>
    public const string BadRequest = "bad-request";

    private const string RetryAfterSeconds = "2";

    public static IResult Of(AnalysisError error, HttpResponse response)
    {
        var status = StatusOf(error.Code);
        if (status == StatusCodes.Status429TooManyRequests)
            response.Headers.RetryAfter = RetryAfterSeconds;
        return Results.Problem(
            detail: error.Message,
            statusCode: status,
            extensions: new Dictionary<string, object?> { ["code"] = error.Code, ["message"] = error.Message, ["file"] = error.File });
    }

    public static int StatusOf(string code) => code switch
    {
        BadRequest or RefusalCode.Empty => StatusCodes.Status400BadRequest,
        RefusalCode.TooLarge or RefusalCode.TooManyPixels => StatusCodes.Status413PayloadTooLarge,
        RefusalCode.NotAnImage or RefusalCode.Unsupported => StatusCodes.Status415UnsupportedMediaType,
        RefusalCode.Busy => StatusCodes.Status429TooManyRequests,
        RefusalCode.Cancelled => StatusCodes.Status410Gone,
        RefusalCode.Damaged or RefusalCode.NotAnEcg or RefusalCode.NoLayout or RefusalCode.NoScale or CorrectionsJson.RefusalCode => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status500InternalServerError,
    };
}

using EcgImageWeb.Vision;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace EcgImageWeb.Server.Api;

/// <summary>The file in a multipart request, as a stream: the server never holds an upload in memory.</summary>
/// <param name="FileName">As the other side wrote it.</param>
/// <param name="Content">To be read before anything else of the request.</param>
internal sealed record UploadForm(string FileName, Stream Content)
{
    /// <summary>Name of the form's field.</summary>
    public const string Field = "file";

    /// <summary>Goes to the first part that is a file in the field <see cref="Field"/>.</summary>
    /// <exception cref="RefusalException">It is not a form, or there is no such part.</exception>
    public static async Task<UploadForm> OpenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary)
            throw new RefusalException(RefusalCode.Unsupported, $"Send the page as multipart/form-data in a field named '{Field}'.");

        try
        {
            var reader = new MultipartReader(boundary.Value!, request.Body);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
                if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                    && disposition.IsFileDisposition()
                    && HeaderUtilities.RemoveQuotes(disposition.Name) == Field)
                    return new UploadForm(NameOf(disposition), section.Body);
        }
        // Broken framing; a request that is too large keeps its own exception.
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new RefusalException(Refusals.BadRequest, "The form could not be read: it ends too early or its parts are not well formed.");
        }
        throw new RefusalException(Refusals.BadRequest, $"The form has no file in a field named '{Field}'.");
    }

    private static string NameOf(ContentDispositionHeaderValue disposition) =>
        (disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName)).Value ?? "";
}

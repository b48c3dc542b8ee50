using EcgImageWeb.Vision;
using Microsoft.AspNetCore.Http.Features;

namespace EcgImageWeb.Server;

/// <summary>Limits on what may be sent: the section <c>Limits</c> of appsettings.json.</summary>
/// <param name="MaxBytes">Bytes of a file at most.</param>
internal sealed record Limits(long MaxBytes)
{
    // The form around the file: boundaries and headers of a few parts.
    private const long FormBytes = 64 * 1024;

    /// <summary>Bytes of a request at most.</summary>
    public long MaxRequestBytes => MaxBytes + FormBytes;

    /// <summary>What is said to a person whose file is too large.</summary>
    public string TooLargeMessage => $"The file is larger than the limit of {MaxBytes / 1_000_000} MB. Save the page with fewer pixels or as JPEG.";

    /// <summary>Refuses by the announced length, before anything is read, and lets larger requests fail while being read.</summary>
    /// <exception cref="RefusalException"><c>too-large</c>.</exception>
    public void Check(HttpContext context)
    {
        if (context.Request.ContentLength > MaxRequestBytes)
            throw new RefusalException(RefusalCode.TooLarge, TooLargeMessage);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MaxRequestBytes;
    }
}

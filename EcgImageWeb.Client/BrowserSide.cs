using Microsoft.JSInterop;

namespace EcgImageWeb.Client;

/// <summary>Letting go of what a component holds in the browser.</summary>
internal static class BrowserSide
{
    /// <summary>Calls <c>dispose</c> on <paramref name="listening"/> and lets both go; a browser that is gone has let go already.</summary>
    public static async ValueTask LetGoAsync(IJSObjectReference? listening, IJSObjectReference? module)
    {
        try
        {
            if (listening is not null)
            {
                await listening.InvokeVoidAsync("dispose");
                await listening.DisposeAsync();
            }
            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and what it held with it.
        }
    }
}

using EcgImageWeb.Client.Upload;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace EcgImageWeb.Client;

/// <summary>What a server adds to show the client.</summary>
public static class ClientSetup
{
    // Names of 50 chosen files, the largest message a browser sends (wwwroot/js/files.js), stay far below.
    private const int MaxMessageBytes = 128 * 1024;

    /// <summary>Adds the services of the client.</summary>
    /// <param name="services">The server's services.</param>
    /// <param name="options">What a person should know of the server.</param>
    public static IServiceCollection AddClient(this IServiceCollection services, ClientOptions options)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(circuit => circuit.DisconnectedCircuitMaxRetained = 50)
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = MaxMessageBytes);
        services.AddRadzenComponents();
        services.AddSingleton(options);
        services.AddScoped<Uploads>();
        return services;
    }

    /// <summary>Maps the pages of the client.</summary>
    public static void MapClient(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
}

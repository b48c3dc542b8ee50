using EcgImageWeb.Analysis.Models;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EcgImageWeb.Server;

/// <summary>Readiness: there is a model to ask.</summary>
internal sealed class ModelsThere(IModelCards cards) : IHealthCheck
{
    public const string Ready = "ready";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(cards.All.Count > 0
            ? HealthCheckResult.Healthy($"{cards.All.Count} models")
            : HealthCheckResult.Unhealthy("No model is installed in Models:Path."));
}

/// <summary>The addresses for whoever watches the server.</summary>
internal static class HealthEndpoints
{
    /// <summary><c>/healthz</c> is everything, <c>/healthz/live</c> that the process answers, <c>/healthz/ready</c> that it can work.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz");
        app.MapHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/healthz/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(ModelsThere.Ready) });
    }
}

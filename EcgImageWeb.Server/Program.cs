using EcgImageWeb.Analysis.Jobs;
using EcgImageWeb.Client;
using EcgImageWeb.Server;
using EcgImageWeb.Server.Api;
using Microsoft.AspNetCore.ResponseCompression;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });
builder.WebHost.UseStaticWebAssets();

var limits = new Limits(builder.Configuration.GetValue("Limits:MaxBytes", 50_000_000L));
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = limits.MaxRequestBytes;
    kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
});

builder.Services.AddSingleton(limits);
builder.Services.AddAnalysis(builder.Configuration, builder.Environment.ContentRootPath);
builder.Services.AddClient(new ClientOptions(limits.MaxBytes, builder.Configuration.GetValue("Storage:KeepFor", TimeSpan.FromHours(1))));
builder.Services.AddProblemDetails();
builder.Services.AddOpenApi();
builder.Services.AddHealthChecks().AddCheck<ModelsThere>("models", tags: [ModelsThere.Ready]);
builder.Services.AddResponseCompression(compression =>
{
    compression.EnableForHttps = true;
    compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"];
});

var app = builder.Build();
// Settings and models that do not work stop the server here, not at the first page.
app.Services.GetRequiredService<IAnalyses>();
app.UseExceptionHandler();
app.UseSecurityHeaders();
app.UseResponseCompression();
app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
app.UseAntiforgery();

app.MapStaticAssets();
app.MapAnalyses();
app.MapOpenApi();
app.MapHealth();
app.MapClient();
app.Run();

/// <summary>The server's entry point; public for its tests.</summary>
public partial class Program;

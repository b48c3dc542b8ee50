using EcgImageWeb.Analysis.Jobs;
using EcgImageWeb.Analysis.Models;
using EcgImageWeb.Inference.Models;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EcgImageWeb.Server.Tests;

/// <summary>The server as it ships, on Kestrel, with analyses in memory instead of pixels.</summary>
public sealed class TestServer : WebApplicationFactory<Program>
{
    internal const long MaxBytes = 1_000_000;

    internal InMemoryAnalyses Analyses { get; } = new();

    public TestServer()
    {
        UseKestrel(0);
        StartServer();
        Address = ClientOptions.BaseAddress;
    }

    internal Uri Address { get; }

    internal HttpClient Http() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Limits:MaxBytes", MaxBytes.ToString(System.Globalization.CultureInfo.InvariantCulture));
        builder.ConfigureTestServices(services =>
        {
            services.RemoveAll<IAnalyses>();
            services.AddSingleton<IAnalyses>(Analyses);
            services.RemoveAll<IModelCards>();
            services.AddSingleton<IModelCards>(new OneModel());
        });
    }

    private sealed class OneModel : IModelCards
    {
        public IReadOnlyList<ModelCard> All { get; } =
        [
            new ModelCard(
                ModelManifest.Parse($$"""
                    { "name": "cnn", "version": "1", "file": "cnn.onnx", "sha256": "{{new string('a', 64)}}", "task": "image",
                      "input": { "name": "input", "shape": ["batch", 3, 150, 150], "type": "float32" },
                      "labels": ["normal", "abnormal", "mi", "history-mi"], "data": "Made up", "protocol": "None",
                      "metrics": { "honest": { "accuracy": 0.7, "macro_f1": [0.6, 0.8] }, "paper": { "accuracy": 0.93 } } }
                    """),
                1_200_000,
                "# cnn"),
        ];
    }
}

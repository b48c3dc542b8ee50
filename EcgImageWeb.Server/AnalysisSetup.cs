using EcgImageWeb.Analysis;
using EcgImageWeb.Analysis.Attributions;
using EcgImageWeb.Analysis.Jobs;
using EcgImageWeb.Analysis.Models;
using EcgImageWeb.Analysis.Records;
using EcgImageWeb.Analysis.Signals;
using EcgImageWeb.Inference;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Vision.Decoding;

namespace EcgImageWeb.Server;

/// <summary>Puts the parts of an analysis together from appsettings.json.</summary>
internal static class AnalysisSetup
{
    public static void AddAnalysis(this IServiceCollection services, IConfiguration configuration, string contentRoot)
    {
        var models = Path.Combine(contentRoot, configuration["Models:Path"] ?? "models");
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IModelCards>(_ => new ModelCards(models));
        services.AddSingleton(_ => new ModelLibrary(models, new InferenceOptions
        {
            Device = configuration.GetValue("Inference:Device", InferenceDevice.Cpu),
            Threads = configuration.GetValue("Inference:Threads", 0),
        }));
        services.AddSingleton(services => new SignalModels(services.GetRequiredService<ModelLibrary>()));
        services.AddSingleton(services => new PageAnalyzer(
            new ImageModels(services.GetRequiredService<ModelLibrary>()), Decoding(configuration), services.GetRequiredService<SignalModels>()));
        services.AddSingleton(Jobs(configuration));
        services.AddSingleton<IAnalyses>(services =>
        {
            var log = services.GetRequiredService<ILogger<AnalysisJobs>>();
            return new AnalysisJobs(
                services.GetRequiredService<PageAnalyzer>(),
                services.GetRequiredService<JobOptions>(),
                services.GetRequiredService<TimeProvider>(),
                (failure, id) => log.AnalysisFailed(failure, id),
                FreeMemory.GiveBack,
                new RecordAnalyzer(services.GetRequiredService<SignalModels>()));
        });
        services.AddSingleton<IExplanations, Explanations>();
    }

    private static DecodeLimits Decoding(IConfiguration configuration) => new(
        configuration.GetValue("Limits:MaxBytes", DecodeLimits.Default.MaxBytes),
        configuration.GetValue("Limits:MaxPixels", DecodeLimits.Default.MaxPixels));

    private static JobOptions Jobs(IConfiguration configuration)
    {
        var defaults = new JobOptions();
        return new JobOptions
        {
            StorageFolder = configuration["Storage:Path"] is { Length: > 0 } path ? Path.GetFullPath(path) : defaults.StorageFolder,
            KeepFor = configuration.GetValue("Storage:KeepFor", defaults.KeepFor),
            Capacity = configuration.GetValue("Queue:Capacity", defaults.Capacity),
            Workers = configuration.GetValue("Queue:Workers", defaults.Workers),
            MaxDuration = configuration.GetValue("Queue:MaxDuration", defaults.MaxDuration),
            MaxBytes = configuration.GetValue("Limits:MaxBytes", defaults.MaxBytes),
            MaxUpload = configuration.GetValue("Limits:MaxUpload", defaults.MaxUpload),
        };
    }
}

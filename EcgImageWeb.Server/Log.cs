namespace EcgImageWeb.Server;

/// <summary>What the server writes to its log.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "Analysis {Id} failed; this is a bug.")]
    public static partial void AnalysisFailed(this ILogger logger, Exception failure, string id);
}

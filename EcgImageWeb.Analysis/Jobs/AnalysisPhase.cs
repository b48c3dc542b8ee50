namespace EcgImageWeb.Analysis.Jobs;

/// <summary>The phases of an analysis.</summary>
public enum AnalysisPhase
{
    /// <summary>Waiting for a worker.</summary>
    Queued,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Finished with a result.</summary>
    Done,

    /// <summary>Finished with a refusal (also when cancelled).</summary>
    Refused,
}

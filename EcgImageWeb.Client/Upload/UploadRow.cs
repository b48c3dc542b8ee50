using EcgImageWeb.Analysis.Jobs;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Client.Result;
using EcgImageWeb.Client.Words;

namespace EcgImageWeb.Client.Upload;

/// <summary>One chosen file on its way to a result.</summary>
/// <param name="file">The file.</param>
public sealed class UploadRow(ChosenFile file)
{
    /// <summary>The browser's key.</summary>
    public int Key { get; } = file.Key;

    /// <summary>The file's name.</summary>
    public string Name { get; } = file.Name;

    /// <summary>Its bytes.</summary>
    public long Size { get; } = file.Size;

    /// <summary>Where it stands.</summary>
    public UploadState State { get; private set; }

    /// <summary>Share of the present state that is done, 0 to 1.</summary>
    public double Progress { get; private set; }

    /// <summary>The stage, while the server works.</summary>
    public string Stage { get; private set; } = "";

    /// <summary>The analysis, once the server has the file.</summary>
    public string? Id { get; private set; }

    /// <summary>The result, once there is one.</summary>
    public AnalysisResult? Result { get; private set; }

    /// <summary>Why not, once refused.</summary>
    public AnalysisError? Error { get; private set; }

    /// <summary>The answer shown in the table.</summary>
    public Answer? Answer { get; private set; }

    /// <summary>Whether nothing more will happen by itself.</summary>
    public bool IsEnded => State is UploadState.Done or UploadState.Refused;

    /// <summary>The state in words; also what sorting and filtering by state go by.</summary>
    public string StateWords => State switch
    {
        UploadState.Waiting => "waiting",
        UploadState.Uploading => $"uploading, {Progress:P0}",
        UploadState.Working when Stage.Length == 0 => "in the queue",
        UploadState.Working => StageWords.Name(Stage),
        UploadState.Done => "done",
        _ => Advice.For(Error!.Code).Title,
    };

    /// <summary>The class in words; empty before there is one.</summary>
    public string ClassName => Answer is null ? "" : ClassWords.Name(Answer.Class);

    /// <summary>Probability of the class; null before there is one.</summary>
    public double? Probability => Answer?.Probability;

    /// <summary>Share of leads that agree; null where leads have no answer of their own.</summary>
    public double? Agreement => Answer?.Agreement;

    /// <summary>Number of warnings; null before there is a result.</summary>
    public int? Warnings => Result?.Warnings.Count;

    /// <summary>How often the server had no place for it.</summary>
    public int Refusals { get; private set; }

    internal void Wait() => (State, Progress, Refusals) = (UploadState.Waiting, 0, Refusals + 1);

    internal void Restart() => (State, Progress, Stage, Id, Result, Error, Answer, Refusals) = (UploadState.Waiting, 0, "", null, null, null, null, 0);

    internal void Uploaded(double share) => (State, Progress) = (UploadState.Uploading, share);

    internal void Accepted(string id) => (State, Progress, Id) = (UploadState.Working, 0, id);

    internal void Refuse(AnalysisError error) => (State, Error) = (UploadState.Refused, error);

    internal void Watch(AnalysisState state)
    {
        (Progress, Stage) = (state.Progress, state.Stage);
        if (state.Error is { } error)
            Refuse(error);
        if (state.Result is { } result)
            (State, Result, Answer) = (UploadState.Done, result, Answer.Default(result));
        if (state.Record is not null)
            State = UploadState.Done;
    }
}

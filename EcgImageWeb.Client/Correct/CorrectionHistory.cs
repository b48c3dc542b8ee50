namespace EcgImageWeb.Client.Correct;

/// <summary>The results a person went through while correcting a page: each is an analysis of its own, so that undoing is going back to one.</summary>
public sealed class CorrectionHistory
{
    private readonly List<string> ids = [];
    private int at = -1;

    /// <summary>The result before this one; null at the beginning.</summary>
    public string? Before => at > 0 ? ids[at - 1] : null;

    /// <summary>The result that was undone; null at the end.</summary>
    public string? After => at + 1 < ids.Count ? ids[at + 1] : null;

    /// <summary>The result that correcting began with; null where it has not.</summary>
    public string? First => ids.Count > 0 ? ids[0] : null;

    /// <summary>Begins anew unless the result is the one that is shown already.</summary>
    public void StartAt(string id)
    {
        if (at >= 0 && ids[at] == id)
            return;
        ids.Clear();
        ids.Add(id);
        at = 0;
    }

    /// <summary>A further result; what was undone is forgotten.</summary>
    /// <returns>The results that nobody can go back to any more.</returns>
    public IReadOnlyList<string> Add(string id)
    {
        var undone = ids[(at + 1)..];
        ids.RemoveRange(at + 1, undone.Count);
        ids.Add(id);
        at++;
        return [.. undone.Where(gone => !ids.Contains(gone))];
    }

    /// <summary>Goes back by one.</summary>
    public void Undo() => at = Math.Max(0, at - 1);

    /// <summary>Goes forth by one.</summary>
    public void Redo() => at = Math.Min(ids.Count - 1, at + 1);
}

namespace EcgImageWeb.Client.Layout;

/// <summary>The keys, as listed by <c>?</c>.</summary>
internal static class KeyList
{
    public static IReadOnlyList<(string[] Keys, string What)> All { get; } =
    [
        (["?"], "this list"),
        (["n"], "a new page: choose a file"),
        (["Ctrl", "V"], "read a picture from the clipboard"),
        (["1", "2", "3", "4", "5"], "Page, Leads, Signals, Beats, Steps"),
        (["m"], "next model"),
        (["a"], "next way of combining the leads"),
        (["r"], "leads: raw, smoothed, thresholded in turn"),
        (["d"], "leads: sort by disagreement"),
        (["+", "−", "0"], "page: larger, smaller, whole (picture in focus)"),
        (["←", "↑", "→", "↓"], "page: move (picture in focus)"),
        (["Enter", "←", "→"], "signals: measure (paper in focus; Shift moves the beginning)"),
        (["Tab"], "page: from lead to lead"),
        (["c"], "page: correct it, and back"),
        (["←", "↑", "→", "↓"], "correct: move a box, corner or cross (Shift sizes a box, Ctrl in large steps)"),
        (["Enter", "Backspace"], "correct: set a point of the new trace, take it back; Enter once more accepts"),
        (["Ctrl", "Z"], "correct: undo (Ctrl+Y redoes)"),
        (["Esc"], "close, or stop what is running"),
    ];
}

using EcgImageWeb.Vision;

namespace EcgImageWeb.Client.Words;

/// <summary>What to say and what to do when a page was refused.</summary>
/// <param name="Title">What happened.</param>
/// <param name="ToDo">What to try, most promising first.</param>
/// <param name="CanRetry">Whether the same file may pass another time.</param>
internal sealed record Advice(string Title, IReadOnlyList<string> ToDo, bool CanRetry = false)
{
    /// <summary>A code of the browser's own: the upload did not get through.</summary>
    public const string Network = "network";

    /// <summary>Advice for a refusal code of a recording without a page.</summary>
    public static Advice ForRecord(string code) => code switch
    {
        RefusalCode.Damaged => new("The recording is damaged or incomplete", ["Choose the header (.hea) together with its signal file (.dat), or both in a ZIP.", "Copy or download it again: its end may be missing."]),
        RefusalCode.NotAnEcg => new("No ECG was found in this recording", ["One channel in millivolts at least is needed, and ten seconds of it."]),
        RefusalCode.TooLarge => new("The recording is too large", ["Cut out the part that matters."]),
        _ => For(code),
    };

    /// <summary>Advice for a refusal code.</summary>
    public static Advice For(string code) => code switch
    {
        RefusalCode.Empty => new("The file is empty", ["Save or export the page again, then choose the new file."]),
        RefusalCode.TooLarge => new("The file is too large", ["Save it as JPEG, or with fewer pixels: 2000 across are plenty."]),
        RefusalCode.TooManyPixels => new("The picture has too many pixels", ["Save it smaller: 2000 to 4000 pixels across are plenty."]),
        RefusalCode.NotAnImage => new("This is not a picture", ["Choose another file.", "If this one opens in your picture viewer, save it from there as PNG."]),
        RefusalCode.Damaged => new("The picture is damaged", ["Copy or download it again: its end may be missing.", "If your picture viewer opens it, save it from there as PNG."]),
        RefusalCode.Unsupported => new("This kind of file is not read", ["Save it as JPEG or PNG and try again."]),
        RefusalCode.NotAnEcg => new("No ECG was found in this picture", ["Is the whole page in the picture, upright and in focus?", "Crop away the table around it.", "Only pages with ECG paper and 12 leads are read."]),
        RefusalCode.NoLayout => new("The leads could not be located", ["Is the page complete, with all 12 leads?", "Take the photo straight from above, without shadows."]),
        RefusalCode.NoScale => new("Nothing on the page to measure by", ["The grid or the calibration pulse must be visible.", "Try a sharper picture."]),
        RefusalCode.Cancelled => new("Stopped", ["Nothing was kept. Choose the page again to start over."], CanRetry: true),
        RefusalCode.Busy => new("Too many pages at the moment", ["Wait a few seconds and try again."], CanRetry: true),
        Network => new("The page did not reach the server", ["Check the connection and try again."], CanRetry: true),
        _ => new("This page could not be read", ["Try again. If it happens every time, please report it."], CanRetry: true),
    };
}

namespace EcgImageWeb.Training.Data;

/// <summary>One distinct page of the "ECG Images dataset of Cardiac Patients" (Mendeley Data, doi 10.17632/gwbz3fsgp8.2), a row of splits.csv.</summary>
/// <param name="Id">Its name here, for example <c>normal-0002</c>.</param>
/// <param name="Class">Zero-based class, in the order of <see cref="Networks.ImageNetworks.Labels"/>.</param>
/// <param name="IsValidation">Whether it stands on the validation side of the honest split.</param>
/// <param name="Path">The page's file.</param>
/// <param name="Group">The opaque number printed as ID on the page; groups are never split between sides.</param>
/// <param name="Copies">How often the published set has it.</param>
/// <param name="RhythmLead">The lead of its long strip; it differs between the recording batches.</param>
public sealed record ReportPage(string Id, int Class, bool IsValidation, string Path, string Group, int Copies, string RhythmLead);

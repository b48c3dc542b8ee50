namespace EcgImageWeb.Signal.Records;

/// <summary>One annotation of a recording.</summary>
/// <param name="Sample">Position in samples since the start of the record (in the annotation file's resolution).</param>
/// <param name="Code">What it is.</param>
/// <param name="Subtype">Meaning depends on the code; -128 to 127.</param>
/// <param name="Channel">Signal it belongs to, 0 to 255.</param>
/// <param name="Number">A free number of the annotator, -128 to 127.</param>
/// <param name="Aux">Free text, for <see cref="AnnotationCode.Rhythm"/> the rhythm as <c>(AFIB</c>; empty when there is none.</param>
public sealed record Annotation(
    long Sample, AnnotationCode Code, int Subtype = 0, int Channel = 0, int Number = 0, string Aux = "");

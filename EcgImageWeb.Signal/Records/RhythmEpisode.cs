namespace EcgImageWeb.Signal.Records;

/// <summary>A stretch of one rhythm.</summary>
/// <param name="Rhythm">As the annotator names it, without the parenthesis: <c>N</c>, <c>AFIB</c>, <c>AFL</c>, <c>VT</c>.</param>
/// <param name="StartSample">First sample of the rhythm.</param>
/// <param name="EndSample">First sample after it.</param>
public sealed record RhythmEpisode(string Rhythm, long StartSample, long EndSample)
{
    /// <summary>The rhythms that <c>+</c> annotations name in their AUX strings; each lasts until the next or until the record's end.</summary>
    public static IReadOnlyList<RhythmEpisode> Of(IEnumerable<Annotation> annotations, long endSample)
    {
        var episodes = new List<RhythmEpisode>();
        foreach (var change in annotations.Where(a => a.Code == AnnotationCode.Rhythm && a.Aux.StartsWith('(')).Reverse())
        {
            episodes.Add(new RhythmEpisode(change.Aux[1..], change.Sample, endSample));
            endSample = change.Sample;
        }
        episodes.Reverse();
        return episodes;
    }
}

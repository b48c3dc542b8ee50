namespace EcgImageWeb.Analysis.Corrections;

/// <summary>
/// The records that the stages of one upload made, each with the corrections it was made under, so that a further correction
/// runs only the stages after it. One analysis uses it at a time.
/// </summary>
public sealed class StageRecords
{
    private readonly Dictionary<string, (string Key, object Record)> made = new(StringComparer.Ordinal);

    /// <summary>The record of a stage that was made under just these corrections; null when there is none.</summary>
    public T? Find<T>(string stage, string key)
        where T : class => made.TryGetValue(stage, out var kept) && kept.Key == key ? (T)kept.Record : null;

    /// <summary>The record a stage made last, under whatever corrections; null when there is none.</summary>
    public T? Latest<T>(string stage)
        where T : class => made.TryGetValue(stage, out var kept) ? (T)kept.Record : null;

    /// <summary>Keeps a stage's record in the place of an earlier one.</summary>
    public void Keep(string stage, string key, object record) => made[stage] = (key, record);
}

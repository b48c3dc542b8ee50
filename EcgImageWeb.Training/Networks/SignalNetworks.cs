namespace EcgImageWeb.Training.Networks;

/// <summary>Every network of the three signal papers' tables, at the papers' inputs, and our own beside them.</summary>
public static class SignalNetworks
{
    /// <summary>Labels of MIT-BIH segments, in the order of the SEVGGNet paper's table 1.</summary>
    private static readonly string[] Segments = ["N", "V", "L", "R", "A"];

    /// <summary>The networks; names are unique.</summary>
    public static IReadOnlyList<Network> All { get; } =
    [
        .. SegmentNetworks.Names.Select(name => SegmentNetworks.Create(name, 3600, Segments)),
        .. RhythmNetworks.Depths.SelectMany(depth => new[] { RhythmNetworks.Create(depth, gated: false), RhythmNetworks.Create(depth, gated: true) }),
        RhythmNetworks.Own(gated: true), RhythmNetworks.Own(gated: false), RhythmNetworks.Measures,
        BeatNetworks.Convolutions, BeatNetworks.RnnOnly, BeatNetworks.GruOnly, BeatNetworks.Grunet, BeatNetworks.Measures, BeatNetworks.WideMeasures,
    ];

    /// <summary>The network of that name.</summary>
    /// <param name="name">For example <c>se-resnet18</c>.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Network Named(string name)
        => All.FirstOrDefault(network => network.Name == name) ?? throw new ArgumentException($"There is no signal network '{name}'; there are: {string.Join(", ", All.Select(network => network.Name))}.", nameof(name));
}

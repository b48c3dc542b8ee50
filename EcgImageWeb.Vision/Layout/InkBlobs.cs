using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>Extent of every connected component of an ink mask, canvas pixels; component 0 is paper.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Right">Last column.</param>
/// <param name="Bottom">Last row.</param>
/// <param name="Area">Pixels.</param>
internal sealed record InkBlobs(int[] Left, int[] Top, int[] Right, int[] Bottom, int[] Area)
{
    /// <summary>Width of a component.</summary>
    public int Width(int component) => Right[component] - Left[component] + 1;

    /// <summary>Height of a component.</summary>
    public int Height(int component) => Bottom[component] - Top[component] + 1;

    /// <summary>Measures every component.</summary>
    public static InkBlobs Of(InkMask mask)
    {
        var blobs = new InkBlobs(new int[mask.Components], new int[mask.Components], new int[mask.Components], new int[mask.Components], new int[mask.Components]);
        Array.Fill(blobs.Left, int.MaxValue);
        for (int y = 0, i = 0; y < mask.Height; y++)
            for (var x = 0; x < mask.Width; x++, i++)
            {
                var component = mask.Component[i];
                if (component == 0)
                    continue;
                if (blobs.Area[component]++ == 0)
                    blobs.Top[component] = y;
                blobs.Bottom[component] = y;
                blobs.Left[component] = Math.Min(blobs.Left[component], x);
                blobs.Right[component] = Math.Max(blobs.Right[component], x);
            }

        return blobs;
    }
}

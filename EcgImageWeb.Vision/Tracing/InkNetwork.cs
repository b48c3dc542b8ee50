using EcgImageWeb.Inference.Models;

namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// A network that tells trace ink from grid, print, handwriting, separators and shadows (<c>ecg train ink</c>). It sees a flat page
/// at a fixed scale, tile by tile, so that its memory does not grow with the page.
/// </summary>
/// <param name="model">The loaded model; owned by its library.</param>
public sealed class InkNetwork(Model model)
{
    /// <summary>The model's name, and its folder's below <c>models</c>.</summary>
    public const string ModelName = "ink";

    /// <summary>The network of a library; null where it has none.</summary>
    /// <param name="library">Owns the model.</param>
    /// <exception cref="ModelException">Its file is damaged or cannot be loaded.</exception>
    public static InkNetwork? Of(ModelLibrary library)
    {
        ArgumentNullException.ThrowIfNull(library);
        try
        {
            return library.Manifests.Any(manifest => manifest.Name == ModelName) ? new InkNetwork(library.Get(ModelName)) : null;
        }
        catch (ModelException missing) when (missing.Fault == ModelFault.Missing)
        {
            // A manifest without its file: the pages are read without the network, and their results say so.
            return null;
        }
    }

    /// <summary>How likely every pixel of a page is trace ink.</summary>
    /// <param name="page">The flat page, BGR or gray.</param>
    /// <param name="pxPerMmX">Pixels a millimetre, across.</param>
    /// <param name="pxPerMmY">Pixels a millimetre, down.</param>
    /// <param name="cancellationToken">Observed between tiles.</param>
    public InkProbability Of(Raster page, double pxPerMmX, double pxPerMmY, CancellationToken cancellationToken)
    {
        var scaled = InkInput.Scaled(page, pxPerMmX, pxPerMmY);
        var probability = new float[scaled.Width * scaled.Height];
        const int height = InkInput.TileHeight, width = InkInput.TileWidth;
        var input = new float[InkInput.Channels * height * width];
        foreach (var (top, firstRow, endRow) in InkInput.Tiles(scaled.Height, height))
            foreach (var (left, firstColumn, endColumn) in InkInput.Tiles(scaled.Width, width))
            {
                InkInput.Write(scaled, left, top, width, height, input);
                var tile = model.Run(input, [1, InkInput.Channels, height, width], cancellationToken)[0];
                for (var y = firstRow; y < endRow; y++)
                    tile.AsSpan(((y - top) * width) + firstColumn - left, endColumn - firstColumn).CopyTo(probability.AsSpan((y * scaled.Width) + firstColumn));
            }

        return new InkProbability(scaled.Width, scaled.Height, probability);
    }
}

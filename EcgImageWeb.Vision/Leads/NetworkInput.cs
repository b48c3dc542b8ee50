using OpenCvSharp;

namespace EcgImageWeb.Vision.Leads;

/// <summary>What the image models see.</summary>
public static class NetworkInput
{
    /// <summary>Columns and rows of the models' input, pixels (the paper, table of its networks).</summary>
    public const int Side = 150;

    /// <summary>
    /// The thresholded strip as 150 x 150: each pixel is the share of ink (255 = all ink) in the area it covers, so that
    /// thin traces fade instead of breaking. The strip's aspect is not kept, as in the paper.
    /// </summary>
    /// <param name="lead">A cut lead; only <see cref="LeadImage.Binary"/> is used.</param>
    /// <returns>One channel, 150 x 150, ink bright.</returns>
    public static Raster FromBinary(LeadImage lead)
    {
        ArgumentNullException.ThrowIfNull(lead);
        using var binary = lead.Binary.ToMat();
        using var small = new Mat();
        Cv2.Resize(binary, small, new Size(Side, Side), 0, 0, InterpolationFlags.Area);
        return small.ToRaster();
    }
}

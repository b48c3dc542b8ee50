using OpenCvSharp;

namespace EcgImageWeb.Vision.Leads;

/// <summary>What the image models see.</summary>
public static class NetworkInput
{
    /// <summary>Columns and rows of the models' input, pixels (the paper, table of its networks).</summary>
    public const int Side = 150;

    /// <summary>Channels of the models' input; the paper's networks take RGB, and get the strip three times.</summary>
    public const int Channels = 3;

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

    /// <summary>The leads as one batch for the models: [leads, 3, 150, 150], 0 (paper) to 1 (ink), the three channels equal.</summary>
    /// <param name="leads">Cut leads.</param>
    public static float[] Batch(IReadOnlyList<LeadImage> leads)
    {
        ArgumentNullException.ThrowIfNull(leads);
        const int Plane = Side * Side;
        var batch = new float[leads.Count * Channels * Plane];
        for (var lead = 0; lead < leads.Count; lead++)
        {
            var pixels = FromBinary(leads[lead]).Pixels;
            var first = batch.AsSpan(lead * Channels * Plane, Plane);
            for (var i = 0; i < Plane; i++)
                first[i] = pixels[i] / 255f;
            for (var channel = 1; channel < Channels; channel++)
                first.CopyTo(batch.AsSpan(((lead * Channels) + channel) * Plane));
        }
        return batch;
    }
}

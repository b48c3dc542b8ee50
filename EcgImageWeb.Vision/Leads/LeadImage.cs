using EcgImageWeb.Vision.Layout;

namespace EcgImageWeb.Vision.Leads;

/// <summary>One lead cut from the page, at each step of the paper's preprocessing (ECG Classification using Deep Learning, IV.A).</summary>
/// <param name="Place">Where it was cut.</param>
/// <param name="Raw">Gray strip.</param>
/// <param name="Smoothed">After the Gaussian, sigma 1 px.</param>
/// <param name="Binary">After Otsu's threshold: 0 background, 255 ink.</param>
/// <param name="Threshold">Otsu's threshold, gray level 0 to 255; ink is at or below it.</param>
public sealed record LeadImage(LeadPlace Place, Raster Raw, Raster Smoothed, Raster Binary, double Threshold);

namespace EcgImageWeb.Vision.Layout;

/// <summary>The report's frame in the upright page: the middle of its lines, continuous pixel positions.</summary>
/// <param name="Left">Left line, pixels.</param>
/// <param name="Top">Top line, pixels.</param>
/// <param name="Right">Right line, pixels.</param>
/// <param name="Bottom">Bottom line, pixels.</param>
public sealed record PageFrame(double Left, double Top, double Right, double Bottom);

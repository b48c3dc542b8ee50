namespace EcgImageWeb.Vision.Layout;

/// <summary>A printed calibration pulse: 1 mV, a rectangle on the zero line of a row of traces.</summary>
/// <param name="Box">Its rectangle in the upright page, foot to top.</param>
/// <param name="HeightMm">From the zero line to its top, millimetres.</param>
/// <param name="WidthMm">Of its top, millimetres.</param>
/// <param name="BaselineRow">Row of the zero line it stands on, continuous pixels of the upright page.</param>
public sealed record CalibrationPulse(PixelBox Box, double HeightMm, double WidthMm, double BaselineRow);

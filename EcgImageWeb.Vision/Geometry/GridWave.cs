namespace EcgImageWeb.Vision.Geometry;

/// <summary>One family of grid lines in a tile, as a plane wave.</summary>
/// <param name="Kx">Lines a pixel, along x.</param>
/// <param name="Ky">Lines a pixel, along y.</param>
/// <param name="Phase">At the tile's middle, in periods, -0.5 to 0.5; 0 on a line.</param>
/// <param name="Strength">Height in the spectrum over the usual height at this frequency.</param>
internal readonly record struct GridWave(double Kx, double Ky, double Phase, double Strength);

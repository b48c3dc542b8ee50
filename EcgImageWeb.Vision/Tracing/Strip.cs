namespace EcgImageWeb.Vision.Tracing;

/// <summary>Where a trace is looked for on a canvas: columns First to Last - 1, rows Top to Bottom - 1, around its zero line.</summary>
/// <param name="First">First column.</param>
/// <param name="Last">Column after the last.</param>
/// <param name="Top">First row.</param>
/// <param name="Bottom">Row after the last.</param>
/// <param name="ZeroRow">Row of the zero line, pixel index.</param>
internal readonly record struct Strip(int First, int Last, int Top, int Bottom, double ZeroRow);

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>What happens to a page between the printer and the file; the defaults do nothing.</summary>
public sealed record PageWear
{
    /// <summary>Nothing happens.</summary>
    public static PageWear None { get; } = new();

    /// <summary>Turn of the page, clockwise, any angle.</summary>
    public double RotationDeg { get; init; }

    /// <summary>How far the corners move from a parallel view, as a share of the page's width; at most 0.2.</summary>
    public double Perspective { get; init; }

    /// <summary>Background around the page, as a share of the picture; 0: the picture is the page, and what turns out of it is cut off.</summary>
    public double Margin { get; init; }

    /// <summary>Size of the picture's pixels, in pixels of the flat page; above 1 the picture is smaller.</summary>
    public double PixelSize { get; init; } = 1;

    /// <summary>What the sheet lies on.</summary>
    public BackgroundKind Background { get; init; }

    /// <summary>Its colour.</summary>
    public Colour BackgroundColour { get; init; } = Colour.Of(0x202020);

    /// <summary>Waves and folds of the sheet.</summary>
    public IReadOnlyList<PageBend> Bends { get; init; } = [];

    /// <summary>Depth of the shading of crumpled paper, 0 to 0.3.</summary>
    public double Wrinkles { get; init; }

    /// <summary>How much of the ink of thermal paper has faded, 0 to 0.7.</summary>
    public double Fading { get; init; }

    /// <summary>Yellow of old paper and its grain, 0 to 1.</summary>
    public double Ageing { get; init; }

    /// <summary>Coffee and the like; number.</summary>
    public int Stains { get; init; }

    /// <summary>Words and strokes of a pen across the page; number.</summary>
    public int Handwriting { get; init; }

    /// <summary>Depth of a shadow with a soft edge, 0 to 0.6.</summary>
    public double Shadow { get; init; }

    /// <summary>Difference of light from one side to the other, 0 to 0.5.</summary>
    public double UnevenLight { get; init; }

    /// <summary>Strength of a reflection, 0 to 0.8.</summary>
    public double Glare { get; init; }

    /// <summary>Brightness of the whole, about 0.6 to 1.1.</summary>
    public double Exposure { get; init; } = 1;

    /// <summary>Warm (above 0) or cold light, -0.2 to 0.2.</summary>
    public double Warmth { get; init; }

    /// <summary>Sigma of the optics' blur, pixels.</summary>
    public double BlurPx { get; init; }

    /// <summary>Length of the camera's move, pixels.</summary>
    public double MotionPx { get; init; }

    /// <summary>Depth of the pattern of a photographed screen, 0 to 0.1.</summary>
    public double Moire { get; init; }

    /// <summary>Standard deviation of the sensor's noise, gray levels.</summary>
    public double Noise { get; init; }

    /// <summary>True: no colour.</summary>
    public bool IsGray { get; init; }

    /// <summary>Photocopy: darker than this share of the paper becomes black, the rest white, with speckles; 0: no copy.</summary>
    public double CopyLevel { get; init; }

    /// <summary>JPEG quality, 1 to 100; 0: the picture is stored without loss.</summary>
    public int JpegQuality { get; init; }
}

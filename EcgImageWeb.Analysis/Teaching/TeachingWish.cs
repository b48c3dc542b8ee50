using EcgImageWeb.Vision.Synthesis;

namespace EcgImageWeb.Analysis.Teaching;

/// <summary>A page that is to be drawn and read: the same wish gives the same page.</summary>
public sealed record TeachingWish
{
    /// <summary>One of <see cref="TeachingPages.Records"/>, or the id of the analysis of a person's own recording.</summary>
    public string Record { get; init; } = "normal";

    /// <summary>Name of a page format, for example <c>3x4+1</c>.</summary>
    public string Layout { get; init; } = "3x4+1";

    /// <summary>How the page became a picture.</summary>
    public PageLook Look { get; init; } = PageLook.Scan;

    /// <summary>True: as much wear as is still readable.</summary>
    public bool IsHard { get; init; }

    /// <summary>Decides what is left to chance, 0 and above.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Turn of the page, degrees clockwise, -180 to 180; null: as it happens.</summary>
    public double? RotationDeg { get; init; }

    /// <summary>Blur, sigma in pixels, 0 to 3; null: as it happens.</summary>
    public double? BlurPx { get; init; }

    /// <summary>Noise of the camera, gray levels, 0 to 30; null: as it happens.</summary>
    public double? Noise { get; init; }

    /// <summary>Depth of a shadow, 0 to 0.6; null: as it happens.</summary>
    public double? Shadow { get; init; }

    /// <summary>Share of the ink that has faded, 0 to 0.7; null: as it happens.</summary>
    public double? Fading { get; init; }

    /// <summary>Strokes and words of a pen, 0 to 8; null: as it happens.</summary>
    public int? Handwriting { get; init; }
}

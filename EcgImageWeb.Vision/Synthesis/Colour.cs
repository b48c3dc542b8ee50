namespace EcgImageWeb.Vision.Synthesis;

/// <summary>A colour in OpenCV's order.</summary>
/// <param name="B">Blue, 0 to 255.</param>
/// <param name="G">Green.</param>
/// <param name="R">Red.</param>
public readonly record struct Colour(byte B, byte G, byte R)
{
    /// <summary>The colour of <c>0xRRGGBB</c>.</summary>
    public static Colour Of(int rgb) => new((byte)rgb, (byte)(rgb >> 8), (byte)(rgb >> 16));

    /// <summary>The way from this colour to another, <paramref name="share"/> 0 to 1.</summary>
    public Colour Towards(Colour other, double share) => new(Mix(B, other.B, share), Mix(G, other.G, share), Mix(R, other.R, share));

    /// <summary>The same lightness without hue (ITU-R BT.601).</summary>
    public Colour Gray
    {
        get
        {
            var gray = (byte)((0.114 * B) + (0.587 * G) + (0.299 * R) + 0.5);
            return new Colour(gray, gray, gray);
        }
    }

    private static byte Mix(byte a, byte b, double share) => (byte)(a + ((b - a) * share) + 0.5);
}

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>The table a sheet lies on.</summary>
internal static class Background
{
    public static Raster Of(int width, int height, PageWear wear, Random random)
    {
        var slow = SmoothNoise.Of(random, width, height, 6, 24);
        double grain = Dice.Between(random, 0.1, 0.5), weave = Dice.Between(random, 0.7, 1.5);
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var i = (y * width) + x;
                var light = wear.Background switch
                {
                    BackgroundKind.Wood => 1 + (0.12 * Math.Sin((y * grain) + (slow[i] * 4))) + (0.06 * Math.Sin((y * grain * 3.7) + (slow[i] * 9))),
                    BackgroundKind.Cloth => 1 + (0.1 * Math.Sin(x * weave) * Math.Sin(y * weave)) + (0.05 * slow[i]),
                    _ => 1 + (0.03 * slow[i]),
                };
                pixels[i * 3] = (byte)Math.Clamp(wear.BackgroundColour.B * light, 0, 255);
                pixels[(i * 3) + 1] = (byte)Math.Clamp(wear.BackgroundColour.G * light, 0, 255);
                pixels[(i * 3) + 2] = (byte)Math.Clamp(wear.BackgroundColour.R * light, 0, 255);
            }
        }
        return new Raster(width, height, 3, pixels);
    }
}

using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;

namespace Vision.Tests;

/// <summary>The files of samples/, and the short ways through the stages.</summary>
internal static class Sample
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "samples", name));

    public static PageImage Decoded(string name) => PageDecoder.Decode(Bytes(name), DecodeLimits.Default, TestContext.Current.CancellationToken);

    public static UprightPage Upright(Raster picture) =>
        PageUprighter.Upright(new PageImage(picture, "png", 1, 1, []), TestContext.Current.CancellationToken);

    public static (UprightPage Page, PageLayout Layout) Found(Raster picture)
    {
        var page = Upright(picture);
        return (page, LayoutFinder.Find(page, TestContext.Current.CancellationToken));
    }

    public static RefusalException Refused(byte[] bytes) =>
        Assert.Throws<RefusalException>(() => PageDecoder.Decode(bytes, DecodeLimits.Default, TestContext.Current.CancellationToken));

    public static RefusalException NotFound(Raster picture) => Assert.Throws<RefusalException>(() => Found(picture));
}

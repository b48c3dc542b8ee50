using EcgImageWeb.Vision.Geometry;

namespace EcgImageWeb.Vision.Layout;

/// <summary>Leads of a page that is no known report.</summary>
internal static class StripFinder
{
    public static PageLayout Find(UprightPage page, Raster gray, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (page.ScaleFrom != "grid")
            throw new RefusalException(RefusalCode.NotAnEcg, "This does not look like an ECG: no ECG paper and no lead rows were found. Is the page upright, flat and completely in the picture?");
        throw new RefusalException(RefusalCode.NoLayout, "This looks like ECG paper, but its leads could not be located. Pages with three rows of four leads and a rhythm strip are read; is the whole page in the picture?");
    }
}

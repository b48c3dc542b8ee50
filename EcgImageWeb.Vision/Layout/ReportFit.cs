namespace EcgImageWeb.Vision.Layout;

/// <summary>How a report template lies on a page: page position = offset + scale x template position (continuous pixels).</summary>
/// <param name="Template">The template.</param>
/// <param name="ScaleX">Page pixels per template pixel, across.</param>
/// <param name="ScaleY">Page pixels per template pixel, down.</param>
/// <param name="OffsetX">Page column of the template's column 0.</param>
/// <param name="OffsetY">Page row of the template's row 0.</param>
/// <param name="MarkContrast">Ink of the printed marks against their surroundings, 0 (none) to 1 (black on white).</param>
/// <param name="FrameSeen">Whether the frame's four lines were found where they belong.</param>
internal sealed record ReportFit(
    ReportTemplate Template, double ScaleX, double ScaleY, double OffsetX, double OffsetY, double MarkContrast = 0, bool FrameSeen = false)
{
    public double X(double templateX) => OffsetX + (ScaleX * templateX);

    public double Y(double templateY) => OffsetY + (ScaleY * templateY);

    /// <summary>The template's own page, pixel for pixel.</summary>
    public bool IsIdentity => ScaleX == 1 && ScaleY == 1 && OffsetX == 0 && OffsetY == 0;

    public PageFrame Frame => new(X(Template.Frame.Left), Y(Template.Frame.Top), X(Template.Frame.Right), Y(Template.Frame.Bottom));

    /// <summary>The fit that a frame tells.</summary>
    public static ReportFit FromFrame(ReportTemplate template, PageFrame frame)
    {
        var scaleX = (frame.Right - frame.Left) / (template.Frame.Right - template.Frame.Left);
        var scaleY = (frame.Bottom - frame.Top) / (template.Frame.Bottom - template.Frame.Top);
        return new ReportFit(template, scaleX, scaleY, frame.Left - (scaleX * template.Frame.Left), frame.Top - (scaleY * template.Frame.Top), 1, true);
    }
}

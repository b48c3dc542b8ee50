namespace OpenCvSharp.Tests;

public class ShapeTests
{
    private static Mat TwoBlocks()
    {
        var image = new Mat(20, 30, MatType.CV_8UC1, Scalar.All(0));
        Cv2.Rectangle(image, new Rect(2, 3, 5, 4), Scalar.White, -1);
        Cv2.Rectangle(image, new Rect(15, 10, 6, 6), Scalar.White, -1);
        return image;
    }

    [Fact]
    public void Components_come_with_boxes_areas_and_centres()
    {
        using var image = TwoBlocks();
        using var labels = new Mat();
        using var stats = new Mat();
        using var centroids = new Mat();
        var count = Cv2.ConnectedComponentsWithStats(image, labels, stats, centroids);
        Assert.Equal(3, count);
        stats.GetRectangularArray(out int[,] s);
        Assert.Equal((2, 3, 5, 4, 20), (
            s[1, (int)ConnectedComponentsTypes.Left], s[1, (int)ConnectedComponentsTypes.Top],
            s[1, (int)ConnectedComponentsTypes.Width], s[1, (int)ConnectedComponentsTypes.Height],
            s[1, (int)ConnectedComponentsTypes.Area]));
        Assert.Equal(36, s[2, (int)ConnectedComponentsTypes.Area]);
        Assert.Equal((17.5, 12.5), (centroids.At<double>(2, 0), centroids.At<double>(2, 1)));
        Assert.Equal(2, labels.At<int>(12, 17));
    }

    [Fact]
    public void Corners_that_touch_are_one_component_of_eight_neighbours_and_two_of_four()
    {
        using var image = Mat.FromArray(new byte[,] { { 1, 0 }, { 0, 1 } });
        using var labels = new Mat();
        Assert.Equal(2, Cv2.ConnectedComponents(image, labels));
        Assert.Equal(3, Cv2.ConnectedComponents(image, labels, PixelConnectivity.Connectivity4));
    }

    [Fact]
    public void Erosion_takes_a_rim_away_and_dilation_puts_it_back()
    {
        using var image = TwoBlocks();
        using var kernel = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(3, 3));
        using var dst = new Mat();
        Cv2.Erode(image, dst, kernel);
        Assert.Equal(3 * 2 + 4 * 4, Cv2.CountNonZero(dst));
        Cv2.Dilate(dst, dst, kernel);
        Assert.Equal(20 + 36, Cv2.CountNonZero(dst));
        Cv2.MorphologyEx(image, dst, MorphTypes.Gradient, kernel);
        Assert.Equal(7 * 6 + 8 * 8 - (3 * 2 + 4 * 4), Cv2.CountNonZero(dst));
        using var long3 = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(6, 1));
        Cv2.MorphologyEx(image, dst, MorphTypes.Open, long3);
        Assert.Equal(36, Cv2.CountNonZero(dst));
    }

    [Fact]
    public void A_cross_has_five_cells_of_nine()
    {
        using var cross = Cv2.GetStructuringElement(MorphShapes.Cross, new Size(3, 3));
        Assert.Equal(5, Cv2.CountNonZero(cross));
    }

    [Fact]
    public void Contours_and_their_hierarchy_of_a_ring()
    {
        using var image = new Mat(20, 20, MatType.CV_8UC1, Scalar.All(0));
        Cv2.Rectangle(image, new Rect(3, 3, 12, 12), Scalar.White, -1);
        Cv2.Rectangle(image, new Rect(6, 6, 4, 4), Scalar.Black, -1);
        Cv2.FindContours(
            image, out var contours, out var hierarchy, RetrievalModes.Tree, ContourApproximationModes.ApproxSimple);
        Assert.Equal(2, contours.Length);
        Assert.Equal((1, -1, -1), (hierarchy[0].Child, hierarchy[0].Parent, hierarchy[0].Next));
        Assert.Equal(0, hierarchy[1].Parent);
        Assert.Equal(121.0, Cv2.ContourArea(contours[0]));
        Assert.Equal(44.0, Cv2.ArcLength(contours[0], true));
        Assert.Equal(new Rect(3, 3, 12, 12), Cv2.BoundingRect(contours[0]));
        Assert.Single(Cv2.FindContoursAsArray(image, RetrievalModes.External, ContourApproximationModes.ApproxNone));

        using var drawn = new Mat(20, 20, MatType.CV_8UC1, Scalar.All(0));
        Cv2.DrawContours(drawn, contours, -1, Scalar.White, -1, hierarchy: hierarchy);
        using var difference = new Mat();
        Cv2.Absdiff(image, drawn, difference);
        Assert.True(Cv2.CountNonZero(difference) <= 16, "only the hole's rim may differ");
    }

    [Fact]
    public void Polygons_hulls_and_boxes()
    {
        Point[] almostSquare = [new(0, 0), new(5, 1), new(10, 0), new(10, 10), new(0, 10)];
        Assert.Equal(4, Cv2.ApproxPolyDP(almostSquare, 2, true).Length);
        Assert.Equal(4, Cv2.ConvexHull(almostSquare).Length);
        Assert.Equal(1.0, Cv2.PointPolygonTest(almostSquare, new Point2f(5, 5), false));
        Assert.Equal(-1.0, Cv2.PointPolygonTest(almostSquare, new Point2f(50, 5), false));
        var box = Cv2.MinAreaRect(almostSquare.Select(p => (Point2f)p));
        Assert.Equal((5f, 5f), (box.Center.X, box.Center.Y));
        Assert.Equal((10f, 10f), (box.Size.Width, box.Size.Height));
    }

    [Fact]
    public void A_line_is_fitted_through_points()
    {
        var line = Cv2.FitLine([new Point(0, 1), new(1, 3), new(2, 5)], DistanceTypes.L2, 0, 0.01, 0.01);
        Assert.Equal(2, line.Vy / line.Vx, 5);
        Assert.Equal((1.0, 3.0), (line.X1, line.Y1));
    }

    [Fact]
    public void Hough_finds_a_drawn_line_by_angle_and_by_its_ends()
    {
        using var image = new Mat(50, 100, MatType.CV_8UC1, Scalar.All(0));
        Cv2.Line(image, 10, 20, 90, 20, Scalar.White);
        var polar = Cv2.HoughLines(image, 1, Math.PI / 180, 60);
        Assert.Contains(polar, l => l.Rho == 20 && Math.Abs(l.Theta - Math.PI / 2) < 1e-4);
        var segment = Assert.Single(Cv2.HoughLinesP(image, 1, Math.PI / 180, 40, 50, 3));
        Assert.Equal(80, segment.Length(), 1.0);
        Assert.Equal((20, 20), (segment.P1.Y, segment.P2.Y));
        using var blank = new Mat(50, 100, MatType.CV_8UC1, Scalar.All(0));
        Assert.Empty(Cv2.HoughLinesP(blank, 1, Math.PI / 180, 40));
    }

    [Fact]
    public void Distances_to_the_nearest_zero()
    {
        using var image = new Mat(5, 5, MatType.CV_8UC1, Scalar.All(1));
        image.Set(0, 0, (byte)0);
        using var distance = new Mat();
        Cv2.DistanceTransform(image, distance, DistanceTypes.L2, DistanceTransformMasks.Precise);
        Assert.Equal(5f, distance.At<float>(3, 4), 4);
    }

    [Fact]
    public void A_template_is_found_where_it_was_cut()
    {
        using var image = TwoBlocks();
        using var templ = image[new Rect(13, 8, 10, 10)];
        using var result = new Mat();
        Cv2.MatchTemplate(image, templ, result, TemplateMatchModes.SqDiff);
        Cv2.MinMaxLoc(result, out var least, out _, out var where, out _);
        Assert.Equal((0.0, new Point(13, 8)), (least, where));
    }

    [Fact]
    public void Fills_from_a_seed()
    {
        using var image = TwoBlocks();
        Assert.Equal(20, Cv2.FloodFill(image, new Point(4, 4), Scalar.All(7), out var rect));
        Assert.Equal(new Rect(2, 3, 5, 4), rect);
    }

    [Fact]
    public void Draws_shapes_and_text()
    {
        using var image = new Mat(60, 120, MatType.CV_8UC3, Scalar.White);
        Cv2.Polylines(image, [[new Point(5, 5), new(20, 5), new(20, 20)]], true, Scalar.Red);
        Assert.Equal(new Vec3b(0, 0, 255), image.At<Vec3b>(5, 10));
        Cv2.FillPoly(image, [[new Point(30, 5), new(50, 5), new(50, 25), new(30, 25)]], Scalar.Blue);
        Assert.Equal(new Vec3b(255, 0, 0), image.At<Vec3b>(15, 40));
        Cv2.FillConvexPoly(image, [new Point(60, 5), new(80, 5), new(70, 25)], Scalar.Lime);
        Assert.Equal(new Vec3b(0, 255, 0), image.At<Vec3b>(8, 70));
        Cv2.Circle(image, 100, 15, 8, Scalar.Black, -1, LineTypes.AntiAlias);
        Assert.Equal(default, image.At<Vec3b>(15, 100));
        Cv2.Ellipse(image, new Point(100, 40), new Size(10, 5), 0, 0, 360, Scalar.Magenta, -1);
        Assert.Equal(new Vec3b(255, 0, 255), image.At<Vec3b>(40, 108));

        var size = Cv2.GetTextSize("aVR", HersheyFonts.HersheySimplex, 0.5, 1, out var baseLine);
        Assert.InRange(size.Width, 20, 40);
        Assert.InRange(baseLine, 1, 10);
        using var before = image.Clone();
        Cv2.PutText(image, "aVR", new Point(5, 50), HersheyFonts.HersheySimplex, 0.5, Scalar.Black);
        Assert.True(Cv2.Norm(image, before, NormTypes.L1) > 1000);
    }
}

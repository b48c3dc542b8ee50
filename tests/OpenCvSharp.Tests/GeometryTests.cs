namespace OpenCvSharp.Tests;

public class GeometryTests
{
    private static Mat Numbers(int rows, int cols) =>
        Mat.FromArray(Enumerable.Range(0, rows * cols).Select(i => (float)i).ToArray()).Reshape(1, rows);

    private static float[] Values(Mat mat)
    {
        mat.GetArray(out float[] values);
        return values;
    }

    [Fact]
    public void Resizing_by_area_averages_and_by_nearest_picks()
    {
        using var image = Numbers(2, 4);
        using var dst = new Mat();
        Cv2.Resize(image, dst, new Size(2, 1), interpolation: InterpolationFlags.Area);
        Assert.Equal([(0 + 1 + 4 + 5) / 4f, (2 + 3 + 6 + 7) / 4f], Values(dst));
        Cv2.Resize(image, dst, new Size(), 0.5, 0.5, InterpolationFlags.Nearest);
        Assert.Equal([0f, 2f], Values(dst));
        Cv2.Resize(image, dst, new Size(8, 2));
        Assert.Equal([0f, 0.25f, 0.75f, 1.25f], Values(dst)[..4]);
    }

    [Fact]
    public void An_affine_warp_shifts_and_fills_with_the_border_value()
    {
        using var image = Numbers(2, 3);
        using var shift = Mat.FromArray(new double[,] { { 1, 0, 1 }, { 0, 1, 0 } });
        using var dst = new Mat();
        Cv2.WarpAffine(image, dst, shift, new Size(3, 2), borderValue: Scalar.All(-1));
        Assert.Equal([-1f, 0f, 1f, -1f, 3f, 4f], Values(dst));

        using var back = new Mat();
        Cv2.InvertAffineTransform(shift, back);
        Assert.Equal(-1.0, back.At<double>(0, 2));
    }

    [Fact]
    public void A_perspective_warp_puts_four_corners_where_they_belong()
    {
        Point2f[] from = [new(10, 10), new(90, 20), new(80, 95), new(5, 80)];
        Point2f[] to = [new(0, 0), new(99, 0), new(99, 99), new(0, 99)];
        using var m = Cv2.GetPerspectiveTransform(from, to);
        var moved = Cv2.PerspectiveTransform(from, m);
        Assert.All(moved.Zip(to), pair => Assert.InRange(pair.First.DistanceTo(pair.Second), 0, 1e-3));

        using var image = new Mat(100, 100, MatType.CV_8UC1, Scalar.All(0));
        Cv2.Circle(image, 80, 95, 2, Scalar.White, -1);
        using var warped = new Mat();
        Cv2.WarpPerspective(image, warped, m, new Size(100, 100));
        Assert.Equal(255, warped.At<byte>(98, 98));
        Assert.Equal(0, warped.At<byte>(50, 50));
    }

    [Fact]
    public void A_homography_is_found_in_spite_of_an_outlier()
    {
        Point2d[] from = [new(0, 0), new(100, 0), new(100, 50), new(0, 50), new(30, 20), new(70, 40), new(50, 10)];
        var to = from.Select(p => new Point2d(2 * p.X + 5, 3 * p.Y - 7)).ToArray();
        to[6] = new(900, 900);
        using var mask = new Mat();
        using var h = Cv2.FindHomography(from, to, HomographyMethods.Ransac, 3, mask);
        double[] expected = [2, 0, 5, 0, 3, -7, 0, 0, 1];
        h.GetArray(out double[] values);
        Assert.All(values.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 6));
        mask.GetArray(out byte[] inliers);
        Assert.Equal([1, 1, 1, 1, 1, 1, 0], inliers);
    }

    [Fact]
    public void Rotates_by_quarters_flips_and_transposes()
    {
        using var image = Numbers(2, 3);
        using var dst = new Mat();
        Cv2.Rotate(image, dst, RotateFlags.Rotate90Clockwise);
        Assert.Equal([3f, 0f, 4f, 1f, 5f, 2f], Values(dst));
        Cv2.Rotate(image, dst, RotateFlags.Rotate90Counterclockwise);
        Assert.Equal([2f, 5f, 1f, 4f, 0f, 3f], Values(dst));
        Cv2.Rotate(image, dst, RotateFlags.Rotate180);
        Assert.Equal([5f, 4f, 3f, 2f, 1f, 0f], Values(dst));
        Cv2.Flip(image, dst, FlipMode.Y);
        Assert.Equal([2f, 1f, 0f, 5f, 4f, 3f], Values(dst));
        Cv2.Flip(image, dst, FlipMode.X);
        Assert.Equal([3f, 4f, 5f, 0f, 1f, 2f], Values(dst));
        Cv2.Transpose(image, dst);
        Assert.Equal([0f, 3f, 1f, 4f, 2f, 5f], Values(dst));
    }

    [Fact]
    public void Rotates_about_a_point_counterclockwise()
    {
        using var m = Cv2.GetRotationMatrix2D(new Point2f(10, 10), 90, 1);
        using var point = Mat.FromArray(new Point2d(20, 10));
        using var moved = new Mat();
        Cv2.Transform(point, moved, m);
        var p = moved.At<Point2d>(0);
        Assert.Equal((10.0, 0.0), (Math.Round(p.X, 9), Math.Round(p.Y, 9)));
    }

    [Fact]
    public void Remaps_at_fractions_of_a_pixel()
    {
        using var image = Numbers(2, 3);
        using var x = Mat.FromArray(new float[,] { { 0.5f, 2 } });
        using var y = Mat.FromArray(new float[,] { { 0.5f, 1 } });
        using var dst = new Mat();
        Cv2.Remap(image, dst, x, y);
        Assert.Equal([2f, 5f], Values(dst));
    }

    [Fact]
    public void Frames_an_image_with_a_constant_or_with_its_own_edge()
    {
        using var image = Numbers(1, 2);
        using var dst = new Mat();
        Cv2.CopyMakeBorder(image, dst, 0, 0, 1, 1, BorderTypes.Constant, Scalar.All(9));
        Assert.Equal([9f, 0f, 1f, 9f], Values(dst));
        Cv2.CopyMakeBorder(image, dst, 0, 0, 1, 1, BorderTypes.Replicate);
        Assert.Equal([0f, 0f, 1f, 1f], Values(dst));
    }

    [Fact]
    public void Refines_a_corner_to_a_fraction_of_a_pixel()
    {
        using var image = new Mat(40, 40, MatType.CV_8UC1, Scalar.All(0));
        Cv2.Rectangle(image, new Rect(20, 20, 20, 20), Scalar.White, -1);
        var corner = Assert.Single(Cv2.CornerSubPix(
            image, [new Point2f(21, 18)], new Size(5, 5), new Size(-1, -1), TermCriteria.Both(40, 0.001)));
        Assert.Equal(19.5, corner.X, 0.1);
        Assert.Equal(19.5, corner.Y, 0.1);
    }

    [Fact]
    public void Rectangles_meet_join_and_move()
    {
        var a = new Rect(0, 0, 10, 10);
        var b = new Rect(5, 5, 10, 10);
        Assert.Equal(new Rect(5, 5, 5, 5), a & b);
        Assert.Equal(new Rect(0, 0, 15, 15), a | b);
        Assert.Equal(new Rect(3, 4, 10, 10), a + new Point(3, 4));
        Assert.True(a.IntersectsWith(b));
        Assert.False(a.Contains(new Point(10, 10)));
        Assert.Equal(default, a & new Rect(50, 50, 1, 1));
        Assert.Throws<ArgumentException>(() => Rect.FromLTRB(5, 0, 4, 1));
    }

    [Fact]
    public void A_rotated_rectangle_knows_its_corners()
    {
        var box = new RotatedRect(new Point2f(10, 20), new Size2f(8, 4), 0);
        Assert.Equal(32f, box.Size.Width * box.Size.Height);
        Assert.Equal([6f, 6f, 14f, 14f], box.Points().Select(p => p.X).Order());
        Assert.Equal(new Rect(6, 18, 9, 5), box.BoundingRect());
    }
}

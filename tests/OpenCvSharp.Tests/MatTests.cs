namespace OpenCvSharp.Tests;

public class MatTests
{
    private static Mat Ramp(int rows, int cols)
    {
        var mat = new Mat(rows, cols, MatType.CV_8UC1);
        mat.SetArray(Enumerable.Range(0, rows * cols).Select(i => (byte)i).ToArray());
        return mat;
    }

    [Fact]
    public void Describes_its_shape_type_and_layout()
    {
        using var mat = new Mat(3, 5, MatType.CV_32FC2);
        Assert.Equal((3, 5, 3, 5), (mat.Rows, mat.Cols, mat.Height, mat.Width));
        Assert.Equal(new Size(5, 3), mat.Size());
        Assert.Equal(MatType.CV_32FC2, mat.Type());
        Assert.Equal((MatType.CV_32F, 2, 8, 4), (mat.Depth(), mat.Channels(), mat.ElemSize(), mat.ElemSize1()));
        Assert.Equal((40L, 15L), (mat.Step(), mat.Total()));
        Assert.True(mat.IsContinuous());
        Assert.False(mat.Empty());
        using var nothing = new Mat();
        Assert.True(nothing.Empty());
    }

    [Fact]
    public void Fills_with_a_scalar_by_channel()
    {
        using var mat = new Mat(2, 2, MatType.CV_8UC3, new Scalar(1, 2, 3));
        Assert.Equal(new Vec3b(1, 2, 3), mat.At<Vec3b>(1, 1));
        mat.SetTo(Scalar.All(9));
        Assert.Equal(new Vec3b(9, 9, 9), mat.Get<Vec3b>(0, 1));
    }

    [Fact]
    public void Sets_only_where_the_mask_is_not_zero()
    {
        using var mat = new Mat(1, 3, MatType.CV_8UC1, Scalar.All(1));
        using var mask = Mat.FromArray(new byte[,] { { 0, 255, 0 } });
        mat.SetTo(7, mask);
        mat.GetArray(out byte[] values);
        Assert.Equal([1, 7, 1], values);
    }

    [Fact]
    public void Arrays_go_in_and_come_out_row_by_row_even_through_a_view()
    {
        using var mat = Ramp(4, 4);
        using var view = mat[new Rect(1, 1, 2, 2)];
        Assert.False(view.IsContinuous());
        Assert.True(view.IsSubmatrix());
        view.GetArray(out byte[] values);
        Assert.Equal([5, 6, 9, 10], values);

        view.SetArray<byte>(100, 101, 102, 103);
        mat.GetRectangularArray(out byte[,] all);
        Assert.Equal(103, all[2, 2]);
        Assert.Equal(11, all[2, 3]);
    }

    [Fact]
    public void Refuses_an_array_of_another_element_type_or_length()
    {
        using var mat = new Mat(2, 2, MatType.CV_8UC3);
        Assert.Throws<OpenCvSharpException>(() => mat.GetArray(out byte[] _));
        Assert.Throws<OpenCvSharpException>(() => mat.SetArray(new Vec3b(1, 2, 3)));
        Assert.Throws<ArgumentException>(() => mat.SetArray(1m));
    }

    [Fact]
    public void A_view_shares_the_pixels_and_outlives_its_parent()
    {
        var parent = Ramp(4, 4);
        using var row = parent.Row(2);
        using var column = parent.Col(3);
        using var rows = parent.RowRange(1, 3);
        using var columns = parent.ColRange(0, 2);
        parent.Set(2, 3, (byte)200);
        parent.Dispose();

        Assert.Equal(200, row.At<byte>(0, 3));
        Assert.Equal(200, column.At<byte>(2, 0));
        Assert.Equal(200, rows.At<byte>(1, 3));
        Assert.Equal((4, 2, (byte)13), (columns.Rows, columns.Cols, columns.At<byte>(3, 1)));
    }

    [Fact]
    public void Writes_a_matrix_into_a_region()
    {
        using var mat = Ramp(3, 3);
        using var part = new Mat(1, 2, MatType.CV_8UC1, Scalar.All(50));
        mat[new Rect(1, 2, 2, 1)] = part;
        mat.GetArray(out byte[] values);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 50, 50], values);
        Assert.Throws<ArgumentException>(() => mat[new Rect(0, 0, 3, 1)] = part);
    }

    [Fact]
    public void A_clone_and_a_copy_are_their_own()
    {
        using var mat = Ramp(2, 2);
        using var clone = mat.Clone();
        using var copy = new Mat();
        mat.CopyTo(copy);
        mat.SetTo(99);
        Assert.Equal(3, clone.At<byte>(1, 1));
        Assert.Equal(3, copy.At<byte>(1, 1));
    }

    [Fact]
    public void Copies_only_where_the_mask_is_not_zero()
    {
        using var mat = Ramp(1, 3);
        using var mask = Mat.FromArray(new byte[,] { { 1, 0, 1 } });
        using var copy = new Mat(1, 3, MatType.CV_8UC1, Scalar.All(77));
        mat.CopyTo(copy, mask);
        copy.GetArray(out byte[] values);
        Assert.Equal([0, 77, 2], values);
    }

    [Fact]
    public void Converts_depth_with_scale_and_saturation()
    {
        using var mat = Mat.FromArray(new float[,] { { -1, 0.5f, 2 } });
        using var bytes = new Mat();
        mat.ConvertTo(bytes, MatType.CV_8UC1, 200, 1);
        bytes.GetArray(out byte[] values);
        Assert.Equal([0, 101, 255], values);
    }

    [Fact]
    public void Reshapes_without_copying()
    {
        using var mat = Ramp(2, 6);
        using var reshaped = mat.Reshape(3, 4);
        Assert.Equal((4, 1, 3), (reshaped.Rows, reshaped.Cols, reshaped.Channels()));
        Assert.Equal(mat.Data, reshaped.Data);
    }

    [Fact]
    public void Indexes_elements_for_reading_and_writing()
    {
        using var mat = Ramp(3, 4);
        var indexer = mat.GetUnsafeGenericIndexer<byte>();
        indexer[2, 1] = 250;
        Assert.Equal(250, indexer[2, 1]);
        mat.At<byte>(0, 0) = 17;
        Assert.Equal(17, mat.Get<byte>(0, 0));
    }

    [Fact]
    public void Everything_throws_once_disposed()
    {
        var mat = Ramp(2, 2);
        mat.Dispose();
        mat.Dispose();
        using var dst = new Mat();
        Assert.True(mat.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => mat.Rows);
        Assert.Throws<ObjectDisposedException>(() => mat.Clone());
        Assert.Throws<ObjectDisposedException>(() => mat.CvPtr);
        Assert.Throws<ObjectDisposedException>(() => mat.GetArray(out byte[] _));
        Assert.Throws<ObjectDisposedException>(() => Cv2.Transpose(mat, dst));
        Assert.Throws<ObjectDisposedException>(() => Cv2.Transpose(dst, mat));
        Assert.Equal("Mat [disposed]", mat.ToString());
    }

    [Theory]
    [InlineData(0, 1, "CV_8UC1")]
    [InlineData(5, 3, "CV_32FC3")]
    [InlineData(6, 6, "CV_64FC(6)")]
    public void A_type_is_a_depth_and_a_channel_count(int depth, int channels, string name)
    {
        var type = MatType.MakeType(depth, channels);
        Assert.Equal((depth, channels, name), (type.Depth, type.Channels, type.ToString()));
        Assert.Throws<OpenCvSharpException>(() => MatType.CV_8UC(0));
    }
}

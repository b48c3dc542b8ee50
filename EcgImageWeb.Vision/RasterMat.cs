using System.Runtime.InteropServices;
using OpenCvSharp;

namespace EcgImageWeb.Vision;

/// <summary>Copies between managed rasters and the engine's matrices; a matrix has one owner, who disposes it.</summary>
internal static class RasterMat
{
    /// <summary>A new matrix of the raster's pixels, CV_8UC1 or CV_8UC3.</summary>
    /// <exception cref="ArgumentException">The raster has more or fewer pixels than it says: native memory would be overrun.</exception>
    public static Mat ToMat(this Raster raster)
    {
        if (raster.Pixels.LongLength != (long)raster.Width * raster.Height * raster.Channels)
            throw new ArgumentException($"{raster.Pixels.Length} bytes are no {raster.Width} x {raster.Height} pixels of {raster.Channels} channels.", nameof(raster));
        var mat = new Mat(raster.Height, raster.Width, raster.Channels == 1 ? MatType.CV_8UC1 : MatType.CV_8UC3);
        Marshal.Copy(raster.Pixels, 0, mat.Data, raster.Pixels.Length);
        return mat;
    }

    /// <summary>The matrix' pixels, 8 bit and 1 or 3 channels.</summary>
    public static Raster ToRaster(this Mat mat)
    {
        var channels = mat.Channels();
        return new Raster(mat.Cols, mat.Rows, channels, Bytes(mat));
    }

    /// <summary>All bytes of a matrix, row after row.</summary>
    public static byte[] Bytes(Mat mat)
    {
        var rowBytes = mat.Cols * (int)mat.ElemSize();
        var bytes = new byte[(long)rowBytes * mat.Rows];
        if (mat.IsContinuous())
            Marshal.Copy(mat.Data, bytes, 0, bytes.Length);
        else
            for (var row = 0; row < mat.Rows; row++)
                Marshal.Copy(mat.Ptr(row), bytes, row * rowBytes, rowBytes);
        return bytes;
    }
}

namespace OpenCvSharp;

public static partial class Cv2
{
    public static Mat ImRead(string fileName, ImreadModes flags = ImreadModes.Color) => new(fileName, flags);

    public static bool ImReadMulti(string filename, out Mat[] mats, ImreadModes flags = ImreadModes.AnyColor)
    {
        ArgumentException.ThrowIfNullOrEmpty(filename);
        NativeMethods.Check(NativeMethods.ecgcv_imread_multi(filename, (int)flags, out var list, out var ok));
        mats = list.TakeMats();
        return ok != 0;
    }

    public static bool ImWrite(string fileName, Mat img, int[]? prms = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        InputArray array = img;
        prms ??= [];
        NativeMethods.Check(NativeMethods.ecgcv_imwrite(fileName, array.Proxy, prms, prms.Length, out var ok), img);
        return ok != 0;
    }

    public static bool ImWrite(string fileName, Mat img, params ImageEncodingParam[] prms) =>
        ImWrite(fileName, img, Pairs(prms));

    public static Mat ImDecode(Mat buf, ImreadModes flags) => ImDecode((InputArray)buf, flags);

    public static Mat ImDecode(InputArray buf, ImreadModes flags)
    {
        NativeMethods.Check(NativeMethods.ecgcv_imdecode_array(buf.Proxy, (int)flags, out var mat), buf.Source);
        return new(mat);
    }

    public static Mat ImDecode(byte[] buf, ImreadModes flags)
    {
        ArgumentNullException.ThrowIfNull(buf);
        return ImDecode(new ReadOnlySpan<byte>(buf), flags);
    }

    public static Mat ImDecode(ReadOnlySpan<byte> span, ImreadModes flags)
    {
        if (span.IsEmpty)
            throw new ArgumentException("Empty span", nameof(span));
        NativeMethods.Check(NativeMethods.ecgcv_imdecode(span, span.Length, (int)flags, out var mat));
        return new(mat);
    }

    public static bool ImEncode(string ext, InputArray img, out byte[] buf, int[]? prms = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(ext);
        prms ??= [];
        NativeMethods.Check(
            NativeMethods.ecgcv_imencode(ext, img.Proxy, prms, prms.Length, out var bytes, out var ok), img.Source);
        buf = bytes.Take<byte>();
        return ok != 0;
    }

    public static bool ImEncode(string ext, InputArray img, out byte[] buf, params ImageEncodingParam[] prms) =>
        ImEncode(ext, img, out buf, Pairs(prms));

    private static int[] Pairs(ImageEncodingParam[] prms)
    {
        ArgumentNullException.ThrowIfNull(prms);
        return prms.SelectMany(p => new[] { (int)p.EncodingId, p.Value }).ToArray();
    }
}

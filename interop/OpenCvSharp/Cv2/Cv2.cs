using System.Runtime.InteropServices;

namespace OpenCvSharp;

public static partial class Cv2
{
    public const double PI = 3.1415926535897932384626433832795;
    public const double LOG2 = 0.69314718055994530941723212145818;

    private static readonly Point Centre = new(-1, -1);

    public static void SetNumThreads(int nThreads) => NativeMethods.Check(NativeMethods.ecgcv_set_num_threads(nThreads));

    public static int GetNumThreads()
    {
        NativeMethods.Check(NativeMethods.ecgcv_get_num_threads(out var threads));
        return threads;
    }

    public static string? GetVersionString()
    {
        NativeMethods.Check(NativeMethods.ecgcv_version(out var version));
        return NativeMethods.Text(version);
    }

    private static T[] ToArray<T>(IEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values as T[] ?? values.ToArray();
    }

    private static ReadOnlySpan<byte> Bytes<T>(T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(values);

    private static IntPtr[] Handles(Mat[] mats)
    {
        ArgumentNullException.ThrowIfNull(mats);
        if (mats.Length == 0)
            throw new ArgumentException("no matrices", nameof(mats));
        return Array.ConvertAll(mats, mat => mat.CvPtr);
    }

    private static int Int(bool value) => value ? 1 : 0;
}

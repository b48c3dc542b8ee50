using System.Runtime.InteropServices;

namespace EcgImageWeb.Server;

/// <summary>Gives back to the system what a load of pages left behind: the collector's heap and the free lists of the C library, where OpenCV and ONNX Runtime had their buffers.</summary>
internal static class FreeMemory
{
    /// <summary>Takes some 100 ms; meant for when nothing is running.</summary>
    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        try
        {
            _ = MallocTrim(0);
        }
        catch (Exception none) when (none is DllNotFoundException or EntryPointNotFoundException)
        {
            // Only glibc has it; elsewhere what is free there stays there.
        }
    }

    /// <summary>malloc_trim(3): releases the free memory of all arenas.</summary>
    [DllImport("libc.so.6", EntryPoint = "malloc_trim"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MallocTrim(nuint pad);
}

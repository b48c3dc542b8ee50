namespace TorchSharp;

public static partial class torch
{
    /// <summary>LibTorch's default generator; there is no other here.</summary>
    public sealed class Generator : IDisposable
    {
        private long _seed;

        private Generator()
        {
        }

        public static Generator Default { get; } = new();

        public Generator manual_seed(long seed)
        {
            Native.Check(Native.ecgth_manual_seed(seed));
            _seed = seed;
            return this;
        }

        public long initial_seed() => _seed;

        public void Dispose()
        {
            // LibTorch owns the default generator.
        }
    }

    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static partial class random
    {
        public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);
    }

    public static int get_num_threads() => Native.ecgth_get_threads();

    public static void set_num_threads(int num) => Native.Check(Native.ecgth_set_threads(num));
}

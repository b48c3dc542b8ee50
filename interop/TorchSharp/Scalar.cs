namespace TorchSharp;

public sealed class Scalar : IDisposable
{
    private readonly long _integer;
    private readonly double _real;

    private Scalar(torch.ScalarType type, long integer, double real) => (Type, _integer, _real) = (type, integer, real);

    public torch.ScalarType Type { get; }

    internal Arg ToArg() => Type switch
    {
        torch.ScalarType.Float64 => _real,
        torch.ScalarType.Bool => _integer != 0,
        _ => _integer,
    };

    internal long Integer => Type == torch.ScalarType.Float64 ? (long)_real : _integer;

    internal double Real => Type == torch.ScalarType.Float64 ? _real : _integer;

    public static implicit operator Scalar(byte value) => new(torch.ScalarType.Int64, value, 0);

    public static implicit operator Scalar(sbyte value) => new(torch.ScalarType.Int64, value, 0);

    public static implicit operator Scalar(short value) => new(torch.ScalarType.Int64, value, 0);

    public static implicit operator Scalar(int value) => new(torch.ScalarType.Int64, value, 0);

    public static implicit operator Scalar(long value) => new(torch.ScalarType.Int64, value, 0);

    public static implicit operator Scalar(float value) => new(torch.ScalarType.Float64, 0, value);

    public static implicit operator Scalar(double value) => new(torch.ScalarType.Float64, 0, value);

    public static implicit operator Scalar(bool value) => new(torch.ScalarType.Bool, value ? 1 : 0, 0);

    public void Dispose()
    {
        // Nothing is held: LibTorch's scalars travel by value.
    }
}

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;

    public static Scalar ToScalar(this short value) => value;

    public static Scalar ToScalar(this int value) => value;

    public static Scalar ToScalar(this long value) => value;

    public static Scalar ToScalar(this float value) => value;

    public static Scalar ToScalar(this double value) => value;

    public static Scalar ToScalar(this bool value) => value;

    public static float ToSingle(this Scalar value) => (float)value.Real;

    public static double ToDouble(this Scalar value) => value.Real;

    public static byte ToByte(this Scalar value) => checked((byte)value.Integer);

    public static short ToInt16(this Scalar value) => checked((short)value.Integer);

    public static int ToInt32(this Scalar value) => checked((int)value.Integer);

    public static long ToInt64(this Scalar value) => value.Integer;

    public static bool ToBoolean(this Scalar value) => value.Real != 0;
}

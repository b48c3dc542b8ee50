using TorchSharp.Utils;

namespace TorchSharp;

public static class TensorExtensionMethods
{
    public static Modules.Parameter AsParameter(this torch.Tensor tensor) => new(tensor);

    public static float ToSingle(this torch.Tensor value) => value.ToScalar().ToSingle();

    public static double ToDouble(this torch.Tensor value) => value.ToScalar().ToDouble();

    public static byte ToByte(this torch.Tensor value) => value.ToScalar().ToByte();

    public static short ToInt16(this torch.Tensor value) => value.ToScalar().ToInt16();

    public static int ToInt32(this torch.Tensor value) => value.ToScalar().ToInt32();

    public static long ToInt64(this torch.Tensor value) => value.ToScalar().ToInt64();

    public static bool ToBoolean(this torch.Tensor value) => value.ToScalar().ToBoolean();

    /// <summary>Element type, rank and sizes as LEB128 integers, then the raw elements in row-major order.</summary>
    public static void Save(this torch.Tensor tensor, BinaryWriter writer)
    {
        using var onCpu = tensor.DataToSave();
        var shape = onCpu.shape;
        writer.Encode((long)onCpu.dtype);
        writer.Encode(shape.Length);
        foreach (var size in shape)
            writer.Encode(size);
        writer.Write(onCpu.bytes);
    }

    /// <summary>Reads what Save wrote into a tensor of the same element type and shape.</summary>
    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        using var loaded = Read(reader);
        if (loaded.dtype != tensor.dtype)
            throw new ArgumentException("Mismatched tensor data types while loading. Make sure that the model you are loading into is exactly the same as the origin.");
        if (skip)
            return;
        if (!loaded.shape.AsSpan().SequenceEqual(tensor.shape))
            throw new ArgumentException("Mismatched tensor shape while loading. Make sure that the model you are loading into is exactly the same as the origin.");
        using var noGrad = torch.no_grad();
        tensor.copy_(loaded);
    }

    /// <summary>The tensor that Save wrote.</summary>
    internal static torch.Tensor Read(BinaryReader reader)
    {
        var type = (torch.ScalarType)reader.Decode();
        var shape = new long[reader.Decode()];
        for (var i = 0; i < shape.Length; i++)
            shape[i] = reader.Decode();
        var loaded = torch.empty(shape, type);
        reader.BaseStream.ReadExactly(loaded.bytes);
        return loaded;
    }

    private static torch.Tensor DataToSave(this torch.Tensor tensor)
    {
        using var detached = tensor.detach();
        using var onCpu = detached.cpu();
        return onCpu.contiguous();
    }
}

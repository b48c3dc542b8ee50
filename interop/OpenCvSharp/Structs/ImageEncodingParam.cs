namespace OpenCvSharp;

public class ImageEncodingParam(ImwriteFlags id, int value)
{
    public ImwriteFlags EncodingId { get; } = id;
    public int Value { get; } = value;
}

namespace OpenCvSharp;

public class Mat<TElem> : Mat
    where TElem : unmanaged
{
    public Mat(int rows, int cols)
        : base(rows, cols, TypeOf<TElem>())
    {
    }

    public Mat(Size size)
        : base(size, TypeOf<TElem>())
    {
    }
}

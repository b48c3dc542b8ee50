namespace EcgImageWeb.Training.Networks;

/// <summary>One learned array in managed memory.</summary>
/// <param name="Shape">Sizes, outermost first; empty for a scalar.</param>
/// <param name="Values">Row-major values.</param>
public sealed record WeightTensor(long[] Shape, float[] Values)
{
    /// <summary>A matrix with rows and columns exchanged.</summary>
    /// <exception cref="InvalidOperationException">This is no matrix.</exception>
    public WeightTensor Transposed()
    {
        if (Shape.Length != 2) throw new InvalidOperationException("Only a matrix can be transposed.");
        var (rows, columns) = ((int)Shape[0], (int)Shape[1]);
        var values = new float[Values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++) values[column * rows + row] = Values[row * columns + column];
        }

        return new WeightTensor([columns, rows], values);
    }
}

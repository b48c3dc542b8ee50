namespace EcgImageWeb.Training.Networks;

/// <summary>
/// The shape of one example as it passes through a network, without the batch axis: [channels, samples] for signals,
/// [channels, rows, columns] for images, [time, features] for sequences, [features] for vectors.
/// </summary>
public readonly struct Shape : IEquatable<Shape>
{
    private readonly int[] _sizes;

    /// <summary>A shape from its sizes, outermost axis first.</summary>
    /// <param name="sizes">Sizes, each at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public Shape(params int[] sizes)
    {
        foreach (var size in sizes) ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(sizes));
        _sizes = sizes;
    }

    /// <summary>Number of axes.</summary>
    public int Rank => _sizes.Length;

    /// <summary>The sizes, outermost axis first.</summary>
    public IReadOnlyList<int> Sizes => _sizes;

    /// <summary>Number of values in one example.</summary>
    public int Count => _sizes.Aggregate(1, (product, size) => product * size);

    /// <summary>The size of one axis; negative indices count from the end.</summary>
    /// <param name="axis">Axis, for example 0 or -1.</param>
    public int this[int axis] => _sizes[axis < 0 ? axis + _sizes.Length : axis];

    /// <summary>This shape with another size on one axis.</summary>
    /// <param name="axis">Axis; negative indices count from the end.</param>
    /// <param name="size">The new size.</param>
    public Shape With(int axis, int size)
    {
        var sizes = (int[])_sizes.Clone();
        sizes[axis < 0 ? axis + sizes.Length : axis] = size;
        return new Shape(sizes);
    }

    /// <summary>The shape without its outermost axis.</summary>
    public Shape Inner() => new(_sizes[1..]);

    /// <summary>This shape with one more axis outside.</summary>
    /// <param name="size">Size of the new outermost axis.</param>
    public Shape Outer(int size) => new([size, .. _sizes]);

    /// <summary>The sizes behind a batch axis of any length, as a reshape wants them.</summary>
    public long[] Batched() => [-1, .. _sizes.Select(size => (long)size)];

    /// <inheritdoc/>
    public bool Equals(Shape other) => _sizes.AsSpan().SequenceEqual(other._sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _sizes.Aggregate(17, HashCode.Combine);

    /// <summary>Whether two shapes are the same.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>The sizes, as in <c>3x150x150</c>.</summary>
    public override string ToString() => string.Join('x', _sizes);
}

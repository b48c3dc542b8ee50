using EcgImageWeb.Training.Data;

namespace EcgImageWeb.Training.Learning;

/// <summary>The order in which an epoch sees the examples.</summary>
public static class Sampling
{
    /// <summary>Every example once, shuffled.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="random">Source of the order.</param>
    public static int[] Shuffled(IExamples examples, Random random)
    {
        var order = Enumerable.Range(0, examples.Count).ToArray();
        random.Shuffle(order);
        return order;
    }

    /// <summary>As many draws as there are examples, rarer classes drawn more often.</summary>
    /// <param name="balance">0 draws every example alike, 1 every class alike; between, classes are drawn by their count to the power of 1 - balance.</param>
    public static Func<IExamples, Random, int[]> Balanced(double balance) => (examples, random) =>
    {
        var byClass = Enumerable.Range(0, examples.Count).GroupBy(index => ClassOf(examples, index)).OrderBy(group => group.Key).Select(group => group.ToArray()).ToArray();
        var shares = byClass.Select(members => Math.Pow(members.Length, 1 - balance)).ToArray();
        var total = shares.Sum();
        var order = new List<int>(examples.Count);
        for (var position = 0; position < byClass.Length; position++)
        {
            // Whole rounds through the class, each in a new order, so that no member is left out by chance.
            var wanted = (int)Math.Round(examples.Count * shares[position] / total);
            while (wanted > 0)
            {
                random.Shuffle(byClass[position]);
                var take = Math.Min(wanted, byClass[position].Length);
                order.AddRange(byClass[position].AsSpan(0, take));
                wanted -= take;
            }
        }

        var result = order.ToArray();
        random.Shuffle(result);
        return result;
    };

    private static int ClassOf(IExamples examples, int index)
    {
        var (input, target) = (new float[examples.Input.Count], new float[examples.Target.Count]);
        examples.Read(index, input, target);
        return Array.IndexOf(target, target.Max());
    }
}

using EcgImageWeb.Training.Networks;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace EcgImageWeb.Training.Learning;

/// <summary>Multinomial logistic regression with a penalty on the squares of its weights, every class counting alike.</summary>
public static class LogisticRegression
{
    private const int Memory = 20, LargestIterations = 2000;
    private const double Tolerance = 1e-5;

    /// <summary>
    /// Minimises |W|²/2 + C · Σ n / (k · n_y) · -log p(y | x), the sum over the examples, n of them, n_y of the example's class, k classes
    /// (scikit-learn's formulation with balanced class weights); the biases are free.
    /// </summary>
    /// <param name="measures">Measures of each example, already standardised.</param>
    /// <param name="labels">Class of each example.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="c">The inverse of the penalty.</param>
    /// <returns>Weights of a dense layer: <c>weight</c> [classes, measures] and <c>bias</c> [classes].</returns>
    public static IReadOnlyDictionary<string, WeightTensor> Fit(IReadOnlyList<double[]> measures, IReadOnlyList<int> labels, int classes, double c)
    {
        var (count, width) = (measures.Count, measures[0].Length);
        var x = Matrix<double>.Build.DenseOfRowArrays(measures);
        var balance = Enumerable.Range(0, classes).Select(label => (double)count / classes / Math.Max(1, labels.Count(other => other == label))).ToArray();

        (double, Vector<double>) Cost(Vector<double> parameters)
        {
            var weights = Matrix<double>.Build.DenseOfColumnMajor(width, classes, parameters.SubVector(0, width * classes));
            var scores = x * weights;
            var cost = 0.5 * weights.PointwisePower(2).Enumerate().Sum();
            var biasGradient = Vector<double>.Build.Dense(classes);
            for (var example = 0; example < count; example++)
            {
                var row = scores.Row(example) + parameters.SubVector(width * classes, classes);
                var largest = row.Maximum();
                var exponentials = row.Map(value => Math.Exp(value - largest));
                var factor = c * balance[labels[example]];
                cost -= factor * (row[labels[example]] - largest - Math.Log(exponentials.Sum()));
                var error = factor * (exponentials / exponentials.Sum());
                error[labels[example]] -= factor;
                scores.SetRow(example, error);
                biasGradient += error;
            }

            var gradient = x.TransposeThisAndMultiply(scores) + weights;
            return (cost, Vector<double>.Build.DenseOfEnumerable(gradient.ToColumnMajorArray().Concat(biasGradient)));
        }

        var best = new LimitedMemoryBfgsMinimizer(Tolerance, 1e-9, 1e-12, Memory, LargestIterations)
            .FindMinimum(ObjectiveFunction.Gradient(Cost), Vector<double>.Build.Dense((width + 1) * classes)).MinimizingPoint;
        // Column-major [width, classes] is row-major [classes, width].
        return new Dictionary<string, WeightTensor>
        {
            ["weight"] = new([classes, width], [.. best.SubVector(0, width * classes).Select(value => (float)value)]),
            ["bias"] = new([classes], [.. best.SubVector(width * classes, classes).Select(value => (float)value)]),
        };
    }
}

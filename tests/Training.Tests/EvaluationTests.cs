using EcgImageWeb.Training.Charts;
using EcgImageWeb.Training.Evaluation;

namespace EcgImageWeb.Training.Tests;

public class EvaluationTests
{
    private static readonly string[] Labels = ["a", "b", "c"];

    // Truth a: 3 as a, 1 as b. Truth b: 2 as b, 2 as c. Truth c: 1 as a, 1 as c.
    private static readonly ConfusionMatrix Matrix = ConfusionMatrix.Of(Labels, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2], [0, 0, 0, 1, 1, 1, 2, 2, 0, 2]);

    [Fact]
    public void Metrics_are_those_of_a_table_worked_out_by_hand()
    {
        Assert.Equal(new[,] { { 3, 1, 0 }, { 0, 2, 2 }, { 1, 0, 1 } }, Matrix.Counts);
        Assert.Equal(0.6, Matrix.Accuracy, 12);
        Assert.Equal(3.0 / 4, Matrix.Precision(0), 12);
        Assert.Equal(2.0 / 3, Matrix.Precision(1), 12);
        Assert.Equal(1.0 / 3, Matrix.Precision(2), 12);
        Assert.Equal(1.0 / 2, Matrix.Recall(1), 12);
        Assert.Equal(4.0 / 7, Matrix.F1(1), 12);
        Assert.Equal(2.0 / 5, Matrix.F1(2), 12);
        Assert.Equal((0.75 + 4.0 / 7 + 0.4) / 3, Matrix.MacroF1, 12);
        Assert.Equal(4, Matrix.Support(1));
    }

    [Fact]
    public void A_class_that_is_never_answered_has_no_precision()
        => Assert.Equal(0, ConfusionMatrix.Of(Labels, [0, 1], [0, 0]).Precision(2));

    [Fact]
    public void Bootstrap_intervals_hold_the_mean_and_widen_when_pages_stand_in_groups()
    {
        var random = new Random(1);
        var right = Enumerable.Range(0, 200).Select(index => (index / 10 * 7 % 10) < 7 ? 1.0 : 0.0).ToArray();
        double Mean(IReadOnlyList<int> chosen) => chosen.Average(index => right[index]);
        var each = Bootstrap.Percentile([.. Enumerable.Range(0, 200)], Mean);
        var grouped = Bootstrap.Percentile([.. Enumerable.Range(0, 200).Select(index => index / 10)], Mean);
        var mean = right.Average();
        // Normal approximation of the mean of 200 coin tosses.
        Assert.Equal(mean - 1.96 * Math.Sqrt(mean * (1 - mean) / 200), each.Low, 0.01);
        Assert.InRange(mean, each.Low, each.High);
        Assert.True(grouped.High - grouped.Low > 2 * (each.High - each.Low));
    }

    [Fact]
    public void Calibration_error_is_the_distance_of_confidence_from_what_is_right()
    {
        double[][] sure = [.. Enumerable.Repeat(new[] { 0.9, 0.1 }, 10)];
        Assert.Equal(0.3, Calibration.ExpectedError(sure, [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]), 6);
        Assert.Equal(0, Calibration.ExpectedError(sure, [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), 6);
    }

    [Fact]
    public void Temperature_scaling_finds_how_much_too_sure_outputs_are()
    {
        // Right in 9 of 10 cases: calibrated odds are 9 to 1; these are 9 to the third.
        var odds = Math.Pow(9, 3);
        double[][] sure = [.. Enumerable.Repeat(new[] { odds / (odds + 1), 1 / (odds + 1) }, 1000)];
        var truth = Enumerable.Range(0, 1000).Select(index => index % 10 == 0 ? 1 : 0).ToArray();
        Assert.Equal(3, Calibration.FitTemperature(sure, truth), 2);
        Assert.Equal(0.9, Calibration.Tempered(sure[0], 3)[0], 6);
    }

    [Fact]
    public void Tables_and_charts_show_the_numbers()
    {
        Assert.Contains("| mean  |     58.33 |  58.33 | 57.38 |       10 |", MarkdownTable.Of(Matrix));
        Assert.Contains("| b              | 0 | 2 | 2 |", MarkdownTable.Counts(Matrix));
        var chart = LineChart.Draw("accuracy", "accuracy", ("training", [0.5, 0.7, 0.9]), ("validation", [0.5, null, 0.6]));
        Assert.Equal(2, System.Xml.Linq.XDocument.Parse(chart).Descendants().Count(element => element.Name.LocalName == "polyline"));
        Assert.Equal(9, System.Xml.Linq.XDocument.Parse(ConfusionChart.Draw("pages", Matrix)).Descendants().Count(element => element.Attribute("fill-opacity") is not null));
    }
}

namespace EcgImageWeb.Training.Models;

/// <summary>A row of a paper's table, as printed, 0 to 1.</summary>
/// <param name="Table">Where it is printed.</param>
/// <param name="Row">The row's name there.</param>
/// <param name="Accuracy">Accuracy; the SEVGGNet paper prints the mean of the classes' one-against-rest accuracies.</param>
/// <param name="Recall">Sensitivity, macro.</param>
/// <param name="Precision">Precision, macro.</param>
/// <param name="F1">F1, macro.</param>
public sealed record PaperFigures(string Table, string Row, double? Accuracy, double? Recall, double? Precision, double? F1);

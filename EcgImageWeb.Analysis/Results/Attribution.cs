namespace EcgImageWeb.Analysis.Results;

/// <summary>
/// Why a model says a class: how far the class's probability falls when the trace around a moment is replaced by a straight line (occlusion; Zeiler and
/// Fergus 2014). Above zero the trace there speaks for the class, below zero against it.
/// </summary>
/// <param name="Model">The model.</param>
/// <param name="Class">The class.</param>
/// <param name="Lead">The lead.</param>
/// <param name="BeatS">The beat that is asked about, seconds; null where the model looks at a strip.</param>
/// <param name="StartS">Time of the first value, seconds.</param>
/// <param name="StepS">Time between values, seconds.</param>
/// <param name="Values">Fall of the probability, -1 to 1; one value a step.</param>
public sealed record Attribution(string Model, string Class, string Lead, double? BeatS, double StartS, double StepS, IReadOnlyList<double> Values);

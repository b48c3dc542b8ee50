namespace EcgImageWeb.Cli.Commands;

/// <summary>What is true of one strip of ten seconds, what a model says of the recording, and what it says of the recording that went over paper.</summary>
/// <param name="Look">clean, scan or photo.</param>
/// <param name="Name">Record and place.</param>
/// <param name="Truth">True classes: one, or one a beat.</param>
/// <param name="Recorded">Answers for the recording; "" for a beat that was not found.</param>
/// <param name="Digitized">Answers after page and digitization.</param>
/// <param name="Agreement">How far the strip that was read agrees with the recorded one (<see cref="StripReading.Agreement"/>).</param>
internal sealed record DigitizedAnswers(string Look, string Name, string[] Truth, string[] Recorded, string[] Digitized, double Agreement);

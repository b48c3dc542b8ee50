using System.Text.RegularExpressions;
using EcgImageWeb.Analysis.Tests;

namespace Cli.Tests;

/// <summary>What every command has in common: help, and how it ends when it is called wrongly.</summary>
public partial class CommandTests(EcgCli ecg)
{
    [Fact]
    public async Task Every_command_explains_itself()
    {
        var (code, output, _) = await ecg.RunAsync("--help");
        Assert.Equal(0, code);
        var commands = CommandLine().Matches(output[output.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value).ToArray();
        Assert.Contains("analyze", commands);
        Assert.Contains("bench", commands);

        foreach (var (command, help) in await Task.WhenAll(commands.Select(async command => (command, await ecg.RunAsync(command, "--help")))))
        {
            Assert.Equal((0, ""), (help.Code, help.Errors));
            Assert.Matches($@"Usage:\s+\S+ {command} ", help.Output);
            Assert.Contains("Options:", help.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Required command")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("argument missing", "analyze", "--out", "OUT")]
    [InlineData("--out", "analyze", "PAGE")]
    [InlineData("oracle", "analyze", "PAGE", "--out", "OUT", "--models", "cnn,oracle")]
    [InlineData("--aggregation is mean, majority, confidence or maximum", "analyze", "PAGE", "--out", "OUT", "--aggregation", "median")]
    [InlineData("tpu", "analyze", "PAGE", "--out", "OUT", "--device", "tpu")]
    [InlineData("7", "analyze", "PAGE", "--out", "OUT", "--device", "7")]
    [InlineData("--out", "analyze", "PAGE", "--out", "PAGE")]
    [InlineData("moon", "bench", "moon")]
    [InlineData("--runs", "bench", "page", "--runs", "0")]
    [InlineData("missing.jpg", "bench", "page", "--file", "missing.jpg")]
    public async Task Wrong_use_ends_with_2_and_says_what_is_wrong(string said, params string[] arguments)
    {
        var never = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));

        var (code, output, errors) = await ecg.RunAsync([.. arguments.Select(argument => argument switch { "OUT" => never, "PAGE" => EcgCli.Page, _ => argument })]);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(said, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(never));
    }

    [Fact]
    public async Task A_damaged_model_ends_with_3_and_a_sentence()
    {
        var root = Directory.CreateTempSubdirectory("ecg-tests-").FullName;
        try
        {
            TinyModels.WriteTo(Path.Combine(root, "models"));
            await File.AppendAllTextAsync(Path.Combine(root, "models", "cnn", "cnn.onnx"), "x", TestContext.Current.CancellationToken);

            var (code, _, errors) = await EcgCli.RunInAsync(root, "analyze", EcgCli.Page, "--out", Path.Combine(root, "out"));

            Assert.Equal(3, code);
            Assert.Contains("is not the one its manifest describes", errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(root, "out", "page", "analysis.json")));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [GeneratedRegex(@"^  ([a-z]+) ", RegexOptions.Multiline)]
    private static partial Regex CommandLine();
}

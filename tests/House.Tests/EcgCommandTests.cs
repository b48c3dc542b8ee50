using System.Diagnostics;

namespace House.Tests;

/// <summary>What ./ecg says before it sets anything up.</summary>
public class EcgCommandTests
{
    [Theory]
    [InlineData("run")]
    [InlineData("test")]
    [InlineData("analyze")]
    [InlineData("train")]
    [InlineData("evaluate")]
    [InlineData("bench")]
    public void Help_names_every_command(string command)
    {
        var (status, output, _) = Ecg("--help");

        Assert.Equal(0, status);
        Assert.Contains($"\n  {command} ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "--port", "80")]
    [InlineData("run", "--urls")]
    [InlineData("test", "--filter")]
    [InlineData("setup", "now")]
    [InlineData("--unknown")]
    [InlineData]
    public void Wrong_use_ends_with_2_and_says_where_help_is(params string[] arguments)
    {
        var (status, output, errors) = Ecg(arguments);

        Assert.Equal(2, status);
        Assert.Empty(output);
        Assert.Contains("--help", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("test")]
    [InlineData("setup")]
    public void Commands_of_the_script_explain_themselves_without_setting_up(string command)
    {
        var (status, output, errors) = Ecg(command, "--help");

        Assert.Equal((0, ""), (status, errors));
        Assert.StartsWith($"usage: ./ecg {command}", output, StringComparison.Ordinal);
    }

    private static (int Status, string Output, string Errors) Ecg(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "ecg"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var ecg = Process.Start(start)!;
        var errors = ecg.StandardError.ReadToEndAsync();
        var output = ecg.StandardOutput.ReadToEnd();
        ecg.WaitForExit();
        return (ecg.ExitCode, output, errors.Result);
    }
}

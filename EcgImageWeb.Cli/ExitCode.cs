namespace EcgImageWeb.Cli;

/// <summary>The exit codes of every command (docs/formats.md).</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Refused = 1;
    public const int WrongUse = 2;
    public const int Internal = 3;
}

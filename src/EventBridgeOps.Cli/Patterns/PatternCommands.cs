using System.CommandLine;

namespace EventBridgeOps.Cli;

/// <summary><c>ebops pattern</c>.</summary>
internal static class PatternCommands
{
    public static Command Build(Terminal terminal) => new("pattern", "Event patterns, tested without the service.")
    {
        CasesCommand.Build(terminal),
    };
}

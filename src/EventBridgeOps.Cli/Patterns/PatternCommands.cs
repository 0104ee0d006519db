using System.CommandLine;
using EventBridgeOps.Cli.Hosting;

namespace EventBridgeOps.Cli.Patterns;

/// <summary><c>ebops pattern</c>.</summary>
internal static class PatternCommands
{
    public static Command Build(Terminal terminal) => new("pattern", "Tests event patterns locally, without calling EventBridge.")
    {
        TestCommand.Build(terminal),
        ExplainCommand.Build(terminal),
        LintCommand.Build(terminal),
        CasesCommand.Build(terminal),
        MeasureCommand.Build(terminal),
        BenchCommand.Build(terminal),
    };
}

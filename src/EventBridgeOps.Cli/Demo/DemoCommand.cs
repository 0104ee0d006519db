using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Cli.Demo;

/// <summary><c>ebops demo</c>.</summary>
internal static class DemoCommand
{
    public static Command Build(Terminal terminal)
    {
        Option<string> engine = Options.Choice("--engine", "The sandbox engine to use.", "builtin", "moto");
        Command command = new("demo", "Runs a demonstration on a local AWS sandbox. No AWS account or configuration is needed, and nothing is left behind.") { engine };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            SandboxEngineKind kind = parsed.GetValue(engine) == "moto" ? SandboxEngineKind.Moto : SandboxEngineKind.BuiltIn;
            return await new DemoStory(terminal).RunAsync(kind, cancellationToken);
        });
        return command.WithExamples(
            """
            ebops demo
            ebops demo --engine moto
            """);
    }
}

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
        Option<string> engine = Options.Choice("--engine", "The local AWS that it plays on.", "builtin", "moto");
        Command command = new("demo", "Shows it at work on a local AWS: no account, no configuration, nothing left behind.") { engine };
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

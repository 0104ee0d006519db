using System.CommandLine;
using EventBridgeOps.Cli.Hosting;

namespace EventBridgeOps.Cli.Projects;

/// <summary><c>ebops project</c>.</summary>
internal static class ProjectCommands
{
    public static Command Build(Terminal terminal) => new("project", "Keeps event schemas, examples and rules in a folder, and checks them offline.")
    {
        ProjectMakingCommands.New(terminal),
        ProjectMakingCommands.Add(terminal),
        ProjectMakingCommands.Configure(terminal),
        ProjectTestCommand.Build(terminal),
    };
}

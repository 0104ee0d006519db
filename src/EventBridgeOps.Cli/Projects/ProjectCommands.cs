using System.CommandLine;
using EventBridgeOps.Cli.Hosting;

namespace EventBridgeOps.Cli.Projects;

/// <summary><c>ebops project</c>.</summary>
internal static class ProjectCommands
{
    public static Command Build(Terminal terminal) => new("project", "Keeps event schemas, examples and rules in a folder, checks them offline and live, and deploys them.")
    {
        ProjectMakingCommands.New(terminal),
        ProjectMakingCommands.Add(terminal),
        ProjectMakingCommands.Configure(terminal),
        ProjectTestCommand.Build(terminal),
        ProjectExportCommands.Export(terminal),
        ProjectPermissionsCommand.Build(terminal),
        ProjectPublishCommands.Publish(terminal),
        ProjectPublishCommands.Status(terminal),
        ProjectPublishCommands.Logs(terminal),
        ProjectPublishCommands.Unpublish(terminal),
    };
}

using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Projects.Making;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Cli.Projects;

/// <summary>The commands that say what a project becomes, without an account.</summary>
internal static class ProjectExportCommands
{
    public static Command Export(Terminal terminal)
    {
        RequestOptions<ProjectExportRequest> options = new(ProjectExportRequest.Request);
        OutputArguments output = new();
        Command command = new("export", "Exports the CloudFormation template of a project, without an account.");
        command.AddAll([.. options.All, .. output.All]);
        command.At("--path");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using Screen screen = output.Screen(parsed, terminal);
            ProjectExportRequest request = options.Read(parsed, terminal.Environment);
            ProjectExport export = ProjectExport.Of(terminal.Host.FullPath(request.Path ?? "."), request);
            foreach (TemplateWarning warning in export.Template.Warnings)
                screen.Warning(ProjectExport.Say(warning));
            if (request.OutputPath is { } folder)
                await RecordWriter<ProjectFile>.For(output.Format(parsed), screen, ProjectFile.Shape).WriteAllAsync(Streams.From(export.Write(terminal.Host.FullPath(folder))));
            else
                screen.JsonData(export.ToText());
            cancellationToken.ThrowIfCancellationRequested();
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops project export shop > template.json
            ebops project export shop --environment development --output-path template
            ebops project export shop --format terraform --output-path terraform
            """,
            """
            The template has the event bus, the schema registry, rules with their targets
            and permissions, dead-letter queues, alarms, the archive and the log, and the
            resources of the project. What JSON Schema draft 4, which the registry takes,
            cannot say is a warning. Above 450 resources, rules and schemas are in nested
            stacks, whose templates go to the bucket that the parameter TemplateBucket
            names. With --consumer, the template is the one for the account that receives
            the events.
            """);
    }
}

using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Checks;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Installation;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Patterns.Values;
using EventBridgeOps.Projects.Publishing;

namespace EventBridgeOps.Cli.Projects;

/// <summary>The commands that deploy a project, and show and remove what was deployed.</summary>
internal static class ProjectPublishCommands
{
    public static Command Publish(Terminal terminal)
    {
        RequestOptions<PublishRequest> options = new(PublishRequest.Request);
        ApprovalArguments approval = new(asks: true, "--auto-approve");
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("publish", "Deploys a project as a CloudFormation stack: event bus, schemas, rules, targets, archive, log and permissions.");
        command.AddAll([.. options.All, .. approval.All, .. session.All, .. output.All]);
        command.At("--path");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            PublishRequest request = options.Read(parsed, terminal.Environment);
            request = request with { Path = terminal.Host.FullPath(request.Path ?? ".") };
            using Screen screen = output.Screen(parsed, terminal);
            ApproveChange approve = approval.Bind(parsed, screen);
            using OpsSession opened = await session.OpenAsync(parsed, screen, given => OpsSession.Open(In(given, request)), cancellationToken);
            await RecordWriter<ProjectChange>.For(output.Format(parsed), screen, ProjectChange.Shape)
                .WriteAllAsync(opened.Get<ProjectPublisher>().PublishAsync(request, new PublishView(screen), approve, screen, cancellationToken));
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops project publish shop --environment development
            ebops project publish shop --environment production --auto-approve
            ebops project publish shop --what-if
            """,
            """
            Checks the project, the credentials, the permissions and the names, shows the
            changes that CloudFormation plans, and asks. Then the stack is deployed, what
            was deployed is read back, the examples are sent through a temporary event
            bus, and what was published is recorded in ebproject.lock.json. A run that was
            interrupted goes on when it is run again, and says which steps it skips as
            done. With --fresh-start, it is forgotten, and what it left is deleted. A
            rollback that failed is continued, without the resources of
            --resource-to-skip. A change that would lose data is refused, unless the
            resource is named with --discard. With --what-if, a change set is created and
            deleted again; no resource is changed. The logs of the steps are in the folder
            .ebproject.
            """);
    }

    public static Command Unpublish(Terminal terminal)
    {
        RequestOptions<UnpublishRequest> options = new(UnpublishRequest.Request);
        ApprovalArguments approval = new(asks: true, "--auto-approve");
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("unpublish", "Deletes the stack of a project, and proves that nothing is left.");
        command.AddAll([.. options.All, .. approval.All, .. session.All, .. output.All]);
        command.At("--path");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            UnpublishRequest request = options.Read(parsed, terminal.Environment);
            request = request with { Path = terminal.Host.FullPath(request.Path ?? ".") };
            using Screen screen = output.Screen(parsed, terminal);
            ApproveChange approve = approval.Bind(parsed, screen);
            using OpsSession opened = await session.OpenAsync(parsed, screen, given => OpsSession.Open(In(given, request)), cancellationToken);
            await RecordWriter<RemovedResource>.For(output.Format(parsed), screen, RemovedResource.Shape).WriteAllAsync(opened.Get<ProjectUnpublisher>().UnpublishAsync(request, new PublishView(screen), approve, screen, cancellationToken));
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops project unpublish shop --discard Archive --what-if
            ebops project unpublish shop --discard Archive --discard DeadLetterQueue --yes
            """,
            """
            Archives, queues with messages, buckets and tables are not deleted
            unless they are named with --discard. Resources that ebproject.yaml retains have
            the status Kept. What could not be deleted has the status Left, and a message
            says why and what to do. The command can be run again after an interruption or
            a correction. The templates in the bucket of --bucket-name are deleted too.
            """);
    }

    public static Command Status(Terminal terminal)
    {
        Command command = new("status", "Shows the stack of a project, the last run, differences from the folder, and the deliveries of the last hour.");
        command = CheckTree.Act<ProjectStatusQuery>(
            terminal, command, new(ProjectStatusQuery.Request), null, query => query with { Path = terminal.Host.FullPath(query.Path ?? ".") }, In,
            (query, opened, _, screen, cancellationToken) => opened.Get<ProjectStatusReader>().ShowAsync(query, screen, cancellationToken),
            query => query.Watch);
        command.At("--path");
        return command.WithExamples(
            """
            ebops project status shop --environment development
            ebops project status shop --watch
            """,
            """
            With --watch, the events of the stack and the steps of the run are shown as they
            happen, until the run ends or you press Ctrl+C. Of the rest, only lines that
            change are shown again.
            The exit code is 3 if something needs attention: a stack that failed, a rule or
            schema that differs from the folder, events that could not be delivered.
            """);
    }

    public static Command Logs(Terminal terminal)
    {
        RequestOptions<ProjectLogQuery> options = new(ProjectLogQuery.Request);
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("logs", "Shows the logs of a published project: of its event bus, and of its logger.");
        command.AddAll([.. options.All, .. session.All, .. output.All]);
        command.At("--path");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ProjectLogQuery query = options.Read(parsed, terminal.Environment);
            query = query with { Path = terminal.Host.FullPath(query.Path ?? ".") };
            query.Check(terminal.Time.GetUtcNow());
            using Screen screen = output.Screen(parsed, terminal);
            OutputFormat format = output.Format(parsed);
            if (query.Follow && format == OutputFormat.Table && screen.Query is null)
                format = OutputFormat.Text; // A table is drawn in the end.
            using OpsSession opened = await session.OpenAsync(parsed, screen, given => OpsSession.Open(In(given, query)), cancellationToken);
            await RecordWriter<ProjectLogLine>.For(format, screen, ProjectLogLine.Shape, text: query.Follow ? line => InertText.OneLine(line.ToString()) : null, follows: query.Follow)
                .WriteAllAsync(opened.Get<ProjectLogReader>().ReadAsync(query, cancellationToken));
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops project logs shop --follow
            ebops project logs shop --since 1d --level Error
            """,
            """
            With --follow, the command shows new lines until you press Ctrl+C. The records
            of event buses and the JSON logs of functions say their level; other lines do
            not.
            """);
    }

    /// <summary>The session of an environment: in its Region, unless another one is specified.</summary>
    internal static SessionOptions In(SessionOptions given, ProjectEnvironmentQuery query) => given.Region is null ? given with { Region = query.Read(query.Path!).Environment.Region } : given;
}

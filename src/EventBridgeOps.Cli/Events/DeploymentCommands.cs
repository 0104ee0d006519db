using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Ci;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Completion;
using EventBridgeOps.Deployments;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Cli.Events;

/// <summary><c>ebops deployment</c>.</summary>
internal static class DeploymentCommands
{
    public static Command Build(Terminal terminal) => new("deployment", "Publishes deployment events from a CI run.") { Send(terminal) };

    private static Command Send(Terminal terminal)
    {
        Option<string?> repository = Options.Text("--repository", "name", "The repository of the image.").Naming(NameKind.Repository);
        Option<string?> tag = Options.Text("--tag", "tag", "The tag of the image.").Naming(NameKind.ImageTag);
        Option<string?> source = Options.Text("--source", "name", "The source of the event (default in a CI run: github.actions or azure.pipelines).");
        Option<string?> branch = Options.Text("--branch", "name", "The branch (default: the branch of the CI run).");
        Option<string?> commit = Options.Text("--commit", "hash", "The commit (default: the commit of the CI run).");
        Option<string?> runUrl = Options.Text("--run-url", "url", "The URL of the run (default: the URL of the CI run).");
        Option<string?> actor = Options.Text("--actor", "name", "The user who started the run (default: the user of the CI run).");
        SendArguments send = new("the default event bus");
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("send", $"Sends a '{Deployment.DetailType}' event.");
        command.AddAll([repository, tag, source, branch, commit, runUrl, actor, .. send.All, .. session.All, .. output.All]);
        command.At("--repository", "--tag");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CiEnvironment ci = CiEnvironment.Read(terminal.Environment);
            Deployment deployment = Deployment.From(
                parsed.GetValue(repository), parsed.GetValue(tag), parsed.GetValue(source), parsed.GetValue(branch), parsed.GetValue(commit), parsed.GetValue(runUrl), parsed.GetValue(actor), ci);
            EventEntry entry = deployment.ToEntry(send.EventBusName(parsed));
            using Screen screen = output.Screen(parsed, terminal);
            ApproveChange approve = send.Approval.Bind(parsed, screen);
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            DeploymentReport report = new(ci);
            return await EventReport.ShowAsync(
                opened.Get<EventPublisher>().PublishAsync(Streams.From([entry]), send.Options(parsed), approve, screen, cancellationToken),
                output.Format(parsed), screen,
                result =>
                {
                    foreach (string line in report.Lines(deployment, result))
                        screen.Tell(line);
                    report.Summarize(deployment, result, screen);
                });
        });
        return command.WithExamples(
            """
            ebops deployment send --repository myproject_backend --tag "$GITHUB_SHA"
            ebops deployment send --repository shop/api --tag 1.4.2 \
              --source ci.local --branch main --commit 3f9a1c2
            """,
            """
            In GitHub Actions, the command also writes a notice and a line in the job
            summary. In Azure Pipelines, it also writes a ##vso line that sets the variable
            EB_EVENT_ID.
            """);
    }
}

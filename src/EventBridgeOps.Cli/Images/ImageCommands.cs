using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Cli.Images;

/// <summary><c>ebops image</c>.</summary>
internal static class ImageCommands
{
    public static Command Build(Terminal terminal) => new("image", "Lists the images of AWS Batch job definitions, and registers revisions with new images.") { List(terminal), Update(terminal) };

    private static Command List(Terminal terminal)
    {
        SessionArguments session = new();
        ReportArguments output = new();
        RequestOptions<ImageQuery> images = new(ImageQuery.Request);
        Option<bool> failOnDrift = Options.Flag("--fail-on-drift", "Return exit code 2 if an image is Missing.");
        Command command = new("list", "Lists the images that job definitions use, and whether the images exist.");
        command.AddAll([.. images.All, failOnDrift, .. session.All, .. output.All]);
        command.At("--job-definition");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            ImageQuery query = images.Read(parsed, terminal.Environment);
            query.Check();
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            SortedDictionary<ImageState, int> states = [];
            DriftCount drift = new();
            int count = await RecordWriter<BatchImage>.For(output.Format(parsed), screen, BatchImage.Shape)
                .WriteAllAsync(opened.Get<ImageScanner>().ScanAsync(query, screen, cancellationToken), image =>
                {
                    states[image.State] = states.GetValueOrDefault(image.State) + 1;
                    drift.Add(image);
                });
            if (count > 0)
                screen.Say(ImageCommandMessages.Count(count, states.Select(state => $"{state.Value} {state.Key}")));
            else if (screen.Failures == 0)
                screen.Say(query.NothingFound());
            return screen.FailureCode ?? (drift.Found && parsed.GetValue(failOnDrift) ? ExitCode.Drift : ExitCode.Done);
        });
        return command.WithExamples(
            """
            ebops image list --repository-name newsarchive-backend
            ebops image list --job-definition 'news*' --output json
            """,
            """
            The latest ACTIVE revision of each job definition is shown. States: Exists,
            Missing (jobs cannot start), NotChecked (not in a private Amazon ECR registry),
            Unresolved (the lookup failed).
            """);
    }

    private static Command Update(Terminal terminal)
    {
        SessionArguments session = new();
        ReportArguments output = new();
        ApprovalArguments approval = new();
        ImageArguments image = new();
        Command command = new("update", "Registers new revisions of job definitions that differ only in the image.");
        command.AddAll([.. image.All, .. approval.All, session.Journal.Option, .. session.All, .. output.All]);
        command.At("--job-definition");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            ImageUpdateOptions options = image.BindOptions(parsed, terminal);
            options.Check();
            ApproveChange approve = approval.Bind(parsed, screen);
            IReadOnlyList<ImageSelection> selections = await image.ReadAsync(parsed, options.IncludeUntagged, screen, cancellationToken);
            ChangeReport report = new(screen, output.Format(parsed), session.Journal.Path(parsed), options.PlanPath);
            List<Message> next = [];
            await report.ShowAsync(RunAsync(), cancellationToken);
            next.ForEach(screen.Say);
            return screen.FailureCode ?? ExitCode.Done;

            // An event is processed in its own Region, unless a Region is specified.
            async IAsyncEnumerable<BatchImageUpdate> RunAsync()
            {
                foreach (IGrouping<string?, ImageSelection> region in selections.GroupBy(selection => selection.PushedDigest is null ? null : selection.RegistryRegion))
                {
                    bool isOfEvent = false;
                    using OpsSession opened = await session.OpenAsync(parsed, screen, given =>
                    {
                        isOfEvent = given.Region is null && region.Key is not null;
                        return OpsSession.Open(given with { Region = given.Region ?? region.Key });
                    }, cancellationToken);
                    HashSet<string> registered = [];
                    await foreach (BatchImageUpdate update in opened.Get<ImageUpdate>().RunAsync(region.ToAsync(), options with { ChangeStarted = report.Started }, approve, screen, cancellationToken))
                    {
                        if (update.Status == SyncStatus.Updated)
                            registered.Add(update.JobDefinitionName);
                        yield return update;
                    }

                    if (await opened.Get<TargetsBehind>().FindAsync(registered, isOfEvent ? region.Key : null, options.ThrottleLimit, screen, cancellationToken) is { } step)
                        next.Add(step);
                }
            }
        });
        return command.WithExamples(
            """
            ebops image update --repository-name newsarchive-backend --image-tag v42
            ebops image update --job-definition 'news*' --pin-digest --image-uri \
              123456789012.dkr.ecr.eu-west-1.amazonaws.com/newsarchive-backend:v42
            ebops image update --event-path ecr-push-event.json --keep-revisions 5
            ebops target sync --event-bus-name '*' --job-definition 'news*'
            """,
            """
            Only containers that use an image of the repository are changed. Job definitions
            that already use the image are skipped. The last example updates the targets to
            the new revisions.
            """);
    }
}

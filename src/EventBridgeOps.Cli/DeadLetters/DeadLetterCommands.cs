using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.DeadLetters;

namespace EventBridgeOps.Cli.DeadLetters;

/// <summary><c>ebops dlq</c>.</summary>
internal static class DeadLetterCommands
{
    public static Command Build(Terminal terminal) =>
        new("dlq", "Lists, delivers and removes dead letters: events that could not be delivered.") { List(terminal), Redrive(terminal), Export(terminal), Remove(terminal) };

    /// <summary>Delivers dead letters and shows the results.</summary>
    public static Task RedriveAsync(OpsSession session, RedriveOptions options, ApproveChange approve, Screen screen, OutputFormat format, CancellationToken cancellationToken)
    {
        DeadLetterReport report = new(screen, format);
        return report.ShowAsync(session.Get<DeadLetterRedrive>().RunAsync(options with { ChangeStarted = report.Started }, approve, screen, cancellationToken), options);
    }

    private static Command List(Terminal terminal)
    {
        RequestOptions<DeadLetterQuery> letters = new(DeadLetterQuery.Request);
        SessionArguments session = new();
        ReportArguments output = new();
        Command command = new("list", "Lists the dead letters of queues, with why each event was not delivered, and whether it could be now.");
        command.AddAll([.. letters.All, .. session.All, .. output.All]);
        command.At("--queue-name");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            DeadLetterQuery query = letters.Read(parsed, terminal.Environment);
            query.Check();
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            return await RecordWriter<DeadLetter>.For(output.Format(parsed), screen, DeadLetter.Shape).ListAsync(opened.Get<DeadLetterReader>().ReadAsync(query, screen, cancellationToken), query.NothingFound);
        });
        return command.WithExamples(
            """
            ebops dlq list
            ebops dlq list mvp-dead-letters --output json
            ebops dlq list --event-bus-name mvp-development --cause RevisionNotActive
            """,
            """
            A message is hidden from other consumers while it is read, and given back right
            after. States: Ready (the cause is gone), Blocked (it still exists), Unknown,
            NotRedrivable (the rule or the target no longer exists, or the message is not a
            dead letter, or EventBridgeOps does not deliver to targets of this kind).
            """);
    }

    private static Command Redrive(Terminal terminal)
    {
        RequestOptions<RedriveOptions> letters = new(RedriveOptions.Request);
        ApprovalArguments approval = new();
        SessionArguments session = new();
        ReportArguments output = new();
        Command command = new("redrive", "Delivers the events of dead letters whose cause is gone to their target alone, and deletes the messages.");
        command.AddAll([.. letters.All, .. approval.All, session.Journal.Option, .. session.All, .. output.All]);
        command.At("--queue-name");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            RedriveOptions options = letters.Read(parsed, terminal.Environment);
            options.Check();
            ApproveChange approve = approval.Bind(parsed, screen);
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            await RedriveAsync(opened, options, approve, screen, output.Format(parsed), cancellationToken);
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops dlq redrive --what-if
            ebops dlq redrive mvp-dead-letters
            ebops dlq redrive --event-bus-name mvp-development --rule-name 'mvp-*'
            ebops dlq redrive --message-id 3f0c7a52-12ab-4c1e-9a55-0d5e6d3f1a11 --force
            """,
            """
            The target is called as EventBridge calls it (SubmitJob, SendMessage, Publish,
            Invoke, PutEvents), with the input that its rule defines now. A message is
            deleted only after the target accepted the event. Each delivery is recorded in
            the journal first: if the run is interrupted, run it again. An event that was
            delivered is not delivered again.
            """);
    }

    private static Command Export(Terminal terminal)
    {
        RequestOptions<DeadLetterQuery> letters = new(DeadLetterQuery.Request);
        Option<string?> path = Options.Text("--path", "path", "The file, which must not exist. Only you can read it.");
        path.Required = true;
        ApprovalArguments approval = new();
        SessionArguments session = new();
        ScreenArguments shown = new();
        Command command = new("export", "Saves dead letters in a file, one JSON object a line.");
        command.AddAll([.. letters.All, path, .. approval.All, .. session.All, .. shown.All]);
        command.At("--queue-name");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using Screen screen = shown.Screen(parsed, terminal, query: null);
            DeadLetterQuery query = letters.Read(parsed, terminal.Environment);
            query.Check();
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            IAsyncEnumerable<DeadLetter> found = opened.Get<DeadLetterReader>().ReadAsync(query, screen, cancellationToken);
            if (await DeadLetterFile.SaveAsync(terminal.Host.FullPathOrNone(parsed.GetValue(path))!, found, approval.Bind(parsed, screen), cancellationToken) is { } said)
                screen.Say(said);
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops dlq export mvp-dead-letters --path letters.jsonl
            """,
            """
            The messages stay in the queue. To remove them, run 'ebops dlq remove'.
            """);
    }

    private static Command Remove(Terminal terminal)
    {
        RequestOptions<DeadLetterQuery> letters = new(DeadLetterQuery.Request);
        ApprovalArguments approval = new(asks: true);
        SessionArguments session = new();
        ReportArguments output = new();
        Command command = new("remove", "Removes dead letters from their queue without delivering their events.");
        command.AddAll([.. letters.All, .. approval.All, .. session.All, .. output.All]);
        command.At("--queue-name");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            DeadLetterQuery query = letters.Read(parsed, terminal.Environment);
            query.Check();
            ApproveChange approve = approval.Bind(parsed, screen);
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            await new DeadLetterReport(screen, output.Format(parsed)).ShowAsync(opened.Get<DeadLetterRemoval>().RunAsync(query, approve, screen, cancellationToken), query);
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops dlq remove mvp-dead-letters --cause NotADeadLetter
            ebops dlq remove --message-id 3f0c7a52-12ab-4c1e-9a55-0d5e6d3f1a11 --yes
            """,
            """
            A removed message cannot be restored. To keep a copy, run 'ebops dlq export'
            first.
            """);
    }
}

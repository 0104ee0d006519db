using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Undo;

namespace EventBridgeOps.Cli.Changes;

/// <summary><c>ebops change</c>.</summary>
internal static class ChangesCommands
{
    public static Command Build(Terminal terminal)
    {
        Command command = new("change", "Lists and undoes changes.") { List(terminal), Undo(terminal) };
        command.Aliases.Add("changes");
        return command;
    }

    /// <summary>Shows changes.</summary>
    public static Task<int> ListAsync(IAsyncEnumerable<Change> changes, OutputFormat format, Screen screen) =>
        RecordWriter<Change>.For(format, screen, Change.Shape).WriteAllAsync(changes);

    /// <summary>Shows one change. As a table, its items are a second table; the other formats contain them anyway.</summary>
    public static async Task ShowAsync(Change change, OutputFormat format, Screen screen)
    {
        await ListAsync(new[] { change }.ToAsync(), format, screen);
        if (format != OutputFormat.Table || screen.Query is not null)
            return;
        screen.Data(output => output.WriteLine());
        await new TableWriter<ChangeItem>(screen, ChangeItem.Shape).WriteAllAsync(change.Items.ToAsync());
    }

    /// <summary>Undoes a change and shows the results.</summary>
    public static Task UndoAsync(OpsSession session, Change change, WriteOptions options, ApproveChange approve, ChangeReport report, CancellationToken cancellationToken) => report.ShowAsync(
        session.Get<ChangeUndo>().RunAsync(change, options with { ChangeStarted = report.Started }, approve, report.Screen, cancellationToken),
        session.Get<ChangeJournal>(),
        () => Task.FromResult(ChangeCommandMessages.NoTargets()),
        cancellationToken);

    private static Option<string?> IdOption() => Options.Text("--id", "id", "The ID of the change.").Naming(NameKind.Change);

    private static Command List(Terminal terminal)
    {
        SessionArguments session = new();
        ReportArguments output = new();
        Option<string?> id = IdOption();
        Option<int?> last = Options.Number("--last", "number", "Show only the latest changes, up to this number.");
        Command command = new("list", "Lists the changes in the journal, oldest first, or shows one change with its items.");
        command.AddAll([id, last, .. session.Journal.All, .. session.All, .. output.All]);
        command.At(id.Name);
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            string? wanted = parsed.GetValue(id);
            if (parsed.GetValue(last) is < 1)
                throw new OpsException(ErrorIds.InvalidArgument, ChangeCommandMessages.LastTooLow());
            using OpenSessions sessions = session.Sessions(parsed, screen, cancellationToken);
            ChangeJournal opened = session.Journal.Table(parsed) is null ? terminal.Host.OpenJournal(session.Journal.Path(parsed)) : (await sessions.OpenAsync(OpsSession.Open)).Get<ChangeJournal>();
            if (wanted is not null)
            {
                await ShowAsync(await opened.FindAsync(wanted, screen, cancellationToken), output.Format(parsed), screen);
                return ExitCode.Done;
            }

            IAsyncEnumerable<Change> changes = parsed.GetValue(last) is { } count ? (await opened.ReadLastAsync(count, screen, cancellationToken)).ToAsync() : opened.ReadAsync(screen, cancellationToken);
            if (await ListAsync(changes, output.Format(parsed), screen) == 0)
                screen.Say(opened.NothingFound());
            return ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops change list --last 5
            ebops change list 20261121T093005Z-3f9a1c --output json
            """,
            """
            A Region and credentials are used only with --journal-table.
            """);
    }

    private static Command Undo(Terminal terminal)
    {
        SessionArguments session = new();
        ReportArguments output = new();
        ApprovalArguments approval = new();
        RequestOptions<WriteOptions> options = new(WriteOptions.Request);
        Option<string?> id = IdOption();
        Command command = new("undo", "Undoes a change by restoring its targets and job definitions to their previous state.");
        command.AddAll([id, .. options.All, .. approval.All, .. session.Journal.All, .. session.All, .. output.All]);
        command.At(id.Name);
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            string wanted = parsed.GetValue(id) ?? throw new OpsException(ErrorIds.InvalidArgument, ChangeCommandMessages.WhichChange());
            WriteOptions write = options.Read(parsed, terminal.Environment) with { WhatIf = approval.IsWhatIf(parsed) };
            write.Check();
            ApproveChange approve = approval.Bind(parsed, screen);
            string? table = session.Journal.Table(parsed);
            using OpenSessions sessions = session.Sessions(parsed, screen, cancellationToken);
            // The undo is recorded in the same table, so in its Region, which is that of the changes in it.
            OpsSession? ofTable = table is null ? null : await sessions.OpenAsync(OpsSession.Open);
            ChangeJournal journal = ofTable?.Get<ChangeJournal>() ?? terminal.Host.OpenJournal(session.Journal.Path(parsed));
            Change change = await journal.FindAsync(wanted, screen, cancellationToken);
            OpsSession opened = ofTable ?? await sessions.OpenAsync(given => OpsSession.OpenFor(change, given));
            await UndoAsync(opened, change, write, approve, new ChangeReport(screen, output.Format(parsed), session.Journal.Path(parsed), isUndo: true, journalTable: table), cancellationToken);
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops change undo 20261121T093005Z-3f9a1c --what-if
            ebops change undo 20261121T093005Z-3f9a1c
            """,
            """
            The beginning of an ID is enough if it identifies one change. An undo is also
            recorded as a change, and can be undone. With --journal-table, the changes of
            the automation function are undone, and the undo is recorded in the same table.
            """);
    }
}

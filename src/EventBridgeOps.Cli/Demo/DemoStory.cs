using System.Globalization;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Sandbox;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Cli.Targets;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Sample;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Cli.Demo;

/// <summary>The story of a stale target, told on a local AWS with the very commands that a user has.</summary>
internal sealed class DemoStory(Terminal terminal)
{
    private const string OnlyPlace = "/BatchParameters/JobDefinition";

    private static readonly RuleQuery EveryRule = new() { EventBusName = ["*"] };
    private static readonly TargetQuery EveryTarget = new() { Rules = EveryRule };

    // It is one story, so what the commands say besides their data is told in its place in it.
    private readonly Terminal _terminal = new()
    {
        Out = terminal.Out,
        Error = new WrappingWriter(terminal.Out, WidthOf(terminal)),
        OutIsTerminal = terminal.OutIsTerminal,
        Width = WidthOf(terminal),
        Environment = terminal.Environment,
        Time = terminal.Time,
    };

    private int _steps;
    private bool _failed;

    public async Task<int> RunAsync(SandboxEngineKind kind, CancellationToken cancellationToken)
    {
        long start = _terminal.Time.GetTimestamp();
        DirectoryInfo journal = Directory.CreateTempSubdirectory("ebops-demo-");
        try
        {
            await using ISandboxEngine engine = await SandboxHost.StartAsync(kind, new SandboxOptions(), cancellationToken);
            SampleSummary account = await SampleAccount.FillAsync(engine, cancellationToken);
            using OpsSession session = OpsSession.Open(new SessionOptions
            {
                Region = engine.Environment["AWS_REGION"],
                AccessKey = engine.Environment["AWS_ACCESS_KEY_ID"],
                SecretKey = engine.Environment["AWS_SECRET_ACCESS_KEY"],
                EndpointUrl = engine.Endpoint.ToString(),
                JournalPath = journal.FullName,
                IgnoreConfiguration = true,
            });
            await TellAsync(engine, account, session, cancellationToken);
        }
        finally
        {
            journal.Delete(recursive: true);
        }

        string seconds = _terminal.Time.GetElapsedTime(start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        Line("");
        if (_failed)
            Line(new Cell($"A PROOF FAILED, see above. ({seconds} s)", Tone.Bad));
        else
            Line(new Cell($"All proofs hold. The local AWS is stopped, and nothing is left behind. ({seconds} s)", Tone.Good));
        Line("On your own account, start with:  ebops target list --event-bus-name '*'");
        return _failed ? ExitCode.Error : ExitCode.Done;
    }

    private async Task TellAsync(ISandboxEngine engine, SampleSummary account, OpsSession session, CancellationToken cancellationToken)
    {
        Step("A local AWS",
            $"A local AWS ({engine.Name}) listens at {engine.Endpoint.GetLeftPart(UriPartial.Authority)}; nothing leaves this machine. " +
            $"It plays an account with {account.EventBuses} event buses, {account.Rules} rules, {account.Targets} targets and {account.JobDefinitions} Batch job definitions. " +
            "EventBridge rules start Batch jobs; each such target names a job definition, mostly with a revision: mvp-agent:2.");

        Step("What went stale",
            "With every release a job definition gets a new revision, and the old one is often deregistered in the same minute. " +
            "A target that still names the old one then fails at every event (Inactive), or runs old code (Behind). Nobody is told. Here is how it stands:");
        Command("ebops target list --event-bus-name '*'");
        using (Screen screen = new(_terminal))
            await TargetsCommands.ListAsync(session, EveryTarget, OutputFormat.Table, screen, cancellationToken);

        Dictionary<string, string> before = await DocumentsAsync(session, cancellationToken);

        Step("What would be repaired",
            "First only look. Rules that an AWS service manages, and disabled ones, are left alone. One target cannot be repaired: no revision of its job definition is left. The tool says so, and goes on with the rest.");
        Command("ebops target sync --event-bus-name '*' --what-if");
        await SyncAsync(session, Approval.WhatIf, cancellationToken);
        Prove("The what-if has written nothing.", Differences(before, await DocumentsAsync(session, cancellationToken)).Count == 0);

        Step("The repair",
            "Now in earnest. Each target is read again, compared with what was seen, written down in a journal with its document before and after, written, and read back.");
        Command("ebops target sync --event-bus-name '*'");
        ChangeReport report = await SyncAsync(session, Approval.Write, cancellationToken);

        Step("The proof that nothing else has changed",
            "EventBridge replaces a target as a whole, and with it everything that the writer did not know of: input transformers, dead-letter queues, retry policies. " +
            "So the documents of all targets before and after are compared, value by value. All differences:");
        Dictionary<string, string> after = await DocumentsAsync(session, cancellationToken);
        List<(string Target, DocumentDifference Difference)> differences = Differences(before, after);
        foreach ((string target, DocumentDifference difference) in differences)
        {
            Line($"  {target}");
            Line($"    {difference.Pointer}: {JobDefinitionText.Step((string?)difference.Before, (string?)difference.After)}");
        }

        int updated = report.Updated;
        Prove($"Each of the {updated} differs only in {OnlyPlace}.", updated > 0 && differences.Count == updated && differences.TrueForAll(one => one.Difference.Pointer == OnlyPlace));
        Prove($"The other {before.Count - updated} of {before.Count} targets do not differ at all.", after.Count == before.Count);

        Step("The journal", "What was done is on record, with who did it, and both documents of each target.");
        Change change = session.Journal.Find(report.ChangeId ?? "");
        Command($"ebops change list {change.Id}");
        using (Screen screen = new(_terminal))
            await ChangesCommands.ShowAsync(change, OutputFormat.Table, screen);

        Step("And back again", "The new revision turned out to be a bad one? The journal puts back what was there, but only where nobody has changed it since.");
        Command($"ebops change undo {change.Id}");
        using (Screen screen = new(_terminal))
        {
            await ChangesCommands.UndoAsync(session, change, new WriteOptions(), (_, _) => Task.FromResult(Approval.Write), new ChangeReport(screen, OutputFormat.Table), cancellationToken);
            Prove("The undo has put every target back.", screen.Failures == 0);
        }

        Dictionary<string, string> back = await DocumentsAsync(session, cancellationToken);
        Prove($"All {before.Count} targets are, value by value, as they were at the beginning.", Differences(before, back).Count == 0 && back.Count == before.Count);
    }

    private async Task<ChangeReport> SyncAsync(OpsSession session, Approval approval, CancellationToken cancellationToken)
    {
        using Screen screen = new(_terminal);
        ChangeReport report = new(screen, OutputFormat.Table);
        await TargetsCommands.SyncAsync(session, EveryTarget, new SyncOptions(), (_, _) => Task.FromResult(approval), report, cancellationToken);
        return report;
    }

    /// <summary>The documents of all targets of all rules, those that are no Batch targets too.</summary>
    private static async Task<Dictionary<string, string>> DocumentsAsync(OpsSession session, CancellationToken cancellationToken)
    {
        Dictionary<string, string> documents = [];
        await foreach (RuleSummary rule in session.Rules.ReadAsync(EveryRule, withTargets: true, SilentObserver.Instance, cancellationToken))
        {
            foreach (RuleTarget target in rule.Targets)
                documents.Add($"{rule.EventBusName}/{rule.RuleName}/{target.TargetId}", target.Document);
        }

        return documents;
    }

    private static List<(string Target, DocumentDifference Difference)> Differences(Dictionary<string, string> before, Dictionary<string, string> after) =>
    [
        .. before.SelectMany(target => DocumentDiff
            .Between(Document.Parse(target.Value), Document.Parse(after.GetValueOrDefault(target.Key) ?? "{}"))
            .Select(difference => (target.Key, difference))),
    ];

    private void Step(string title, string text)
    {
        Line("");
        Line(new Cell($"{++_steps}. {title}", Tone.Strong));
        foreach (string line in WrappingWriter.Wrap(text, _terminal.Width))
            Line(line);
    }

    private void Command(string command)
    {
        Line("");
        Line(new Cell($"$ {command}", Tone.Strong));
    }

    private void Prove(string claim, bool holds)
    {
        _failed |= !holds;
        Line(new Cell($"{(holds ? "PROVED" : "NOT SO")}: {claim}", holds ? Tone.Good : Tone.Bad));
    }

    private void Line(Cell line)
    {
        TableDrawing.Line(_terminal, line);
        _terminal.Out.Flush();
    }

    private static int WidthOf(Terminal terminal) => Math.Min(terminal.Width, 80);
}

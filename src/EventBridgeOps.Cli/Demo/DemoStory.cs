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
using EventBridgeOps.Events.Records;
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

/// <summary>A demonstration on a local AWS sandbox, with the same commands that users run.</summary>
internal sealed class DemoStory(Terminal terminal)
{
    private const string OnlyPlace = "/BatchParameters/JobDefinition";

    private static readonly RuleQuery EveryRule = new() { EventBusName = ["*"] };
    private static readonly TargetQuery EveryTarget = new() { Rules = EveryRule };

    private readonly DemoScreen _screen = new(terminal);

    public async Task<int> RunAsync(SandboxEngineKind kind, CancellationToken cancellationToken)
    {
        long start = terminal.Time.GetTimestamp();
        DirectoryInfo journal = Directory.CreateTempSubdirectory("ebops-demo-");
        try
        {
            await using ISandboxEngine engine = await SandboxHost.StartAsync(kind, new SandboxOptions { JobStep = TimeSpan.FromSeconds(1) }, cancellationToken);
            SampleSummary account = await SampleAccount.FillAsync(engine, cancellationToken);
            using OpsSession session = OpsSession.Open(new SessionOptions
            {
                Region = engine.Environment["AWS_REGION"],
                AccessKey = engine.Environment["AWS_ACCESS_KEY_ID"],
                SecretKey = engine.Environment["AWS_SECRET_ACCESS_KEY"],
                EndpointUrl = engine.Endpoint.ToString(),
                JournalPath = journal.FullName,
                Host = new SessionHost { Time = terminal.Time },
            });
            await ShowAsync(engine, account, session, cancellationToken);
        }
        finally
        {
            journal.Delete(recursive: true);
        }

        string seconds = terminal.Time.GetElapsedTime(start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        _screen.Line("");
        if (_screen.HasFailed)
            _screen.Line(new Cell($"A VERIFICATION FAILED, see above. ({seconds} s)", Tone.Bad));
        else
            _screen.Line(new Cell($"All verifications passed. The sandbox and its files were removed. ({seconds} s)", Tone.Good));
        _screen.Line("To start with your own account, run:  ebops target list --event-bus-name '*'");
        return _screen.HasFailed ? ExitCode.Error : ExitCode.Done;
    }

    private async Task ShowAsync(ISandboxEngine engine, SampleSummary account, OpsSession session, CancellationToken cancellationToken)
    {
        _screen.Step("A local AWS sandbox",
            $"A local AWS sandbox ({engine.Name}) is running at {engine.Endpoint.GetLeftPart(UriPartial.Authority)}. No data leaves this computer. " +
            $"The sandbox simulates an account with {account.EventBuses} event buses, {account.Rules} rules, {account.Targets} targets and {account.JobDefinitions} Batch job definitions. " +
            "EventBridge rules start Batch jobs. The target of such a rule references a job definition, usually with a revision, for example mvp-agent:2.");

        DemoEvents? events = engine is SandboxServer server ? new(server, session, _screen) : null; // moto does not deliver.
        if (events is not null)
            await events.ShowReleaseAsync(cancellationToken);

        _screen.Step("The outdated targets",
            "Each release registers a new revision of a job definition, and the old revision is often deregistered at the same time. " +
            "A target that still references the old revision then fails on every event (Inactive) or runs old code (Behind), without any notification at the target. This is the current state:");
        _screen.Command("ebops target list --event-bus-name '*'");
        using (Screen screen = new(_screen.Terminal))
            await TargetsCommands.ListAsync(session, EveryTarget, OutputFormat.Table, screen, cancellationToken);

        Dictionary<string, string> before = await DocumentsAsync(session, cancellationToken);

        _screen.Step("Preview of the repair",
            "Start with a preview. Rules that are disabled or managed by an AWS service are skipped. One target cannot be repaired, because its job definition has no ACTIVE revision. The command reports this target as an error, and continues with the others.");
        _screen.Command("ebops target sync --event-bus-name '*' --what-if");
        await SyncAsync(session, Approval.WhatIf, cancellationToken);
        _screen.Verify("The preview did not change anything.", Differences(before, await DocumentsAsync(session, cancellationToken)).Count == 0);

        _screen.Step("The repair",
            "Now the targets are repaired. Each target is read again, compared with the plan, recorded in a journal with its document before and after, updated, and verified.");
        _screen.Command("ebops target sync --event-bus-name '*'");
        ChangeReport report = await SyncAsync(session, Approval.Write, cancellationToken);

        _screen.Step("Verification that nothing else changed",
            "EventBridge always replaces a whole target. A tool that does not know a setting, such as an input transformer, a dead-letter queue or a retry policy, can lose it. " +
            "Therefore the documents of all targets are compared before and after, value by value. These are all differences:");
        Dictionary<string, string> after = await DocumentsAsync(session, cancellationToken);
        List<(string Target, DocumentDifference Difference)> differences = Differences(before, after);
        foreach ((string target, DocumentDifference difference) in differences)
        {
            _screen.Line($"  {target}");
            _screen.Line($"    {difference.Pointer}: {JobDefinitionText.Step((string?)difference.Before, (string?)difference.After)}");
        }

        int updated = report.Updated;
        _screen.Verify($"The {updated} updated targets differ only in {OnlyPlace}.", updated > 0 && differences.Count == updated && differences.TrueForAll(one => one.Difference.Pointer == OnlyPlace));
        _screen.Verify($"The other {before.Count - updated} of {before.Count} targets did not change.", after.Count == before.Count);

        if (events is not null)
            await events.ShowRepairAsync(cancellationToken);

        _screen.Step("The journal", "The journal records what was changed, who changed it, and each target's document before and after.");
        Change change = await session.Get<ChangeJournal>().FindAsync(report.ChangeId ?? "", SilentObserver.Instance, cancellationToken);
        _screen.Command($"ebops change list {change.Id}");
        using (Screen screen = new(_screen.Terminal))
            await ChangesCommands.ShowAsync(change, OutputFormat.Table, screen);

        _screen.Step("Undo", "If a new revision causes problems, the change can be undone. Targets that were modified after the change are not overwritten.");
        _screen.Command($"ebops change undo {change.Id}");
        using (Screen screen = new(_screen.Terminal))
        {
            await ChangesCommands.UndoAsync(session, change, new WriteOptions(), (_, _) => Task.FromResult(Approval.Write), new ChangeReport(screen, OutputFormat.Table), cancellationToken);
            _screen.Verify("The undo restored every target.", screen.Failures == 0);
        }

        Dictionary<string, string> back = await DocumentsAsync(session, cancellationToken);
        _screen.Verify($"All {before.Count} targets are identical, value by value, to their original state.", Differences(before, back).Count == 0 && back.Count == before.Count);
    }

    private async Task<ChangeReport> SyncAsync(OpsSession session, Approval approval, CancellationToken cancellationToken)
    {
        using Screen screen = new(_screen.Terminal);
        ChangeReport report = new(screen, OutputFormat.Table);
        await TargetsCommands.SyncAsync(session, EveryTarget, new SyncOptions(), (_, _) => Task.FromResult(approval), report, cancellationToken);
        return report;
    }

    /// <summary>The documents of all targets of all rules, including those that are not Batch targets.</summary>
    private static async Task<Dictionary<string, string>> DocumentsAsync(OpsSession session, CancellationToken cancellationToken)
    {
        Dictionary<string, string> documents = [];
        await foreach (RuleSummary rule in session.Get<RuleReader>().ReadAsync(EveryRule, withTargets: true, SilentObserver.Instance, cancellationToken))
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
}

using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.DeadLetters;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Reports;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Cli.Targets;

/// <summary><c>ebops target</c>.</summary>
internal static class TargetsCommands
{
    public static Command Build(Terminal terminal)
    {
        Command command = new("target", "Lists and repairs AWS Batch targets of EventBridge rules.") { List(terminal), Sync(terminal) };
        command.Aliases.Add("targets");
        return command;
    }

    /// <summary>Shows the state of targets.</summary>
    /// <returns>The drift among them.</returns>
    public static async Task<DriftCount> ListAsync(OpsSession session, TargetQuery query, OutputFormat format, Screen screen, CancellationToken cancellationToken)
    {
        SortedDictionary<RevisionState, int> states = [], excluded = [];
        DriftCount drift = new();
        RecordWriter<TargetRevision> writer = RecordWriter<TargetRevision>.For(format, screen, TargetRevision.Shape);
        int count = await writer.WriteAllAsync(session.Get<TargetScanner>().ScanAsync(query, screen, cancellationToken), target =>
        {
            SortedDictionary<RevisionState, int> counted = target.Exclusion is null ? states : excluded;
            counted[target.State] = counted.GetValueOrDefault(target.State) + 1;
            drift.Add(target);
        });
        if (states.Count > 0)
            screen.Say(TargetCommandMessages.Count(states.Values.Sum(), Words(states)));
        if (excluded.Count > 0)
            screen.Say(TargetCommandMessages.Excluded(excluded.Values.Sum(), Words(excluded)));
        if (count == 0 && screen.Failures == 0)
            screen.Say(await session.Get<TargetScanner>().NothingFoundAsync(query, cancellationToken));
        return drift;
    }

    /// <summary>Repairs targets and shows the results.</summary>
    public static Task SyncAsync(OpsSession session, TargetQuery query, SyncOptions options, ApproveChange approve, ChangeReport report, CancellationToken cancellationToken) => report.ShowAsync(
        session.Get<TargetSync>().RunAsync(TargetSelection.FromAll(session.Get<TargetScanner>().ScanAsync(query, report.Screen, cancellationToken)), options with { ChangeStarted = report.Started }, approve, report.Screen, cancellationToken),
        session.Get<ChangeJournal>(),
        () => session.Get<TargetScanner>().NothingFoundAsync(query, cancellationToken),
        cancellationToken);

    private static IEnumerable<string> Words(SortedDictionary<RevisionState, int> states) => states.Select(state => $"{state.Value} {state.Key}");

    private static Command List(Terminal terminal)
    {
        TargetArguments targets = new();
        RequestOptions<DriftScope> scope = new(DriftScope.Request);
        SessionArguments session = new();
        ReportArguments output = new();
        Option<bool> failOnDrift = Options.Flag("--fail-on-drift", "Return exit code 2 if a target of an enabled rule of the account is Behind, Inactive or Missing.");
        Command command = new("list", "Lists Batch targets and the state of their job definition revisions.");
        command.AddAll([.. targets.All, .. scope.All, failOnDrift, .. session.All, .. output.All]);
        command.At("--event-bus-name", "--rule-name", "--target-id");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            TargetQuery query = targets.Bind(parsed, terminal) with { Scope = scope.Read(parsed, terminal.Environment) };
            query.Scope.States();
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            DriftCount drift = await ListAsync(opened, query, output.Format(parsed), screen, cancellationToken);
            return screen.FailureCode ?? (drift.Found && parsed.GetValue(failOnDrift) ? ExitCode.Drift : ExitCode.Done);
        });
        return command.WithExamples(
            """
            ebops target list --event-bus-name mvp-development
            ebops target list --event-bus-name '*' --fail-on-drift --ci
            ebops target list --event-bus-name '*' --report junit=drift.xml
            ebops target list --job-definition mvp-agent --output csv
            ebops target list --event-bus-name '*' --state Behind,Inactive,Missing
            """,
            """
            States: Current (pinned to the latest ACTIVE revision), Behind (pinned to an
            older ACTIVE revision), Inactive (pinned to a deregistered revision), Missing
            (no ACTIVE revision exists), Floating (no revision: AWS Batch uses the latest
            ACTIVE one), Unresolved (the lookup failed). If the rule is enabled, every
            delivery to a target that is Inactive or Missing fails.

            Drift is Behind, Inactive and Missing. Targets of disabled rules, and of rules
            that an AWS service manages, do not count, because 'ebops target sync' does not
            repair them. To count them, use --include-disabled-rule and --include-managed.
            """);
    }

    private static Command Sync(Terminal terminal)
    {
        TargetArguments targets = new();
        SessionArguments session = new();
        ReportArguments output = new();
        ApprovalArguments approval = new();
        RequestOptions<SyncOptions> sync = new(SyncOptions.Request, nameof(SyncOptions.ThrottleLimit));
        Command command = new("sync", "Repairs Batch targets by pinning them to the latest ACTIVE revision of their job definition.");
        command.AddAll([.. targets.All, .. sync.All, .. approval.All, session.Journal.Option, .. session.All, .. output.All]);
        command.At("--event-bus-name", "--rule-name", "--target-id");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            TargetQuery query = targets.Bind(parsed, terminal);
            SyncOptions options = sync.Read(parsed, terminal.Environment) with { WhatIf = approval.IsWhatIf(parsed), ThrottleLimit = query.Rules.ThrottleLimit };
            options = options with { PlanPath = terminal.Host.FullPathOrNone(options.PlanPath) };
            options.Check();
            ApproveChange approve = approval.Bind(parsed, screen);
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            ChangeReport report = new(screen, output.Format(parsed), session.Journal.Path(parsed), options.PlanPath);
            await SyncAsync(opened, query, options, approve, report, cancellationToken);
            if (report.Repaired.Redrive(options) is { } redrive)
                await DeadLetterCommands.RedriveAsync(opened, redrive, approve, screen, output.Format(parsed), cancellationToken);
            return screen.FailureCode ?? (report.Drift.Found && options.FailOnDrift ? ExitCode.Drift : ExitCode.Done);
        });
        return command.WithExamples(
            """
            ebops target sync --event-bus-name '*' --what-if --fail-on-drift
            ebops target sync --event-bus-name mvp-development --rule-name 'mvp-*'
            ebops target sync --job-definition mvp-agent --to-revision 12 --confirm
            ebops target sync --event-bus-name mvp-production --revert-on-failure
            ebops target sync --event-bus-name mvp-development --resume-dead-letter
            ebops target sync --event-bus-name mvp-development --plan-path new-plan.json
            """,
            """
            Only BatchParameters.JobDefinition is changed, and its form (a name or an ARN)
            is kept. Each update is verified, and can be undone with 'ebops change undo'.
            """);
    }
}

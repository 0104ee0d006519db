using System.CommandLine;
using EventBridgeOps.Aws.Jobs;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Jobs;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Jobs;
using EventBridgeOps.Publishing;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Cli.Checks;

/// <summary><c>ebops check</c>.</summary>
internal static class CheckCommand
{
    public static Command Build(Terminal terminal)
    {
        Option<string?> bus = Options.Text("--event-bus-name", "name", $"The name or ARN of the event bus (default: {DefaultBus.Description}).").Naming(NameKind.EventBus);
        Option<string[]> rule = Options.List("--rule-name", "name", "The rules to check. Supports wildcards (default: RULE_NAME, or else all rules).").Naming(NameKind.Rule);
        Option<string?> source = Options.Text("--source", "name", $"The source of the event to check (default: {MvpEvent.Source}).");
        Option<string?> detailType = Options.Text("--detail-type", "text", $"The detail type of the event to check (default: {MvpEvent.DetailType}).");
        DetailArgument detail = new("The detail of the event to check, a JSON object or file://path (default: a test MVP request).");
        Option<bool> sendEvent = Options.Flag("--send", "Send the event, and wait for the AWS Batch job that it starts.");
        Option<double> timeout = new("--timeout-seconds") { HelpName = "number", Description = "The maximum time to wait for the AWS Batch job, in seconds.", DefaultValueFactory = _ => ConnectionQuery.DefaultTimeout.TotalSeconds };
        Option<bool> skipStore = Options.Flag("--skip-job-store", "Do not check the table or file that stores jobs.");
        JobStoreArguments store = new();
        ApprovalArguments approval = new();
        SessionArguments session = new();
        ReportArguments output = new();
        Command command = new("check", "Checks the full delivery path of an event: identity, permissions, event bus, rules, targets, queues, and table.");
        command.AddAll([bus, rule, source, detailType, detail.Option, sendEvent, timeout, skipStore, .. store.All, .. approval.All, .. session.All, .. output.All]);
        command.At("--event-bus-name", "--rule-name");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            JobStoreChoice choice = store.Bind(parsed, terminal);
            if (parsed.GetValue(timeout) is not (> 0 and <= 86_400))
                throw new OpsException(ErrorIds.InvalidArgument, CheckCommandMessages.TimeoutOutOfRange(86_400));
            ApproveChange approve = approval.Bind(parsed, screen);
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            ConnectionQuery query = ConnectionQuery.From(
                parsed.GetValue(bus), parsed.GetValue(rule), parsed.GetValue(source), parsed.GetValue(detailType), detail.Read(parsed, terminal), opened.Get<IdSource>(), terminal.Time, terminal.Environment) with
            {
                Send = parsed.GetValue(sendEvent),
                Timeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
            };
            query.Check();
            using MvpJobs? jobs = parsed.GetValue(skipStore) ? null : opened.Get<MvpJobStores>().Open(choice);
            int failed = 0;
            OutputFormat format = output.Format(parsed);
            RecordWriter<CheckResult> writer = format == OutputFormat.Table && screen.Query is null ? new TreeWriter(screen) : RecordWriter<CheckResult>.For(format, screen, CheckResult.Shape);
            await writer.WriteAllAsync(opened.Get<ConnectionCheck>().RunAsync(query, jobs?.Store, approve, screen, cancellationToken), result => failed += result.Status == CheckStatus.NG ? 1 : 0);
            screen.Say(failed == 0 ? CheckCommandMessages.Passed() : CheckCommandMessages.Failed(failed));
            return failed > 0 ? ExitCode.SomeFailed : ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops check --event-bus-name mvp-development
            ebops check --env-file .env.eventbridge --send
            """,
            """
            Without --send, nothing is written: to check that events:PutEvents is allowed,
            the command sends an entry that EventBridge rejects because of its content. The
            exit code is 3 if a check failed.
            """);
    }
}

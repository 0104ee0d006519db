using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Jobs;

namespace EventBridgeOps.Cli.Jobs;

/// <summary><c>ebops mvp</c>: the life cycle of jobs. Sending is in <see cref="MvpSendCommands"/>.</summary>
internal static class MvpCommands
{
    private const double DefaultInterval = 5;
    private const double DefaultTimeout = 3600;

    public static Command Build(Terminal terminal) => new("mvp", "Sends MVP requests and manages their jobs.")
    {
        MvpSendCommands.Send(terminal),
        Get(terminal),
        List(terminal),
        Cancel(terminal),
        Update(terminal),
        MvpSendCommands.Repair(terminal),
        CreateTable(terminal),
    };

    private static Command Get(Terminal terminal)
    {
        Argument<string[]> ids = Ids();
        Option<bool> wait = Options.Flag("--wait", "Wait until each job has finished.");
        Option<double> timeout = new("--timeout-seconds") { HelpName = "number", Description = "The maximum time to wait, in seconds.", DefaultValueFactory = _ => DefaultTimeout };
        Option<double> interval = new("--interval-seconds") { HelpName = "number", Description = "The time between two checks, in seconds.", DefaultValueFactory = _ => DefaultInterval };
        JobArguments common = new(terminal);
        Command command = new("get", "Shows jobs together with their AWS Batch jobs.") { ids };
        command.AddAll([wait, timeout, interval, .. common.All]);
        command.SetAction(common.Run(async (parsed, jobs, screen, cancellationToken) =>
        {
            string[] wanted = parsed.GetValue(ids)!;
            TimeSpan patience = Seconds(parsed.GetValue(timeout), "TimeoutSeconds"), often = Seconds(parsed.GetValue(interval), "IntervalSeconds");
            IAsyncEnumerable<MvpJob> found = parsed.GetValue(wait)
                ? jobs.Reader.WaitAsync(wanted, patience, often, screen, cancellationToken)
                : Streams.From(await jobs.Reader.FindAsync(wanted, screen, cancellationToken));
            bool failed = false;
            await common.Writer(parsed, screen).WriteAllAsync(found, job =>
            {
                failed |= parsed.GetValue(wait) && job.State is MvpJobState.Failed or MvpJobState.Cancelled;
                if (job.Reason is { } reason)
                    screen.Say(MvpCommandMessages.JobReason(job.JobId, reason));
            });
            return screen.FailureCode ?? (failed ? ExitCode.SomeFailed : ExitCode.Done);
        }));
        return command.WithExamples(
            """
            ebops mvp get job_1734567890123_abc123def
            ebops mvp get job_1734567890123_abc123def --wait --timeout-seconds 900
            """,
            """
            With --wait, the exit code is 0 only if every job succeeded.
            """);
    }

    private static Command List(Terminal terminal)
    {
        Option<string?> user = Options.Text("--user-id", "id", "Show only the jobs of this user, newest first.");
        Option<string[]> state = Options.List("--state", "state", $"Show only jobs in these states: {string.Join(", ", Enum.GetNames<MvpJobState>().Select(name => name.ToLowerInvariant()))}.");
        state.CompletionSources.Add([.. Enum.GetNames<MvpJobState>().Select(name => name.ToLowerInvariant())]);
        Option<int?> last = Options.Number("--last", "number", "The maximum number of jobs to show.");
        JobArguments common = new(terminal);
        Command command = new("list", "Lists jobs.");
        command.AddAll([user, state, last, .. common.All]);
        command.SetAction(common.Run(async (parsed, jobs, screen, cancellationToken) =>
        {
            MvpJobQuery query = new() { UserId = parsed.GetValue(user), State = [.. (parsed.GetValue(state) ?? []).Select(State)] };
            if (parsed.GetValue(last) is < 1)
                throw new OpsException(ErrorIds.InvalidArgument, MvpCommandMessages.LastTooLow());
            int count = await common.Writer(parsed, screen).WriteAllAsync(Take(jobs.Reader.ListAsync(query, screen, cancellationToken), parsed.GetValue(last) ?? int.MaxValue));
            if (count == 0 && screen.Failures == 0)
                screen.Say(query.NothingFound(jobs.Store.Name));
            return screen.FailureCode ?? ExitCode.Done;
        }));
        return command.WithExamples(
            """
            ebops mvp list --user-id user123
            ebops mvp list --state pending,running --output json
            """,
            """
            Without --user-id, the whole table is read. States: pending (not known to have
            been sent; see 'ebops mvp repair'), queued (sent), submitted (has an AWS Batch
            job), running, succeeded, failed, cancelled.
            """);
    }

    private static Command Cancel(Terminal terminal)
    {
        Argument<string[]> ids = Ids();
        Option<string?> reason = Options.Text("--reason", "text", "The reason, for the logs and histories of the jobs.");
        ApprovalArguments approval = new();
        JobArguments common = new(terminal);
        Command command = new("cancel", "Stops jobs by cancelling or terminating their AWS Batch jobs.") { ids };
        command.AddAll([reason, .. approval.All, .. common.All]);
        command.SetAction(common.Run(async (parsed, jobs, screen, cancellationToken) =>
        {
            ApproveChange approve = approval.Bind(parsed, screen);
            IAsyncEnumerable<MvpJob> stopped = jobs.Stopper.StopAsync(Streams.From(parsed.GetValue(ids)!), parsed.GetValue(reason) ?? screen.Text(MvpCommandMessages.StoppedByCommand()), approve, screen, cancellationToken);
            await common.Writer(parsed, screen).WriteAllAsync(stopped, job => screen.Say(MvpCommandMessages.JobReason(job.JobId, job.Reason)));
            return screen.FailureCode ?? ExitCode.Done;
        }));
        return command.WithExamples(
            """
            ebops mvp cancel job_1734567890123_abc123def \
              --reason 'asked for by the customer'
            """);
    }

    private static Command Update(Terminal terminal)
    {
        EventArguments given = new("event");
        ApprovalArguments approval = new();
        JobArguments common = new(terminal);
        Command command = new("update", "Updates jobs from the job state change events of AWS Batch.");
        command.AddAll([.. given.All, .. approval.All, .. common.All]);
        command.SetAction(common.Run(async (parsed, jobs, screen, cancellationToken) =>
        {
            ApproveChange approve = approval.Bind(parsed, screen);
            IAsyncEnumerable<EventDocument> events = given.Bind(parsed, screen, cancellationToken);
            int updated = await common.Writer(parsed, screen).WriteAllAsync(jobs.Updater.UpdateAsync(BatchJobEvent.ReadAsync(events, screen, cancellationToken), approve, screen, cancellationToken));
            screen.Say(screen.Failures > 0 ? MvpCommandMessages.UpdatedAndFailed(updated, screen.Failures) : MvpCommandMessages.Updated(updated));
            return screen.FailureCode ?? ExitCode.Done;
        }));
        return command.WithExamples(
            """
            ebops mvp update --event-path job-state-changes.jsonl
            aws sqs receive-message --queue-url "$QUEUE" --output text \
              --query 'Messages[].Body | [0]' | ebops mvp update
            """);
    }

    private static Command CreateTable(Terminal terminal)
    {
        ApprovalArguments approval = new();
        Option<string?> tableName = Options.Text("--table-name", "name", $"The name of the table (default: DYNAMODB_TABLE_NAME, or else {JobStoreChoice.DefaultTable}).");
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("create-table", "Creates the DynamoDB table that stores jobs.");
        command.AddAll([tableName, .. approval.All, .. session.All, .. output.All]);
        command.At("--table-name");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string name = JobStoreChoice.From(null, parsed.GetValue(tableName), terminal.Environment).TableName;
            using Screen screen = output.Screen(parsed, terminal);
            ApproveChange approve = approval.Bind(parsed, screen);
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            MvpJobTable? table = await opened.Get<MvpJobTables>().CreateAsync(name, approve, screen, cancellationToken);
            await RecordWriter<MvpJobTable>.For(output.Format(parsed), screen, MvpJobTable.Shape).WriteAllAsync(table is null ? Streams.From<MvpJobTable>([]) : Streams.From([table]));
            return ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops mvp create-table --table-name mvp-development-jobs
            """,
            """
            The table uses on-demand billing. If it already exists, it is checked but not
            changed.
            """);
    }

    private static async IAsyncEnumerable<MvpJob> Take(IAsyncEnumerable<MvpJob> jobs, int count)
    {
        await foreach (MvpJob job in jobs)
        {
            yield return job;
            if (--count == 0)
                yield break;
        }
    }

    private static MvpJobState State(string name) => Enum.TryParse(name, ignoreCase: true, out MvpJobState state) && Enum.IsDefined(state)
        ? state
        : throw new OpsException(ErrorIds.InvalidArgument, MvpCommandMessages.NotAState(name, Enum.GetNames<MvpJobState>().Select(state => state.ToLowerInvariant())));

    private static TimeSpan Seconds(double value, string parameter) => value is > 0 and <= 31_536_000
        ? TimeSpan.FromSeconds(value)
        : throw new OpsException(ErrorIds.InvalidArgument, MvpCommandMessages.SecondsOutOfRange(parameter, value));

    private static Argument<string[]> Ids() => new Argument<string[]>("job-id") { Description = "The IDs of the jobs.", Arity = ArgumentArity.OneOrMore }.Naming(NameKind.Job);
}

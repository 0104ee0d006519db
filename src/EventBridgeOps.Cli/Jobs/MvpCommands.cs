using System.CommandLine;
using System.Globalization;
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
using EventBridgeOps.Settings;

namespace EventBridgeOps.Cli.Jobs;

/// <summary><c>ebops mvp</c>: the jobs' life. Sending is in <see cref="MvpSendCommands"/>.</summary>
internal static class MvpCommands
{
    private const double DefaultInterval = 5;
    private const double DefaultTimeout = 3600;

    public static Command Build(Terminal terminal) => new("mvp", "MVP requests and their jobs.")
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
        Option<bool> wait = Options.Flag("--wait", "Wait until each job has come to its end.");
        Option<double> timeout = new("--timeout-seconds") { HelpName = "number", Description = "How long to wait.", DefaultValueFactory = _ => DefaultTimeout };
        Option<double> interval = new("--interval-seconds") { HelpName = "number", Description = "How often to look.", DefaultValueFactory = _ => DefaultInterval };
        JobArguments common = new(terminal);
        Command command = new("get", "Shows jobs, each together with its Batch job.") { ids };
        command.AddAll([wait, timeout, interval, .. common.All]);
        command.SetAction(common.Run(async (parsed, jobs, screen, cancellationToken) =>
        {
            string[] wanted = parsed.GetValue(ids)!;
            TimeSpan patience = Seconds(parsed.GetValue(timeout), "--timeout-seconds"), often = Seconds(parsed.GetValue(interval), "--interval-seconds");
            IAsyncEnumerable<MvpJob> found = parsed.GetValue(wait)
                ? jobs.Reader.WaitAsync(wanted, patience, often, screen, cancellationToken)
                : Streams.From(await jobs.Reader.FindAsync(wanted, screen, cancellationToken));
            bool failed = false;
            await common.Writer(parsed, screen).WriteAllAsync(found, job =>
            {
                failed |= parsed.GetValue(wait) && job.State is MvpJobState.Failed or MvpJobState.Cancelled;
                if (job.Reason is { } reason)
                    screen.Say($"{job.JobId}: {reason}");
            });
            return screen.Failures > 0 || failed ? ExitCode.SomeFailed : ExitCode.Done;
        }));
        return command.WithExamples(
            """
            ebops mvp get job_1734567890123_abc123def
            ebops mvp get job_1734567890123_abc123def --wait --timeout-seconds 900
            """,
            """
            With --wait the exit code is 0 only when every job has succeeded.
            """);
    }

    private static Command List(Terminal terminal)
    {
        Option<string?> user = Options.Text("--user-id", "id", "Only this user's jobs, newest first.");
        Option<string[]> state = Options.List("--state", "state", $"Only jobs in these states: {string.Join(", ", Enum.GetNames<MvpJobState>().Select(name => name.ToLowerInvariant()))}.");
        state.CompletionSources.Add([.. Enum.GetNames<MvpJobState>().Select(name => name.ToLowerInvariant())]);
        Option<int?> last = Options.Number("--last", "number", "At most so many.");
        JobArguments common = new(terminal);
        Command command = new("list", "Lists jobs.");
        command.AddAll([user, state, last, .. common.All]);
        command.SetAction(common.Run(async (parsed, jobs, screen, cancellationToken) =>
        {
            MvpJobQuery query = new() { UserId = parsed.GetValue(user), State = [.. (parsed.GetValue(state) ?? []).Select(State)] };
            if (parsed.GetValue(last) is < 1)
                throw new OpsException(ErrorIds.InvalidArgument, "--last is a number of jobs, from 1.");
            int count = await common.Writer(parsed, screen).WriteAllAsync(Take(jobs.Reader.ListAsync(query, screen, cancellationToken), parsed.GetValue(last) ?? int.MaxValue));
            if (count == 0)
                screen.Say($"There are no such jobs in {jobs.Store.Name}.");
            return screen.Failures > 0 ? ExitCode.SomeFailed : ExitCode.Done;
        }));
        return command.WithExamples(
            """
            ebops mvp list --user-id user123
            ebops mvp list --state pending,running --output json
            """,
            """
            Without --user-id the whole table is read. States: pending (not known to be
            sent; see 'ebops mvp repair'), queued (sent), submitted (there is a Batch job),
            running, succeeded, failed, cancelled.
            """);
    }

    private static Command Cancel(Terminal terminal)
    {
        Argument<string[]> ids = Ids();
        Option<string?> reason = Options.Text("--reason", "text", "Why, for the jobs' logs and histories.");
        ApprovalArguments approval = new();
        JobArguments common = new(terminal);
        Command command = new("cancel", "Stops jobs: cancels or terminates their Batch jobs.") { ids };
        command.AddAll([reason, .. approval.All, .. common.All]);
        command.SetAction(common.Run(async (parsed, jobs, screen, cancellationToken) =>
        {
            ApproveChange approve = approval.Announcing(parsed, screen);
            IAsyncEnumerable<MvpJob> stopped = jobs.Stopper.StopAsync(Streams.From(parsed.GetValue(ids)!), parsed.GetValue(reason) ?? "Stopped by ebops mvp cancel", approve, screen, cancellationToken);
            await common.Writer(parsed, screen).WriteAllAsync(stopped, job => screen.Say($"{job.JobId}: {job.Reason}"));
            return screen.Failures > 0 ? ExitCode.SomeFailed : ExitCode.Done;
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
        Command command = new("update", "Moves jobs by Batch's own events.");
        command.AddAll([.. given.All, .. approval.All, .. common.All]);
        command.SetAction(common.Run(async (parsed, jobs, screen, cancellationToken) =>
        {
            ApproveChange approve = approval.Announcing(parsed, screen);
            IAsyncEnumerable<EventDocument> events = given.Bind(parsed, screen, cancellationToken);
            int moved = await common.Writer(parsed, screen).WriteAllAsync(jobs.Updater.UpdateAsync(BatchJobEvent.ReadAsync(events, screen, cancellationToken), approve, screen, cancellationToken));
            screen.Say($"{moved} moved{(screen.Failures > 0 ? $", {screen.Failures} failed" : "")}.");
            return screen.Failures > 0 ? ExitCode.SomeFailed : ExitCode.Done;
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
        EnvFileArgument envFile = new();
        Option<string?> tableName = Options.Text("--table-name", "name", $"The table's name (default: DYNAMODB_TABLE_NAME, else {JobStoreChoice.DefaultTable}).");
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("create-table", "Makes the DynamoDB table that jobs are kept in.");
        command.AddAll([tableName, envFile.Option, .. approval.All, .. session.All, .. output.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            EnvFile? settings = envFile.Read(parsed);
            string name = JobStoreChoice.From(null, parsed.GetValue(tableName), EnvFile.Over(settings, terminal.Environment)).TableName;
            using Screen screen = output.Screen(parsed, terminal);
            ApproveChange approve = approval.Bind(parsed, screen);
            using OpsSession opened = await session.OpenAsync(parsed, screen, given => OpsSession.Open(given.WithSettings(settings)), cancellationToken);
            MvpJobTable? table = await opened.JobTables.CreateAsync(name, approve, screen, cancellationToken);
            await RecordWriter<MvpJobTable>.For(output.Format(parsed), screen, Shapes.MvpJobTable, Layouts.MvpJobTable).WriteAllAsync(table is null ? Streams.From<MvpJobTable>([]) : Streams.From([table]));
            return ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops mvp create-table --table-name mvp-development-jobs
            """,
            """
            The table is billed by request. Where it is there already it is checked, and
            left as it is.
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
        : throw new OpsException(ErrorIds.InvalidArgument, $"--state '{name}' is no state of a job.");

    private static TimeSpan Seconds(double value, string option) => value is > 0 and <= 31_536_000
        ? TimeSpan.FromSeconds(value)
        : throw new OpsException(ErrorIds.InvalidArgument, $"{option} {value.ToString(CultureInfo.InvariantCulture)} is no number of seconds from 0 to a year.");

    private static Argument<string[]> Ids() => new Argument<string[]>("job-id") { Description = "The jobs' ids.", Arity = ArgumentArity.OneOrMore }.Naming(NameKind.Job);
}

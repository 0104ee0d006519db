using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Jobs;
using EventBridgeOps.Publishing;
using EventBridgeOps.Settings;

namespace EventBridgeOps.Cli.Jobs;

/// <summary><c>ebops mvp send</c> and <c>repair</c>.</summary>
internal static class MvpSendCommands
{
    private const string DatabaseVariable = "FOUNDERDASH_DB_URL";

    public static Command Send(Terminal terminal)
    {
        Option<string?> jobId = Options.Text("--job-id", "id", "The job's id (default: a new one).");
        Option<string?> userId = Options.Text("--user-id", "id", "Who asks.");
        Option<string?> productId = Options.Text("--product-id", "id", "For which product.");
        Option<string?> businessName = Options.Text("--business-name", "text", "The name of the business.");
        Option<string[]> feature = Options.List("--feature", "name", "What it is to have.");
        Option<string> priority = new("--priority") { Description = "How urgent it is.", DefaultValueFactory = _ => "normal" };
        priority.AcceptOnlyFromAmong("low", "normal", "high", "Low", "Normal", "High");
        Option<string?> duration = Options.Text("--estimated-duration", "text", "How long it is expected to take.");
        Option<string?> email = Options.Text("--user-email", "address", "The user's e-mail address.");
        Option<string?> metadata = Options.Text("--metadata", "json", "A JSON object with anything else for the event's metadata.");
        Option<string?> requestFile = Options.Text("--request-file", "path", "Requests as JSON lines, from a file or from standard input (-).");
        DatabaseArguments database = new();
        SendArguments send = new(MvpEvent.DefaultBus, withEnvFile: false);
        JobArguments common = new(terminal);
        Command command = new("send", "Sends MVP requests: each is recorded, sent and marked.");
        command.AddAll([jobId, userId, productId, businessName, feature, priority, duration, email, metadata, .. database.All, requestFile, .. send.All, .. common.All]);
        command.SetAction(common.Run(async (parsed, jobs, screen, cancellationToken) =>
        {
            Func<string, string?> environment = EnvFile.Over(common.Settings(parsed), terminal.Environment);
            string bus = send.EventBusName(parsed) ?? environment("EVENTBRIDGE_BUS_NAME") ?? MvpEvent.DefaultBus;
            string? path = parsed.GetValue(requestFile);
            if (path == "-" && (parsed.GetValue(send.Approval.Confirm) || database.FromInput(parsed)))
                throw new OpsException(ErrorIds.InvalidArgument, "--request-file - wants standard input for itself. Give a file instead.");
            ApproveChange approve = send.Approval.Bind(parsed, screen);
            MvpRequest request = new()
            {
                JobId = parsed.GetValue(jobId),
                UserId = parsed.GetValue(userId),
                ProductId = parsed.GetValue(productId),
                BusinessName = parsed.GetValue(businessName),
                Features = parsed.GetValue(feature) ?? [],
                Priority = MvpRequestLine.Priority(parsed.GetValue(priority)!),
                EstimatedDuration = parsed.GetValue(duration),
                UserEmail = parsed.GetValue(email),
                Metadata = parsed.GetValue(metadata) is { } json ? Metadata(json) : null,
                DatabaseUrl = database.Bind(parsed, terminal) ?? environment(DatabaseVariable),
                AllowPlainDatabaseUrl = database.AllowPlain(parsed),
            };
            if (path is not null && request.JobId is not null)
                throw new OpsException(ErrorIds.InvalidArgument, "--job-id is one job's, and --request-file brings several. Give jobId in its lines.");
            IAsyncEnumerable<MvpRequest> requests = path is null
                ? Streams.From([request])
                : LineFile.ReadAsync(path, terminal, line => MvpRequestLine.Parse(line, request), screen.LineFailed, cancellationToken);
            return await ShowAsync(jobs.Sender.SendAsync(requests, bus, send.ThrottleLimit(parsed), approve, screen, cancellationToken), common.Format(parsed), screen);
        }));
        return command.WithExamples(
            """
            ebops mvp send --user-id user123 --product-id prod456 \
              --business-name 'My Startup MVP' --feature auth,dashboard --priority high
            ebops mvp send --request-file requests.jsonl --output jsonl
            """,
            $$"""
            The event is {{MvpEvent.DetailType}} of {{MvpEvent.Source}}. A job is in
            the store before its event leaves; what a crash leaves pending, 'ebops mvp
            repair' sends. A line of --request-file is {userId, productId, jobId?,
            businessName?, features?, priority?, estimatedDuration?, userEmail?,
            databaseUrl?, metadata?, eventBusName?}.
            """);
    }

    public static Command Repair(Terminal terminal)
    {
        Argument<string[]> ids = new Argument<string[]>("job-id") { Description = "Only these jobs.", Arity = ArgumentArity.ZeroOrMore }.Naming(NameKind.Job);
        Option<double> age = new("--minimum-age-seconds") { HelpName = "number", Description = "How old a pending job must be, unless it is named.", DefaultValueFactory = _ => MvpJobRepair.DefaultMinimumAge.TotalSeconds };
        DatabaseArguments database = new(plainOnly: true);
        SendArguments send = new(MvpEvent.DefaultBus, withEnvFile: false, withBus: false);
        JobArguments common = new(terminal);
        Command command = new("repair", "Sends the events of jobs that are pending, with the same ids.") { ids };
        command.AddAll([age, .. database.All, .. send.All, .. common.All]);
        command.SetAction(common.Run((parsed, jobs, screen, cancellationToken) =>
        {
            if (parsed.GetValue(age) is not (>= 0 and <= 31_536_000))
                throw new OpsException(ErrorIds.InvalidArgument, $"--minimum-age-seconds {parsed.GetValue(age).ToString(CultureInfo.InvariantCulture)} is no number of seconds from 0 to a year.");
            ApproveChange approve = send.Approval.Bind(parsed, screen);
            string? url = database.Bind(parsed, terminal) ?? EnvFile.Over(common.Settings(parsed), terminal.Environment)(DatabaseVariable);
            return ShowAsync(
                jobs.Repair.RunAsync(parsed.GetValue(ids)!, TimeSpan.FromSeconds(parsed.GetValue(age)), url, send.ThrottleLimit(parsed), approve, screen, cancellationToken),
                common.Format(parsed), screen);
        }));
        return command.WithExamples(
            """
            ebops mvp repair --what-if
            ebops mvp repair job_1734567890123_abc123def
            """);
    }

    private static async Task<int> ShowAsync(IAsyncEnumerable<MvpSendResult> results, OutputFormat format, Screen screen)
    {
        int sent = 0, would = 0;
        await RecordWriter<MvpSendResult>.For(format, screen, Shapes.MvpSendResult, Layouts.MvpSendResult).WriteAllAsync(results, result =>
        {
            sent += result.Status == EventStatus.Sent ? 1 : 0;
            would += result.Status == EventStatus.WouldSend ? 1 : 0;
        });
        screen.Say($"{(would > 0 ? $"{would} would be sent" : $"{sent} sent")}{(screen.Failures > 0 ? $", {screen.Failures} failed" : "")}.");
        return screen.Failures > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static JsonObject Metadata(string json)
    {
        try
        {
            return Document.Parse(json);
        }
        catch (JsonException)
        {
            throw new OpsException(ErrorIds.InvalidArgument, "--metadata is no JSON object; one looks like '{\"plan\":\"pro\"}'.");
        }
    }
}

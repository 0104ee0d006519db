using System.CommandLine;
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
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Jobs;
using EventBridgeOps.Publishing;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Cli.Jobs;

/// <summary><c>ebops mvp send</c> and <c>repair</c>.</summary>
internal static class MvpSendCommands
{
    public static Command Send(Terminal terminal)
    {
        Option<string?> jobId = Options.Text("--job-id", "id", "The ID of the job (default: a new ID).");
        Option<string?> userId = Options.Text("--user-id", "id", "The ID of the user who makes the request.");
        Option<string?> productId = Options.Text("--product-id", "id", "The ID of the product.");
        Option<string?> businessName = Options.Text("--business-name", "text", "The name of the business.");
        Option<string[]> feature = Options.List("--feature", "name", "The features of the MVP.");
        Option<string> priority = Options.ChoiceOr("normal", "--priority", "The priority of the request.", "low", "normal", "high");
        Option<string?> duration = Options.Text("--estimated-duration", "seconds", "The estimated duration in seconds, or with units, for example 4h.");
        Option<string?> email = Options.Text("--user-email", "address", "The email address of the user.");
        Option<string?> metadata = Options.Text("--metadata", "json", "A JSON object with additional metadata for the event.");
        Option<string?> requestFile = Options.Text("--request-file", "path", "A file of requests (JSON lines, a JSON array, or CSV with a header), for which the other options are defaults. Use '-' for standard input.");
        Option<int?> tests = Options.Number("--test-count", "number", "Send this number of test requests, with users and products that do not exist.");
        DatabaseArguments database = new();
        SendArguments send = new();
        JobArguments common = new(terminal);
        Command command = new("send", "Sends MVP requests. Each request is recorded as a job before its event is sent.");
        command.AddAll([jobId, userId, productId, businessName, feature, priority, duration, email, metadata, .. database.All, requestFile, tests, .. send.All, .. common.All]);
        command.At("--user-id", "--product-id");
        command.SetAction(common.Run(async (parsed, jobs, screen, cancellationToken) =>
        {
            string? bus = DefaultBus.Find(send.EventBusName(parsed), terminal.Environment);
            string? path = parsed.GetValue(requestFile);
            if (path == "-" && (parsed.GetValue(send.Approval.Confirm) || database.FromInput(parsed)))
                throw new OpsException(ErrorIds.InvalidArgument, MvpCommandMessages.RequestFileNeedsInput());
            if (path is not null && parsed.GetResult(jobId) is { Implicit: false })
                throw new OpsException(ErrorIds.InvalidArgument, MvpCommandMessages.JobIdForSeveral());
            if (path is not null && parsed.GetValue(tests) is not null)
                throw new OpsException(ErrorIds.InvalidArgument, MvpCommandMessages.TestsAndFile());
            ApproveChange approve = send.Approval.Bind(parsed, screen);
            MvpRequest request = new MvpRequest
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
                AllowPlainDatabaseUrl = database.AllowPlain(parsed),
            }.WithDatabase(await database.BindAsync(parsed, terminal, cancellationToken), terminal.Environment);
            IReadOnlyList<MvpRequest> given = parsed.GetValue(tests) is { } count ? MvpTestRequests.Of(count, request) : [request];
            if (path is null)
                given[0].Check();
            MvpRequestReader reader = new(request);
            IAsyncEnumerable<MvpRequest> requests = path is null ? Streams.From(given)
                : path == EventArguments.StandardInput ? reader.ReadAsync(screen.Terminal.InBytes, EventArguments.StandardInputName, screen, cancellationToken)
                : reader.ReadFileAsync(path, screen, cancellationToken);
            return await ShowAsync(jobs.Sender.SendAsync(requests, bus, send.Options(parsed).ThrottleLimit, approve, screen, cancellationToken), common.Format(parsed), screen);
        }));
        return command.WithExamples(
            """
            ebops mvp send --user-id user123 --product-id prod456 \
              --business-name 'My Startup MVP' --feature auth,dashboard \
              --priority high --event-bus-name mvp-development
            ebops mvp send --request-file requests.jsonl --output jsonl \
              --event-bus-name mvp-development
            ebops mvp send --test-count 5 --event-bus-name mvp-development
            """,
            $$"""
            The event has the detail type {{MvpEvent.DetailType}} and the source
            {{MvpEvent.Source}}. A job is stored before its event is sent. If the
            process is interrupted in between, 'ebops mvp repair' sends the event. A request
            of --request-file is {userId, productId, jobId?, businessName?, features?,
            priority?, estimatedDuration?, userEmail?, databaseUrl?, metadata?,
            eventBusName?}.
            """);
    }

    public static Command Repair(Terminal terminal)
    {
        Argument<string[]> ids = new Argument<string[]>("job-id") { Description = "The IDs of the jobs (default: all pending jobs).", Arity = ArgumentArity.ZeroOrMore }.Naming(NameKind.Job);
        Option<double> age = new("--minimum-age-seconds") { HelpName = "number", Description = "The minimum age of a pending job, in seconds. Does not apply to jobs that are specified by ID.", DefaultValueFactory = _ => MvpJobRepair.DefaultMinimumAge.TotalSeconds };
        DatabaseArguments database = new(plainOnly: true);
        SendArguments send = new(withBus: false);
        JobArguments common = new(terminal);
        Command command = new("repair", "Sends the events of pending jobs, with the same IDs.") { ids };
        command.AddAll([age, .. database.All, .. send.All, .. common.All]);
        command.SetAction(common.Run(async (parsed, jobs, screen, cancellationToken) =>
        {
            if (parsed.GetValue(age) is not (>= 0 and <= 31_536_000))
                throw new OpsException(ErrorIds.InvalidArgument, MvpCommandMessages.AgeOutOfRange("MinimumAgeSeconds", parsed.GetValue(age)));
            ApproveChange approve = send.Approval.Bind(parsed, screen);
            string? url = DatabaseSetting.Find(await database.BindAsync(parsed, terminal, cancellationToken), terminal.Environment);
            return await ShowAsync(
                jobs.Repair.RunAsync(parsed.GetValue(ids)!, TimeSpan.FromSeconds(parsed.GetValue(age)), url, send.Options(parsed).ThrottleLimit, approve, screen, cancellationToken),
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
        await RecordWriter<MvpSendResult>.For(format, screen, MvpSendResult.Shape).WriteAllAsync(results, result =>
        {
            sent += result.Status == EventStatus.Sent ? 1 : 0;
            would += result.Status == EventStatus.WouldSend ? 1 : 0;
        });
        screen.Say((would > 0, screen.Failures > 0) switch
        {
            (true, true) => EventCommandMessages.WouldSendAndFailed(would, screen.Failures),
            (true, false) => EventCommandMessages.WouldSend(would),
            (false, true) => EventCommandMessages.SentAndFailed(sent, screen.Failures),
            _ => EventCommandMessages.Sent(sent),
        });
        return screen.FailureCode ?? ExitCode.Done;
    }

    private static JsonObject Metadata(string json)
    {
        try
        {
            return Document.Parse(json);
        }
        catch (JsonException e)
        {
            throw new OpsException(ErrorIds.InvalidArgument, MvpCommandMessages.MetadataNotAnObject(EventDocument.Reason(e, json)));
        }
    }
}

using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Administration;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Ecr;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Cli.Sandbox;

/// <summary>The commands of <c>ebops sandbox</c> that talk to a running sandbox: what it delivered, what it is, its images and its clock.</summary>
internal static class SandboxReading
{
    public static Command Status(Terminal terminal)
    {
        OutputArguments output = new();
        Option<string?> endpoint = Endpoint();
        Command command = new("status", "Shows the running sandbox: its endpoint, its clock and the number of deliveries.");
        command.AddAll([endpoint, .. output.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using Screen screen = output.Screen(parsed, terminal);
            RecordWriter<SandboxStatus> writer = RecordWriter<SandboxStatus>.For(output.Format(parsed), screen, SandboxStatus.Shape);
            await writer.WriteAllAsync(new[] { await StatusAsync(parsed.GetValue(endpoint), terminal, cancellationToken) }.ToAsync());
            return ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops sandbox status
            ebops sandbox status --query '[0].Endpoint' --output text
            """,
            """
            The exit code is 1 if no sandbox is running.
            """);
    }

    public static Command Deliveries(Terminal terminal)
    {
        OutputArguments output = new();
        Option<string?> endpoint = Endpoint();
        Option<bool> follow = Options.Flag("--follow", "Keep running, and show each delivery as it changes, until Ctrl+C.");
        Option<string?> eventId = Options.Text("--event-id", "id", "Only the deliveries of this event.");
        Option<string[]> ruleName = Options.List("--rule-name", "pattern", "Only the deliveries of these rules. Wildcards: * and ?.");
        Option<string[]> outcome = Options.List("--outcome", "outcome", $"Only deliveries with one of these outcomes: {string.Join(", ", Enum.GetNames<DeliveryOutcome>())}.");
        Command command = new("deliveries", "Lists the deliveries of events in the sandbox and their outcomes: one line for each event and target.");
        command.AddAll([eventId, ruleName, outcome, follow, endpoint, .. output.All]);
        command.At(eventId.Name);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            DeliveryQuery query = new()
            {
                EventId = parsed.GetValue(eventId),
                RuleName = parsed.GetValue(ruleName) ?? [],
                Outcome = [.. (parsed.GetValue(outcome) ?? []).Select(Outcome)],
                Follow = parsed.GetValue(follow),
            };
            using Screen screen = output.Screen(parsed, terminal);
            OutputFormat format = output.Format(parsed);
            if (query.Follow && format == OutputFormat.Table && screen.Query is null)
                format = OutputFormat.Text; // A table is drawn when all of it is known.
            using SandboxAdmin admin = await FindAsync(parsed.GetValue(endpoint), terminal, cancellationToken);
            RecordWriter<SandboxDelivery> writer = RecordWriter<SandboxDelivery>.For(format, screen, SandboxDelivery.Shape, text: query.Follow ? DeliveryLine.Of : null, follows: query.Follow);
            if (await writer.WriteAllAsync(admin.DeliveriesAsync(query, cancellationToken)) == 0)
                screen.Say(Filters(query) is { Length: > 0 } filters ? SandboxCommandMessages.NoneMatches(filters) : SandboxCommandMessages.NoDeliveries());
            return ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops sandbox deliveries --follow
            ebops sandbox deliveries --outcome DeadLettered,Lost
            ebops sandbox deliveries --output jsonl | jq .Reason
            """,
            """
            The sandbox keeps the last 10,000 deliveries until it stops.
            """);
    }

    public static Command Push(Terminal terminal)
    {
        Option<string?> endpoint = Endpoint();
        Option<string?> image = Options.Text("--image", "repository:tag", "The image to push, for example acme:v2. The repository is created if it does not exist.");
        Option<string?> region = Options.Text("--region", "region", "The Region (default: that of the sandbox).");
        Command command = new("push", "Pushes an image to the sandbox's Amazon ECR, which reports it as an event.");
        command.AddAll(image, region, endpoint);
        command.At(image.Name);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string wanted = parsed.GetValue(image) ?? throw new OpsException(ErrorIds.InvalidArgument, SandboxCommandMessages.WhichImage());
            using SandboxAdmin admin = await FindAsync(parsed.GetValue(endpoint), terminal, cancellationToken);
            SandboxImage pushed = await admin.PushImageAsync(wanted, parsed.GetValue(region), cancellationToken);
            terminal.Say(SandboxCommandMessages.Pushed(pushed));
            if (pushed.EventId is { } eventId)
                terminal.Say(SandboxCommandMessages.PushEvent(eventId, pushed.MatchingRules));
            return ExitCode.Done;
        });
        return command.WithExamples("ebops sandbox push newsarchive-backend:v44");
    }

    public static Command Time(Terminal terminal)
    {
        Option<string?> endpoint = Endpoint();
        Option<string?> span = Options.Text("--span", "duration", "How far to advance the clock, for example 90s, 2h, 1d12h or 02:00:00. A number without a unit is in seconds. At most 366 days.");
        Command advance = new("advance", "Advances the sandbox's clock. Everything that is due until then (retries, schedules, jobs, functions) is done immediately.") { span, endpoint };
        advance.At(span.Name);
        advance.SetAction(async (parsed, cancellationToken) =>
        {
            string text = parsed.GetValue(span) ?? throw new OpsException(ErrorIds.InvalidArgument, SandboxCommandMessages.WhichSpan());
            TimeSpan length = ClockSpan.Read(text);
            using SandboxAdmin admin = await FindAsync(parsed.GetValue(endpoint), terminal, cancellationToken);
            await admin.AdvanceTimeAsync(length, cancellationToken);
            terminal.Say(SandboxCommandMessages.Advanced((await admin.StatusAsync(cancellationToken)).Time!.Value));
            return ExitCode.Done;
        });
        return new("time", "Controls the sandbox's clock.") { advance.WithExamples("ebops sandbox time advance 2h") };
    }

    private static string[] Filters(DeliveryQuery query) =>
    [
        .. query.EventId is { } eventId ? [$"event ID {eventId}"] : Array.Empty<string>(),
        .. query.RuleName.Count > 0 ? [$"rule {string.Join(" or ", query.RuleName)}"] : Array.Empty<string>(),
        .. query.Outcome.Count > 0 ? [$"outcome {string.Join(" or ", query.Outcome)}"] : Array.Empty<string>(),
    ];

    /// <summary>The option for the sandbox, if several are running.</summary>
    private static Option<string?> Endpoint() => Options.Text("--endpoint-url", "url", "The endpoint of the sandbox, if several are running (default: AWS_ENDPOINT_URL).");

    /// <summary>The sandbox that is meant: the one that is named, or that the environment points to, or the only one of this user.</summary>
    /// <exception cref="SandboxException">No sandbox is running, or several are.</exception>
    private static async Task<SandboxAdmin> FindAsync(string? given, Terminal terminal, CancellationToken cancellationToken) => new(
        given ?? (await RecordAsync(null, terminal, cancellationToken))?.Endpoint.ToString() ?? Here(terminal) ?? throw new SandboxException(SandboxCommandMessages.NoneToAsk()),
        terminal.Time);

    /// <summary>A sandbox that has no record: that of a PowerShell session, which names it in the environment.</summary>
    private static string? Here(Terminal terminal) =>
        terminal.Environment("AWS_ENDPOINT_URL") is { } endpoint && SandboxRecords.IsLocal(endpoint) ? endpoint : null;

    private static Task<SandboxRecord?> RecordAsync(string? given, Terminal terminal, CancellationToken cancellationToken) =>
        SandboxRecords.OfUser(terminal.Environment).FindAsync(given, terminal.Environment("AWS_ENDPOINT_URL"), cancellationToken);

    private static async Task<SandboxStatus> StatusAsync(string? given, Terminal terminal, CancellationToken cancellationToken)
    {
        if (given is null && await RecordAsync(null, terminal, cancellationToken) is { Engine: not "built-in" } other)
            return new() { Endpoint = other.Endpoint.GetLeftPart(UriPartial.Authority), Engine = other.Engine, ProcessId = other.ProcessId };
        using SandboxAdmin admin = await FindAsync(given, terminal, cancellationToken);
        return await admin.StatusAsync(cancellationToken);
    }

    private static DeliveryOutcome Outcome(string text) => Enum.TryParse(text, ignoreCase: true, out DeliveryOutcome outcome) && Enum.IsDefined(outcome)
        ? outcome
        : throw new OpsException(ErrorIds.InvalidArgument, SandboxCommandMessages.NotAnOutcome(text, Enum.GetNames<DeliveryOutcome>()));
}

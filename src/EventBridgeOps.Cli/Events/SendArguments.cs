using System.CommandLine;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Completion;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Cli.Events;

/// <summary>The options of all commands that send events.</summary>
/// <param name="defaultBus">The event bus if none is specified.</param>
/// <param name="withEnvFile">Whether to include the file of settings.</param>
/// <param name="withBus">Whether to include the event bus.</param>
internal sealed class SendArguments(string defaultBus, bool withEnvFile = true, bool withBus = true)
{
    private readonly Option<string?> _eventBusName = Options.Text("--event-bus-name", "name", $"The name or ARN of the event bus (default: EVENTBRIDGE_BUS_NAME, or else {defaultBus}).").Naming(NameKind.EventBus);
    private readonly Option<int> _throttle = new("--throttle-limit") { HelpName = "number", Description = "The maximum number of concurrent API calls.", DefaultValueFactory = _ => ThrottleLimits.Default };

    public EnvFileArgument EnvFile { get; } = new();

    public ApprovalArguments Approval { get; } = new();

    public IEnumerable<Option> All => [.. withBus ? [_eventBusName] : Array.Empty<Option>(), _throttle, .. withEnvFile ? [EnvFile.Option] : Array.Empty<Option>(), .. Approval.All];

    public string? EventBusName(ParseResult parsed) => parsed.GetValue(_eventBusName);

    public int ThrottleLimit(ParseResult parsed) => parsed.GetValue(_throttle);
}

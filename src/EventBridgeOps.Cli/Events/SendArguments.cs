using System.CommandLine;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Cli.Events;

/// <summary>What all that sends events takes.</summary>
/// <param name="defaultBus">The bus where nothing is said of one.</param>
/// <param name="withEnvFile">Whether the file of settings is among them.</param>
/// <param name="withBus">Whether the bus is among them.</param>
internal sealed class SendArguments(string defaultBus, bool withEnvFile = true, bool withBus = true)
{
    private readonly Option<string?> _eventBusName = Options.Text("--event-bus-name", "name", $"The event bus, its name or ARN (default: EVENTBRIDGE_BUS_NAME, else {defaultBus}).").Naming(NameKind.EventBus);
    private readonly Option<int> _throttle = new("--throttle-limit") { HelpName = "number", Description = "How many calls are under way at a time.", DefaultValueFactory = _ => ThrottleLimits.Default };

    public EnvFileArgument EnvFile { get; } = new();

    public ApprovalArguments Approval { get; } = new();

    public IEnumerable<Option> All => [.. withBus ? [_eventBusName] : Array.Empty<Option>(), _throttle, .. withEnvFile ? [EnvFile.Option] : Array.Empty<Option>(), .. Approval.All];

    public string? EventBusName(ParseResult parsed) => parsed.GetValue(_eventBusName);

    public int ThrottleLimit(ParseResult parsed) => parsed.GetValue(_throttle);
}

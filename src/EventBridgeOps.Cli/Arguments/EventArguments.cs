using System.CommandLine;
using EventBridgeOps.Rules;
using EventBridgeOps.Settings;

namespace EventBridgeOps.Cli;

/// <summary>A file of settings, which goes before the environment and after the options.</summary>
internal sealed class EnvFileArgument
{
    public Option<string?> Option { get; } = Options.Text("--env-file", "path", "A file of settings, NAME=value lines; its values go before the environment's.");

    public EnvFile? Read(ParseResult parsed) => parsed.GetValue(Option) is { } path ? EnvFile.Read(path) : null;
}

/// <summary>What all that sends events takes.</summary>
internal sealed class SendArguments
{
    private readonly Option<string?> _eventBusName;
    private readonly Option<int> _throttle = new("--throttle-limit") { HelpName = "number", Description = "How many calls are under way at a time.", DefaultValueFactory = _ => RuleQuery.DefaultThrottleLimit };

    public SendArguments(string defaultBus) =>
        _eventBusName = Options.Text("--event-bus-name", "name", $"The event bus, its name or ARN (default: EVENTBRIDGE_BUS_NAME, else {defaultBus}).");

    public EnvFileArgument EnvFile { get; } = new();

    public ApprovalArguments Approval { get; } = new();

    public IEnumerable<Option> All => [_eventBusName, _throttle, EnvFile.Option, .. Approval.All];

    public string? EventBusName(ParseResult parsed) => parsed.GetValue(_eventBusName);

    public int ThrottleLimit(ParseResult parsed) => parsed.GetValue(_throttle);
}

using System.CommandLine;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Completion;
using EventBridgeOps.Publishing;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Cli.Events;

/// <summary>The options of all commands that send events.</summary>
/// <param name="defaultBus">The event bus if none is specified.</param>
/// <param name="withBus">Whether to include the event bus.</param>
/// <param name="withAsIs">Whether the details can be sent unchanged.</param>
internal sealed class SendArguments(string defaultBus = DefaultBus.Description, bool withBus = true, bool withAsIs = false)
{
    private readonly Option<string?> _eventBusName = Language.Options.Text("--event-bus-name", "name", $"The name or ARN of the event bus (default: {defaultBus}).").Naming(NameKind.EventBus);
    private readonly RequestOptions<PublishOptions> _options = withAsIs ? new(PublishOptions.Request) : new(PublishOptions.Request, nameof(PublishOptions.AsIs), nameof(PublishOptions.Project));

    public ApprovalArguments Approval { get; } = new();

    public IEnumerable<Option> All => [.. withBus ? [_eventBusName] : Array.Empty<Option>(), .. _options.All, .. Approval.All];

    public string? EventBusName(ParseResult parsed) => parsed.GetValue(_eventBusName);

    /// <summary>How to send, checked.</summary>
    public PublishOptions Options(ParseResult parsed)
    {
        PublishOptions options = _options.Read(parsed, _ => null);
        options.Check();
        return options;
    }
}

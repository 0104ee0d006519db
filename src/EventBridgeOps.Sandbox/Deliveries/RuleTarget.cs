using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.EventBridge;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>A target of a rule, read once.</summary>
internal sealed class RuleTarget
{
    private RuleTarget(string id, Arn arn, RawDocument document, JsonObject node) => (Id, Arn, Document, Node) = (id, arn, document, node);

    /// <summary>The service that stands for archives, whose target is of EventBridge and has no resource.</summary>
    public const string ArchiveService = "events archive";

    public string Id { get; }

    public Arn Arn { get; }

    /// <summary>What receives the event: a service, or one of the things that EventBridge itself has.</summary>
    public string Service => Arn is not { Service: BusTarget.ServiceName } ? Arn.Service
        : Arn.Resource == ArchiveRule.TargetResource ? ArchiveService
        : Arn.Resource.StartsWith("event-bus/", StringComparison.Ordinal) ? BusTarget.ServiceName
        : $"{BusTarget.ServiceName} {Arn.Resource.Split('/')[0]}";

    public RawDocument Document { get; }

    /// <summary>The same document, as what determines its input reads it.</summary>
    public JsonObject Node { get; }

    /// <summary>The ARN of the queue for dead letters; null if it has none.</summary>
    public string? DeadLetterQueue => Document.Object("DeadLetterConfig")?.Text("Arn");

    /// <summary>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html: 185 attempts by default.</summary>
    public int MostRetries => (int)(Document.Object("RetryPolicy")?.Number("MaximumRetryAttempts") ?? 185);

    /// <summary>24 hours by default.</summary>
    public TimeSpan LongestAge => TimeSpan.FromSeconds(Document.Object("RetryPolicy")?.Number("MaximumEventAgeInSeconds") ?? 86_400);

    public static RuleTarget From(RawDocument document) => new(
        document.Text("Id")!,
        Arn.TryParse(document.Text("Arn"), out Arn? arn) ? arn : new("aws", "", "", "", document.Text("Arn") ?? ""),
        document,
        JsonNode.Parse(document.ToUtf8(), documentOptions: new JsonDocumentOptions { MaxDepth = Events.Documents.Document.MaxDepth })!.AsObject());
}

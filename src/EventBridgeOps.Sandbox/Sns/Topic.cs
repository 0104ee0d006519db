using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>A topic.</summary>
internal sealed class Topic
{
    public const string FifoSuffix = ".fifo";

    private readonly Operation operation;

    private Topic(Operation operation, string name, RawDocument document) => (this.operation, Name, Document) = (operation, name, document);

    public string Name { get; }

    public RawDocument Document { get; private set; }

    public string Arn => ArnOf(operation, Name);

    public bool IsFifo => Name.EndsWith(FifoSuffix, StringComparison.Ordinal);

    public RawDocument Attributes => Document.Object("Attributes") ?? RawDocument.Empty;

    /// <summary>The tags by their keys.</summary>
    public RawDocument Tags => Document.Object("Tags") ?? RawDocument.Empty;

    public string Policy => Attributes.Text("Policy") is { Length: > 0 } policy ? policy : TopicAttributes.DefaultPolicy(Arn, operation.Account.Id);

    /// <summary>The deduplication IDs of the last five minutes.</summary>
    public Table Seen => operation.State["snsSeen/" + Name];

    public static string ArnOf(Operation operation, string name) => operation.Arn("sns", name);

    /// <summary>The topic that a call names.</summary>
    public static Topic At(Operation operation, string member = "TopicArn")
    {
        string text = operation.Input.Text(member) ?? throw SnsErrors.Invalid(member);
        if (!Events.Names.Arn.TryParse(text, out _))
            throw SnsErrors.Invalid($"{member} Reason: An ARN must have at least 6 elements, not {text.Split(':').Length}");
        return AtArn(operation, text) ?? throw SnsErrors.NoTopic();
    }

    /// <summary>The topic with this ARN, if it is one of this account and Region.</summary>
    public static Topic? AtArn(Operation operation, string? text) =>
        Events.Names.Arn.TryParse(text, out Arn? arn) && arn.Service == "sns" && operation.IsHere(arn.Partition, arn.Region, arn.AccountId)
            ? Named(operation, arn.Resource)
            : null;

    public static Topic? Named(Operation operation, string name) => All(operation).Find(name) is { } document ? new(operation, name, document) : null;

    public static Table All(Operation operation) => operation.State["snsTopics"];

    public void Keep(RawDocument document)
    {
        Document = document;
        All(operation)[Name] = document;
    }

    public void Remove()
    {
        All(operation).Remove(Name);
        operation.State.Drop("snsSeen/" + Name);
        foreach (Subscription subscription in Subscription.Of(operation, Name))
            subscription.Remove();
    }
}

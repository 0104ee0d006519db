using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>A subscription of a topic.</summary>
internal sealed class Subscription
{
    private readonly Operation operation;
    private readonly string key;

    private Subscription(Operation operation, string key, RawDocument document) => (this.operation, this.key, Document) = (operation, key, document);

    public RawDocument Document { get; private set; }

    public string TopicName => key.Substring(0, key.IndexOf(':'));

    public string TopicArn => Topic.ArnOf(operation, TopicName);

    public string Arn => Topic.ArnOf(operation, key);

    public string Protocol => Document.Text("Protocol") ?? "";

    public string Endpoint => Document.Text("Endpoint") ?? "";

    /// <summary>Whether the endpoint has not confirmed it.</summary>
    public bool IsPending => Token is not null;

    /// <summary>The token by which the endpoint confirms; null when it has.</summary>
    public string? Token => Document.Text("Token");

    public RawDocument Attributes => Document.Object("Attributes") ?? RawDocument.Empty;

    public bool IsRaw => Attributes.Text("RawMessageDelivery") == "true";

    /// <summary>The ARN of the queue for what could not be delivered.</summary>
    public string? DeadLetterQueue => Attributes.Text("RedrivePolicy") is { Length: > 0 } policy ? RawDocument.Parse(policy).Text("deadLetterTargetArn") : null;

    /// <summary>Where the endpoint unsubscribes itself, or confirms.</summary>
    public string Host => Document.Text("Host") ?? "localhost";

    /// <summary>The subscriptions of a topic, in the order of their ARNs.</summary>
    public static IEnumerable<Subscription> Of(Operation operation, string topic) => Every(operation).Where(subscription => subscription.TopicName == topic);

    public static IEnumerable<Subscription> Every(Operation operation) => All(operation).ToList().Select(row => new Subscription(operation, row.Key, row.Value));

    /// <summary>The subscription that a call names.</summary>
    public static Subscription At(Operation operation)
    {
        string text = operation.Input.Text("SubscriptionArn") ?? throw SnsErrors.Invalid("SubscriptionArn");
        if (!Events.Names.Arn.TryParse(text, out Arn? arn) || arn.Resource.Split(':').Length != 2)
            throw SnsErrors.Invalid("SubscriptionArn Reason: An ARN must have at least 6 elements, not " + text.Split(':').Length);
        return AtArn(operation, text) ?? throw SnsErrors.NoSubscription();
    }

    /// <summary>The subscription with this ARN, if it is one of this account and Region.</summary>
    public static Subscription? AtArn(Operation operation, string? text) =>
        Events.Names.Arn.TryParse(text, out Arn? arn) && arn.Service == "sns" && operation.IsHere(arn.Partition, arn.Region, arn.AccountId)
            && All(operation).Find(arn.Resource) is { } document ? new(operation, arn.Resource, document) : null;

    public static Subscription Make(Operation operation, Topic topic, RawDocument document)
    {
        Subscription made = new(operation, $"{topic.Name}:{operation.Account.Random.Id()}", document);
        made.Keep(document);
        return made;
    }

    public void Keep(RawDocument document)
    {
        Document = document;
        All(operation)[key] = document;
    }

    public void Remove() => All(operation).Remove(key);

    private static Table All(Operation operation) => operation.State["snsSubscriptions"];
}

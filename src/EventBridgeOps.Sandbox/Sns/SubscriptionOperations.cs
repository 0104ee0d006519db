using System.Net;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Sqs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>Subscriptions: queues of the account, and HTTP endpoints on this computer.</summary>
internal static class SubscriptionOperations
{
    private const string Pending = "PendingConfirmation";

    /// <summary>What ListSubscriptions shows where AWS knows more than the sandbox: protocols that exist, but are not simulated.</summary>
    private static readonly string[] OtherProtocols = ["email", "email-json", "sms", "application", "lambda", "firehose"];

    public static RawDocument Subscribe(Operation operation)
    {
        RawDocument input = operation.Input;
        Topic topic = Topic.At(operation);
        string protocol = input.Text("Protocol") ?? throw SnsErrors.Invalid("Protocol");
        string endpoint = input.Text("Endpoint") ?? throw SnsErrors.Invalid("Endpoint");
        RawDocument given = input.Object("Attributes") ?? RawDocument.Empty;
        CheckEndpoint(operation, topic, protocol, endpoint);
        SubscriptionAttributes.Check(operation, topic, given, given);

        Subscription? existing = Subscription.Of(operation, topic.Name).FirstOrDefault(other => other.Protocol == protocol && other.Endpoint == endpoint);
        if (existing is not null && given.Members.Any(attribute => existing.Attributes.Text(attribute.Key) != attribute.Value.GetString()))
            throw SnsErrors.Invalid("Attributes Reason: Subscription already exists with different attributes");

        bool isHttp = protocol != "sqs";
        Subscription subscription = existing ?? Subscription.Make(operation, topic, RawDocument.Empty
            .With("Protocol", protocol)
            .With("Endpoint", endpoint)
            .With("Attributes", given)
            .With("Host", operation.Call.Host)
            .With("Token", isHttp ? NewToken(operation) : null));
        if (subscription.IsPending)
            HttpNotifier.Confirm(operation, subscription);
        return RawDocument.Empty.With("SubscriptionArn", subscription.IsPending && !input.Flag("ReturnSubscriptionArn") ? "pending confirmation" : subscription.Arn);
    }

    public static RawDocument Confirm(Operation operation)
    {
        Topic topic = Topic.At(operation);
        string token = operation.Input.Text("Token") ?? throw SnsErrors.Invalid("Token");
        Subscription subscription = Subscription.Of(operation, topic.Name).FirstOrDefault(other => (other.Token ?? other.Document.Text("Confirmed")) == token)
            ?? throw SnsErrors.Invalid("Token");
        RawDocument confirmed = subscription.Document.Without("Token").With("Confirmed", token);
        if (operation.Input.Text("AuthenticateOnUnsubscribe") == "true")
            confirmed = confirmed.With("Authenticated", true);
        subscription.Keep(confirmed);
        return RawDocument.Empty.With("SubscriptionArn", subscription.Arn);
    }

    /// <summary>A subscription that is not there is unsubscribed too.</summary>
    public static RawDocument Unsubscribe(Operation operation)
    {
        string text = operation.Input.Text("SubscriptionArn") ?? throw SnsErrors.Invalid("SubscriptionArn");
        if (!Arn.TryParse(text, out Arn? arn) || arn.Resource.Split(':').Length != 2)
            throw SnsErrors.Invalid($"SubscriptionArn Reason: An ARN must have at least 6 elements, not {text.Split(':').Length}");
        Subscription? subscription = Subscription.AtArn(operation, text);
        if (subscription?.Document.Flag("Authenticated") == true && operation.Call.AccessKey is null)
            throw new AwsError(403, "AuthorizationError", "Access denied"); // AuthenticateOnUnsubscribe of ConfirmSubscription.
        subscription?.Remove();
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation) => List(operation, Subscription.Every(operation));

    public static RawDocument ListByTopic(Operation operation) => List(operation, Subscription.Of(operation, Topic.At(operation).Name));

    public static RawDocument GetAttributes(Operation operation)
    {
        Subscription subscription = Subscription.At(operation);
        return RawDocument.Empty.With("Attributes", RawDocument.Empty
            .With("SubscriptionArn", subscription.Arn)
            .With("Protocol", subscription.Protocol)
            .With("Endpoint", subscription.Endpoint)
            .With("TopicArn", subscription.TopicArn)
            .With("Owner", operation.Account.Id)
            .With("PendingConfirmation", subscription.IsPending ? "true" : "false")
            .With("ConfirmationWasAuthenticated", subscription.Protocol == "sqs" || subscription.Document.Flag("Authenticated") ? "true" : "false")
            .With("RawMessageDelivery", "false")
            .With("SubscriptionPrincipal", operation.GlobalArn("iam", "user/sandbox"))
            .With(subscription.Attributes.Text("FilterPolicy") is null ? RawDocument.Empty : RawDocument.Empty.With("FilterPolicyScope", "MessageAttributes"))
            .With(subscription.Attributes));
    }

    public static RawDocument SetAttributes(Operation operation)
    {
        Subscription subscription = Subscription.At(operation);
        string name = operation.Input.Text("AttributeName") ?? throw SnsErrors.Invalid("AttributeName");
        string value = operation.Input.Text("AttributeValue") ?? "";
        RawDocument given = RawDocument.Empty.With(name, value);
        SubscriptionAttributes.Check(operation, Topic.Named(operation, subscription.TopicName) ?? throw SnsErrors.NoTopic(), subscription.Attributes.With(given), given);
        bool isRemoved = value.Length == 0 || (name == "FilterPolicy" && FilterPolicy.IsEmpty(value));
        subscription.Keep(subscription.Document.With("Attributes", isRemoved ? subscription.Attributes.Without(name) : subscription.Attributes.With(given)));
        return RawDocument.Empty;
    }

    private static RawDocument List(Operation operation, IEnumerable<Subscription> subscriptions)
    {
        Paging.Page<Subscription> page = operation.Page(subscriptions, subscription => subscription.Arn, null, operation.Input.Text("NextToken"));
        return RawDocument.Empty
            .With("Subscriptions", page.Items.Select(subscription => RawDocument.Empty
                .With("SubscriptionArn", subscription.IsPending ? Pending : subscription.Arn)
                .With("Owner", operation.Account.Id)
                .With("Protocol", subscription.Protocol)
                .With("Endpoint", subscription.Endpoint)
                .With("TopicArn", subscription.TopicArn)))
            .With("NextToken", page.NextToken);
    }

    private static void CheckEndpoint(Operation operation, Topic topic, string protocol, string endpoint)
    {
        switch (protocol)
        {
            case "sqs":
                CheckQueue(operation, topic, endpoint);
                break;
            case "http" or "https":
                CheckUrl(topic, protocol, endpoint);
                break;
            case { } other when OtherProtocols.Contains(other):
                throw SnsErrors.NotSupported(SnsMessages.Protocol(other).ToString());
            default:
                throw SnsErrors.Invalid($"Amazon SNS does not support this protocol string: {protocol}");
        }
    }

    private static void CheckQueue(Operation operation, Topic topic, string endpoint)
    {
        if (!Arn.TryParse(endpoint, out Arn? arn) || arn.Service != "sqs")
            throw SnsErrors.Invalid("SQS endpoint ARN");
        if (!operation.IsHere(arn.Partition, arn.Region, arn.AccountId))
            throw SnsErrors.NotSupported(SnsMessages.OtherQueue(endpoint).ToString());
        if (!topic.IsFifo && arn.Resource.EndsWith(Queue.FifoSuffix, StringComparison.Ordinal))
            throw SnsErrors.Invalid("Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics");
    }

    private static void CheckUrl(Topic topic, string protocol, string endpoint)
    {
        if (topic.IsFifo)
            throw SnsErrors.Invalid($"Invalid parameter: Endpoint Reason: Please use FIFO SQS queue"); // https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-delivery.html
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? url) || url.Scheme != protocol)
            throw SnsErrors.Invalid("Endpoint must match the specified protocol");
        bool isHere = url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(url.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
        if (!isHere || url.UserInfo.Length > 0)
            throw SnsErrors.NotSupported(SnsMessages.NotLoopback(endpoint).ToString());
    }

    private static string NewToken(Operation operation) =>
        string.Concat(Enumerable.Range(0, 4).Select(_ => operation.Account.Random.Id().Replace("-", "")));
}

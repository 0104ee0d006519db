using System.Globalization;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>
/// A published message, and how SNS writes it to an endpoint. SNS signs what it sends; the sandbox cannot have the key of AWS, so the signature
/// is a placeholder that says so, and no verification of it succeeds.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html and http-subscription-confirmation-json.html</remarks>
/// <param name="Id">Its ID.</param>
/// <param name="Document">The members of Publish: Message, Subject, MessageAttributes, MessageGroupId, MessageDeduplicationId.</param>
/// <param name="SentAt">When it was published.</param>
internal sealed record Notification(string Id, RawDocument Document, DateTimeOffset SentAt)
{
    private const string Unsigned = "bm90LXNpZ25lZC1pbi10aGUtc2FuZGJveA=="; // "not-signed-in-the-sandbox"

    /// <summary>The number of a message of a FIFO topic; null otherwise.</summary>
    public string? SequenceNumber { get; init; }

    public RawDocument Attributes => Document.Object("MessageAttributes") ?? RawDocument.Empty;

    /// <summary>What a subscriber with this protocol gets: its own part of a message that has parts.</summary>
    /// <remarks>https://docs.aws.amazon.com/sns/latest/api/API_Publish.html, MessageStructure</remarks>
    public string MessageFor(string protocol)
    {
        string message = Document.Text("Message")!;
        if (Document.Text("MessageStructure") != "json")
            return message;
        RawDocument parts = RawDocument.Parse(message);
        return parts.Text(protocol) ?? parts.Text("default")!;
    }

    /// <summary>The message in its envelope.</summary>
    public string Envelope(Subscription subscription)
    {
        RawDocument envelope = RawDocument.Empty.With("Type", "Notification").With("MessageId", Id);
        if (SequenceNumber is not null)
            envelope = envelope.With("SequenceNumber", SequenceNumber);
        envelope = envelope
            .With("TopicArn", subscription.TopicArn)
            .With("Subject", Document.Text("Subject"))
            .With("Message", MessageFor(subscription.Protocol))
            .With("Timestamp", Time(SentAt));
        if (SequenceNumber is null) // Messages of FIFO topics are not signed.
            envelope = Signed(envelope, subscription.Host);
        envelope = envelope.With("UnsubscribeURL", $"http://{subscription.Host}/?Action=Unsubscribe&SubscriptionArn={subscription.Arn}");
        return Written(Attributes.Members.Count == 0 ? envelope : envelope.With("MessageAttributes", Attributes.Members.Aggregate(
            RawDocument.Empty, (all, attribute) => all.With(attribute.Key, Shown(RawDocument.From(attribute.Value))))));
    }

    /// <summary>What asks an endpoint to confirm its subscription.</summary>
    public static string Confirmation(Operation operation, Subscription subscription, string id) => Written(Signed(
        RawDocument.Empty
            .With("Type", "SubscriptionConfirmation")
            .With("MessageId", id)
            .With("Token", subscription.Token)
            .With("TopicArn", subscription.TopicArn)
            .With("Message", $"You have chosen to subscribe to the topic {subscription.TopicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.")
            .With("SubscribeURL", $"http://{subscription.Host}/?Action=ConfirmSubscription&TopicArn={subscription.TopicArn}&Token={subscription.Token}")
            .With("Timestamp", Time(operation.Now)),
        subscription.Host));

    private static RawDocument Signed(RawDocument envelope, string host) => envelope
        .With("SignatureVersion", "1")
        .With("Signature", Unsigned)
        .With("SigningCertURL", $"http://{host}/SimpleNotificationService-not-signed-in-the-sandbox.pem");

    private static RawDocument Shown(RawDocument attribute) => RawDocument.Empty
        .With("Type", attribute.Text("DataType"))
        .With("Value", attribute.Text("StringValue") ?? attribute.Text("BinaryValue"));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>SNS writes each member on a line of its own, with blanks around the colon.</summary>
    private static string Written(RawDocument document)
    {
        StringBuilder text = new("{");
        string separator = "\n  ";
        foreach (KeyValuePair<string, JsonElement> member in document.Members)
        {
            text.Append(separator).Append(Json.Text(member.Key).GetRawText()).Append(" : ").Append(member.Value.GetRawText());
            separator = ",\n  ";
        }

        return text.Append("\n}").ToString();
    }
}

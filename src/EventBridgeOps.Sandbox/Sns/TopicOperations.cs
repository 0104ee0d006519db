using System.Globalization;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>Topics, and what is set on them.</summary>
internal static class TopicOperations
{
    public static RawDocument Create(Operation operation)
    {
        string name = operation.Input.Text("Name") ?? throw SnsErrors.Invalid("Name");
        RawDocument given = operation.Input.Object("Attributes") ?? RawDocument.Empty;
        bool isFifo = given.Text("FifoTopic") == "true";
        if (operation.Input["DataProtectionPolicy"] is not null)
            throw SnsErrors.NotSupported("DataProtectionPolicy");
        CheckName(name, isFifo);
        TopicAttributes.Check(given, isFifo);
        RawDocument tags = TopicTags.Read(operation.Input);
        if (Topic.Named(operation, name) is { } existing)
        {
            if (given.Members.Any(attribute => existing.Attributes.Text(attribute.Key) != attribute.Value.GetString()))
                throw SnsErrors.Invalid("Attributes Reason: Topic already exists with different attributes");
            if (tags.Members.Count > 0 && tags.ToString() != existing.Tags.ToString())
                throw SnsErrors.Invalid("Tags Reason: Topic already exists with different tags");
        }
        else
        {
            RawDocument attributes = isFifo ? RawDocument.Empty.With("ContentBasedDeduplication", "false").With("FifoThroughputScope", "Topic") : RawDocument.Empty;
            Topic.All(operation)[name] = RawDocument.Empty.With("Attributes", attributes.With(given)).With("Tags", tags);
        }

        return RawDocument.Empty.With("TopicArn", Topic.ArnOf(operation, name));
    }

    /// <summary>A topic that is not there is deleted too.</summary>
    public static RawDocument Delete(Operation operation)
    {
        Topic.AtArn(operation, operation.Input.Text("TopicArn") ?? throw SnsErrors.Invalid("TopicArn"))?.Remove();
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation)
    {
        Paging.Page<string> page = operation.Page(Topic.All(operation).Keys, name => name, null, operation.Input.Text("NextToken"));
        return RawDocument.Empty
            .With("Topics", page.Items.Select(name => RawDocument.Empty.With("TopicArn", Topic.ArnOf(operation, name))))
            .With("NextToken", page.NextToken);
    }

    public static RawDocument GetAttributes(Operation operation)
    {
        Topic topic = Topic.At(operation);
        List<Subscription> subscriptions = [.. Subscription.Of(operation, topic.Name)];
        int pending = subscriptions.Count(subscription => subscription.IsPending);
        return RawDocument.Empty.With("Attributes", RawDocument.Empty
            .With("TopicArn", topic.Arn)
            .With("Owner", operation.Account.Id)
            .With("Policy", topic.Policy)
            .With("DisplayName", "")
            .With("SubscriptionsPending", Text(pending))
            .With("SubscriptionsConfirmed", Text(subscriptions.Count - pending))
            .With("SubscriptionsDeleted", "0")
            .With("EffectiveDeliveryPolicy", TopicAttributes.DeliveryPolicy)
            .With(topic.Attributes.Without("Policy")));
    }

    public static RawDocument SetAttributes(Operation operation)
    {
        Topic topic = Topic.At(operation);
        string name = operation.Input.Text("AttributeName") ?? throw SnsErrors.Invalid("AttributeName");
        string value = operation.Input.Text("AttributeValue") ?? "";
        if (name == "FifoTopic")
            throw SnsErrors.Invalid("AttributeName"); // A topic stays what it is.
        TopicAttributes.Check(name, value, topic.IsFifo);
        topic.Keep(topic.Document.With("Attributes", topic.Attributes.With(name, value)));
        return RawDocument.Empty;
    }

    private static void CheckName(string name, bool isFifo)
    {
        string plain = isFifo && name.EndsWith(Topic.FifoSuffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Topic.FifoSuffix.Length) : name;
        if (name.Length <= 256 && Regex.IsMatch(plain, @"\A[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant) && !(isFifo && plain == name))
            return;
        throw isFifo
            ? SnsErrors.Invalid("Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.")
            : SnsErrors.Invalid("Topic Name");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

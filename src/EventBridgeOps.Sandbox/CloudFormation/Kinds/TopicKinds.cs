using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>AWS::SNS::Topic</summary>
internal sealed class TopicKind : ResourceKind
{
    private const string Subscriptions = "Subscription";

    private static readonly string[] Settings = ["DisplayName", "ContentBasedDeduplication", "FifoThroughputScope", "KmsMasterKeyId", "ArchivePolicy", "SignatureVersion", "TracingConfig"];

    public override string Type => "AWS::SNS::Topic";

    public override string? NameProperty => "TopicName";

    public override bool HasSystemTags => true;

    public override void Create(ResourceWork work)
    {
        work.Refuse(Type, "DataProtectionPolicy", "DeliveryStatusLogging");
        bool isFifo = work.Properties.Flag("FifoTopic");
        string name = work.Name("TopicName", 250);
        if (isFifo && work.Properties["TopicName"] is null)
            name += ".fifo";
        string arn = work.Operation.Arn("sns", name);
        if (work.TryCall("sns", "GetTopicAttributes", RawDocument.Empty.With("TopicArn", arn)) is not null)
            throw AlreadyExists.Named(Type, arn);
        RawDocument attributes = Attributes(work.Properties);
        work.PhysicalId = work.Call("sns", "CreateTopic", RawDocument.Empty
            .With("Name", name)
            .With("Attributes", isFifo ? attributes.With("FifoTopic", "true") : attributes)
            .With("Tags", work.TagsListed())).Text("TopicArn");
        foreach (RawDocument subscription in work.Properties.List(Subscriptions).Select(RawDocument.From))
            Subscribe(work, subscription);
    }

    public override void Update(ResourceWork work)
    {
        work.Refuse(Type, "DataProtectionPolicy", "DeliveryStatusLogging");
        RawDocument topic = RawDocument.Empty.With("TopicArn", work.PhysicalId);
        RawDocument after = Attributes(work.Properties), before = Attributes(work.Before);
        foreach (string name in Settings.Where(name => after.Text(name) != before.Text(name)))
            work.Call("sns", "SetTopicAttributes", topic.With("AttributeName", name).With("AttributeValue", after.Text(name) ?? ""));
        if (work.Differs(Subscriptions))
        {
            Unsubscribe(work, work.Before);
            foreach (RawDocument subscription in work.Properties.List(Subscriptions).Select(RawDocument.From))
                Subscribe(work, subscription);
        }

        (RawDocument set, string[] removed) = work.TagChanges();
        if (set.Members.Count > 0)
            work.Call("sns", "TagResource", RawDocument.Empty.With("ResourceArn", work.PhysicalId).With("Tags", Worlds.TagList.Of(set)));
        if (removed.Length > 0)
            work.Call("sns", "UntagResource", RawDocument.Empty.With("ResourceArn", work.PhysicalId).With("TagKeys", removed));
    }

    public override void Delete(ResourceWork work)
    {
        Unsubscribe(work, work.Properties);
        work.TryCall("sns", "DeleteTopic", RawDocument.Empty.With("TopicArn", work.PhysicalId));
    }

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty
        .With("TopicArn", work.PhysicalId)
        .With("TopicName", work.PhysicalId!.Substring(work.PhysicalId.LastIndexOf(':') + 1));

    private static RawDocument Attributes(RawDocument properties) =>
        properties.Only(Settings).Members.Aggregate(RawDocument.Empty, (all, member) => all.With(member.Key, AttributeText.Of(member.Value)));

    private static void Subscribe(ResourceWork work, RawDocument subscription) => work.Call("sns", "Subscribe", subscription.With("TopicArn", work.PhysicalId));

    private static void Unsubscribe(ResourceWork work, RawDocument properties)
    {
        List<RawDocument> own = [.. properties.List(Subscriptions).Select(RawDocument.From)];
        if (own.Count == 0 || work.TryCall("sns", "ListSubscriptionsByTopic", RawDocument.Empty.With("TopicArn", work.PhysicalId)) is not { } answer)
            return;
        foreach (RawDocument found in answer.List("Subscriptions").Select(RawDocument.From)
            .Where(found => own.Exists(one => one.Text("Endpoint") == found.Text("Endpoint") && one.Text("Protocol") == found.Text("Protocol"))))
        {
            work.TryCall("sns", "Unsubscribe", found.Only("SubscriptionArn"));
        }
    }
}

/// <summary>AWS::SNS::TopicPolicy</summary>
internal sealed class TopicPolicyKind : ResourceKind
{
    public override string Type => "AWS::SNS::TopicPolicy";

    public override void Create(ResourceWork work)
    {
        work.PhysicalId = work.Name("");
        Set(work);
    }

    public override void Update(ResourceWork work)
    {
        Clear(work, work.Before.Texts("Topics").Except(work.Properties.Texts("Topics")));
        Set(work);
    }

    public override void Delete(ResourceWork work) => Clear(work, work.Properties.Texts("Topics"));

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty.With("Id", work.PhysicalId);

    private static void Set(ResourceWork work)
    {
        foreach (string topic in work.Properties.Texts("Topics"))
            work.Call("sns", "SetTopicAttributes", Input(topic, work.Properties["PolicyDocument"]!.Value.GetRawText()));
    }

    /// <summary>A topic without a policy of its own has the one of a new topic.</summary>
    private static void Clear(ResourceWork work, IEnumerable<string> topics)
    {
        foreach (string topic in topics)
            work.TryCall("sns", "SetTopicAttributes", Input(topic, Sns.TopicAttributes.DefaultPolicy(topic, work.Operation.Account.Id).Trim()));
    }

    private static RawDocument Input(string topic, string policy) =>
        RawDocument.Empty.With("TopicArn", topic).With("AttributeName", "Policy").With("AttributeValue", policy);
}

/// <summary>AWS::SNS::Subscription</summary>
internal sealed class SubscriptionKind : ResourceKind
{
    private static readonly string[] Settings = ["DeliveryPolicy", "FilterPolicy", "FilterPolicyScope", "RawMessageDelivery", "RedrivePolicy", "ReplayPolicy", "SubscriptionRoleArn"];

    public override string Type => "AWS::SNS::Subscription";

    public override void Create(ResourceWork work)
    {
        if (work.Properties.Text("Region") is { } region && region != work.Operation.Call.Region)
            throw new AwsError(400, "InvalidRequest", StackMessages.Value("Region", Type).ToString());
        work.PhysicalId = work.Call("sns", "Subscribe", work.Given("TopicArn", "Protocol", "Endpoint")
            .With("Attributes", Attributes(work.Properties)).With("ReturnSubscriptionArn", true)).Text("SubscriptionArn");
    }

    public override void Update(ResourceWork work)
    {
        RawDocument after = Attributes(work.Properties), before = Attributes(work.Before);
        foreach (string name in Settings.Where(name => after.Text(name) != before.Text(name)))
        {
            work.Call("sns", "SetSubscriptionAttributes", RawDocument.Empty
                .With("SubscriptionArn", work.PhysicalId)
                .With("AttributeName", name)
                .With("AttributeValue", after.Text(name) ?? (name == "RawMessageDelivery" ? "false" : name.EndsWith("Policy", StringComparison.Ordinal) ? "{}" : "")));
        }
    }

    public override void Delete(ResourceWork work) => work.TryCall("sns", "Unsubscribe", RawDocument.Empty.With("SubscriptionArn", work.PhysicalId));

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty.With("Arn", work.PhysicalId);

    private static RawDocument Attributes(RawDocument properties) =>
        properties.Only(Settings).Members.Aggregate(RawDocument.Empty, (all, member) => all.With(member.Key, AttributeText.Of(member.Value)));
}

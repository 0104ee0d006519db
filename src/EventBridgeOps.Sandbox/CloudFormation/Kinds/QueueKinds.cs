using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>AWS::SQS::Queue</summary>
internal sealed class QueueKind : ResourceKind
{
    public override string Type => "AWS::SQS::Queue";

    public override string? NameProperty => "QueueName";

    public override void Create(ResourceWork work)
    {
        bool isFifo = work.Properties.Flag("FifoQueue");
        string name = work.Name("QueueName", isFifo ? 75 : 80);
        if (isFifo && work.Properties["QueueName"] is null)
            name += ".fifo";
        if (work.TryCall("sqs", "GetQueueUrl", RawDocument.Empty.With("QueueName", name)) is not null)
            throw AlreadyExists.Named(Type, name); // CreateQueue would answer with the queue of another owner.
        RawDocument input = RawDocument.Empty.With("QueueName", name).With("Attributes", Attributes(work.Properties)).With("tags", work.Tags());
        work.PhysicalId = work.Call("sqs", "CreateQueue", input).Text("QueueUrl");
    }

    public override void Update(ResourceWork work)
    {
        RawDocument url = RawDocument.Empty.With("QueueUrl", work.PhysicalId);
        RawDocument after = Attributes(work.Properties).Without("FifoQueue"), before = Attributes(work.Before).Without("FifoQueue");
        // What is not set any more gets the default of the service.
        RawDocument defaults = before.Members.Where(member => after[member.Key] is null).Aggregate(
            RawDocument.Empty, (all, member) => all.With(member.Key, Default(member.Key)));
        RawDocument changed = after.Without([.. after.Members.Where(member => before.Text(member.Key) == member.Value.GetString()).Select(member => member.Key)]).With(defaults);
        if (changed.Members.Count > 0)
            work.Call("sqs", "SetQueueAttributes", url.With("Attributes", changed));
        (RawDocument set, string[] removed) = work.TagChanges();
        if (set.Members.Count > 0)
            work.Call("sqs", "TagQueue", url.With("Tags", set));
        if (removed.Length > 0)
            work.Call("sqs", "UntagQueue", url.With("TagKeys", removed));
    }

    public override void Delete(ResourceWork work) => work.TryCall("sqs", "DeleteQueue", RawDocument.Empty.With("QueueUrl", work.PhysicalId));

    public override RawDocument Attributes(ResourceWork work)
    {
        string name = work.PhysicalId!.Substring(work.PhysicalId.LastIndexOf('/') + 1);
        return RawDocument.Empty.With("Arn", work.Operation.Arn("sqs", name)).With("QueueName", name).With("QueueUrl", work.PhysicalId);
    }

    private static RawDocument Attributes(RawDocument properties) => properties.Without("QueueName", "Tags").Members.Aggregate(RawDocument.Empty, (all, member) =>
        member is { Key: "FifoQueue", Value.ValueKind: JsonValueKind.False } ? all : all.With(member.Key, AttributeText.Of(member.Value)));

    private static string Default(string attribute) => attribute switch
    {
        "DelaySeconds" or "ReceiveMessageWaitTimeSeconds" => "0",
        "MaximumMessageSize" => "1048576",
        "MessageRetentionPeriod" => "345600",
        "VisibilityTimeout" => "30",
        "SqsManagedSseEnabled" => "true",
        "ContentBasedDeduplication" => "false",
        _ => "",
    };
}

/// <summary>AWS::SQS::QueuePolicy</summary>
internal sealed class QueuePolicyKind : ResourceKind
{
    public override string Type => "AWS::SQS::QueuePolicy";

    public override void Create(ResourceWork work)
    {
        work.PhysicalId = work.Name("");
        Set(work, work.Properties.Texts("Queues"), work.Properties["PolicyDocument"]!.Value.GetRawText());
    }

    public override void Update(ResourceWork work)
    {
        string[] queues = [.. work.Properties.Texts("Queues")];
        Clear(work, work.Before.Texts("Queues").Except(queues));
        Set(work, queues, work.Properties["PolicyDocument"]!.Value.GetRawText());
    }

    public override void Delete(ResourceWork work) => Clear(work, work.Properties.Texts("Queues"));

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty.With("Id", work.PhysicalId);

    private static void Clear(ResourceWork work, IEnumerable<string> queues)
    {
        foreach (string queue in queues)
            work.TryCall("sqs", "SetQueueAttributes", Input(queue, ""));
    }

    private static void Set(ResourceWork work, IEnumerable<string> queues, string policy)
    {
        foreach (string queue in queues)
            work.Call("sqs", "SetQueueAttributes", Input(queue, policy));
    }

    private static RawDocument Input(string queue, string policy) =>
        RawDocument.Empty.With("QueueUrl", queue).With("Attributes", RawDocument.Empty.With("Policy", policy));
}

/// <summary>Attributes of SQS and SNS, which are texts.</summary>
internal static class AttributeText
{
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };
}

/// <summary>A resource of another owner has the name: a call that creates it would change that one.</summary>
internal static class AlreadyExists
{
    public static AwsError Named(string type, string name) => new(409, "AlreadyExists", $"Resource of type '{type}' with identifier '{name}' already exists.");
}

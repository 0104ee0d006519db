using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>AWS::Logs::DeliverySource</summary>
internal sealed class DeliverySourceKind : ResourceKind
{
    private const string Source = "deliverySource";

    public override string Type => "AWS::Logs::DeliverySource";

    public override string? NameProperty => "Name";

    public override bool HasSystemTags => true;

    public override void Create(ResourceWork work)
    {
        string name = work.Properties.Text("Name")!;
        if (work.TryCall("logs", "GetDeliverySource", RawDocument.Empty.With("name", name)) is not null)
            throw AlreadyExists.Named(Type, name); // PutDeliverySource would change that one.
        work.Call("logs", "PutDeliverySource", Input(work).With("tags", work.Tags()));
        work.PhysicalId = name;
    }

    public override void Update(ResourceWork work)
    {
        work.Call("logs", "PutDeliverySource", Input(work));
        LogResource.UpdateTags(work, Attributes(work).Text("Arn")!);
    }

    public override void Delete(ResourceWork work) => work.TryCall("logs", "DeleteDeliverySource", RawDocument.Empty.With("name", work.PhysicalId));

    public override RawDocument Attributes(ResourceWork work)
    {
        RawDocument source = work.Call("logs", "GetDeliverySource", RawDocument.Empty.With("name", work.PhysicalId)).Object(Source)!;
        return RawDocument.Empty.With("Arn", source.Text("arn")).With("ResourceArns", source.Texts("resourceArns")).With("Service", source.Text("service"));
    }

    private static RawDocument Input(ResourceWork work) => work.Lowered().Only("name", "resourceArn", "logType");
}

/// <summary>AWS::Logs::DeliveryDestination</summary>
internal sealed class DeliveryDestinationKind : ResourceKind
{
    public override string Type => "AWS::Logs::DeliveryDestination";

    public override string? NameProperty => "Name";

    public override bool HasSystemTags => true;

    public override void Create(ResourceWork work)
    {
        work.Refuse(Type, "DeliveryDestinationPolicy");
        string name = work.Properties.Text("Name")!;
        if (work.TryCall("logs", "GetDeliveryDestination", RawDocument.Empty.With("name", name)) is not null)
            throw AlreadyExists.Named(Type, name);
        RawDocument given = work.Lowered();
        work.Call("logs", "PutDeliveryDestination", given.Only("name", "outputFormat", "deliveryDestinationType")
            .With("deliveryDestinationConfiguration", given.Only("destinationResourceArn"))
            .With("tags", work.Tags()));
        work.PhysicalId = name;
    }

    public override void Update(ResourceWork work)
    {
        work.Refuse(Type, "DeliveryDestinationPolicy");
        LogResource.UpdateTags(work, Attributes(work).Text("Arn")!);
    }

    public override void Delete(ResourceWork work) => work.TryCall("logs", "DeleteDeliveryDestination", RawDocument.Empty.With("name", work.PhysicalId));

    public override RawDocument Attributes(ResourceWork work)
    {
        RawDocument destination = work.Call("logs", "GetDeliveryDestination", RawDocument.Empty.With("name", work.PhysicalId)).Object("deliveryDestination")!;
        return RawDocument.Empty.With("Arn", destination.Text("arn")).With("DeliveryDestinationType", destination.Text("deliveryDestinationType"));
    }
}

/// <summary>AWS::Logs::Delivery</summary>
internal sealed class DeliveryKind : ResourceKind
{
    private static readonly string[] Unsupported = ["FieldDelimiter", "RecordFields", "S3EnableHiveCompatiblePath", "S3SuffixPath"];

    public override string Type => "AWS::Logs::Delivery";

    public override bool HasSystemTags => true;

    public override void Create(ResourceWork work)
    {
        work.Refuse(Type, Unsupported);
        work.PhysicalId = work.Call("logs", "CreateDelivery", work.Lowered().Only("deliverySourceName", "deliveryDestinationArn").With("tags", work.Tags()))
            .Object("delivery")!.Text("id");
    }

    public override void Update(ResourceWork work)
    {
        work.Refuse(Type, Unsupported);
        LogResource.UpdateTags(work, Attributes(work).Text("Arn")!);
    }

    public override void Delete(ResourceWork work) => work.TryCall("logs", "DeleteDelivery", RawDocument.Empty.With("id", work.PhysicalId));

    public override RawDocument Attributes(ResourceWork work)
    {
        RawDocument delivery = work.Call("logs", "GetDelivery", RawDocument.Empty.With("id", work.PhysicalId)).Object("delivery")!;
        return RawDocument.Empty
            .With("Arn", delivery.Text("arn"))
            .With("DeliveryDestinationType", delivery.Text("deliveryDestinationType"))
            .With("DeliveryId", work.PhysicalId);
    }
}

/// <summary>What the types of CloudWatch Logs have in common.</summary>
internal static class LogResource
{
    public static void UpdateTags(ResourceWork work, string arn)
    {
        (RawDocument set, string[] removed) = work.TagChanges();
        RawDocument resource = RawDocument.Empty.With("resourceArn", arn);
        if (set.Members.Count > 0)
            work.Call("logs", "TagResource", resource.With("tags", set));
        if (removed.Length > 0)
            work.Call("logs", "UntagResource", resource.With("tagKeys", removed));
    }
}

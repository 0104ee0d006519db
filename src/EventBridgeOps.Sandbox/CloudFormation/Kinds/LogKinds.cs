using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>AWS::Logs::LogGroup</summary>
internal sealed class LogGroupKind : ResourceKind
{
    private const string Retention = "RetentionInDays";

    private static readonly string[] Unsupported = ["DataProtectionPolicy", "FieldIndexPolicies", "ResourcePolicyDocument", "BearerTokenAuthenticationEnabled"];

    public override string Type => "AWS::Logs::LogGroup";

    public override string? NameProperty => "LogGroupName";

    public override bool HasSystemTags => true;

    public override void Create(ResourceWork work)
    {
        work.Refuse(Type, Unsupported);
        string name = work.Name("LogGroupName", 512);
        work.Call("logs", "CreateLogGroup", RawDocument.Empty
            .With("logGroupName", name)
            .With(work.Lowered().Only("kmsKeyId", "logGroupClass", "deletionProtectionEnabled"))
            .With("tags", work.Tags()));
        work.PhysicalId = name;
        if (work.Properties[Retention] is not null)
            PutRetention(work);
    }

    public override void Update(ResourceWork work)
    {
        work.Refuse(Type, Unsupported);
        RawDocument group = RawDocument.Empty.With("logGroupName", work.PhysicalId);
        if (work.Differs(Retention))
        {
            if (work.Properties[Retention] is null)
                work.Call("logs", "DeleteRetentionPolicy", group);
            else
                PutRetention(work);
        }

        if (work.Differs("KmsKeyId"))
            work.Call("logs", work.Properties["KmsKeyId"] is null ? "DisassociateKmsKey" : "AssociateKmsKey", group.With(work.Lowered().Only("kmsKeyId")));
        if (work.Differs("DeletionProtectionEnabled"))
            work.Call("logs", "PutLogGroupDeletionProtection", RawDocument.Empty.With("logGroupIdentifier", work.PhysicalId).With(work.Lowered().Only("deletionProtectionEnabled")));
        LogResource.UpdateTags(work, work.Operation.Arn("logs", "log-group:" + work.PhysicalId));
    }

    public override void Delete(ResourceWork work) => work.TryCall("logs", "DeleteLogGroup", RawDocument.Empty.With("logGroupName", work.PhysicalId));

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty.With("Arn", work.Operation.Arn("logs", $"log-group:{work.PhysicalId}:*"));

    private static void PutRetention(ResourceWork work) => work.Call("logs", "PutRetentionPolicy", RawDocument.Empty
        .With("logGroupName", work.PhysicalId).With(work.Lowered().Only("retentionInDays")));
}

/// <summary>AWS::Logs::LogStream</summary>
internal sealed class LogStreamKind : ResourceKind
{
    public override string Type => "AWS::Logs::LogStream";

    public override string? NameProperty => "LogStreamName";

    public override void Create(ResourceWork work)
    {
        string name = work.Name("LogStreamName", 512);
        work.Call("logs", "CreateLogStream", work.Lowered().With("logStreamName", name));
        work.PhysicalId = name;
    }

    public override void Update(ResourceWork work)
    {
        // No property can be changed.
    }

    public override void Delete(ResourceWork work) => work.TryCall("logs", "DeleteLogStream", work.Lowered().With("logStreamName", work.PhysicalId));
}

/// <summary>AWS::Logs::ResourcePolicy</summary>
internal sealed class LogPolicyKind : ResourceKind
{
    public override string Type => "AWS::Logs::ResourcePolicy";

    public override string? NameProperty => "PolicyName";

    public override void Create(ResourceWork work)
    {
        string name = work.Properties.Text("PolicyName")!;
        if (work.Call("logs", "DescribeResourcePolicies", RawDocument.Empty).List("resourcePolicies").Any(policy => RawDocument.From(policy).Text("policyName") == name))
            throw AlreadyExists.Named(Type, name);
        Put(work);
        work.PhysicalId = name;
    }

    public override void Update(ResourceWork work) => Put(work);

    public override void Delete(ResourceWork work) => work.TryCall("logs", "DeleteResourcePolicy", RawDocument.Empty.With("policyName", work.PhysicalId));

    private static void Put(ResourceWork work) => work.Call("logs", "PutResourcePolicy", work.Lowered());
}

/// <summary>AWS::Logs::MetricFilter</summary>
internal sealed class MetricFilterKind : ResourceKind
{
    public override string Type => "AWS::Logs::MetricFilter";

    public override string? NameProperty => "FilterName";

    public override void Create(ResourceWork work)
    {
        string name = work.Name("FilterName", 512);
        Put(work, name);
        work.PhysicalId = name;
    }

    public override void Update(ResourceWork work) => Put(work, work.PhysicalId!);

    public override void Delete(ResourceWork work) =>
        work.TryCall("logs", "DeleteMetricFilter", work.Lowered().Only("logGroupName").With("filterName", work.PhysicalId));

    /// <summary>The dimensions are a list of keys and values here, and a map in the API.</summary>
    private static void Put(ResourceWork work, string name)
    {
        RawDocument input = work.Lowered().With("filterName", name);
        work.Call("logs", "PutMetricFilter", input.With("metricTransformations", input.List("metricTransformations").Select(RawDocument.From).Select(one =>
            one["dimensions"] is null ? one : one.With("dimensions", one.List("dimensions").Select(RawDocument.From).Aggregate(
                RawDocument.Empty, (all, pair) => all.With(pair.Text("key") ?? "", pair.Text("value") ?? ""))))));
    }
}

using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>AWS::DynamoDB::Table</summary>
internal sealed class TableKind : ResourceKind
{
    private const string TimeToLive = "TimeToLiveSpecification";

    private static readonly string[] Unsupported =
    [
        "ContributorInsightsSpecification", "ImportSourceSpecification", "KinesisStreamSpecification", "ResourcePolicy", "OnDemandThroughput", "WarmThroughput",
    ];

    /// <summary>What CreateTable takes.</summary>
    private static readonly string[] Created =
    [
        "AttributeDefinitions", "KeySchema", "BillingMode", "ProvisionedThroughput", "GlobalSecondaryIndexes", "LocalSecondaryIndexes", "TableClass", "DeletionProtectionEnabled",
    ];

    public override string Type => "AWS::DynamoDB::Table";

    public override string? NameProperty => "TableName";

    public override IEnumerable<string> AlsoReplacing => ["KeySchema", "LocalSecondaryIndexes"];

    public override void Create(ResourceWork work)
    {
        work.Refuse(Type, Unsupported);
        string name = work.Name("TableName", 255);
        RawDocument input = work.Given(Created).With("TableName", name).With("Tags", work.TagsListed());
        if (work.Properties.Object("StreamSpecification") is { } stream)
            input = input.With("StreamSpecification", stream.With("StreamEnabled", true));
        if (work.Properties.Object("SSESpecification") is { } encryption)
        {
            input = input.With("SSESpecification", encryption.Without("SSEEnabled").With("Enabled", encryption["SSEEnabled"] ?? Json.Flag(true)));
        }

        work.Call("dynamodb", "CreateTable", input);
        work.PhysicalId = name;
        if (work.Properties[TimeToLive] is { } live)
            work.Call("dynamodb", "UpdateTimeToLive", RawDocument.Empty.With("TableName", name).With(TimeToLive, live));
        PutRecovery(work);
    }

    public override void Update(ResourceWork work)
    {
        work.Refuse(Type, Unsupported);
        RawDocument table = RawDocument.Empty.With("TableName", work.PhysicalId);
        string[] changed = [.. new[] { "BillingMode", "ProvisionedThroughput", "TableClass", "DeletionProtectionEnabled", "StreamSpecification", "SSESpecification" }.Where(work.Differs)];
        if (changed.Length > 0)
        {
            RawDocument input = work.Given(changed);
            if (changed.Contains("DeletionProtectionEnabled") && work.Properties["DeletionProtectionEnabled"] is null)
                input = input.With("DeletionProtectionEnabled", false);
            if (changed.Contains("TableClass") && work.Properties["TableClass"] is null)
                input = input.With("TableClass", "STANDARD");
            if (changed.Contains("BillingMode"))
                input = input.With("BillingMode", work.Properties.Text("BillingMode") ?? "PROVISIONED");
            work.Call("dynamodb", "UpdateTable", table.With(input));
        }

        UpdateIndexes(work, table);
        if (work.Differs(TimeToLive))
            UpdateTimeToLive(work, table);
        if (work.Differs("PointInTimeRecoverySpecification"))
            PutRecovery(work);
        (RawDocument set, string[] removed) = work.TagChanges();
        RawDocument arn = RawDocument.Empty.With("ResourceArn", Attributes(work).Text("Arn"));
        if (set.Members.Count > 0)
            work.Call("dynamodb", "TagResource", arn.With("Tags", Worlds.TagList.Of(set)));
        if (removed.Length > 0)
            work.Call("dynamodb", "UntagResource", arn.With("TagKeys", removed));
    }

    public override void Delete(ResourceWork work) => work.TryCall("dynamodb", "DeleteTable", RawDocument.Empty.With("TableName", work.PhysicalId));

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty.With("Arn", work.Operation.Arn("dynamodb", "table/" + work.PhysicalId));

    /// <summary>One index is added or removed at a time: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html.</summary>
    private static void UpdateIndexes(ResourceWork work, RawDocument table)
    {
        const string Indexes = "GlobalSecondaryIndexes";
        if (!work.Differs(Indexes))
            return;
        List<RawDocument> before = [.. work.Before.List(Indexes).Select(RawDocument.From)], after = [.. work.Properties.List(Indexes).Select(RawDocument.From)];
        List<RawDocument> updates = [];
        foreach (RawDocument gone in before.Where(one => !after.Exists(other => other.Text("IndexName") == one.Text("IndexName"))))
            updates.Add(RawDocument.Empty.With("Delete", gone.Only("IndexName")));
        foreach (RawDocument one in after)
        {
            RawDocument? known = before.Find(other => other.Text("IndexName") == one.Text("IndexName"));
            if (known is null)
                updates.Add(RawDocument.Empty.With("Create", one));
            else if (!SameJson.Are(known.ToElement(), one.ToElement()))
                updates.Add(RawDocument.Empty.With("Update", one.Only("IndexName", "ProvisionedThroughput")));
        }

        foreach (RawDocument update in updates)
            work.Call("dynamodb", "UpdateTable", table.With(work.Given("AttributeDefinitions")).With("GlobalSecondaryIndexUpdates", [update]));
    }

    private static void UpdateTimeToLive(ResourceWork work, RawDocument table) => work.Call("dynamodb", "UpdateTimeToLive", table.With(TimeToLive,
        work.Properties.Object(TimeToLive) ?? work.Before.Object(TimeToLive)!.With("Enabled", false)));

    private static void PutRecovery(ResourceWork work)
    {
        JsonElement? wanted = work.Properties["PointInTimeRecoverySpecification"];
        if (wanted is null && work.Before["PointInTimeRecoverySpecification"] is null)
            return;
        work.Call("dynamodb", "UpdateContinuousBackups", RawDocument.Empty
            .With("TableName", work.PhysicalId)
            .With("PointInTimeRecoverySpecification", wanted ?? Json.Parse("""{"PointInTimeRecoveryEnabled":false}""")));
    }
}

/// <summary>AWS::SSM::Parameter</summary>
internal sealed class ParameterKind : ResourceKind
{
    public override string Type => "AWS::SSM::Parameter";

    public override string? NameProperty => "Name";

    public override bool HasSystemTags => true;

    public override void Create(ResourceWork work)
    {
        string name = work.Properties.Text("Name") ?? $"CFN-{work.Name("Name", 100).Substring(work.StackName.Length + 1)}";
        work.Call("ssm", "PutParameter", work.Properties.With("Name", name).Without("Tags").With("Tags", work.TagsListed()));
        work.PhysicalId = name;
    }

    public override void Update(ResourceWork work)
    {
        work.Call("ssm", "PutParameter", work.Properties.Without("Tags").With("Name", work.PhysicalId).With("Overwrite", true));
        (RawDocument set, string[] removed) = work.TagChanges();
        RawDocument resource = RawDocument.Empty.With("ResourceType", "Parameter").With("ResourceId", work.PhysicalId);
        if (set.Members.Count > 0)
            work.Call("ssm", "AddTagsToResource", resource.With("Tags", Worlds.TagList.Of(set)));
        if (removed.Length > 0)
            work.Call("ssm", "RemoveTagsFromResource", resource.With("TagKeys", removed));
    }

    public override void Delete(ResourceWork work) => work.TryCall("ssm", "DeleteParameter", RawDocument.Empty.With("Name", work.PhysicalId));
}

/// <summary>AWS::S3::Bucket, as far as a bucket without settings goes.</summary>
internal sealed class BucketKind : ResourceKind
{
    private static readonly string[] Supported = ["BucketName", "Tags", "VersioningConfiguration"];

    public override string Type => "AWS::S3::Bucket";

    public override string? NameProperty => "BucketName";

    public override bool HasSystemTags => true;

    public override void Create(ResourceWork work)
    {
        work.Refuse(Type, [.. work.Schema.Properties.Names.Except(Supported)]);
        string name = work.Name("BucketName", 63, isLower: true);
        if (work.TryCall("s3", "HeadBucket", Bucket(name)) is not null)
            throw AlreadyExists.Named(Type, name);
        work.Call("s3", "CreateBucket", Bucket(name));
        work.PhysicalId = name;
        if (work.Properties["VersioningConfiguration"] is { } versioning)
            work.Call("s3", "PutBucketVersioning", Bucket(name).With("VersioningConfiguration", versioning));
    }

    public override void Update(ResourceWork work)
    {
        work.Refuse(Type, [.. work.Schema.Properties.Names.Except(Supported)]);
        if (work.Differs("VersioningConfiguration"))
        {
            work.Call("s3", "PutBucketVersioning", Bucket(work.PhysicalId!).With(
                "VersioningConfiguration", work.Properties["VersioningConfiguration"] ?? Json.Parse("""{"Status":"Suspended"}""")));
        }
    }

    public override void Delete(ResourceWork work) => work.TryCall("s3", "DeleteBucket", Bucket(work.PhysicalId!));

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty
        .With("Arn", $"arn:{Events.Names.Partitions.Of(work.Operation.Call.Region)}:s3:::{work.PhysicalId}")
        .With("DomainName", $"{work.PhysicalId}.s3.amazonaws.com")
        .With("RegionalDomainName", $"{work.PhysicalId}.s3.{work.Operation.Call.Region}.amazonaws.com");

    private static RawDocument Bucket(string name) => RawDocument.Empty.With("Bucket", name);
}

/// <summary>AWS::S3::BucketPolicy</summary>
internal sealed class BucketPolicyKind : ResourceKind
{
    public override string Type => "AWS::S3::BucketPolicy";

    public override void Create(ResourceWork work)
    {
        Put(work);
        work.PhysicalId = work.Properties.Text("Bucket");
    }

    public override void Update(ResourceWork work) => Put(work);

    public override void Delete(ResourceWork work) => work.TryCall("s3", "DeleteBucketPolicy", work.Given("Bucket"));

    private static void Put(ResourceWork work) =>
        work.Call("s3", "PutBucketPolicy", work.Given("Bucket").With("Policy", AttributeText.Of(work.Properties["PolicyDocument"]!.Value)));
}

/// <summary>AWS::ECR::Repository</summary>
internal sealed class RepositoryKind : ResourceKind
{
    private static readonly string[] Created = ["imageTagMutability", "imageTagMutabilityExclusionFilters", "imageScanningConfiguration", "encryptionConfiguration"];

    public override string Type => "AWS::ECR::Repository";

    public override string? NameProperty => "RepositoryName";

    public override bool HasSystemTags => true;

    public override void Create(ResourceWork work)
    {
        string name = work.Name("RepositoryName", 256, isLower: true);
        work.Call("ecr", "CreateRepository", work.Lowered().Only(Created).With("repositoryName", name).With("tags", work.TagsListed()));
        work.PhysicalId = name;
        PutPolicies(work);
    }

    public override void Update(ResourceWork work)
    {
        RawDocument repository = RawDocument.Empty.With("repositoryName", work.PhysicalId);
        if (work.Differs("ImageTagMutability"))
            work.Call("ecr", "PutImageTagMutability", repository.With("imageTagMutability", work.Properties.Text("ImageTagMutability") ?? "MUTABLE"));
        if (work.Differs("ImageScanningConfiguration"))
            work.Call("ecr", "PutImageScanningConfiguration", repository.With(work.Lowered().Only("imageScanningConfiguration")));
        PutPolicies(work);
        (RawDocument set, string[] removed) = work.TagChanges();
        RawDocument arn = RawDocument.Empty.With("resourceArn", work.Operation.Arn("ecr", "repository/" + work.PhysicalId));
        if (set.Members.Count > 0)
            work.Call("ecr", "TagResource", arn.With("tags", Worlds.TagList.Of(set)));
        if (removed.Length > 0)
            work.Call("ecr", "UntagResource", arn.With("tagKeys", removed));
    }

    public override void Delete(ResourceWork work) => work.TryCall("ecr", "DeleteRepository", RawDocument.Empty
        .With("repositoryName", work.PhysicalId).With("force", work.Properties.Flag("EmptyOnDelete")));

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty
        .With("Arn", work.Operation.Arn("ecr", "repository/" + work.PhysicalId))
        .With("RepositoryUri", $"{Events.Names.ImageRegistry.EcrHost(work.Operation.Account.Id, work.Operation.Call.Region)}/{work.PhysicalId}");

    private static void PutPolicies(ResourceWork work)
    {
        RawDocument repository = RawDocument.Empty.With("repositoryName", work.PhysicalId);
        if (work.Differs("RepositoryPolicyText"))
        {
            work.Call("ecr", work.Properties["RepositoryPolicyText"] is null ? "DeleteRepositoryPolicy" : "SetRepositoryPolicy",
                work.Properties["RepositoryPolicyText"] is { } policy ? repository.With("policyText", AttributeText.Of(policy)) : repository);
        }

        if (work.Differs("LifecyclePolicy"))
        {
            work.Call("ecr", work.Properties["LifecyclePolicy"] is null ? "DeleteLifecyclePolicy" : "PutLifecyclePolicy",
                work.Properties.Object("LifecyclePolicy")?.Text("LifecyclePolicyText") is { } text ? repository.With("lifecyclePolicyText", text) : repository);
        }
    }
}

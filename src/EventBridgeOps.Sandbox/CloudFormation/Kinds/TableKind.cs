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

    /// <summary>What UpdateTable takes, beside the indexes.</summary>
    private static readonly string[] Changing =
    [
        "BillingMode", "ProvisionedThroughput", "TableClass", "DeletionProtectionEnabled", "StreamSpecification", "SSESpecification",
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
        string[] changed = [.. Changing.Where(work.Differs)];
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

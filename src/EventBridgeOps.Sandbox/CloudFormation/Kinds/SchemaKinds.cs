using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>AWS::EventSchemas::Registry</summary>
internal sealed class RegistryKind : ResourceKind
{
    public override string Type => "AWS::EventSchemas::Registry";

    public override string? NameProperty => SchemaResource.RegistryName;

    public override void Create(ResourceWork work) => work.PhysicalId = work.Call("schemas", "CreateRegistry", work.Given("Description")
        .With(SchemaResource.RegistryName, work.Name(SchemaResource.RegistryName))
        .With("Tags", work.Tags())).Text("RegistryArn");

    public override void Update(ResourceWork work)
    {
        if (work.Differs("Description"))
            work.Call("schemas", "UpdateRegistry", Named(work).With("Description", work.Properties.Text("Description") ?? ""));
        SchemaResource.UpdateTags(work);
    }

    public override void Delete(ResourceWork work) => work.TryCall("schemas", "DeleteRegistry", Named(work));

    public override RawDocument Attributes(ResourceWork work) => Named(work).With("RegistryArn", work.PhysicalId);

    private static RawDocument Named(ResourceWork work) =>
        RawDocument.Empty.With(SchemaResource.RegistryName, work.PhysicalId!.Substring(work.PhysicalId.LastIndexOf('/') + 1));
}

/// <summary>AWS::EventSchemas::Schema: another content is another version.</summary>
internal sealed class SchemaKind : ResourceKind
{
    private const string SchemaName = "SchemaName";

    private static readonly string[] Content = ["Content", "Type"];

    public override string Type => "AWS::EventSchemas::Schema";

    public override void Create(ResourceWork work) => work.PhysicalId = work.Call("schemas", "CreateSchema", work.Given([.. Content, "Description", SchemaResource.RegistryName])
        .With(SchemaName, work.Name(SchemaName))
        .With("Tags", work.Tags())).Text("SchemaArn");

    public override void Update(ResourceWork work)
    {
        RawDocument input = Named(work);
        if (work.Differs("Description"))
            input = input.With("Description", work.Properties.Text("Description") ?? "");
        if (Content.Any(work.Differs))
            input = input.With(work.Given(Content));
        if (input.Members.Count > 2)
            work.Call("schemas", "UpdateSchema", input);
        SchemaResource.UpdateTags(work);
    }

    public override void Delete(ResourceWork work) => work.TryCall("schemas", "DeleteSchema", Named(work));

    public override RawDocument Attributes(ResourceWork work) =>
        work.Call("schemas", "DescribeSchema", Named(work)).Only("LastModified", "SchemaArn", SchemaName, "SchemaVersion", "VersionCreatedDate");

    /// <summary>The registry and the schema, as the end of the ARN has them.</summary>
    private static RawDocument Named(ResourceWork work)
    {
        string[] parts = work.PhysicalId!.Split('/');
        return RawDocument.Empty.With(SchemaResource.RegistryName, parts[parts.Length - 2]).With(SchemaName, parts[parts.Length - 1]);
    }
}

/// <summary>AWS::EventSchemas::RegistryPolicy</summary>
internal sealed class RegistryPolicyKind : ResourceKind
{
    public override string Type => "AWS::EventSchemas::RegistryPolicy";

    public override void Create(ResourceWork work)
    {
        string registry = work.Properties.Text(SchemaResource.RegistryName)!;
        if (work.TryCall("schemas", "GetResourcePolicy", RawDocument.Empty.With(SchemaResource.RegistryName, registry)) is not null)
            throw AlreadyExists.Named(Type, registry);
        Put(work);
        work.PhysicalId = work.Name("Id");
    }

    public override void Update(ResourceWork work)
    {
        Put(work);
        if (work.Differs(SchemaResource.RegistryName))
            work.TryCall("schemas", "DeleteResourcePolicy", work.Before.Only(SchemaResource.RegistryName));
    }

    public override void Delete(ResourceWork work) => work.TryCall("schemas", "DeleteResourcePolicy", work.Given(SchemaResource.RegistryName));

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty.With("Id", work.PhysicalId);

    private static void Put(ResourceWork work) => work.Call("schemas", "PutResourcePolicy", work.Given(SchemaResource.RegistryName, "RevisionId")
        .With("Policy", AttributeText.Of(work.Properties["Policy"]!.Value)));
}

/// <summary>What the types of EventBridge Schemas have in common.</summary>
internal static class SchemaResource
{
    public const string RegistryName = "RegistryName";

    public static void UpdateTags(ResourceWork work)
    {
        (RawDocument set, string[] removed) = work.TagChanges();
        RawDocument arn = RawDocument.Empty.With("ResourceArn", work.PhysicalId);
        if (set.Members.Count > 0)
            work.Call("schemas", "TagResource", arn.With("Tags", set));
        if (removed.Length > 0)
            work.Call("schemas", "UntagResource", arn.With("TagKeys", removed));
    }
}

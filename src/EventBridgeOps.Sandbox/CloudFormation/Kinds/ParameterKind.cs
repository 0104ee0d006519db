using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

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

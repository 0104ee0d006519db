using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

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

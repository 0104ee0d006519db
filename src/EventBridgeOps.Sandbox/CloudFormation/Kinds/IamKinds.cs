using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>AWS::IAM::Role, with the policies in it.</summary>
internal sealed class RoleKind : ResourceKind
{
    public override string Type => "AWS::IAM::Role";

    public override string? NameProperty => "RoleName";

    public override void Create(ResourceWork work)
    {
        string name = work.Name("RoleName");
        work.Call("iam", "CreateRole", RawDocument.Empty
            .With("RoleName", name)
            .With("AssumeRolePolicyDocument", Trust(work))
            .With(work.Given("Path", "Description", "MaxSessionDuration", "PermissionsBoundary"))
            .With("Tags", work.TagsListed()));
        work.PhysicalId = name;
        PutPolicies(work);
    }

    public override void Update(ResourceWork work)
    {
        RawDocument role = RolePolicies.Role(work.PhysicalId!);
        if (work.Differs("AssumeRolePolicyDocument"))
            work.Call("iam", "UpdateAssumeRolePolicy", role.With("PolicyDocument", Trust(work)));
        if (work.Differs("Description") || work.Differs("MaxSessionDuration"))
            work.Call("iam", "UpdateRole", role.With(work.Given("Description", "MaxSessionDuration")));
        if (work.Differs("PermissionsBoundary"))
        {
            work.Call("iam", work.Properties["PermissionsBoundary"] is null ? "DeleteRolePermissionsBoundary" : "PutRolePermissionsBoundary",
                role.With(work.Given("PermissionsBoundary")));
        }

        foreach (string gone in Inline(work.Before).Select(policy => policy.Name).Except(Inline(work.Properties).Select(policy => policy.Name)))
            work.TryCall("iam", "DeleteRolePolicy", role.With("PolicyName", gone));
        foreach (string gone in work.Before.Texts("ManagedPolicyArns").Except(work.Properties.Texts("ManagedPolicyArns")))
            work.TryCall("iam", "DetachRolePolicy", role.With("PolicyArn", gone));
        PutPolicies(work);
        (RawDocument set, string[] removed) = work.TagChanges();
        if (set.Members.Count > 0)
            work.Call("iam", "TagRole", role.With("Tags", Worlds.TagList.Of(set)));
        if (removed.Length > 0)
            work.Call("iam", "UntagRole", role.With("TagKeys", removed));
    }

    /// <summary>The policies that another put into the role stay, and hold it.</summary>
    public override void Delete(ResourceWork work)
    {
        RawDocument role = RolePolicies.Role(work.PhysicalId!);
        foreach ((string name, _) in Inline(work.Properties))
            work.TryCall("iam", "DeleteRolePolicy", role.With("PolicyName", name));
        foreach (string arn in work.Properties.Texts("ManagedPolicyArns"))
            work.TryCall("iam", "DetachRolePolicy", role.With("PolicyArn", arn));
        work.TryCall("iam", "DeleteRole", role);
    }

    public override RawDocument Attributes(ResourceWork work) =>
        work.Call("iam", "GetRole", RolePolicies.Role(work.PhysicalId!)).Object("Role")!.Only("Arn", "RoleId");

    private static string Trust(ResourceWork work) => AttributeText.Of(work.Properties["AssumeRolePolicyDocument"]!.Value);

    private static void PutPolicies(ResourceWork work)
    {
        RawDocument role = RolePolicies.Role(work.PhysicalId!);
        foreach ((string name, string document) in Inline(work.Properties))
            work.Call("iam", "PutRolePolicy", role.With("PolicyName", name).With("PolicyDocument", document));
        foreach (string arn in work.Properties.Texts("ManagedPolicyArns"))
            work.Call("iam", "AttachRolePolicy", role.With("PolicyArn", arn));
    }

    private static IEnumerable<(string Name, string Document)> Inline(RawDocument properties) => properties.List("Policies").Select(RawDocument.From)
        .Select(policy => (policy.Text("PolicyName")!, AttributeText.Of(policy["PolicyDocument"]!.Value)));
}

/// <summary>AWS::IAM::Policy: a policy that is put into roles.</summary>
internal sealed class PolicyKind : ResourceKind
{
    public override string Type => "AWS::IAM::Policy";

    public override void Create(ResourceWork work)
    {
        work.Refuse(Type, "Users", "Groups");
        work.PhysicalId = work.Name("", 24);
        RolePolicies.PutAll(work, work.Properties);
    }

    public override void Update(ResourceWork work)
    {
        work.Refuse(Type, "Users", "Groups");
        bool isRenamed = work.Differs("PolicyName");
        RolePolicies.DeleteAll(work, work.Before, isRenamed ? [] : [.. work.Properties.Texts("Roles")]);
        RolePolicies.PutAll(work, work.Properties);
    }

    public override void Delete(ResourceWork work) => RolePolicies.DeleteAll(work, work.Properties, []);

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty.With("Id", work.PhysicalId);
}

/// <summary>AWS::IAM::ManagedPolicy</summary>
internal sealed class ManagedPolicyKind : ResourceKind
{
    public override string Type => "AWS::IAM::ManagedPolicy";

    public override string? NameProperty => "ManagedPolicyName";

    public override void Create(ResourceWork work)
    {
        work.Refuse(Type, "Users", "Groups");
        work.PhysicalId = work.Call("iam", "CreatePolicy", RawDocument.Empty
            .With("PolicyName", work.Name("ManagedPolicyName", 128))
            .With("PolicyDocument", AttributeText.Of(work.Properties["PolicyDocument"]!.Value))
            .With(work.Given("Path", "Description"))).Object("Policy")!.Text("Arn");
        Attach(work);
    }

    public override void Update(ResourceWork work)
    {
        if (work.Differs("PolicyDocument"))
        {
            work.Call("iam", "CreatePolicyVersion", RawDocument.Empty
                .With("PolicyArn", work.PhysicalId)
                .With("PolicyDocument", AttributeText.Of(work.Properties["PolicyDocument"]!.Value))
                .With("SetAsDefault", true));
        }

        Detach(work, work.Before.Texts("Roles").Except(work.Properties.Texts("Roles")));
        Attach(work);
    }

    public override void Delete(ResourceWork work)
    {
        Detach(work, work.Properties.Texts("Roles"));
        work.TryCall("iam", "DeletePolicy", RawDocument.Empty.With("PolicyArn", work.PhysicalId));
    }

    public override RawDocument Attributes(ResourceWork work)
    {
        RawDocument policy = work.Call("iam", "GetPolicy", RawDocument.Empty.With("PolicyArn", work.PhysicalId)).Object("Policy")!;
        return RawDocument.Empty.With("PolicyArn", work.PhysicalId).With(policy.Only("PolicyId", "DefaultVersionId", "CreateDate", "UpdateDate"));
    }

    private static void Attach(ResourceWork work)
    {
        foreach (string role in work.Properties.Texts("Roles"))
            work.Call("iam", "AttachRolePolicy", RolePolicies.Role(role).With("PolicyArn", work.PhysicalId));
    }

    private static void Detach(ResourceWork work, IEnumerable<string> roles)
    {
        foreach (string role in roles)
            work.TryCall("iam", "DetachRolePolicy", RolePolicies.Role(role).With("PolicyArn", work.PhysicalId));
    }
}

/// <summary>One policy in several roles.</summary>
internal static class RolePolicies
{
    public static RawDocument Role(string name) => RawDocument.Empty.With("RoleName", name);

    public static void PutAll(ResourceWork work, RawDocument properties)
    {
        foreach (string role in properties.Texts("Roles"))
        {
            work.Call("iam", "PutRolePolicy", Role(role)
                .With("PolicyName", properties.Text("PolicyName"))
                .With("PolicyDocument", AttributeText.Of(properties["PolicyDocument"]!.Value)));
        }
    }

    public static void DeleteAll(ResourceWork work, RawDocument properties, string[] kept)
    {
        foreach (string role in properties.Texts("Roles").Except(kept))
            work.TryCall("iam", "DeleteRolePolicy", Role(role).With("PolicyName", properties.Text("PolicyName")));
    }
}

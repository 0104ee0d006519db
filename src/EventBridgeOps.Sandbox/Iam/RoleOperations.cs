using System.Text.RegularExpressions;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>Roles.</summary>
internal static class RoleOperations
{
    public static RawDocument Create(Operation operation)
    {
        RawDocument input = operation.Input;
        string name = input.Text("RoleName") ?? "";
        if (!Regex.IsMatch(name, @"\A[\w+=,.@-]{1,64}\z", RegexOptions.CultureInvariant))
            throw IamErrors.Invalid("The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
        if (input["PermissionsBoundary"] is not null)
            throw IamErrors.NotSupported("PermissionsBoundary");
        string path = IamNames.Path(input);
        string trust = PolicyDocument.Trust(input.Text("AssumeRolePolicyDocument"));
        CheckSession(input);
        if (Role.Named(operation, name) is not null)
            throw IamErrors.RoleExists(name);

        Role.All(operation)[name] = RawDocument.Empty
            .With("Path", path)
            .With("RoleName", name)
            .With("RoleId", IamNames.Id(operation, "AROA"))
            .With("Arn", operation.GlobalArn("iam", "role" + path + name))
            .With("CreateDate", EventTime.Of(operation.Now))
            .With("AssumeRolePolicyDocument", trust)
            .With("Description", input.Text("Description"))
            .With("MaxSessionDuration", input.Number("MaxSessionDuration") ?? 3600)
            .With("Tags", IamTags.Read(input));
        return RawDocument.Empty.With("Role", Role.At(operation).Shown(withTags: true));
    }

    public static RawDocument Get(Operation operation) => RawDocument.Empty.With("Role", Role.At(operation).Shown(withTags: true));

    public static RawDocument Delete(Operation operation)
    {
        Role.At(operation).Remove();
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation)
    {
        string prefix = operation.Input.Text("PathPrefix") ?? "/";
        return IamPages.Of(operation, "Roles", Role.All(operation).Keys.Where(name => Role.Named(operation, name)!.Document.Text("Path")!.StartsWith(prefix, StringComparison.Ordinal)),
            name => Json.Parse(Role.Named(operation, name)!.Shown(withTags: false).ToUtf8()));
    }

    public static RawDocument Update(Operation operation)
    {
        Role role = Role.At(operation);
        CheckSession(operation.Input);
        RawDocument given = operation.Input.Only("Description", "MaxSessionDuration");
        role.Keep(role.Document.With(given));
        return RawDocument.Empty;
    }

    /// <summary>The sandbox has no instance profiles, and clients ask before they delete a role.</summary>
    public static RawDocument ListInstanceProfiles(Operation operation)
    {
        Role.At(operation);
        return IamPages.Of(operation, "InstanceProfiles", [], Json.Text);
    }

    public static RawDocument UpdateTrust(Operation operation)
    {
        Role role = Role.At(operation);
        role.Keep(role.Document.With("AssumeRolePolicyDocument", PolicyDocument.Trust(operation.Input.Text("PolicyDocument"))));
        return RawDocument.Empty;
    }

    private static void CheckSession(RawDocument input)
    {
        if (input["MaxSessionDuration"] is not null && input.Number("MaxSessionDuration") is not (>= 3600 and <= 43_200))
            throw IamErrors.Invalid("MaxSessionDuration must be between 3600 and 43200 seconds.");
    }
}

using System.Text.RegularExpressions;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>A user. The one who calls, and who may do everything, is there from the beginning.</summary>
internal sealed class User : IamIdentity
{
    /// <summary>The user that GetCallerIdentity names.</summary>
    public const string Caller = "sandbox";

    /// <summary>The ID of that user.</summary>
    public const string CallerId = "AIDASANDBOXSANDBOXSAN";

    private User(Operation operation, string name, RawDocument document)
        : base(operation, All(operation), name, document)
    {
    }

    public override string NameMember => "UserName";

    /// <summary>The user that a call names; the caller if it names none.</summary>
    public static User At(Operation operation)
    {
        string name = operation.Input.Text("UserName") ?? Caller;
        return Named(operation, name) ?? throw IamErrors.NoUser(name);
    }

    /// <summary>The user with this ARN, its path included.</summary>
    public static User? AtArn(Operation operation, string arn) => Named(operation, arn.Substring(arn.LastIndexOf('/') + 1)) is { } user && user.Arn == arn ? user : null;

    public static Table All(Operation operation) => operation.State["iamUsers"];

    public static RawDocument Create(Operation operation)
    {
        RawDocument input = operation.Input;
        string name = input.Text("UserName") ?? "";
        if (!Regex.IsMatch(name, @"\A[\w+=,.@-]{1,64}\z", RegexOptions.CultureInvariant))
            throw IamErrors.Invalid("The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
        if (input["PermissionsBoundary"] is not null)
            throw IamErrors.NotSupported("PermissionsBoundary");
        if (Named(operation, name) is not null)
            throw IamErrors.UserExists(name);
        All(operation)[name] = Made(operation, name, IamNames.Path(input), IamNames.Id(operation, "AIDA"), EventTime.Of(operation.Now)).With("Tags", IamTags.Read(input));
        return Get(operation);
    }

    public static RawDocument Get(Operation operation) => RawDocument.Empty.With("User", At(operation).Shown(withTags: true));

    public static RawDocument Delete(Operation operation)
    {
        User user = At(operation);
        if (user.Name == Caller)
            throw IamErrors.NotSupported("the deletion of the user who calls");
        user.Remove();
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation)
    {
        string prefix = operation.Input.Text("PathPrefix") ?? "/";
        IEnumerable<string> names = All(operation).Keys.Append(Caller).Distinct().OrderBy(name => name, StringComparer.Ordinal);
        return IamPages.Of(operation, "Users", names.Where(name => Named(operation, name)!.Document.Text("Path")!.StartsWith(prefix, StringComparison.Ordinal)),
            name => Named(operation, name)!.Shown(withTags: false).ToElement());
    }

    private static User? Named(Operation operation, string name) => All(operation).Find(name) is { } document
        ? new(operation, name, document)
        : name == Caller ? new(operation, name, Made(operation, name, "/", CallerId, AwsPolicies.LongAgo).With("Attached", [AwsPolicies.Administrator(Partitions.Of(operation.Call.Region))])) : null;

    private static RawDocument Made(Operation operation, string name, string path, string id, string created) => RawDocument.Empty
        .With("Path", path)
        .With("UserName", name)
        .With("UserId", id)
        .With("Arn", operation.GlobalArn("iam", "user" + path + name))
        .With("CreateDate", created);
}

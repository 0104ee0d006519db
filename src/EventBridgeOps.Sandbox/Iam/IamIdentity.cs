using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>A role or a user: what has policies, in it and attached to it.</summary>
/// <param name="operation">The state that it is in.</param>
/// <param name="table">The table that it is in.</param>
/// <param name="name">Its name.</param>
/// <param name="document">What is kept of it.</param>
internal abstract class IamIdentity(Operation operation, Table table, string name, RawDocument document)
{
    public string Name { get; } = name;

    /// <summary>The member that names it: RoleName or UserName.</summary>
    public abstract string NameMember { get; }

    public RawDocument Document { get; private set; } = document;

    public string Arn => Document.Text("Arn")!;

    /// <summary>The policies in it, by their names.</summary>
    public RawDocument Inline => Document.Object("Inline") ?? RawDocument.Empty;

    /// <summary>The ARNs of the attached policies.</summary>
    public IReadOnlyList<string> Attached => [.. Document.Texts("Attached")];

    public RawDocument Tags => Document.Object("Tags") ?? RawDocument.Empty;

    /// <summary>Its policies by their names, those in it and those attached to it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Policies => Inline.Members.Select(policy => new KeyValuePair<string, string>(policy.Key, policy.Value.GetString()!))
        .Concat(Attached.Select(arn => new KeyValuePair<string, string>(arn, ManagedPolicy.DocumentOf(operation, arn)!)).Where(policy => policy.Value is not null));

    public void Keep(RawDocument changed)
    {
        Document = changed;
        table[Name] = changed;
    }

    public void Remove()
    {
        if (Attached.Count > 0)
            throw IamErrors.Conflict("Cannot delete entity, must detach all policies first.");
        if (Inline.Members.Count > 0)
            throw IamErrors.Conflict("Cannot delete entity, must delete policies first.");
        table.Remove(Name);
    }

    /// <summary>It as IAM shows it.</summary>
    public virtual RawDocument Shown(bool withTags) => Document.Without("Inline", "Attached", "Tags")
        .With(withTags && Tags.Members.Count > 0 ? RawDocument.Empty.With("Tags", TagList.Of(Tags)) : RawDocument.Empty);
}

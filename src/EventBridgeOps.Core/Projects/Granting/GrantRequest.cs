using EventBridgeOps.Events.Records;
using EventBridgeOps.Projects.Exporting;

namespace EventBridgeOps.Projects.Granting;

/// <summary>Whose policy, and the role or user to which it is attached.</summary>
[Request]
public sealed partial record GrantRequest : ProjectEnvironmentQuery
{
    /// <summary>The role or user to which the policy is attached: a name, <c>role/NAME</c>, <c>user/NAME</c>, or an ARN.</summary>
    [Option("identity", Otherwise = "the policy is printed")]
    public string? Apply { get; init; }
}

/// <summary>What was done with a policy.</summary>
public enum GrantStatus : long
{
    /// <summary>It was created and attached.</summary>
    [State(Tone.Good)]
    Created,

    /// <summary>It has a new version, and is attached.</summary>
    [State(Tone.Good)]
    Updated,

    /// <summary>It existed, and was attached.</summary>
    [State(Tone.Good)]
    Attached,

    /// <summary>It is as the project says, and was attached before.</summary>
    Unchanged,

    /// <summary>The project needs fewer policies: it was detached, and deleted if no other identity has it.</summary>
    [State(Tone.Warning)]
    Removed,

    /// <summary>It would be created and attached.</summary>
    WouldCreate,

    /// <summary>It would get a new version, and be attached.</summary>
    WouldUpdate,

    /// <summary>It exists, and would be attached.</summary>
    WouldAttach,

    /// <summary>It would be detached, and deleted if no other identity has it.</summary>
    WouldRemove,
}

/// <summary>A customer managed policy for the identity that deploys a project.</summary>
[Record("Policies", State = nameof(Status), KnownBy = [nameof(PolicyName), nameof(Identity), nameof(Version)])]
[Column("Status", nameof(Status), Width = 12)]
[Column("Policy", nameof(PolicyName), Room = 30)]
[Column("Version", nameof(Version), Width = 8)]
[Column("Identity", nameof(Identity), Room = 30)]
public sealed partial record GrantedPolicy
{
    /// <summary>The name of the policy.</summary>
    [Field(Key = true)]
    public required string PolicyName { get; init; }

    /// <summary>The ARN of the policy.</summary>
    public required string Arn { get; init; }

    /// <summary>What was done with it.</summary>
    public GrantStatus Status { get; init; }

    /// <summary>The ID of its default version; null if it does not exist.</summary>
    public string? Version { get; init; }

    /// <summary>The ARN of the role or user.</summary>
    public required string Identity { get; init; }

    /// <summary>Its name.</summary>
    public override string ToString() => PolicyName;
}

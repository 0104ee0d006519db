using System.Text.Json.Nodes;
using EventBridgeOps.Services;

namespace EventBridgeOps.Projects.Granting;

/// <summary>Customer managed policies of IAM, and the roles and users that have them. Each method throws <see cref="ServiceCallException"/> if the service rejects the call or cannot be reached.</summary>
public interface IPolicyApi
{
    /// <summary>GetRole or GetUser.</summary>
    /// <param name="kind">Whether it is a role or a user.</param>
    /// <param name="name">The name, without its path.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The identity; null if it does not exist.</returns>
    Task<IamIdentity?> FindIdentityAsync(IamIdentityKind kind, string name, CancellationToken cancellationToken);

    /// <summary>ListAttachedRolePolicies or ListAttachedUserPolicies.</summary>
    /// <param name="identity">The role or user.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The ARNs of the policies.</returns>
    Task<IReadOnlyList<string>> ListAttachedAsync(IamIdentity identity, CancellationToken cancellationToken);

    /// <summary>AttachRolePolicy or AttachUserPolicy. A policy that is attached stays so.</summary>
    /// <param name="identity">The role or user.</param>
    /// <param name="policyArn">The ARN of the policy.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task AttachAsync(IamIdentity identity, string policyArn, CancellationToken cancellationToken);

    /// <summary>DetachRolePolicy or DetachUserPolicy.</summary>
    /// <param name="identity">The role or user.</param>
    /// <param name="policyArn">The ARN of the policy.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DetachAsync(IamIdentity identity, string policyArn, CancellationToken cancellationToken);

    /// <summary>GetPolicy and GetPolicyVersion.</summary>
    /// <param name="policyArn">The ARN of the policy.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The policy with its default version; null if it does not exist.</returns>
    Task<ManagedPolicy?> FindPolicyAsync(string policyArn, CancellationToken cancellationToken);

    /// <summary>CreatePolicy.</summary>
    /// <param name="path">The path: <c>/ebops/</c>.</param>
    /// <param name="name">The name.</param>
    /// <param name="document">The policy document.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task CreatePolicyAsync(string path, string name, JsonObject document, string description, CancellationToken cancellationToken);

    /// <summary>ListPolicyVersions.</summary>
    /// <param name="policyArn">The ARN of the policy.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The IDs of the versions: <c>v3</c>.</returns>
    Task<IReadOnlyList<string>> ListVersionsAsync(string policyArn, CancellationToken cancellationToken);

    /// <summary>CreatePolicyVersion. The version becomes the default one.</summary>
    /// <param name="policyArn">The ARN of the policy.</param>
    /// <param name="document">The policy document.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task CreateVersionAsync(string policyArn, JsonObject document, CancellationToken cancellationToken);

    /// <summary>DeletePolicyVersion, of a version that is not the default one.</summary>
    /// <param name="policyArn">The ARN of the policy.</param>
    /// <param name="version">The ID of the version.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DeleteVersionAsync(string policyArn, string version, CancellationToken cancellationToken);

    /// <summary>DeletePolicy, of a policy that is not attached and has one version.</summary>
    /// <param name="policyArn">The ARN of the policy.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DeletePolicyAsync(string policyArn, CancellationToken cancellationToken);
}

/// <summary>Who has policies.</summary>
public enum IamIdentityKind
{
    /// <summary>A role.</summary>
    Role,

    /// <summary>A user.</summary>
    User,
}

/// <summary>A role or a user.</summary>
/// <param name="Kind">Which of both.</param>
/// <param name="Name">Its name, without its path.</param>
/// <param name="Arn">Its ARN.</param>
public sealed record IamIdentity(IamIdentityKind Kind, string Name, string Arn);

/// <summary>A managed policy.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Version">The ID of its default version: <c>v3</c>.</param>
/// <param name="Document">The document of that version, as JSON text.</param>
/// <param name="Attachments">To how many roles, users and groups it is attached; null if IAM does not say it.</param>
public sealed record ManagedPolicy(string Arn, string Version, string Document, int? Attachments);

using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>What it means that CloudFormation could not delete a resource, and what to do. There are no codes for it: the words are those of the services.</summary>
internal static class DeletionFailure
{
    /// <summary>The type of the resource (null: all), words that CloudFormation passes on from its service, and what they mean.</summary>
    private static readonly (string? Kind, string Words, Func<Message> Means)[] Known =
    [
        ("AWS::S3::Bucket", "not empty", PublishMessages.BucketNotEmpty),
        ("AWS::IAM::Role", "detach all policies", PublishMessages.RoleHasPolicies),
        ("AWS::IAM::Role", "delete policies first", PublishMessages.RoleHasPolicies),
        ("AWS::IAM::Role", "remove roles from instance profile", PublishMessages.RoleInProfile),
        ("AWS::IAM::ManagedPolicy", "attached to entities", PublishMessages.PolicyAttached),
        (BusParts.BusKind, "since it has rules", PublishMessages.BusHasRules),
        ("AWS::Events::Rule", "since it has targets", PublishMessages.RuleHasTargets),
        ("AWS::EventSchemas::Registry", "contains schemas", PublishMessages.RegistryHasSchemas),
        ("AWS::ECR::Repository", "still contains images", PublishMessages.RepositoryHasImages),
        ("AWS::DynamoDB::Table", "protected against deletion", PublishMessages.ProtectedFromDeletion),
        ("AWS::Logs::LogGroup", "deletion protection", PublishMessages.ProtectedFromDeletion),
        (null, "conflicting operation", PublishMessages.OtherOperation),
        (null, "not authorized to perform", PublishMessages.DeletionDenied),
        (null, "AccessDenied", PublishMessages.DeletionDenied),
        (null, "is denied", PublishMessages.DeletionDenied),
    ];

    /// <summary>What a failure means.</summary>
    /// <param name="failed">The failure.</param>
    /// <returns>With CloudFormation's own words behind, which name what is meant.</returns>
    public static Message Of(StackEvent failed)
    {
        string reason = failed.Reason ?? failed.Status;
        return Known.FirstOrDefault(known => (known.Kind is null || known.Kind == failed.Kind) && reason.Contains(known.Words)) is { Means: { } means }
            ? PublishMessages.Means(means(), reason)
            : PublishMessages.Says(reason);
    }
}

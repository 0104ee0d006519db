using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Runs;

namespace EventBridgeOps.DeadLetters;

/// <summary>Finds out whether EventBridge is allowed to call a target now.</summary>
/// <remarks>Who grants the permission depends on the target: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html.</remarks>
internal sealed class PermissionCheck(IRoleApi roles, ItemRetry retry, CancellationToken ended)
{
    private static readonly Dictionary<string, string> Actions = new(StringComparer.Ordinal)
    {
        ["sqs"] = "sqs:SendMessage",
        ["sns"] = "sns:Publish",
        ["lambda"] = "lambda:InvokeFunction",
        ["events"] = "events:PutEvents",
        ["batch"] = "batch:SubmitJob",
        ["states"] = "states:StartExecution",
        ["ecs"] = "ecs:RunTask",
        ["kinesis"] = "kinesis:PutRecord",
        ["firehose"] = "firehose:PutRecord",
    };

    /// <summary>Diagnoses a missing permission.</summary>
    /// <param name="letter">The dead letter.</param>
    /// <param name="target">The document of the target.</param>
    /// <param name="resource">What is known of the target; null if it does not exist.</param>
    public async Task<Diagnosis> ExamineAsync(DeadLetter letter, JsonObject target, TargetResource? resource)
    {
        if (resource is null)
            return new(DeadLetterState.Blocked, DeadLetterMessages.StillMissing(letter.TargetArn));
        if (!Arn.TryParse(letter.TargetArn, out Arn? to) || !Arn.TryParse(letter.RuleArn, out Arn? rule) || !Actions.TryGetValue(to.Service, out string? action))
            return new(DeadLetterState.Unknown, DeadLetterMessages.PermissionUnknown(letter.TargetArn ?? ""));
        if (target.String("RoleArn") is { } role)
            return await OfRoleAsync(role, rule, to, action, ResourcesOf(to, target));
        if (!resource.IsKnown || to.Service is not ("sqs" or "sns" or "lambda" or "events"))
            return new(DeadLetterState.Unknown, DeadLetterMessages.PolicyNotRead(letter.TargetArn!, action));
        PolicyDecision decision = PolicyEvaluation.OfResource(resource.Policy, PolicyRequest.OfEventBridge(action, to.ToString(), rule.ToString(), rule.AccountId));
        return decision switch
        {
            { IsDenied: true } => new(DeadLetterState.Blocked, DeadLetterMessages.PolicyLacks(letter.TargetArn!, action, decision.Reason)),
            { IsAllowed: true } when resource.KeyId is { } key => new(DeadLetterState.Unknown, DeadLetterMessages.KeyUnknown(letter.TargetArn!, action, key)),
            { IsAllowed: true } => new(DeadLetterState.Ready, DeadLetterMessages.AllowedNow(letter.TargetArn!, action)),
            _ => new(DeadLetterState.Unknown, decision.Reason),
        };
    }

    private async Task<Diagnosis> OfRoleAsync(string role, Arn rule, Arn to, string action, IReadOnlyList<string> resources)
    {
        if (!Arn.TryParse(role, out Arn? arn) || !arn.Resource.StartsWith("role/", StringComparison.Ordinal))
            return new(DeadLetterState.Blocked, DeadLetterMessages.NotARole(role));
        string trust = await retry.RunAsync(() => roles.GetTrustPolicyAsync(arn.Resource.Substring(arn.Resource.LastIndexOf('/') + 1), ended), ended);
        PolicyDecision assumed = PolicyEvaluation.OfTrust(trust, PolicyRequest.OfService(PolicyRequest.EventBridge, "sts:AssumeRole", role, rule.ToString(), rule.AccountId));
        if (!assumed.IsAllowed)
            return assumed.IsDenied ? new(DeadLetterState.Blocked, DeadLetterMessages.NotTrusted(role, assumed.Reason)) : new(DeadLetterState.Unknown, assumed.Reason);
        IReadOnlyList<SimulatedAction> results = await retry.RunAsync(() => roles.SimulateAsync(role, action, resources, ended), ended);
        return results.FirstOrDefault(result => !result.IsAllowed) is { } denied ? new(DeadLetterState.Blocked, DeadLetterMessages.RoleLacks(role, action, denied.Resource, denied.Decision))
            : to.Service == "ecs" ? new(DeadLetterState.Unknown, DeadLetterMessages.PassRoleUnknown(role))
            : new(DeadLetterState.Ready, DeadLetterMessages.RoleAllows(role, action));
    }

    /// <summary>What the action is performed on: SubmitJob needs the job queue and the job definition, https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbatch.html.</summary>
    private static string[] ResourcesOf(Arn to, JsonObject target)
    {
        if (to.Service == "ecs" && (target["EcsParameters"] as JsonObject)?.String("TaskDefinitionArn") is { } task)
            return [task];
        if (to.Service != "batch" || (target["BatchParameters"] as JsonObject)?.String("JobDefinition") is not { } definition)
            return [to.ToString()];
        // A name without a revision: the policy may still name revisions, so that of the latest is not known here.
        return [to.ToString(), definition.StartsWith("arn:", StringComparison.Ordinal) ? definition : (to with { Resource = "job-definition/" + definition }).ToString()];
    }
}

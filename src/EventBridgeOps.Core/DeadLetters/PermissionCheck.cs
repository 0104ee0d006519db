using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Roles;
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

    private readonly RoleJudge _judge = new(roles, retry);

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
            return await OfRoleAsync(Use(role, rule, to, action, target), to);
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

    private async Task<Diagnosis> OfRoleAsync(RoleUse use, Arn to)
    {
        RoleVerdict verdict = await _judge.JudgeAsync(use, ended);
        return verdict.IsAllowed switch
        {
            false => new(DeadLetterState.Blocked, verdict.Reason),
            null => new(DeadLetterState.Unknown, verdict.IsRead ? verdict.Reason : DeadLetterMessages.LookupOfRoleFailed(verdict.Reason)),
            true when to.Service == "ecs" => new(DeadLetterState.Unknown, DeadLetterMessages.PassRoleUnknown(use.Role)),
            true => new(DeadLetterState.Ready, verdict.Reason),
        };
    }

    /// <summary>What the action is performed on.</summary>
    private static RoleUse Use(string role, Arn rule, Arn to, string action, JsonObject target) =>
        to.Service == "batch" && RoleUse.OfBatch(rule, target) is { Resources.Count: > 0 } use ? use
        : to.Service == "ecs" && (target["EcsParameters"] as JsonObject)?.String("TaskDefinitionArn") is { } task ? new(role, rule, action, [task])
        : new(role, rule, action, [to.ToString()]);
}

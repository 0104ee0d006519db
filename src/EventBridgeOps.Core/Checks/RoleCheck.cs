using EventBridgeOps.Events.Messages;
using EventBridgeOps.Roles;

namespace EventBridgeOps.Checks;

/// <summary>Checks the role of a Batch target: its trust policy, and whether it allows the job to be submitted.</summary>
internal sealed class RoleCheck(RoleJudge judge, CheckResults results)
{
    /// <summary>Checks one use of a role.</summary>
    /// <param name="depth">The depth of the result.</param>
    /// <param name="check">What the check is called.</param>
    /// <param name="use">The use.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<CheckResult> RunAsync(int depth, Message check, RoleUse use, CancellationToken cancellationToken)
    {
        RoleVerdict verdict = await judge.JudgeAsync(use, cancellationToken);
        return verdict.IsAllowed switch
        {
            true => results.Ok(depth, check, verdict.Reason),
            false => results.Fail(depth, check, verdict.Reason, CheckMessages.CorrectRole()),
            null => results.Skip(depth, check, CheckMessages.RoleUnknown(verdict.Reason)),
        };
    }
}

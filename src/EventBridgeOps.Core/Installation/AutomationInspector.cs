using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Checks;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Installation;

/// <summary>Shows the state of an installation.</summary>
/// <param name="stacks">AWS CloudFormation.</param>
/// <param name="services">What an installation consists of.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
public sealed class AutomationInspector(IStackApi stacks, InstallationPorts services, ItemRetry retry, TimeProvider time)
{
    private const int MostRuns = 5;

    /// <summary>The last runs are looked for in this time.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    /// <summary>Shows stack, function, rules, alarms, the last runs, and the dead letters that wait.</summary>
    /// <param name="query">Which installation.</param>
    /// <param name="observer">Spells what is said.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<CheckResult> ShowAsync(AutomationQuery query, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        query.Check();
        CheckResults results = new(observer.Voice);
        Stack? stack = await retry.RunAsync(() => stacks.DescribeAsync(query.StackName, cancellationToken), cancellationToken);
        yield return StackCheck.Of(query.StackName, stack, results);
        if (stack is null or { IsNotCreated: true } || AutomationTemplate.IsForeign(stack))
            yield break;
        List<StackResource> resources = await stacks.ReadResourcesAsync(stack, retry, cancellationToken);

        Message function = InstallationMessages.FunctionNamed(query.StackName);
        yield return await results.GuardAsync(1, function, InstallationMessages.InstallAgain(), async () =>
        {
            JsonObject configuration = await retry.RunAsync(() => services.Functions.GetConfigurationAsync(query.StackName, cancellationToken), cancellationToken);
            return results.Ok(1, function, InstallationMessages.FunctionIs(configuration.String("CodeSha256"), configuration.String("LastModified")));
        }, cancellationToken);

        foreach (StackResource rule in resources.Where(resource => resource.Kind == "AWS::Events::Rule" && resource.PhysicalId is not null))
        {
            RuleName named = RuleName.OfPhysicalId(rule.PhysicalId!);
            yield return await results.GuardAsync(1, InstallationMessages.RuleNamed(rule.LogicalId), InstallationMessages.InstallAgain(), async () =>
                Rule(rule, await retry.RunAsync(() => services.Rules.DescribeRuleAsync(named.Bus, named.Name, cancellationToken), cancellationToken), results), cancellationToken);
        }

        await foreach (CheckResult alarm in AlarmsAsync(resources, results, cancellationToken))
            yield return alarm;
        foreach (StackResource queue in resources.Where(resource => resource.Kind == "AWS::SQS::Queue" && resource.PhysicalId is not null))
        {
            yield return await results.GuardAsync(1, InstallationMessages.QueueNamed(queue.LogicalId), InstallationMessages.InstallAgain(), async () =>
            {
                long waiting = await retry.RunAsync(() => services.Queues.CountMessagesAsync(QueueArn(stack, queue), cancellationToken), cancellationToken);
                return waiting == 0
                    ? results.Ok(1, InstallationMessages.QueueNamed(queue.LogicalId), InstallationMessages.Empty())
                    : results.Fail(1, InstallationMessages.QueueNamed(queue.LogicalId), InstallationMessages.Waiting(waiting), InstallationMessages.ReadDeadLetters(queue.PhysicalId!));
            }, cancellationToken);
        }

        if (resources.Find(resource => resource.LogicalId == "Logs")?.PhysicalId is { } group)
            yield return await results.GuardAsync(1, InstallationMessages.LastRuns(), InstallationMessages.InstallAgain(), () => RunsAsync(group, results, observer, cancellationToken), cancellationToken);
    }

    private static CheckResult Rule(StackResource rule, JsonObject document, CheckResults results) => document.String("State")?.StartsWith("ENABLED", StringComparison.Ordinal) == true
        ? results.Ok(1, InstallationMessages.RuleNamed(rule.LogicalId), InstallationMessages.RuleIs(document.String("Name"), document.String("State")))
        : results.Fail(1, InstallationMessages.RuleNamed(rule.LogicalId), InstallationMessages.RuleIs(document.String("Name"), document.String("State")), InstallationMessages.EnableRule());

    private async IAsyncEnumerable<CheckResult> AlarmsAsync(List<StackResource> resources, CheckResults results, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StackResource[] alarms = [.. resources.Where(resource => resource.Kind == "AWS::CloudWatch::Alarm" && resource.PhysicalId is not null)];
        if (alarms.Length == 0)
            yield break;
        IReadOnlyDictionary<string, string> states = new Dictionary<string, string>();
        CheckResult read = await results.GuardAsync(1, InstallationMessages.Alarms(), InstallationMessages.GrantDescribeAlarms(), async () =>
        {
            states = await retry.RunAsync(() => services.Monitoring.DescribeAlarmsAsync([.. alarms.Select(alarm => alarm.PhysicalId!)], cancellationToken), cancellationToken);
            return results.Ok(1, InstallationMessages.Alarms(), InstallationMessages.AlarmsAre(states.Values.Count(state => state == "ALARM"), alarms.Length));
        }, cancellationToken);
        yield return read;
        foreach (StackResource alarm in read.Status == CheckStatus.OK ? alarms : [])
        {
            Message named = InstallationMessages.AlarmNamed(alarm.LogicalId);
            yield return !states.TryGetValue(alarm.PhysicalId!, out string? state) ? results.Fail(2, named, InstallationMessages.Missing(), InstallationMessages.InstallAgain())
                : state == "ALARM" ? results.Fail(2, named, Message.Verbatim(state), InstallationMessages.ReadLog())
                : state == "OK" ? results.Ok(2, named, Message.Verbatim(state))
                : results.Skip(2, named, Message.Verbatim(state));
        }
    }

    /// <summary>The last runs, the most recent one first, as one line each.</summary>
    private async Task<CheckResult> RunsAsync(string group, CheckResults results, IRunObserver observer, CancellationToken cancellationToken)
    {
        List<AutomationLogLine> runs = [.. (await retry.RunAsync(() => services.Monitoring.FilterAsync(group, time.GetUtcNow() - Recent, "?\"invocation.done\" ?\"invocation.failed\"", cancellationToken).ToListAsync(cancellationToken), cancellationToken)).Select(AutomationLogLine.Of)];
        AutomationLogLine[] last = [.. runs.OrderByDescending(run => run.Time).Take(MostRuns)];
        if (last.Length == 0)
            return results.Skip(1, InstallationMessages.LastRuns(), InstallationMessages.NoRuns(Recent.TotalHours));
        Message said = InstallationMessages.Runs(runs.Count, Recent.TotalHours, last.Select(run => run.ToString()));
        return last[0].Level == AutomationLogLevel.Error ? results.Fail(1, InstallationMessages.LastRuns(), said, InstallationMessages.ReadLog()) : results.Ok(1, InstallationMessages.LastRuns(), said);
    }

    /// <summary>The ARN of a queue, whose physical ID is its URL.</summary>
    internal static Arn QueueArn(Stack stack, StackResource queue)
    {
        Arn own = Arn.TryParse(stack.Id, out Arn? id) ? id : throw new OpsException(ErrorIds.MalformedAnswer, InstallationMessages.NotAnArn(stack.Id));
        return new Arn(own.Partition, "sqs", own.Region, own.AccountId, queue.PhysicalId!.Substring(queue.PhysicalId.LastIndexOf('/') + 1));
    }
}

/// <summary>The check of the stack itself.</summary>
internal static class StackCheck
{
    public static CheckResult Of(string name, Stack? stack, CheckResults results) => stack switch
    {
        null => results.Fail(0, StackMessages.StackNamed(name), InstallationMessages.Missing(), InstallationMessages.InstallIt()),
        _ when AutomationTemplate.IsForeign(stack) => results.Fail(0, StackMessages.StackNamed(name), InstallationMessages.NotOursIs(stack.Status), InstallationMessages.NameAnother()),
        { Status: "CREATE_COMPLETE" or "UPDATE_COMPLETE" } => results.Ok(0, StackMessages.StackNamed(name), InstallationMessages.StackIs(stack.Status, stack.ChangedAt)),
        _ when stack.IsBusy => results.Skip(0, StackMessages.StackNamed(name), InstallationMessages.StackIs(stack.Status, stack.ChangedAt)),
        _ => results.Fail(0, StackMessages.StackNamed(name), InstallationMessages.StackIs(stack.Status, stack.StatusReason ?? stack.ChangedAt), InstallationMessages.InstallAgain()),
    };
}

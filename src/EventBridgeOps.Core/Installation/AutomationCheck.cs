using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Checks;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Installation;

/// <summary>Checks an installation: function, rules, permissions and job definitions are there and fit together.</summary>
/// <param name="stacks">AWS CloudFormation.</param>
/// <param name="services">What an installation consists of.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
public sealed class AutomationCheck(IStackApi stacks, InstallationPorts services, ItemRetry retry)
{
    /// <summary>Runs the checks.</summary>
    /// <param name="query">Which installation.</param>
    /// <param name="observer">Spells what is said.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The checks as they finish, in the order of the tree.</returns>
    public async IAsyncEnumerable<CheckResult> RunAsync(AutomationQuery query, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        query.Check();
        CheckResults results = new(observer.Voice);
        Stack? stack = await retry.RunAsync(() => stacks.DescribeAsync(query.StackName, cancellationToken), cancellationToken);
        yield return StackCheck.Of(query.StackName, stack, results);
        if (stack is null or { IsNotCreated: true } || AutomationTemplate.IsForeign(stack))
            yield break;
        yield return await results.GuardAsync(1, InstallationMessages.TemplateItself(), InstallationMessages.InstallAgain(), async () =>
            InstallPlan.IsSameTemplate(await retry.RunAsync(() => stacks.GetTemplateAsync(stack.Name, cancellationToken), cancellationToken))
                ? results.Ok(1, InstallationMessages.TemplateItself(), InstallationMessages.OfThisVersion(ProductVersion.Text))
                : results.Fail(1, InstallationMessages.TemplateItself(), InstallationMessages.OfOtherVersion(), InstallationMessages.InstallAgain()), cancellationToken);
        List<StackResource> resources = await stacks.ReadResourcesAsync(stack, retry, cancellationToken);

        JsonObject function = [];
        Message named = InstallationMessages.FunctionNamed(query.StackName);
        CheckResult exists = await results.GuardAsync(1, named, InstallationMessages.InstallAgain(), async () =>
        {
            function = await retry.RunAsync(() => services.Functions.GetConfigurationAsync(query.StackName, cancellationToken), cancellationToken);
            return Function(named, function, resources, results);
        }, cancellationToken);
        yield return exists;
        if (function.Count > 0)
        {
            string policy = "";
            yield return await results.GuardAsync(1, InstallationMessages.Permissions(), InstallationMessages.InstallAgain(), async () =>
            {
                policy = await retry.RunAsync(() => services.Functions.GetPolicyAsync(query.StackName, cancellationToken), cancellationToken) ?? "";
                return results.Ok(1, InstallationMessages.Permissions(), InstallationMessages.PolicyRead());
            }, cancellationToken);
            foreach (StackResource rule in resources.Where(resource => resource.Kind == "AWS::Events::Rule" && resource.PhysicalId is not null))
            {
                await foreach (CheckResult result in RuleAsync(rule, function, policy, results, cancellationToken))
                    yield return result;
            }

            foreach (StackResource mapping in resources.Where(resource => resource.Kind == "AWS::Lambda::EventSourceMapping" && resource.PhysicalId is not null))
                yield return await MappingAsync(mapping, results, cancellationToken);
        }

        yield return await DefinitionsAsync(stack, results, cancellationToken);
    }

    private static CheckResult Function(Message named, JsonObject function, List<StackResource> resources, CheckResults results)
    {
        JsonObject variables = (function["Environment"] as JsonObject)?["Variables"] as JsonObject ?? [];
        return function.String("State") is not (null or "Active") ? results.Fail(1, named, InstallationMessages.FunctionState(function.String("State"), function.String("StateReason")), InstallationMessages.InstallAgain())
            : function.String("LastUpdateStatus") is not (null or "Successful") ? results.Fail(1, named, InstallationMessages.FunctionState(function.String("LastUpdateStatus"), function.String("LastUpdateStatusReason")), InstallationMessages.InstallAgain())
            : variables.String("EBOPS_TABLE") != resources.Find(resource => resource.LogicalId == "Table")?.PhysicalId ? results.Fail(1, named, InstallationMessages.OtherTable(variables.String("EBOPS_TABLE")), InstallationMessages.InstallAgain())
            : results.Ok(1, named, InstallationMessages.FunctionIs(function.String("CodeSha256"), function.String("LastModified")));
    }

    private async IAsyncEnumerable<CheckResult> RuleAsync(StackResource resource, JsonObject function, string policy, CheckResults results, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RuleName name = RuleName.OfPhysicalId(resource.PhysicalId!);
        Message check = InstallationMessages.RuleNamed(resource.LogicalId);
        JsonObject? rule = null;
        yield return await results.GuardAsync(1, check, InstallationMessages.InstallAgain(), async () =>
        {
            rule = await retry.RunAsync(() => services.Rules.DescribeRuleAsync(name.Bus, name.Name, cancellationToken), cancellationToken);
            Message said = InstallationMessages.RuleIs(name.Name, rule.String("State"));
            return rule.String("State")?.StartsWith("ENABLED", StringComparison.Ordinal) == true ? results.Ok(1, check, said) : results.Fail(1, check, said, InstallationMessages.EnableRule());
        }, cancellationToken);
        if (rule is null)
            yield break;
        yield return await results.GuardAsync(2, InstallationMessages.Target(), InstallationMessages.InstallAgain(), async () =>
        {
            List<JsonObject> targets = await retry.RunAsync(() => services.Rules.ListTargetsByRuleAsync(name.Bus, name.Name, cancellationToken).ToListAsync(cancellationToken), cancellationToken);
            JsonObject? own = targets.Find(target => target.String("Arn") == function.String("FunctionArn"));
            return own is null ? results.Fail(2, InstallationMessages.Target(), InstallationMessages.NoTarget(), InstallationMessages.InstallAgain())
                : own["DeadLetterConfig"] is null ? results.Fail(2, InstallationMessages.Target(), InstallationMessages.NoDeadLetterQueue(), InstallationMessages.InstallAgain())
                : results.Ok(2, InstallationMessages.Target(), InstallationMessages.TargetIs());
        }, cancellationToken);
        yield return policy.Contains($"\"{rule.String("Arn")}\"")
            ? results.Ok(2, InstallationMessages.Permission(), InstallationMessages.MayInvoke())
            : results.Fail(2, InstallationMessages.Permission(), InstallationMessages.MayNotInvoke(), InstallationMessages.InstallAgain());
    }

    private Task<CheckResult> MappingAsync(StackResource mapping, CheckResults results, CancellationToken cancellationToken)
    {
        Message check = InstallationMessages.Mapping();
        return results.GuardAsync(1, check, InstallationMessages.InstallAgain(), async () =>
        {
            JsonObject found = await retry.RunAsync(() => services.Functions.GetEventSourceMappingAsync(mapping.PhysicalId!, cancellationToken), cancellationToken);
            bool reports = found["FunctionResponseTypes"] is JsonArray types && types.Any(type => Document.Text(type) == "ReportBatchItemFailures");
            return found.String("State") is not "Enabled" ? results.Fail(1, check, InstallationMessages.MappingIs(found.String("State")), InstallationMessages.EnableMapping())
                : reports ? results.Ok(1, check, InstallationMessages.MappingIs(found.String("State")))
                : results.Fail(1, check, InstallationMessages.NoBatchFailures(), InstallationMessages.InstallAgain());
        }, cancellationToken);
    }

    /// <summary>Whether a push can have an effect: ACTIVE job definitions run images of repositories that are followed.</summary>
    private Task<CheckResult> DefinitionsAsync(Stack stack, CheckResults results, CancellationToken cancellationToken)
    {
        Message check = InstallationMessages.JobDefinitions();
        if (stack.Parameters.TryGetValue("ImagePush", out string? follows) && follows == "false")
            return Task.FromResult(results.Skip(1, check, InstallationMessages.PushesOff()));
        NamePattern repositories = NamePattern.Parse(Parameter(stack, "Repositories")), definitions = NamePattern.Parse(Parameter(stack, "JobDefinitions"));
        return results.GuardAsync(1, check, InstallationMessages.GrantDescribeDefinitions(), async () =>
        {
            HashSet<string> running = new(StringComparer.Ordinal);
            await foreach (DocumentPage page in services.Batch.DescribeJobDefinitionPagesAsync("ACTIVE", cancellationToken))
            {
                foreach (JsonObject definition in page.Documents)
                {
                    string name = definition.String("jobDefinitionName") ?? "";
                    if (definitions.IsMatch(name) && JobDefinitionImages.Of(definition).Any(container => ImageReference.TryParse(container.Image, out ImageReference? image) && repositories.IsMatch(image.RepositoryName)))
                        running.Add(name);
                }
            }

            return running.Count > 0
                ? results.Ok(1, check, InstallationMessages.DefinitionsRun(running.Count))
                : results.Fail(1, check, InstallationMessages.NoDefinitionRuns(Parameter(stack, "Repositories"), Parameter(stack, "JobDefinitions")), InstallationMessages.CheckScope());
        }, cancellationToken);
    }

    private static string Parameter(Stack stack, string name) => stack.Parameters.TryGetValue(name, out string? value) && value.Length > 0 ? value : "*";
}

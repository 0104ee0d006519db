using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Checks the quotas of AWS that concern the project as a whole.</summary>
internal sealed class LimitCheck : IProjectCheck
{
    public void Run(Project project, Findings findings)
    {
        if (project.Settings is not { } settings)
            return;
        foreach (IGrouping<string, ProjectRule> bus in project.Rules.GroupBy(rule => rule.BusName ?? settings.BusName, StringComparer.Ordinal))
        {
            if (bus.Count() > ProjectLimits.RulesPerBus)
                findings.Warn(ProjectCheck.Limit, bus.Key, settings.File.Fault("/bus", ProjectTestMessages.ManyRules(bus.Key, bus.Count(), ProjectLimits.RulesPerBus)));
        }

        foreach (ProjectEnvironment environment in settings.Environments)
        {
            int length = BusPolicy.Of(settings, environment) is { } policy ? Document.Write(policy).Length : 0;
            if (length > ProjectLimits.BusPolicyLength)
                findings.Fail(ProjectCheck.Limit, environment.Name, settings.File.FaultOfKey("/consumers", ProjectTestMessages.PolicyTooLong(environment.Name, length, ProjectLimits.BusPolicyLength)));
            if (environment.Parameters.Count > ProjectLimits.ParametersPerTemplate)
                findings.Fail(ProjectCheck.Limit, environment.Name, settings.File.FaultOfKey(JsonPointers.Add("/environments", environment.Name) + "/parameters", ProjectTestMessages.ManyParameters(environment.Parameters.Count, ProjectLimits.ParametersPerTemplate)));
        }

        int resources = Resources(project, settings);
        if (resources > ProjectLimits.ResourcesBeforeSplit)
            findings.Warn(ProjectCheck.Limit, settings.Name, settings.File.Fault("", ProjectTestMessages.ManyResources(resources, ProjectLimits.ResourcesBeforeSplit, ProjectLimits.ResourcesPerTemplate)));
        else
            findings.Pass(ProjectCheck.Limit, settings.Name, settings.File, ProjectTestMessages.Resources(resources, ProjectLimits.ResourcesPerTemplate));
    }

    /// <summary>How many resources the stack of a project has: what is written in its files, and what belongs to it.</summary>
    private static int Resources(Project project, ProjectSettings settings)
    {
        int bus = settings.UsesDefaultBus ? 0 : 1, archive = settings.Archive is null ? 0 : 1;
        int logging = settings.Logging is null or { Level: "OFF" } ? 0 : 4; // A log group, and the source, the destination and the delivery of the log.
        int statements = settings.Consumers.Count(consumer => consumer.BusArn is null) + settings.Consumers.Count(consumer => consumer.Publishes);
        int forwarding = 2 * settings.Consumers.Count(consumer => consumer.BusArn is not null); // A rule and a role.
        int queues = 2 * QueueNames(project, settings).Distinct(StringComparer.Ordinal).Count(); // A queue and its policy.
        int rules = project.Rules.Count + project.Rules.SelectMany(rule => rule.Targets).Count(target => target.Settings["roleArn"] is null && NeedsRole(target));
        int schemas = project.Schemas.Count == 0 ? 0 : 1 + project.Schemas.Select(schema => schema.Family).Distinct(StringComparer.Ordinal).Count(); // With the registry.
        return bus + archive + logging + statements + forwarding + queues + rules + schemas + project.Resources.Count;
    }

    private static IEnumerable<string> QueueNames(Project project, ProjectSettings settings) =>
        new[] { settings.DeadLetterQueue }.Concat(project.Rules.SelectMany(rule => rule.Targets).Select(target => target.DeadLetterQueue)).Select(queue => queue?.Name).OfType<string>();

    private static bool NeedsRole(ProjectTarget target) => target.Settings["batchParameters"] is not null || target.Settings["ecsParameters"] is not null || target.Settings["kinesisParameters"] is not null;
}

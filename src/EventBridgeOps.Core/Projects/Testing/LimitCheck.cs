using EventBridgeOps.Events.Documents;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Checks the quotas of AWS that concern the project as a whole.</summary>
internal sealed class LimitCheck : IProjectCheck
{
    public void Run(Project project, Findings findings)
    {
        if (project.Settings is not { } settings)
            return;
        foreach (IGrouping<string, ProjectRule> bus in project.Rules.GroupBy(rule => rule.BusName ?? settings.FirstEnvironment?.BusName ?? settings.BusName, StringComparer.Ordinal))
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
    }
}

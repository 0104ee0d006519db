using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Schemas.Comparing;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Reads two projects as a pair: that the one receives what the other forwards, and can read it.</summary>
/// <param name="others">The other projects.</param>
internal sealed class PairCheck(IReadOnlyList<Project> others) : IProjectCheck
{
    public void Run(Project project, Findings findings)
    {
        foreach (Project other in others)
        {
            int found = Check(project, other, project, findings) + Check(other, project, project, findings);
            if (found == 0 && project.Settings is { } settings)
                findings.Warn(ProjectCheck.Pair, other.Settings?.Name ?? other.Folder.Root, settings.File.Fault("", ProjectTestMessages.NoPair(settings.Name, other.Settings?.Name ?? other.Folder.Root)));
        }
    }

    /// <summary>Checks one direction, and says what is wrong in the files of one of the two.</summary>
    /// <returns>How many event buses of the receiver get events.</returns>
    private static int Check(Project sender, Project receiver, Project said, Findings findings)
    {
        int found = 0;
        if (sender.Settings is not { } from || receiver.Settings is not { } to || said.Settings is not { } settings)
            return found;
        foreach (ProjectConsumer consumer in from.Consumers.Where(consumer => consumer.BusArn is not null))
        {
            ProjectEnvironment? target = to.Environments.FirstOrDefault(environment => BusArn(environment) == consumer.BusArn);
            if (target is null)
                continue;
            found++;
            string item = $"{from.Name} to {to.Name}";
            ProjectFault Fault(Events.Messages.Message message) => settings.File.FaultOfKey(sender == said ? JsonPointers.Add("/consumers", consumer.Name) : "/producers", message);
            ProjectSchema[] sent = [.. sender.Schemas.Where(schema => schema.Source is not null && !schema.IsRetired && (consumer.Events.Count == 0 || consumer.Events.Contains(schema.Name, StringComparer.Ordinal)))];
            int before = findings.All.Count;
            foreach (ProjectEnvironment environment in from.Environments)
            {
                ProjectProducer[] accepting = [.. to.Producers.Where(producer => Accepts(producer, environment))];
                string[] refused = [.. sent.Select(schema => schema.Source!).Distinct(StringComparer.Ordinal).Where(source => !accepting.Any(producer => producer.Sources.Count == 0 || producer.Sources.Contains(source, StringComparer.Ordinal)))];
                if (accepting.Length == 0)
                    findings.Fail(ProjectCheck.Pair, item, Fault(ProjectTestMessages.NotAccepted(to.Name, BusArn(environment))));
                else if (refused.Length > 0)
                    findings.Fail(ProjectCheck.Pair, item, Fault(ProjectTestMessages.SourcesNotAccepted(to.Name, BusArn(environment), refused)));
            }

            foreach (ProjectSchema schema in sent)
                Compare(schema, receiver, settings.Policy, item, Fault, findings);
            if (findings.All.Count == before)
                findings.Pass(ProjectCheck.Pair, item, settings.File, ProjectTestMessages.Pair(sent.Length));
        }

        return found;
    }

    private static void Compare(ProjectSchema sent, Project receiver, SchemaPolicy policy, string item, Func<Events.Messages.Message, ProjectFault> fault, Findings findings)
    {
        EventSchema[] read = [.. receiver.Schemas.Where(schema => schema.Source == sent.Source && schema.DetailType == sent.DetailType && !schema.IsRetired).Select(schema => schema.Schema).OfType<EventSchema>()];
        if (read.Length == 0)
        {
            findings.Warn(ProjectCheck.Pair, item, fault(ProjectTestMessages.NotDescribedByReceiver(sent.Name, receiver.Settings!.Name)));
            return;
        }

        if (sent.Schema is null)
            return;
        SchemaComparisonResult[] results = [.. read.Select(schema => SchemaComparison.Compare([sent.Schema], schema, SchemaCompatibility.Backward, policy))];
        if (results.Any(result => result.IsAcceptedBy(policy)))
            return;
        SchemaDifference difference = results[results.Length - 1].Differences.First(difference => difference.Effect is not SchemaEffect.Harmless);
        findings.Fail(ProjectCheck.Pair, item, fault(ProjectTestMessages.NotReadable(sent.Name, receiver.Settings!.Name, difference.Reason, difference.Example)));
    }

    // An account may be named as a whole; which accounts an organization has is not known here.
    private static bool Accepts(ProjectProducer producer, ProjectEnvironment environment) =>
        producer.OrganizationId is not null || (producer.BusArn is { } bus ? bus == BusArn(environment) : producer.AccountId == environment.AccountId);

    private static string BusArn(ProjectEnvironment environment) => Arn.In("events", environment.Region, environment.AccountId, $"event-bus/{environment.BusName}").ToString();
}

using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Projects.Testing;

namespace EventBridgeOps.Core.Tests.Projects;

/// <summary>Two projects in two accounts that forward events to each other.</summary>
public sealed class PairTests : IDisposable
{
    private readonly ProjectSpace _sender = ProjectSpace.Of("orchestrator");
    private readonly ProjectSpace _receiver = ProjectSpace.Of("empty");

    public PairTests()
    {
        _sender.Replace("ebproject.yaml", "schemas:\n", "consumers:\n  analytics: {account: 444455556666, bus: 'arn:aws:events:eu-west-1:444455556666:event-bus/analytics', events: [audio-uploaded.v1]}\nproducers:\n  analytics: {bus: 'arn:aws:events:eu-west-1:444455556666:event-bus/analytics'}\n  company: {organization: o-a1b2c3d4e5, sources: [com.example.shop]}\nschemas:\n");
        _receiver.Write("ebproject.yaml", "name: analytics\nenvironments:\n  development: {account: 444455556666, region: eu-west-1}\nproducers:\n  orchestrator: {bus: 'arn:aws:events:eu-west-1:111122223333:event-bus/development-application-events', sources: [com.example.orchestrator]}\nconsumers:\n  orchestrator: {account: 111122223333, bus: 'arn:aws:events:eu-west-1:111122223333:event-bus/development-application-events', events: [report-ready.v1]}\ndefaults: {source: com.example.analytics}\n");
        _receiver.Write("schemas/audio-uploaded.v1.json", """{"x-amazon-events-source": "com.example.orchestrator", "type": "object", "required": ["fileId"], "properties": {"fileId": {"type": "string"}}}""");
        foreach (ProjectSpace space in new[] { _sender, _receiver })
            space.Write("schemas/report-ready.v1.json", """{"x-amazon-events-source": "com.example.analytics", "type": "object", "properties": {"url": {"type": "string"}}}""");
    }

    public void Dispose()
    {
        _sender.Dispose();
        _receiver.Dispose();
    }

    [Fact]
    public void A_pair_that_fits_passes_in_both_directions()
    {
        Assert.Empty(Found(_sender, _receiver));
        Assert.Equal(["orchestrator to analytics", "analytics to orchestrator"], Test(_sender, _receiver).Findings.Where(finding => finding.Check == ProjectCheck.Pair).Select(finding => finding.Item));
    }

    [Fact]
    public void What_is_not_accepted_or_cannot_be_read_is_found()
    {
        _receiver.Replace("schemas/audio-uploaded.v1.json", "[\"fileId\"]", "[\"fileId\", \"language\"]");
        Assert.Contains(Found(_sender, _receiver), found => found.StartsWith("ebproject.yaml:24:3: error: Project analytics cannot read the events of audio-uploaded.v1. ", StringComparison.Ordinal));

        _receiver.Replace("ebproject.yaml", "[com.example.orchestrator]", "[com.example.other]");
        Assert.Contains(Found(_sender, _receiver), found => found.Contains("Project analytics does not let arn:aws:events:eu-west-1:111122223333:event-bus/development-application-events send events of com.example.orchestrator.", StringComparison.Ordinal));

        _receiver.Replace("ebproject.yaml", ":111122223333:event-bus/development-application-events', sources", ":111122223333:event-bus/shop', sources");
        Assert.Contains(Found(_sender, _receiver), found => found.Contains("Add it to the producers of analytics.", StringComparison.Ordinal));
    }

    [Fact]
    public void Projects_that_have_nothing_to_do_with_each_other_are_a_warning()
    {
        using ProjectSpace other = ProjectSpace.Of("mvp");

        Assert.Contains("ebproject.yaml:2:1: warning: Neither orchestrator nor mvp forwards events to the other.", Found(_sender, other));
    }

    [Fact]
    public void The_sender_forwards_with_a_role_and_the_receiver_lets_this_rule_alone()
    {
        Project sender = Project.Read(_sender.Root);
        ProjectTemplate template = ProjectTemplates.Build(sender, sender.Settings!.Environments[0]);

        System.Text.Json.Nodes.JsonNode rule = template.Root["Resources"]!["AnalyticsForwardingRule"]!["Properties"]!;
        Assert.Equal("""{"source":["com.example.orchestrator"],"detail-type":["AudioUploaded"]}""", rule["EventPattern"]!.ToJsonString());
        Assert.Equal("""{"Fn::GetAtt":["EventBusTargetRole","Arn"]}""", rule["Targets"]![0]!["RoleArn"]!.ToJsonString());
        Assert.Equal("arn:aws:events:eu-west-1:444455556666:event-bus/analytics", template.Root["Resources"]!["EventBusTargetRole"]!["Properties"]!["Policies"]![0]!["PolicyDocument"]!["Statement"]![0]!["Resource"]!.GetValue<string>());
        Assert.Equal("""{"ArnLikeIfExists":{"aws:SourceArn":"arn:aws:events:eu-west-1:444455556666:rule/analytics/*"}}""", template.Root["Resources"]!["AnalyticsSendsPolicy"]!["Properties"]!["Statement"]!["Condition"]!.ToJsonString());
        Assert.Equal("""{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"},"ForAllValues:StringEquals":{"events:source":"com.example.shop"},"Null":{"events:source":"false"}}""", template.Root["Resources"]!["CompanySendsPolicy"]!["Properties"]!["Statement"]!["Condition"]!.ToJsonString());

        ProjectTemplate receiver = ProjectTemplates.BuildReceiver(sender, sender.Settings.Environments[0], "analytics");
        System.Text.Json.Nodes.JsonNode statement = Assert.Single(receiver.Root["Resources"]!.AsObject()).Value!["Properties"]!["Statement"]!;
        Assert.Equal("""{"ArnLikeIfExists":{"aws:SourceArn":"arn:aws:events:eu-west-1:111122223333:rule/development-application-events/forward-to-analytics"}}""", statement["Condition"]!.ToJsonString());
        Assert.Equal("""{"AWS":{"Fn::Sub":"arn:${AWS::Partition}:iam::111122223333:root"}}""", statement["Principal"]!.ToJsonString());
    }

    [Fact]
    public async Task Cfn_lint_finds_nothing_on_both_sides()
    {
        Project sender = Project.Read(_sender.Root);
        string one = Path.Combine(_sender.Root, "sender.json"), two = Path.Combine(_sender.Root, "receiver.json");
        await File.WriteAllTextAsync(one, ProjectTemplates.Build(sender, sender.Settings!.Environments[0]).Root.ToJsonString(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(two, ProjectTemplates.BuildReceiver(sender, sender.Settings.Environments[0], "analytics").Root.ToJsonString(), TestContext.Current.CancellationToken);

        Assert.Equal("", await Lint.FindAsync(one, two));
    }

    private static ProjectTest Test(ProjectSpace one, ProjectSpace other) => ProjectTester.Test(one.Root, [other.Root], SilentObserver.Instance, TestContext.Current.CancellationToken);

    private static string[] Found(ProjectSpace one, ProjectSpace other) => [.. Test(one, other).Findings.Where(finding => finding.State != FindingState.Passed && finding.Check == ProjectCheck.Pair).Select(finding => finding.ToText())];
}

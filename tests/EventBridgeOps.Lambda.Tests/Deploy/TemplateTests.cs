using System.Diagnostics;
using System.Text;
using EventBridgeOps.Automation;
using EventBridgeOps.Lambda.Handling;
using EventBridgeOps.Lambda.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace EventBridgeOps.Lambda.Tests.Deploy;

/// <summary>What the templates of deploy/ say, and that CloudFormation takes them.</summary>
public sealed class TemplateTests
{
    /// <summary>https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html: TemplateBody.</summary>
    private const int MostBytes = 51_200;

    /// <summary>Kinds that have no tags.</summary>
    private static readonly string[] s_untagged =
    [
        "AWS::CloudWatch::Dashboard", "AWS::IAM::Policy", "AWS::Lambda::EventInvokeConfig", "AWS::Lambda::Permission", "AWS::SNS::Subscription", "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy",
    ];

    public static TheoryData<string> Files => [.. Template.Files];

    [Fact]
    public async Task Cfn_lint_finds_nothing()
    {
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "cfn-lint"))), "SKIPPED: cfn-lint is not on the PATH, so the templates are not checked with it.");
        ProcessStartInfo start = new("cfn-lint", ["--include-checks", "W", "--", .. Template.Files.Select(file => Repository.Path("deploy", file))]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process lint = Process.Start(start)!;
        Task<string> errors = lint.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string found = await lint.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await lint.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (lint.ExitCode, found));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_template_fits_into_a_call(string file) => Assert.InRange(Encoding.UTF8.GetByteCount(Template.Read(file).Text), 1, MostBytes);

    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html: aliases and hash merges are not supported, though cfn-lint takes them.
    [Theory]
    [MemberData(nameof(Files))]
    public void A_template_has_no_aliases(string file) =>
        Assert.DoesNotContain(Template.Read(file).Root.AllNodes, node => !node.Anchor.IsEmpty);

    [Theory]
    [MemberData(nameof(Files))]
    public void Everything_that_can_have_tags_has_them(string file)
    {
        foreach ((string id, string kind, YamlMappingNode node) in Template.Read(file).Resources)
        {
            YamlNode? tags = Template.Property(node, "Tags");
            if (s_untagged.Contains(kind))
                Assert.Null(tags);
            else
                Assert.Equal($"{id}: application, project", $"{id}: {string.Join(", ", ((YamlSequenceNode)tags!).Select(tag => tag["Key"].ToString()))}");
        }
    }

    [Fact]
    public void No_alarm_takes_silence_for_a_fault() =>
        Assert.All(Template.Automation.Resources.Where(resource => resource.Kind == "AWS::CloudWatch::Alarm"), alarm => Assert.Equal("notBreaching", Template.Property(alarm.Node, "TreatMissingData")!.ToString()));

    [Fact]
    public void Each_rule_has_an_alarm_for_dead_letters_and_one_for_lost_events()
    {
        foreach (string metric in new[] { "InvocationsSentToDlq", "InvocationsFailedToBeSentToDlq" })
        {
            YamlMappingNode[] alarms = [.. Template.Automation.Resources.Where(resource => resource.Kind == "AWS::CloudWatch::Alarm" && Template.Property(resource.Node, "MetricName")!.ToString() == metric).Select(alarm => alarm.Node)];
            foreach ((string id, _, YamlMappingNode rule) in Template.Automation.Resources.Where(resource => resource.Kind == "AWS::Events::Rule"))
                Assert.Equal(rule["Condition"], Assert.Single(alarms, alarm => Template.Property(alarm, "Dimensions")!.AllNodes.Any(node => node is YamlScalarNode { Value: { } text } && text == id))["Condition"]);
        }
    }

    [Fact]
    public void Each_rule_waits_for_its_permissions_and_has_a_dead_letter_queue()
    {
        foreach ((string id, _, YamlMappingNode rule) in Template.Automation.Resources.Where(resource => resource.Kind == "AWS::Events::Rule"))
        {
            Assert.Contains("EveryHandlerPolicy", ((YamlSequenceNode)rule["DependsOn"]).Select(each => each.ToString()));
            Assert.Equal("DeadLetterQueue.Arn", Assert.Single((YamlSequenceNode)Template.Property(rule, "Targets")!)["DeadLetterConfig"]["Arn"].ToString());
            YamlMappingNode permission = Assert.Single(Template.Automation.Resources, resource => resource.Kind == "AWS::Lambda::Permission" && Template.Property(resource.Node, "SourceArn")!.ToString() == id + ".Arn").Node;
            Assert.Equal(rule["Condition"], permission["Condition"]);
        }
    }

    [Fact]
    public void The_function_knows_each_variable()
    {
        YamlMappingNode function = Template.Automation.Resources.Single(resource => resource.Kind == "AWS::Lambda::Function").Node;
        IEnumerable<string> variables = ((YamlMappingNode)Template.Property(function, "Environment")!["Variables"]).Children.Keys.Select(key => key.ToString());
        Assert.Empty(variables.Except([.. SettingFields.All.Select(field => field.Value!), Host.TableVariable, Host.SettingsVariable]));
    }

    [Fact]
    public void Each_parameter_has_a_description_and_a_place_in_the_console()
    {
        Assert.All((YamlMappingNode)Template.Automation.Root["Parameters"], parameter => Assert.True(((YamlMappingNode)parameter.Value).Children.ContainsKey("Description"), parameter.Key.ToString()));
        YamlSequenceNode groups = (YamlSequenceNode)Template.Automation.Root["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"];
        Assert.Equal(Template.Automation.Keys("Parameters").Order(), groups.SelectMany(group => (YamlSequenceNode)group["Parameters"]).Select(name => name.ToString()).Order());
    }
}

using EventBridgeOps.Automation;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;

namespace EventBridgeOps.Core.Tests.Automation;

/// <summary>The configuration of the automation: where each field comes from, and what is said of one that is not valid.</summary>
public sealed class SettingFieldsTests
{
    private const string Origin = "parameter /ebops";

    [Fact]
    public void Without_a_configuration_the_defaults_change_nothing_that_was_not_asked_for()
    {
        AutomationSettings settings = Read(null);
        Assert.Equal(["latest"], settings.Push.Tags);
        Assert.Equal((DriftMode.Report, 10, false), (settings.Drift.Mode, settings.Drift.MaxChanges, settings.Drift.IncludeStackOwned));
        Assert.Equal((null, null, false), (settings.Push.KeepRevisions, settings.Push.MaxSeverity, settings.Push.PinDigest));
        Assert.Empty(settings.Deployment.Map.Find("team/app"));
    }

    [Fact]
    public void A_variable_takes_precedence_over_the_document_and_an_empty_one_does_not()
    {
        const string Document = """{"push":{"tags":["v1"],"keepRevisions":3},"log":{"level":"error"}}""";
        AutomationSettings settings = Read(Document, ("IMAGE_TAG", " v2 , v3* "), ("EBOPS_KEEP_REVISIONS", " "));
        Assert.Equal(["v2", "v3*"], settings.Push.Tags);
        Assert.Equal((3, LogLevel.Error), (settings.Push.KeepRevisions, settings.Log.Level));
    }

    [Theory]
    [InlineData("""{"push":{"maxSeverity":"High"}}""", FindingSeverity.High)]
    [InlineData("""{"push.maxSeverity":"critical"}""", FindingSeverity.Critical)]
    public void The_highest_severity_of_findings_is_a_word(string document, FindingSeverity expected) => Assert.Equal(expected, Read(document).Push.MaxSeverity);

    [Theory]
    [InlineData("""{"push":{"maxSeverity":"Huge"}}""", "The value \"Huge\" of push.maxSeverity is not valid. Specify one of: ")]
    [InlineData("""{"push":{"keepRevisions":0}}""", "The value 0 of push.keepRevisions is not valid. Specify a whole number from 1.")]
    [InlineData("""{"push":{"keepRevisions":"3"}}""", "The value \"3\" of push.keepRevisions is not valid.")]
    [InlineData("""{"push":{"keepRevisions":1.5}}""", "The value 1.5 of push.keepRevisions is not valid.")]
    [InlineData("""{"push":{"tags":[1]}}""", "of push.tags is not valid. Specify a list of names, with or without wildcards.")]
    [InlineData("""{"push":{"pinDigest":"perhaps"}}""", "The value \"perhaps\" of push.pinDigest is not valid. Specify true or false.")]
    [InlineData("""{"drift":{"maxChanges":1001}}""", "The value 1001 of drift.maxChanges is not valid. Specify a whole number from 1 to 1000.")]
    [InlineData("""{"results":{"topicArn":"arn:aws:sqs:eu-west-1:123456789012:q"}}""", "of results.topicArn is not valid. Specify the ARN of an SNS topic.")]
    [InlineData("""{"deployment":{"services":{"a":{"cluster":"c"}}}}""", "of deployment.services is not valid. Specify an object with a cluster and a service")]
    [InlineData("""{"push":7}""", "The configuration in parameter /ebops has an unknown field push.")]
    [InlineData("""{"push":{"tag":["v1"]}}""", "The configuration in parameter /ebops has an unknown field push.tag. The fields are: projectName, ")]
    [InlineData("[]", "The configuration in parameter /ebops is not a valid JSON object")]
    [InlineData("{", "The configuration in parameter /ebops is not a valid JSON object")]
    public void What_is_not_valid_is_named(string document, string expected)
    {
        OpsException error = Assert.Throws<OpsException>(() => Read(document));
        Assert.Equal(ErrorIds.InvalidSettings, error.ErrorId);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_variable_that_is_not_valid_its_own_name_is_said()
    {
        OpsException error = Assert.Throws<OpsException>(() => Read(null, ("EBOPS_KEEP_REVISIONS", "all")));
        Assert.StartsWith("The value \"all\" of EBOPS_KEEP_REVISIONS is not valid.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_field_holds_a_secret_and_one_that_looks_so_is_rejected()
    {
        string[] words = ["secret", "password", "token", "credential", "apikey", "accesskey", "privatekey"];
        Assert.DoesNotContain(SettingFields.All, field => Array.Exists(words, word => $"{field.Key} {field.Value?.Replace("_", "", StringComparison.Ordinal)}".Contains(word, StringComparison.OrdinalIgnoreCase)));
        Assert.All(words, word => Assert.Throws<OpsException>(() => Read($$"""{"{{word}}":"hunter2"}""")));
        Assert.All(words, word => Assert.DoesNotContain("hunter2", Assert.Throws<OpsException>(() => Read($$$"""{"results":{"{{{word}}}":"hunter2"}}""")).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_of_fields_and_of_variables_are_used_once()
    {
        Assert.Equal(SettingFields.All.Count(), SettingFields.All.Select(field => field.Key).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        string[] variables = [.. SettingFields.All.Select(field => field.Value).OfType<string>()];
        Assert.Equal(variables.Length, variables.Distinct(StringComparer.Ordinal).Count());
    }

    private static AutomationSettings Read(string? document, params (string Name, string Value)[] environment) =>
        SettingFields.Read(document, Origin, name => Array.Find(environment, pair => pair.Name == name).Value);
}

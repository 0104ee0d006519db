using EventBridgeOps.Events.Policies;

namespace EventBridgeOps.Events.Tests.Policies;

/// <summary>Conditions, by https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html.</summary>
public sealed class PolicyConditionTests
{
    private static readonly PolicyContext s_context = PolicyContext.Empty
        .With("aws:SourceArn", "arn:aws:events:eu-west-1:123456789012:rule/bus/r")
        .With("aws:SourceAccount", "123456789012")
        .With("aws:SecureTransport", "true")
        .With("aws:CurrentTime", "2026-06-01T12:00:00Z")
        .With("aws:MultiFactorAuthAge", "300")
        .With("aws:TagKeys", "team", "stage")
        .With("x:star", "a*b")
        .Without("aws:PrincipalOrgID");

    [Theory]
    [InlineData("StringEquals", "aws:SourceAccount", "\"123456789012\"", true)]
    [InlineData("stringequals", "AWS:sourceaccount", "\"123456789012\"", true)]
    [InlineData("StringEquals", "aws:SourceAccount", "[\"1\",\"123456789012\"]", true)]
    [InlineData("StringEquals", "aws:SourceAccount", "123456789012", true)]
    [InlineData("StringEquals", "aws:SourceAccount", "\"12345678901*\"", false)]
    [InlineData("StringNotEquals", "aws:SourceAccount", "[\"1\",\"123456789012\"]", false)]
    [InlineData("StringNotEquals", "aws:SourceAccount", "[\"1\",\"2\"]", true)]
    [InlineData("StringLike", "aws:SourceAccount", "\"1234*\"", true)]
    [InlineData("StringNotLike", "aws:SourceAccount", "\"1234*\"", false)]
    [InlineData("StringEqualsIgnoreCase", "aws:SecureTransport", "\"TRUE\"", true)]
    [InlineData("ArnEquals", "aws:SourceArn", "\"arn:aws:events:*:123456789012:rule/*\"", true)]
    [InlineData("ArnLike", "aws:SourceArn", "\"arn:aws:events:eu*:123456789012:rule/bus/r\"", true)]
    [InlineData("ArnLike", "aws:SourceArn", "\"arn:*:123456789012:rule/bus/r:x:y\"", false)]
    [InlineData("ArnLike", "aws:SourceArn", "\"arn:aws:events:*\"", null)]
    [InlineData("ArnNotLike", "aws:SourceArn", "\"arn:aws:events:*:*:rule/other\"", true)]
    [InlineData("Bool", "aws:SecureTransport", "\"true\"", true)]
    [InlineData("Bool", "aws:SecureTransport", "true", true)]
    [InlineData("Bool", "aws:SecureTransport", "false", false)]
    [InlineData("NumericLessThan", "aws:MultiFactorAuthAge", "\"3600\"", true)]
    [InlineData("NumericGreaterThanEquals", "aws:MultiFactorAuthAge", "300.0", true)]
    [InlineData("NumericNotEquals", "aws:MultiFactorAuthAge", "300.0", false)]
    [InlineData("NumericLessThan", "aws:SourceArn", "\"3600\"", null)]
    [InlineData("DateGreaterThan", "aws:CurrentTime", "\"2026-06-01T11:59:59Z\"", true)]
    [InlineData("DateLessThanEquals", "aws:CurrentTime", "\"1780315200\"", true)]
    [InlineData("DateLessThan", "aws:CurrentTime", "\"2026-06-01T12:00:00Z\"", false)]
    [InlineData("Null", "aws:PrincipalOrgID", "\"true\"", true)]
    [InlineData("Null", "aws:SourceArn", "true", false)]
    [InlineData("Null", "aws:SourceArn", "\"false\"", true)]
    [InlineData("Null", "aws:userid", "\"true\"", null)]
    [InlineData("StringEquals", "aws:PrincipalOrgID", "\"o-1\"", false)]
    [InlineData("StringNotEquals", "aws:PrincipalOrgID", "\"o-1\"", true)]
    [InlineData("StringEqualsIfExists", "aws:PrincipalOrgID", "\"o-1\"", true)]
    [InlineData("StringEqualsIfExists", "aws:SourceAccount", "\"1\"", false)]
    [InlineData("StringEquals", "aws:userid", "\"AIDA\"", null)]
    [InlineData("StringEqualsIfExists", "aws:userid", "\"AIDA\"", null)]
    [InlineData("IpAddress", "aws:SourceAccount", "\"10.0.0.0/8\"", null)]
    [InlineData("StringMatches", "aws:SourceAccount", "\"1\"", null)]
    [InlineData("StringEquals", "aws:TagKeys", "\"team\"", null)]
    [InlineData("ForAnyValue:StringEquals", "aws:TagKeys", "[\"team\",\"x\"]", true)]
    [InlineData("ForAnyValue:StringEquals", "aws:TagKeys", "\"x\"", false)]
    [InlineData("ForAllValues:StringEquals", "aws:TagKeys", "[\"team\",\"stage\",\"x\"]", true)]
    [InlineData("ForAllValues:StringEquals", "aws:TagKeys", "\"team\"", false)]
    [InlineData("ForAllValues:StringNotEquals", "aws:TagKeys", "\"x\"", true)]
    [InlineData("ForAnyValue:StringNotEquals", "aws:TagKeys", "\"team\"", true)]
    [InlineData("ForAllValues:StringEquals", "aws:PrincipalOrgID", "\"x\"", true)]
    [InlineData("ForAnyValue:StringEquals", "aws:PrincipalOrgID", "\"x\"", false)]
    [InlineData("ForAnyValue:StringNotEquals", "aws:PrincipalOrgID", "\"x\"", false)]
    [InlineData("ForAnyValue:StringLikeIfExists", "aws:PrincipalOrgID", "\"x\"", true)]
    [InlineData("StringEquals", "aws:SourceAccount", "{}", null)]
    [InlineData("ArnLike", "aws:SourceArn", "\"arn:aws:events:eu-west-1:${aws:SourceAccount}:rule/*\"", true)]
    [InlineData("StringEquals", "aws:SourceAccount", "\"${aws:userid}\"", null)]
    [InlineData("StringEquals", "aws:SourceAccount", "\"${aws:PrincipalOrgID, '123456789012'}\"", true)]
    [InlineData("StringLike", "x:star", "\"a${*}b\"", true)]
    [InlineData("StringLike", "aws:SourceAccount", "\"1${*}\"", false)]
    [InlineData("StringLike", "aws:SourceAccount", "\"${x:star}\"", false)]
    public void ConditionHolds(string test, string key, string wanted, bool? holds)
    {
        Assert.Equal(holds, Outcome($$"""{"{{test}}":{"{{key}}":{{wanted}} } }"""));
        // In a denial the same holds the other way round.
        Assert.Equal(!holds, Outcome($$"""{"{{test}}":{"{{key}}":{{wanted}} } }""", denies: true));
    }

    [Fact]
    public void AllConditionsMustHold()
    {
        Assert.False(Outcome("""{"StringEquals":{"aws:userid":"x","aws:SourceAccount":"1"}}"""));
        Assert.Null(Outcome("""{"StringEquals":{"aws:SourceAccount":"123456789012"},"StringLike":{"aws:userid":"*"}}"""));
        Assert.Null(Outcome("\"x\""));
    }

    [Fact]
    public void VariablesNeedTheNewVersion()
    {
        const string Condition = """{"StringEquals":{"aws:SourceAccount":"${aws:SourceAccount}"}}""";
        Assert.True(Outcome(Condition));
        Assert.False(Outcome(Condition, version: "2008-10-17"));
    }

    [Fact]
    public void InAWholeContextWhatIsNotThereIsAbsent()
    {
        PolicyRequest request = new("events.amazonaws.com", "sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:q", PolicyContext.None.With("a:b", "c"));
        Assert.True(PolicyEvaluation.OfResource(Policy("""{"StringEquals":{"aws:userid":"x"}}"""), request).IsDenied);
        Assert.True(PolicyEvaluation.OfResource(Policy("""{"StringEquals":{"a:b":"c"}}"""), request).IsAllowed);
    }

    [Fact]
    public void TopicSeesNoSourceOfEventBridge()
    {
        PolicyRequest request = PolicyRequest.OfEventBridge("sns:Publish", "arn:aws:sns:eu-west-1:123456789012:t", "arn:aws:events:eu-west-1:123456789012:rule/r", "123456789012");
        string policy = Policy("""{"ArnLike":{"aws:SourceArn":"arn:aws:events:eu-west-1:123456789012:rule/r"}}""");
        Assert.Equal(PolicyOutcome.ImplicitDeny, PolicyEvaluation.OfResource(policy, request).Outcome);
    }

    private static bool? Outcome(string condition, bool denies = false, string version = "2012-10-17")
    {
        PolicyRequest request = new("events.amazonaws.com", "sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:q", s_context);
        PolicyDecision decision = PolicyEvaluation.OfResource(Policy(condition, denies, version), request);
        return decision.Outcome == PolicyOutcome.Unknown ? null : decision.IsAllowed;
    }

    private static string Policy(string condition, bool denies = false, string version = "2012-10-17")
    {
        const string About = """ "Principal":"*","Action":"*","Resource":"*" """;
        string statement = $$"""{"Effect":"{{(denies ? "Deny" : "Allow")}}",{{About}},"Condition":{{condition}} }""";
        string other = denies ? $$""",{"Effect":"Allow",{{About}} }""" : "";
        return $$"""{"Version":"{{version}}","Statement":[{{statement}}{{other}}]}""";
    }
}

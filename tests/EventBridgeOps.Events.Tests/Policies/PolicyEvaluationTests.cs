using EventBridgeOps.Events.Policies;

namespace EventBridgeOps.Events.Tests.Policies;

/// <summary>What policies say, by the rules of https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html.</summary>
public sealed class PolicyEvaluationTests
{
    private const string Queue = "arn:aws:sqs:eu-west-1:123456789012:q";
    private const string Rule = "arn:aws:events:eu-west-1:123456789012:rule/bus/r";
    private const string Role = "arn:aws:iam::123456789012:role/path/work";
    private const string Allow = """ "Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*" """;

    public static PolicyRequest Send { get; } = PolicyRequest.OfEventBridge("sqs:SendMessage", Queue, Rule, "123456789012");

    [Theory]
    [InlineData("*", true)]
    [InlineData(Queue, true)]
    [InlineData("arn:aws:sqs:*:123456789012:*", true)]
    [InlineData("arn:aws:sqs:eu-west-?:123456789012:q", true)]
    [InlineData("arn:aws:s*", true)]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:Q", false)]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:qq", false)]
    [InlineData("arn:aws:sqs:eu*1:123456789012:q", true)]
    [InlineData("arn:aws:s*s:eu-west-1:*", null)] // Its first star matches within its part, but the parts are fewer.
    public void ResourceIsComparedByParts(string resource, bool? allowed) =>
        Says(allowed, $$"""{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"{{resource}}"}""");

    [Theory]
    [InlineData("\"sqs:SendMessage\"", true)]
    [InlineData("\"SQS:sendmessage\"", true)]
    [InlineData("[\"sns:Publish\",\"sqs:Send*\"]", true)]
    [InlineData("\"*\"", true)]
    [InlineData("\"sqs:SendMessageBatch\"", false)]
    [InlineData("[]", false)]
    public void ActionIgnoresCase(string action, bool allowed)
    {
        Says(allowed, $$"""{"Effect":"Allow","Principal":"*","Action":{{action}},"Resource":"*"}""");
        Says(!allowed, $$"""{"Effect":"Allow","Principal":"*","NotAction":{{action}},"Resource":"*"}""");
        Says(!allowed, $$"""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"},{"Effect":"Deny","Principal":"*","Action":{{action}},"Resource":"*"}""");
    }

    [Theory]
    [InlineData("\"Principal\":\"*\"", true, true)]
    [InlineData("\"Principal\":{\"AWS\":\"*\"}", true, true)]
    [InlineData("\"Principal\":{\"Service\":\"events.amazonaws.com\"}", true, false)]
    [InlineData("\"Principal\":{\"Service\":[\"sns.amazonaws.com\",\"events.amazonaws.com\"]}", true, false)]
    [InlineData("\"Principal\":{\"Service\":\"sns.amazonaws.com\"}", false, false)]
    [InlineData("\"Principal\":{\"Service\":\"events.eu-west-1.amazonaws.com\"}", null, false)]
    [InlineData("\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:role/path/work\"}", false, true)]
    [InlineData("\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:root\"}", false, false)] // To its own account it leaves the decision to the role's policies.
    [InlineData("\"Principal\":{\"AWS\":\"123456789012\"}", false, false)]
    [InlineData("\"Principal\":{\"AWS\":\"210987654321\"}", false, false)]
    [InlineData("\"Principal\":{\"AWS\":\"AROAEXAMPLEID\"}", false, null)]
    [InlineData("\"Principal\":{\"AWS\":\"arn:aws:sts::123456789012:assumed-role/work/one\"}", false, null)]
    [InlineData("\"Principal\":{\"AWS\":\"arn:aws:sts::123456789012:assumed-role/other/one\"}", false, false)]
    [InlineData("\"Principal\":{\"Federated\":\"accounts.google.com\"}", false, false)]
    [InlineData("\"NotPrincipal\":{\"Service\":\"events.amazonaws.com\"}", false, true)]
    [InlineData("\"NotPrincipal\":{\"AWS\":\"arn:aws:iam::123456789012:role/path/work\"}", true, null)]
    [InlineData("\"Sid\":\"none\"", false, false)]
    public void PrincipalHasManyForms(string principal, bool? service, bool? role)
    {
        string statement = $$"""{"Effect":"Allow",{{principal}},"Action":"sqs:SendMessage","Resource":"*"}""";
        Says(service, statement);
        Says(role, statement, PolicyRequest.OfRole(Role, "sqs:SendMessage", Queue, "eu-west-1"));
    }

    [Fact]
    public void AccountDeniedIsEachOfItsRoles()
    {
        const string Statements = """{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"},{"Sid":"No","Effect":"Deny","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"*","Resource":"*"}""";
        PolicyDecision decision = PolicyEvaluation.OfResource(Policy(Statements), PolicyRequest.OfRole(Role, "sqs:SendMessage", Queue, "eu-west-1"));
        Assert.Equal(PolicyOutcome.ExplicitDeny, decision.Outcome);
        Assert.Equal("No", Assert.Single(decision.Statements).Sid);
        Assert.Contains("Statement 2 (No) denies", decision.Reason.ToString());
    }

    [Fact]
    public void DoubtfulDenialIsUnknownOnlyWhereSomethingAllows()
    {
        const string Denial = """{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}""";
        PolicyDecision decision = PolicyEvaluation.OfResource(Policy("{" + Allow + "}," + Denial), Send);
        Assert.Equal(PolicyOutcome.Unknown, decision.Outcome);
        Assert.Contains("Statement 2", decision.Reason.ToString());
        Assert.Contains("IpAddress", decision.Reason.ToString());
        Assert.Equal(PolicyOutcome.ImplicitDeny, PolicyEvaluation.OfResource(Policy(Denial), Send).Outcome);
    }

    [Theory]
    [InlineData("no")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"Statement":["x"]}""")]
    [InlineData("""{"Statement":{"Effect":"allow","Principal":"*","Action":"*","Resource":"*"}}""")]
    public void UnreadablePolicyIsUnknown(string policy) => Assert.Equal(PolicyOutcome.Unknown, PolicyEvaluation.OfResource(policy, Send).Outcome);

    [Fact]
    public void WithoutPolicyNothingIsAllowed() => Assert.Equal(PolicyOutcome.ImplicitDeny, PolicyEvaluation.OfResource(null, Send).Outcome);

    [Fact]
    public void OneStatementMayStandForAList() => Assert.True(PolicyEvaluation.OfResource($$"""{"Statement":{ {{Allow}} } }""", Send).IsAllowed);

    [Theory]
    [InlineData("Allowed", "ImplicitDeny", "Allowed", "ImplicitDeny")]
    [InlineData("ImplicitDeny", "Allowed", "Allowed", "ImplicitDeny")]
    [InlineData("Allowed", "Allowed", "Allowed", "Allowed")]
    [InlineData("Allowed", "ExplicitDeny", "ExplicitDeny", "ExplicitDeny")]
    [InlineData("Unknown", "ExplicitDeny", "ExplicitDeny", "ExplicitDeny")]
    [InlineData("Unknown", "Allowed", "Unknown", "Unknown")]
    [InlineData("Unknown", "ImplicitDeny", "Unknown", "ImplicitDeny")]
    public void IdentityAndResourceDecideTogether(string identity, string resource, string inOneAccount, string acrossAccounts)
    {
        Assert.Equal(inOneAccount, PolicyDecision.Together(Decision(identity), Decision(resource), isOneAccount: true).Outcome.ToString());
        Assert.Equal(acrossAccounts, PolicyDecision.Together(Decision(identity), Decision(resource), isOneAccount: false).Outcome.ToString());
    }

    [Fact]
    public void TrustNeedsNoResource()
    {
        PolicyRequest assume = PolicyRequest.OfEventBridge("sts:AssumeRole", Role, Rule, "123456789012");
        Assert.True(PolicyEvaluation.OfTrust("""{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}}""", assume).IsAllowed);
        Assert.True(PolicyEvaluation.OfTrust("""{"Statement":{"Effect":"Allow","Principal":{"Service":"scheduler.amazonaws.com"},"Action":"sts:AssumeRole"}}""", assume).IsDenied);
    }

    [Fact]
    public void RoleIsAllowedByAnyOfItsPoliciesAndSaysByWhich()
    {
        KeyValuePair<string, string>[] policies =
        [
            new("one", """{"Statement":{"Effect":"Allow","Action":"batch:*","Resource":"*"}}"""),
            new("two", """{"Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*"}}"""),
        ];
        PolicyDecision decision = PolicyEvaluation.OfIdentity(policies, PolicyRequest.OfRole(Role, "sqs:SendMessage", Queue, "eu-west-1"));
        Assert.True(decision.IsAllowed);
        Assert.Contains("Statement 1 of policy two allows", decision.Reason.ToString());
    }

    [Fact]
    public void ManyWildcardsTakeLittleTime() =>
        Says(false, $$"""{"Effect":"Allow","Principal":"*","Action":"{{string.Concat(Enumerable.Repeat("*s", 2000))}}","Resource":"*"}""");

    internal static string Policy(string statements) => $$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""";

    private static PolicyDecision Decision(string outcome) => new(Enum.Parse<PolicyOutcome>(outcome), EventBridgeOps.Events.Messages.Message.None, []);

    private static void Says(bool? allowed, string statements, PolicyRequest? request = null)
    {
        PolicyDecision decision = PolicyEvaluation.OfResource(Policy(statements), request ?? Send);
        Assert.Equal(allowed, decision.Outcome == PolicyOutcome.Unknown ? null : decision.IsAllowed);
    }
}

using System.Xml.Linq;

namespace EventBridgeOps.Sandbox.Tests.Iam;

/// <summary>What the policies of a role would allow: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html.</summary>
public sealed class SimulationTests : SandboxTest
{
    private const string Policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"batch:*","Resource":"*"},{"Effect":"Deny","Action":"batch:Deregister*","Resource":"*"},{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:*:*:q","Condition":{"StringEquals":{"aws:ResourceTag/team":"a"}}}]}""";

    [Fact]
    public async Task EachActionIsDecidedOnEachResource()
    {
        await MakeRole();
        (await Iam("PutRolePolicy", $"&RoleName=events&PolicyName=p&PolicyDocument={Uri.EscapeDataString(Policy)}")).Succeeded();
        List<XElement> results = await Simulate($"&PolicySourceArn={EventsRole}&ActionNames.member.1=batch:SubmitJob&ActionNames.member.2=batch:DeregisterJobDefinition&ActionNames.member.3=s3:GetObject&ResourceArns.member.1=*&ResourceArns.member.2={Queue}");
        Assert.Equal(6, results.Count);
        Assert.Equal(["allowed", "allowed", "explicitDeny", "explicitDeny", "implicitDeny", "implicitDeny"], results.Select(result => Value(result, "EvalDecision")));
        Assert.Equal(("p", "IAM Policy"), (Value(results[0], "SourcePolicyId"), Value(results[0], "SourcePolicyType")));
        // The text of the statement is between the two places.
        Assert.Equal("""{"Effect":"Allow","Action":"batch:*","Resource":"*"}""", Policy[(Column(results[0], "StartPosition") - 1)..(Column(results[0], "EndPosition") - 1)]);
        Assert.Equal("""{"Effect":"Deny","Action":"batch:Deregister*","Resource":"*"}""", Policy[(Column(results[2], "StartPosition") - 1)..(Column(results[2], "EndPosition") - 1)]);
    }

    /// <summary>The one who calls may do everything, until another policy says what.</summary>
    [Fact]
    public async Task CallerIsAUserWhosePoliciesCanBeChanged()
    {
        string caller = Value(XDocument.Parse((await Aws.Sts("Action=GetCallerIdentity&Version=2011-06-15")).Succeeded().Text).Root!, "Arn");
        Assert.Equal(caller, Value(XDocument.Parse((await Iam("GetUser")).Succeeded().Text).Root!, "Arn"));
        string form = $"&PolicySourceArn={caller}&ActionNames.member.1=cloudformation:CreateStack&ActionNames.member.2=batch:SubmitJob&ActionNames.member.3=batch:DeregisterJobDefinition";
        Assert.All(await Simulate(form), result => Assert.Equal("allowed", Value(result, "EvalDecision")));
        (await Iam("DetachUserPolicy", "&UserName=sandbox&PolicyArn=arn:aws:iam::aws:policy/AdministratorAccess")).Succeeded();
        (await Iam("PutUserPolicy", $"&UserName=sandbox&PolicyName=p&PolicyDocument={Uri.EscapeDataString(Policy)}")).Succeeded();
        Assert.Equal(["implicitDeny", "allowed", "explicitDeny"], (await Simulate(form)).Select(result => Value(result, "EvalDecision")));
        (await PutRuleOf()).Succeeded(); // What a caller may do is not looked at.

        async Task<Answer> PutRuleOf() => await Aws.Events("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"a\"]}"}""");
    }

    [Fact]
    public async Task UserHasPoliciesInItAndAttachedToIt()
    {
        (await Iam("CreateUser", "&UserName=ann&Path=/team/&Tags.member.1.Key=k&Tags.member.1.Value=v")).Succeeded();
        Answer again = await Iam("CreateUser", "&UserName=ann");
        Assert.Equal((409, "EntityAlreadyExists"), (again.Status, Value(XDocument.Parse(again.Text).Root!, "Code")));
        (await Iam("CreatePolicy", "&PolicyName=m&PolicyDocument=" + Uri.EscapeDataString(Policy))).Succeeded();
        (await Iam("AttachUserPolicy", "&UserName=ann&PolicyArn=arn:aws:iam::123456789012:policy/m")).Succeeded();
        (await Iam("PutUserPolicy", $"&UserName=ann&PolicyName=p&PolicyDocument={Uri.EscapeDataString("""{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}""")}")).Succeeded();
        Assert.Equal(["allowed", "allowed", "implicitDeny"], (await Simulate("&PolicySourceArn=arn:aws:iam::123456789012:user/team/ann&ActionNames.member.1=batch:SubmitJob&ActionNames.member.2=s3:GetObject&ActionNames.member.3=s3:PutObject")).Select(result => Value(result, "EvalDecision")));
        Assert.Contains("<member>p</member>", (await Iam("ListUserPolicies", "&UserName=ann")).Text);
        Assert.Contains("<PolicyName>m</PolicyName>", (await Iam("ListAttachedUserPolicies", "&UserName=ann")).Text);
        Assert.Contains("s3%3AGetObject", (await Iam("GetUserPolicy", "&UserName=ann&PolicyName=p")).Text);
        Assert.Equal(409, (await Iam("DeleteUser", "&UserName=ann")).Status);
        Assert.Equal(409, (await Iam("DeletePolicy", "&PolicyArn=arn:aws:iam::123456789012:policy/m")).Status);
        (await Iam("DetachUserPolicy", "&UserName=ann&PolicyArn=arn:aws:iam::123456789012:policy/m")).Succeeded();
        (await Iam("DeleteUserPolicy", "&UserName=ann&PolicyName=p")).Succeeded();
        Assert.Equal(["ann", "sandbox"], XDocument.Parse((await Iam("ListUsers")).Text).Descendants().Where(element => element.Name.LocalName == "UserName").Select(element => element.Value));
        (await Iam("DeleteUser", "&UserName=ann")).Succeeded();
        Assert.Equal(404, (await Iam("GetUser", "&UserName=ann")).Status);
        Assert.Equal(400, (await Iam("DeleteUser")).Status);
    }

    [Fact]
    public async Task ContextIsWhatTheCallerGives()
    {
        string given = $"&PolicyInputList.member.1={Uri.EscapeDataString(Policy)}&ActionNames.member.1=sqs:SendMessage&ResourceArns.member.1=arn:aws:sqs:eu-west-1:123456789012:q";
        XElement without = Assert.Single(await Simulate(given, "SimulateCustomPolicy"));
        Assert.Equal(("implicitDeny", "aws:ResourceTag/team"), (Value(without, "EvalDecision"), without.Descendants().Single(element => element.Name.LocalName == "MissingContextValues").Value));
        const string Entry = "&ContextEntries.member.1.ContextKeyName=aws:ResourceTag/team&ContextEntries.member.1.ContextKeyValues.member.1=a&ContextEntries.member.1.ContextKeyType=string";
        XElement with = Assert.Single(await Simulate(given + Entry, "SimulateCustomPolicy"));
        Assert.Equal(("allowed", "PolicyInputList.1"), (Value(with, "EvalDecision"), Value(with, "SourcePolicyId")));
    }

    [Fact]
    public async Task PolicyOfTheResourceCountsToo()
    {
        await MakeRole("""{"Effect":"Allow","Action":"batch:*","Resource":"*"}""");
        string policy = Uri.EscapeDataString($$"""{"Statement":{"Effect":"Allow","Principal":{"AWS":"{{EventsRole}}"},"Action":"sqs:*","Resource":"*"} }""");
        XElement result = Assert.Single(await Simulate($"&PolicySourceArn={EventsRole}&ActionNames.member.1=sqs:SendMessage&ResourceArns.member.1=arn:aws:sqs:eu-west-1:123456789012:q&ResourcePolicy={policy}"));
        Assert.Equal("allowed", Value(result, "EvalDecision"));
    }

    [Theory]
    [InlineData("&PolicySourceArn=arn:aws:iam::123456789012:role/none&ActionNames.member.1=a:B", 404, "NoSuchEntity")]
    [InlineData("&PolicySourceArn=arn:aws:iam::123456789012:user/u&ActionNames.member.1=a:B", 404, "NoSuchEntity")]
    [InlineData("&PolicySourceArn=arn:aws:iam::123456789012:group/g&ActionNames.member.1=a:B", 400, "ValidationError")]
    [InlineData("&PolicySourceArn=arn:aws:iam::123456789012:role/events", 400, "ValidationError")]
    [InlineData("&PolicySourceArn=arn:aws:iam::123456789012:role/events&ActionNames.member.1=nothing", 400, "InvalidInput")]
    public async Task StrangeInputIsRefused(string form, int status, string code)
    {
        await MakeRole();
        Answer answer = await Iam("SimulatePrincipalPolicy", form);
        Assert.Equal((status, code), (answer.Status, Value(XDocument.Parse(answer.Text).Root!, "Code")));
    }

    [Fact]
    public async Task WhatIsUnknownIsAnErrorAndNoDecision()
    {
        const string Doubtful = """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}}""";
        Answer answer = await Iam("SimulateCustomPolicy", $"&PolicyInputList.member.1={Uri.EscapeDataString(Doubtful)}&ActionNames.member.1=sqs:SendMessage");
        Assert.Equal((500, "PolicyEvaluation"), (answer.Status, Value(XDocument.Parse(answer.Text).Root!, "Code")));
        Assert.Contains("IpAddress", answer.Text);
    }

    [Fact]
    public async Task SixthVersionIsRefusedAndNumbersAreNotGivenTwice()
    {
        string document = Uri.EscapeDataString(Policy);
        const string Arn = "arn:aws:iam::123456789012:policy/m";
        (await Iam("CreatePolicy", "&PolicyName=m&PolicyDocument=" + document)).Succeeded();
        for (int version = 2; version <= 5; version++)
            (await Iam("CreatePolicyVersion", $"&PolicyArn={Arn}&PolicyDocument={document}")).Succeeded();
        Answer sixth = await Iam("CreatePolicyVersion", $"&PolicyArn={Arn}&PolicyDocument={document}");
        Assert.Equal((409, "LimitExceeded"), (sixth.Status, Value(XDocument.Parse(sixth.Text).Root!, "Code")));
        Assert.Equal(409, (await Iam("DeletePolicy", "&PolicyArn=" + Arn)).Status);
        (await Iam("DeletePolicyVersion", $"&PolicyArn={Arn}&VersionId=v5")).Succeeded();
        Answer next = (await Iam("CreatePolicyVersion", $"&PolicyArn={Arn}&PolicyDocument={document}&SetAsDefault=true")).Succeeded();
        Assert.Equal("v6", Value(XDocument.Parse(next.Text).Root!, "VersionId"));
    }

    private async Task<List<XElement>> Simulate(string form, string operation = "SimulatePrincipalPolicy") =>
        [.. XDocument.Parse((await Iam(operation, form)).Succeeded().Text).Descendants().Single(element => element.Name.LocalName == "EvaluationResults").Elements()];

    private static string Value(XElement parent, string name) => parent.Descendants().First(element => element.Name.LocalName == name).Value;

    private static int Column(XElement parent, string place) =>
        int.Parse(Value(parent.Descendants().First(element => element.Name.LocalName == place), "Column"), System.Globalization.CultureInfo.InvariantCulture);
}

using System.Xml.Linq;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Sandbox.Tests.Iam;

/// <summary>Roles and their policies. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html and its neighbours.</summary>
public sealed class RoleTests : SandboxTest
{
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    private const string Policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"batch:SubmitJob","Resource":"*"}]}""";

    [Fact]
    public async Task RoleIsTheSameInAllRegions()
    {
        (await Create()).Succeeded();
        using AwsClient elsewhere = new(Server.Endpoint, "ap-south-1");
        Answer role = (await elsewhere.Send("iam", "/", null, "Action=GetRole&RoleName=r&Version=2010-05-08", "application/x-www-form-urlencoded")).Succeeded();
        Assert.Equal("https://iam.amazonaws.com/doc/2010-05-08/", XDocument.Parse(role.Text).Root!.Name.NamespaceName);
        Assert.Equal("arn:aws:iam::123456789012:role/r", One(role, "Arn"));
        Assert.Equal(Trust, Uri.UnescapeDataString(One(role, "AssumeRolePolicyDocument")));
        Failed(409, "EntityAlreadyExists", await Create());
        (await Iam("DeleteRole", "&RoleName=r")).Succeeded();
        Failed(404, "NoSuchEntity", await Iam("GetRole", "&RoleName=r"));
    }

    [Fact]
    public async Task RoleWithPoliciesIsNotDeleted()
    {
        (await Create()).Succeeded();
        (await Iam("PutRolePolicy", $"&RoleName=r&PolicyName=p&PolicyDocument={Uri.EscapeDataString(Policy)}")).Succeeded();
        Assert.Equal(Policy, Uri.UnescapeDataString(One(await Iam("GetRolePolicy", "&RoleName=r&PolicyName=p"), "PolicyDocument")));
        Failed(409, "DeleteConflict", await Iam("DeleteRole", "&RoleName=r"));
        (await Iam("DeleteRolePolicy", "&RoleName=r&PolicyName=p")).Succeeded();
        Failed(404, "NoSuchEntity", await Iam("DeleteRolePolicy", "&RoleName=r&PolicyName=p"));

        string arn = One((await Iam("CreatePolicy", $"&PolicyName=m&PolicyDocument={Uri.EscapeDataString(Policy)}")).Succeeded(), "Arn");
        (await Iam("AttachRolePolicy", $"&RoleName=r&PolicyArn={arn}")).Succeeded();
        Failed(409, "DeleteConflict", await Iam("DeleteRole", "&RoleName=r"));
        Failed(409, "DeleteConflict", await Iam("DeletePolicy", $"&PolicyArn={arn}"));
        (await Iam("DetachRolePolicy", $"&RoleName=r&PolicyArn={arn}")).Succeeded();
        (await Iam("DeletePolicy", $"&PolicyArn={arn}")).Succeeded();
        (await Iam("DeleteRole", "&RoleName=r")).Succeeded();
    }

    [Theory]
    [InlineData("arn:aws:iam::aws:policy/service-role/AWSBatchServiceEventTargetRole", 200, null)]
    [InlineData("arn:aws:iam::aws:policy/AmazonS3FullAccess", 400, "ValidationError")]
    [InlineData("arn:aws:iam::123456789012:policy/none", 404, "NoSuchEntity")]
    public async Task PoliciesOfAwsAreAttachedOnlyIfTheirDocumentIsKnown(string arn, int status, string? code)
    {
        (await Create()).Succeeded();
        Answer answer = await Iam("AttachRolePolicy", $"&RoleName=r&PolicyArn={arn}");
        Assert.Equal((status, code), (answer.Status, answer.Status == 200 ? null : One(answer, "Code")));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("no")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Perhaps","Principal":"*","Action":"sts:AssumeRole"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}]}""")]
    public async Task StrangeTrustPoliciesAreRefused(string trust) => Failed(400, "MalformedPolicyDocument", await Create(trust));

    [Fact]
    public async Task Boto3SeesTheSameAsWithMoto()
    {
        string ours = await Child.Python("iam.py", Server.Environment, Server.Endpoint.ToString());
        await using MotoEngine moto = await MotoFixture.StartAsync();
        Assert.Equal(await Child.Python("iam.py", Server.Environment, moto.Endpoint.ToString()), ours);
    }

    private static string One(Answer answer, string name) =>
        XDocument.Parse(answer.Text).Descendants().Single(element => element.Name.LocalName == name).Value;

    private static void Failed(int status, string code, Answer answer) => Assert.Equal((status, code), (answer.Status, One(answer, "Code")));

    private Task<Answer> Create(string trust = Trust) => Iam("CreateRole", "&RoleName=r&AssumeRolePolicyDocument=" + Uri.EscapeDataString(trust));
}

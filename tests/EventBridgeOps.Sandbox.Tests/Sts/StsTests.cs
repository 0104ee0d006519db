using System.Xml.Linq;

namespace EventBridgeOps.Sandbox.Tests;

public sealed class StsTests : SandboxTest
{
    [Fact]
    public async Task The_caller_is_the_sandboxes_user()
    {
        Answer answer = (await Aws.Sts("Action=GetCallerIdentity&Version=2011-06-15")).Succeeded();
        Assert.Equal("123456789012", Element(answer, "Account"));
        Assert.Equal("arn:aws:iam::123456789012:user/sandbox", Element(answer, "Arn"));
    }

    [Fact]
    public async Task Who_assumed_a_role_is_that_role()
    {
        Answer answer = (await Aws.Sts("Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A210987654321%3Arole%2Fpath%2Fdeploy&RoleSessionName=me")).Succeeded();
        Assert.Equal(16 + 4, Element(answer, "AccessKeyId").Length);
        using AwsClient assumed = new(Server.Endpoint, accessKey: Element(answer, "AccessKeyId"));
        Answer identity = (await assumed.Sts("Action=GetCallerIdentity")).Succeeded();
        Assert.Equal("arn:aws:sts::210987654321:assumed-role/deploy/me", Element(identity, "Arn"));
        Assert.Equal("210987654321", Element(identity, "Account"));
    }

    [Fact]
    public async Task A_web_identity_needs_no_signature()
    {
        using AwsClient unsigned = new(Server.Endpoint, accessKey: null);
        const string Role = "RoleArn=arn:aws:iam::123456789012:role/web&RoleSessionName=me";
        (await unsigned.Sts($"Action=AssumeRoleWithWebIdentity&{Role}&WebIdentityToken=token")).Succeeded();
        Assert.Equal((403, "MissingAuthenticationTokenException"), Error(await unsigned.Sts($"Action=AssumeRole&Version=2011-06-15&{Role}")));
    }

    [Theory]
    [InlineData("Action=AssumeRole&RoleSessionName=me", 400, "ValidationException")]
    [InlineData("Action=AssumeRole&RoleSessionName=me&RoleArn=arn:aws:iam::123456789012:user/nobody", 400, "ValidationException")]
    [InlineData("Action=AssumeRole&RoleSessionName=me&RoleArn=arn:aws:iam::123456789012:role/r&DurationSeconds=1", 400, "ValidationException")]
    [InlineData("Action=AssumeRoleWithWebIdentity&RoleSessionName=me&RoleArn=arn:aws:iam::123456789012:role/r", 400, "ValidationException")]
    [InlineData("Action=GetFederationToken", 400, "UnknownOperationException")]
    public async Task Errors_are_told_in_xml(string form, int status, string code) => Assert.Equal((status, code), Error(await Aws.Sts(form)));

    [Fact]
    public async Task Markup_in_a_name_stays_a_name()
    {
        Answer answer = await Aws.Sts("Action=AssumeRole&RoleSessionName=me&RoleArn=arn:aws:iam::123456789012:user/%3Cb%3E%26");
        Assert.Contains("user/<b>&", Element(answer, "Message"), StringComparison.Ordinal);
    }

    private static string Element(Answer answer, string name) =>
        XDocument.Parse(answer.Text).Descendants().Single(element => element.Name.LocalName == name).Value;

    private static (int Status, string Code) Error(Answer answer) => (answer.Status, Element(answer, "Code"));
}

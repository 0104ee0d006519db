using System.Text.RegularExpressions;

namespace EventBridgeOps.Sandbox.Tests.Iam;

/// <summary>Quotas of IAM and CloudFormation, which they say themselves: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html.</summary>
public sealed class AccountSummaryTests : SandboxTest
{
    [Fact]
    public async Task SummaryCountsWhatThereIs()
    {
        Assert.Equal(("0", "1000"), await SummaryOf("Roles"));
        (await Iam("CreateRole", "&RoleName=r&AssumeRolePolicyDocument=" + Uri.EscapeDataString("""{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}}"""))).Succeeded();
        (await Iam("CreatePolicy", "&PolicyName=p&PolicyDocument=" + Uri.EscapeDataString(Policy(100)))).Succeeded();
        Assert.Equal(("1", "1000"), await SummaryOf("Roles"));
        Assert.Equal(("1", "1500"), await SummaryOf("Policies"));
    }

    [Fact]
    public async Task APolicyHasASizeAndAnIdentityANumberOfThem()
    {
        (await Iam("CreatePolicy", "&PolicyName=longest&PolicyDocument=" + Uri.EscapeDataString(Policy(6144)))).Succeeded();
        // Whitespace does not count.
        (await Iam("CreatePolicyVersion", "&PolicyArn=arn:aws:iam::123456789012:policy/longest&PolicyDocument=" + Uri.EscapeDataString(Policy(6144).Replace(":{", " : {\n", StringComparison.Ordinal)))).Succeeded();
        Answer refused = await Iam("CreatePolicy", "&PolicyName=longer&PolicyDocument=" + Uri.EscapeDataString(Policy(6145)));
        Assert.Equal(409, refused.Status);
        Assert.Contains("<Message>Cannot exceed quota for PolicySize: 6144</Message>", refused.Text);

        for (int number = 1; number <= 11; number++)
        {
            (await Iam("CreatePolicy", $"&PolicyName=p{number}&PolicyDocument=" + Uri.EscapeDataString(Policy(100)))).Succeeded();
            Answer attached = await Iam("AttachUserPolicy", $"&UserName=sandbox&PolicyArn=arn:aws:iam::123456789012:policy/p{number}");
            Assert.Equal(number <= 9 ? 200 : 409, attached.Status); // One is attached from the beginning.
        }
    }

    [Fact]
    public async Task StacksHaveALimit()
    {
        string text = (await Aws.Send("cloudformation", "/", null, "Action=DescribeAccountLimits&Version=2010-05-15", "application/x-www-form-urlencoded")).Succeeded().Text;
        Assert.Matches("<Name>StackLimit</Name><Value>2000</Value>", text);
    }

    private static string Policy(int length)
    {
        string policy = """{"Version":"2012-10-17","Statement":{"Sid":"x","Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}""";
        return policy.Length > length ? policy : policy.Replace("\"x\"", "\"" + new string('x', length - policy.Length + 1) + "\"", StringComparison.Ordinal);
    }

    private async Task<(string Used, string Most)> SummaryOf(string name)
    {
        string text = (await Iam("GetAccountSummary")).Succeeded().Text;
        string Of(string key) => Regex.Match(text, $"<key>{key}</key><value>([0-9]+)</value>").Groups[1].Value;
        return (Of(name), Of(name + "Quota"));
    }
}

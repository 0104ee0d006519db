using System.Globalization;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Events.Tests;

public class JobDefinitionReferenceTests
{
    private const string Arn = "arn:aws:batch:eu-west-1:123456789012:job-definition/";

    public static TheoryData<string, string, int?, string?> Good => new()
    {
        { "job", "job", null, null },
        { "job:1", "job", 1, null },
        { "job:2147483647", "job", int.MaxValue, null },
        { "Job_Def-2:14", "Job_Def-2", 14, null },
        { "_", "_", null, null },
        { "-", "-", null, null },
        { "1:1", "1", 1, null },
        { new string('a', 128), new string('a', 128), null, null },
        { Arn + "job", "job", null, "aws" },
        { Arn + "job:3", "job", 3, "aws" },
        { Arn.Replace("aws", "aws-cn", StringComparison.Ordinal).Replace("eu-west-1", "cn-north-1", StringComparison.Ordinal) + "job:3", "job", 3, "aws-cn" },
        { Arn.Replace("aws", "aws-us-gov", StringComparison.Ordinal).Replace("eu-west-1", "us-gov-west-1", StringComparison.Ordinal) + "a_b:9", "a_b", 9, "aws-us-gov" },
        { Arn.Replace("aws", "aws-iso", StringComparison.Ordinal) + "job:3", "job", 3, "aws-iso" },
        { Arn.Replace("aws", "aws-iso-b", StringComparison.Ordinal) + "job:3", "job", 3, "aws-iso-b" },
        { Arn.Replace("aws", "aws-eusc", StringComparison.Ordinal) + "job:3", "job", 3, "aws-eusc" },
        { Arn + new string('z', 128) + ":10", new string('z', 128), 10, "aws" },
    };

    public static TheoryData<string?, string> Bad => new()
    {
        { null, "it is empty" },
        { "", "it is empty" },
        { " job", "characters other than" },
        { "job ", "characters other than" },
        { "job\n", "characters other than" },
        { "job:1\n", "is not a whole number" },
        { "job:1\0", "is not a whole number" },
        { "jöb", "characters other than" },
        { "a/b", "characters other than" },
        { "a.b", "characters other than" },
        { new string('a', 129), "the maximum is 128" },
        { ":1", "the name is empty" },
        { "job:", "is not a whole number" },
        { "job:0", "is not a whole number" },
        { "job:01", "is not a whole number" },
        { "job:+1", "is not a whole number" },
        { "job:-1", "is not a whole number" },
        { "job: 1", "is not a whole number" },
        { "job:1.0", "is not a whole number" },
        { "job:2147483648", "is not a whole number" },
        { "job:99999999999999999999", "is not a whole number" },
        { "job:١٢", "is not a whole number" },
        { "job:1:2", "is not a whole number" },
        { "job:latest", "is not a whole number" },
        { "arn:aws:batch:eu-west-1:123456789012", "six parts" },
        { "arn:aws:batch:eu-west-1:123456789012:", "six parts" },
        { "arn:aws:ecs:eu-west-1:123456789012:job-definition/job", "service 'ecs'" },
        { "arn:aws:batch::123456789012:job-definition/job", "no Region" },
        { "arn:aws:batch:eu west:123456789012:job-definition/job", "not a valid Region" },
        { "arn:a ws:batch:eu-west-1:123456789012:job-definition/job", "not a valid partition" },
        { "arn:aws:batch:eu-west-1::job-definition/job", "account ID" },
        { "arn:aws:batch:eu-west-1:12345678901:job-definition/job", "account ID" },
        { "arn:aws:batch:eu-west-1:123456789012\n:job-definition/job", "account ID" },
        { "arn:aws:batch:eu-west-1:12345678901x:job-definition/job", "account ID" },
        { "arn:aws:batch:eu-west-1:123456789012:job-queue/job", "not a job definition" },
        { "arn:aws:batch:eu-west-1:123456789012:job-definition/", "the name is empty" },
        { "arn:aws:batch:eu-west-1:123456789012:job-definition/job:", "is not a whole number" },
        { "arn:aws:batch:eu-west-1:123456789012:job-definition/a/b", "characters other than" },
        { "ARN:aws:batch:eu-west-1:123456789012:job-definition/job", "is not a whole number" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void A_reference_is_read_and_written_back_as_it_was(string text, string name, int? revision, string? partition)
    {
        JobDefinitionReference reference = JobDefinitionReference.Parse(text);

        Assert.Equal((name, revision, revision is not null, partition), (reference.Name, reference.Revision, reference.IsPinned, reference.Partition));
        Assert.Equal(text, reference.ToString());
        Assert.Equal(partition is null ? null : "123456789012", reference.AccountId);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_no_reference_is_refused_with_the_reason(string? text, string why)
    {
        Assert.False(JobDefinitionReference.TryParse(text, out JobDefinitionReference? reference, out Message? fault));
        Assert.Null(reference);
        Assert.Contains(why, fault.ToString(), StringComparison.Ordinal);
        if (text is not null)
            Assert.Equal(ErrorIds.InvalidJobDefinitionReference, Assert.Throws<OpsException>(() => JobDefinitionReference.Parse(text)).ErrorId);
    }

    [Fact]
    public void Another_revision_keeps_the_form()
    {
        Assert.Equal("job:14", JobDefinitionReference.Parse("job:12").WithRevision(14).ToString());
        Assert.Equal("job", JobDefinitionReference.Parse("job:12").WithRevision(null).ToString());
        Assert.Equal(Arn + "job:14", JobDefinitionReference.Parse(Arn + "job").WithRevision(14).ToString());
        Assert.Equal(Arn + "job", JobDefinitionReference.Parse(Arn + "job:3").WithRevision(null).ToString());
    }

    [Fact]
    public void Equal_references_are_equal()
    {
        Assert.Equal(JobDefinitionReference.Parse(Arn + "job:3"), JobDefinitionReference.Parse(Arn + "job:2").WithRevision(3));
        Assert.NotEqual(JobDefinitionReference.Parse("job:3"), JobDefinitionReference.Parse(Arn + "job:3"));
    }

    [Fact]
    public void Whatever_can_be_read_is_written_back_letter_by_letter()
    {
        const int seed = 4711;
        RandomDocument random = new(seed);
        const string letters = "aZ0_-:/.٣ \n\0ö";
        int read = 0;
        for (int round = 0; round < 20_000; round++)
        {
            string text = (random.Below(3) == 0 ? Arn : "") + string.Concat(Enumerable.Range(0, random.Below(5)).Select(_ => letters[random.Below(letters.Length)]))
                + (random.Below(2) == 0 ? ":" + random.Below(20).ToString(CultureInfo.InvariantCulture) : "");
            if (!JobDefinitionReference.TryParse(text, out JobDefinitionReference? reference, out _))
                continue;
            read++;
            Assert.True(text == reference.ToString(), $"seed {seed}, round {round}: '{text}' was written as '{reference}'");
        }

        Assert.InRange(read, 500, 20_000);
    }
}

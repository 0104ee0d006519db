using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>The policies of AWS of which the sandbox has the document.</summary>
/// <remarks>https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html</remarks>
internal static class AwsPolicies
{
    private const string Logs = """["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"]""";

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["policy/service-role/AWSBatchServiceEventTargetRole"] = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["batch:SubmitJob"],"Resource":"*"}]}""",
        ["policy/service-role/AWSLambdaBasicExecutionRole"] = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":{{Logs}},"Resource":"*"}]}""",
        ["policy/service-role/AWSLambdaSQSQueueExecutionRole"] =
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:DeleteMessage","sqs:GetQueueAttributes","logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}""",
    };

    /// <summary>Whether an ARN is that of a policy of AWS.</summary>
    public static bool IsOne(string arn) => arn.Contains(":iam::aws:policy/");

    /// <summary>The document of a policy of AWS; null if it is another, or not known.</summary>
    public static string? DocumentOf(string arn) =>
        IsOne(arn) && Known.TryGetValue(arn.Substring(arn.IndexOf(":policy/", StringComparison.Ordinal) + 1), out string? document) ? document : null;

    /// <summary>A policy as GetPolicy shows it. When it was made is not known, so the sandbox says the beginning of 1970.</summary>
    public static RawDocument Described(Operation operation, string arn, string document)
    {
        const string Long = "1970-01-01T00:00:00Z";
        string resource = arn.Substring(arn.IndexOf(":policy/", StringComparison.Ordinal) + ":policy".Length);
        int slash = resource.LastIndexOf('/');
        RawDocument policy = RawDocument.Empty
            .With("PolicyName", resource.Substring(slash + 1))
            .With("PolicyId", "ANPA" + "AWSMANAGED0000000")
            .With("Arn", arn)
            .With("Path", resource.Substring(0, slash + 1))
            .With("CreateDate", Long)
            .With("UpdateDate", Long);
        RawDocument first = PolicyVersions.First(operation, policy, document);
        return first.With("Versions", PolicyVersions.Of(first).Select(version => version.With("CreateDate", Long)));
    }
}

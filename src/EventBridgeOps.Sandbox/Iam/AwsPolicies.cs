using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>The policies of AWS of which the sandbox has the document.</summary>
/// <remarks>https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html</remarks>
internal static class AwsPolicies
{
    private const string Logs = """["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"]""";

    /// <summary>When these policies were made is not known: the beginning of 1970.</summary>
    public const string LongAgo = "1970-01-01T00:00:00Z";

    private const string AdministratorPath = "policy/AdministratorAccess";

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        [AdministratorPath] = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""",
        ["policy/service-role/AWSBatchServiceEventTargetRole"] = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["batch:SubmitJob"],"Resource":"*"}]}""",
        ["policy/service-role/AmazonECSTaskExecutionRolePolicy"] = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ecr:GetAuthorizationToken","ecr:BatchCheckLayerAvailability","ecr:GetDownloadUrlForLayer","ecr:BatchGetImage","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}""",
        ["policy/service-role/AWSLambdaBasicExecutionRole"] = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":{{Logs}},"Resource":"*"}]}""",
        ["policy/service-role/AWSLambdaSQSQueueExecutionRole"] =
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:DeleteMessage","sqs:GetQueueAttributes","logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}""",
    };

    /// <summary>Whether an ARN is that of a policy of AWS.</summary>
    public static bool IsOne(string arn) => arn.Contains(":iam::aws:policy/");

    /// <summary>The document of a policy of AWS; null if it is another, or not known.</summary>
    public static string? DocumentOf(string arn) =>
        IsOne(arn) && Known.TryGetValue(arn.Substring(arn.IndexOf(":policy/", StringComparison.Ordinal) + 1), out string? document) ? document : null;

    /// <summary>The ARN of the policy that allows everything.</summary>
    public static string Administrator(string partition) => $"arn:{partition}:iam::aws:{AdministratorPath}";

    /// <summary>A policy as GetPolicy shows it.</summary>
    public static RawDocument Described(Operation operation, string arn, string document)
    {
        string resource = arn.Substring(arn.IndexOf(":policy/", StringComparison.Ordinal) + ":policy".Length);
        int slash = resource.LastIndexOf('/');
        RawDocument policy = RawDocument.Empty
            .With("PolicyName", resource.Substring(slash + 1))
            .With("PolicyId", "ANPA" + "AWSMANAGED0000000")
            .With("Arn", arn)
            .With("Path", resource.Substring(0, slash + 1))
            .With("CreateDate", LongAgo)
            .With("UpdateDate", LongAgo);
        RawDocument first = PolicyVersions.First(operation, policy, document);
        return first.With("Versions", PolicyVersions.Of(first).Select(version => version.With("CreateDate", LongAgo)));
    }
}

using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Routes;

/// <summary>What EventBridge requires of a target.</summary>
internal enum Need
{
    /// <summary>Nothing is documented.</summary>
    No,

    /// <summary>AWS documents that it uses it, but not what happens without it.</summary>
    Expected,

    /// <summary>EventBridge rejects the target without it.</summary>
    Required,
}

/// <summary>A type of target with its requirements.</summary>
/// <param name="Name">What it is called, for people.</param>
/// <param name="Service">The service in its ARN.</param>
/// <param name="Resource">How the resource in its ARN starts.</param>
/// <param name="Source">Where the requirements are documented.</param>
internal sealed record TargetKind(string Name, string Service, string Resource, string Source)
{
    /// <summary>The IAM role that EventBridge assumes to invoke it.</summary>
    public Need Role { get; init; }

    /// <summary>The structure of parameters for this type of target; null when it has none.</summary>
    public string? Parameters { get; init; }

    /// <summary>That structure.</summary>
    public Need NeedsParameters { get; init; }

    /// <summary>Members of that structure that the API requires.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Whether a target in another account than its rule is documented.</summary>
    public bool CanBeInOtherAccount { get; init; }
}

/// <summary>The types of targets, and what those with requirements require.</summary>
internal static class TargetKinds
{
    private const string PutTargets = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html";
    private const string RoleRequired = "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1110"; // "RoleArn is required for target ..."
    private const string Guide = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html";

    // The members of the structures: API_BatchParameters, API_EcsParameters, API_KinesisParameters, API_RedshiftDataParameters and API_RunCommandParameters of the API reference.
    private static readonly TargetKind[] All =
    [
        new("an AWS Batch job queue", "batch", "job-queue/", "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_BatchParameters.html")
            { Role = Need.Expected, Parameters = "BatchParameters", NeedsParameters = Need.Required, Members = ["JobDefinition", "JobName"] },
        new("an Amazon ECS cluster", "ecs", "cluster/", "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EcsParameters.html")
            { Role = Need.Required, Parameters = "EcsParameters", NeedsParameters = Need.Required, Members = ["TaskDefinitionArn"] },
        new("an Amazon SQS queue", "sqs", "", "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_SqsParameters.html") { Parameters = "SqsParameters", CanBeInOtherAccount = true },
        new("a Kinesis data stream", "kinesis", "stream/", PutTargets) { Role = Need.Required, Parameters = "KinesisParameters", Members = ["PartitionKeyPath"], CanBeInOtherAccount = true },
        new("a Step Functions state machine", "states", "stateMachine:", PutTargets) { Role = Need.Required },
        new("a CodeBuild project", "codebuild", "project/", RoleRequired) { Role = Need.Required },
        new("a CodePipeline pipeline", "codepipeline", "", "https://docs.aws.amazon.com/codepipeline/latest/userguide/create-cwe-ecr-source-cfn.html") { Role = Need.Required },
        new("an API destination", "events", "api-destination/", "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html") { Role = Need.Required, Parameters = "HttpParameters" },
        new("an API Gateway API", "execute-api", "", PutTargets) { Role = Need.Expected, Parameters = "HttpParameters", CanBeInOtherAccount = true },
        new("a Firehose stream", "firehose", "deliverystream/", Guide) { Role = Need.Expected },
        new("a Redshift cluster", "redshift", "cluster:", "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RedshiftDataParameters.html")
            { Role = Need.Expected, Parameters = "RedshiftDataParameters", NeedsParameters = Need.Expected, Members = ["Database"] },
        new("a Redshift Serverless workgroup", "redshift-serverless", "workgroup/", "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RedshiftDataParameters.html")
            { Role = Need.Expected, Parameters = "RedshiftDataParameters", NeedsParameters = Need.Expected, Members = ["Database"] },
        new("a SageMaker AI pipeline", "sagemaker", "pipeline/", "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_SageMakerPipelineParameters.html") { Role = Need.Expected, Parameters = "SageMakerPipelineParameters" },
        new("a Systems Manager document", "ssm", "document/", "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RunCommandParameters.html")
            { Role = Need.Expected, Parameters = "RunCommandParameters", NeedsParameters = Need.Expected, Members = ["RunCommandTargets"] },
        new("an AWS AppSync API", "appsync", "", "https://docs.aws.amazon.com/eventbridge/latest/userguide/target-appsync.html") { Role = Need.Expected, Parameters = "AppSyncParameters", NeedsParameters = Need.Expected },
        new("a log group", "logs", "log-group:", PutTargets),
        new("a Lambda function", "lambda", "function:", PutTargets) { CanBeInOtherAccount = true },
        new("an Amazon SNS topic", "sns", "", PutTargets) { CanBeInOtherAccount = true },
    ];

    // The types of the list in the guide that have no requirements: how the resources in their ARNs start.
    private static readonly (string Service, string Resource)[] Others =
    [
        ("events", "event-bus/"),
        ("events", "target/"), // API calls of Amazon EC2 and Amazon EBS, such as target/create-snapshot
        ("glue", "workflow/"),
        ("imagebuilder", ""),
        ("inspector", ""),
        ("ssm", "automation-definition/"),
        ("ssm", "opsitem"),
        ("ssm-incidents", "response-plan/"),
    ];

    /// <summary>The structures of parameters.</summary>
    public static IReadOnlyList<string> Parameters { get; } = [.. All.Select(kind => kind.Parameters).OfType<string>().Distinct()];

    /// <summary>The type of a target; null when it has no known requirements.</summary>
    public static TargetKind? Find(Arn target) => Array.Find(All, kind => kind.Service == target.Service && target.Resource.StartsWith(kind.Resource, StringComparison.Ordinal));

    /// <summary>Whether a resource is of a type in the list of targets of the user guide. One whose type is not known may be.</summary>
    public static bool IsListed(Arn target) => Find(target) is not null
        || Array.Exists(Others, other => other.Service == target.Service && target.Resource.StartsWith(other.Resource, StringComparison.Ordinal))
        || (target.Resource.StartsWith("${", StringComparison.Ordinal) && (Array.Exists(All, kind => kind.Service == target.Service) || Array.Exists(Others, other => other.Service == target.Service)));

    /// <summary>The only type of target that the service of an ARN has, when the ARN is not of that type; null when there are others.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html.</remarks>
    public static TargetKind? Only(Arn target) => target.Service is "batch" or "ecs" && Find(target) is null ? Array.Find(All, kind => kind.Service == target.Service) : null;
}

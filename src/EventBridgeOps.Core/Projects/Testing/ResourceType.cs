namespace EventBridgeOps.Projects.Testing;

/// <summary>What the functions of CloudFormation return of a type of resource, and whether a rule can send events to it.</summary>
/// <param name="CanBeTarget">Whether it can be the target of a rule.</param>
/// <param name="RefIsArn">Whether <c>!Ref</c> returns its ARN.</param>
/// <param name="Arns">The attributes that are its ARN.</param>
/// <param name="Others">The other attributes.</param>
/// <remarks>The read-only properties of the schemas of CloudFormation (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html).</remarks>
internal sealed record ResourceType(bool CanBeTarget, bool RefIsArn, string[] Arns, params string[] Others)
{
    private static readonly Dictionary<string, ResourceType> s_known = new(StringComparer.Ordinal)
    {
        ["AWS::SQS::Queue"] = new(true, false, ["Arn"], "QueueName", "QueueUrl", "ContentBasedDeduplication", "DeduplicationScope", "DelaySeconds", "FifoQueue", "FifoThroughputLimit", "KmsDataKeyReusePeriodSeconds", "KmsMasterKeyId", "MaximumMessageSize", "MessageRetentionPeriod", "ReceiveMessageWaitTimeSeconds", "RedrivePolicy.deadLetterTargetArn", "RedrivePolicy.maxReceiveCount", "SqsManagedSseEnabled", "Tags", "VisibilityTimeout"),
        ["AWS::SNS::Topic"] = new(true, true, ["TopicArn"], "TopicName", "ContentBasedDeduplication", "DeliveryStatusLogging", "DisplayName", "FifoThroughputScope", "FifoTopic", "KmsMasterKeyId", "SignatureVersion", "Subscription", "Tags", "TracingConfig"),
        ["AWS::Lambda::Function"] = new(true, false, ["Arn"], "SnapStartResponse", "SnapStartResponse.ApplyOn", "SnapStartResponse.OptimizationStatus"),
        ["AWS::Lambda::Alias"] = new(true, true, ["AliasArn"]),
        ["AWS::Lambda::Version"] = new(true, true, ["FunctionArn"], "Version"),
        ["AWS::Logs::LogGroup"] = new(true, false, ["Arn"]),
        ["AWS::Batch::JobQueue"] = new(true, true, ["JobQueueArn"]),
        ["AWS::Batch::JobDefinition"] = new(false, true, ["JobDefinitionArn"]),
        ["AWS::Batch::ComputeEnvironment"] = new(false, true, ["ComputeEnvironmentArn"]),
        ["AWS::ECS::Cluster"] = new(true, false, ["Arn"]),
        ["AWS::ECS::Service"] = new(false, true, ["ServiceArn"], "Name"),
        ["AWS::ECS::TaskDefinition"] = new(false, true, ["TaskDefinitionArn"]),
        ["AWS::Events::EventBus"] = new(true, false, ["Arn"], "Name", "Description", "EventSourceName", "KmsKeyIdentifier", "DeadLetterConfig.Arn", "LogConfig.IncludeDetail", "LogConfig.Level", "Tags", "Policy"),
        ["AWS::Events::ApiDestination"] = new(true, false, ["Arn"], "ArnForPolicy"),
        ["AWS::Events::Archive"] = new(false, false, ["Arn"]),
        ["AWS::StepFunctions::StateMachine"] = new(true, true, ["Arn"], "Name", "StateMachineRevisionId"),
        ["AWS::Kinesis::Stream"] = new(true, false, ["Arn"], "WarmThroughputObject"),
        ["AWS::KinesisFirehose::DeliveryStream"] = new(true, false, ["Arn"]),
        ["AWS::CodeBuild::Project"] = new(true, false, ["Arn"], "Id"),
        ["AWS::DynamoDB::Table"] = new(false, false, ["Arn"], "StreamArn"),
        ["AWS::IAM::Role"] = new(false, false, ["Arn"], "RoleId"),
        ["AWS::ECR::Repository"] = new(false, false, ["Arn"], "RepositoryUri"),
        ["AWS::KMS::Key"] = new(false, false, ["Arn"], "KeyId"),
    };

    /// <summary>All attributes, those that are ARNs first.</summary>
    public IEnumerable<string> Attributes => Arns.Concat(Others);

    /// <summary>What is known of a type; null for one that is not known here, of which nothing is said.</summary>
    public static ResourceType? Of(string type) => s_known.TryGetValue(type, out ResourceType? known) ? known : null;
}

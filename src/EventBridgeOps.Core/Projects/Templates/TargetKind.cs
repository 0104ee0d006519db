using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Projects.Templates;

/// <summary>What a rule can send events to, and how EventBridge is allowed to.</summary>
/// <param name="Name">The name of the kind, by which its role is called; empty for one without a role.</param>
/// <param name="Service">The service in the ARN.</param>
/// <param name="Type">The type of the resource in CloudFormation.</param>
/// <param name="Actions">What the role must be allowed to do to the target; empty if the target has a policy instead of a role.</param>
/// <param name="Attribute">The attribute of the resource that is its ARN; null if it is its reference.</param>
/// <param name="Start">What the last part of the ARN begins with; empty for anything.</param>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html.</remarks>
internal sealed record TargetKind(string Name, string Service, string Type, string[] Actions, string? Attribute = "Arn", string Start = "")
{
    public static readonly TargetKind Queue = new("", "sqs", "AWS::SQS::Queue", []);
    public static readonly TargetKind Topic = new("", "sns", "AWS::SNS::Topic", [], null);
    public static readonly TargetKind Function = new("", "lambda", "AWS::Lambda::Function", []);
    public static readonly TargetKind LogGroup = new("", "logs", "AWS::Logs::LogGroup", []);
    public static readonly TargetKind Batch = new("Batch", "batch", "AWS::Batch::JobQueue", ["batch:SubmitJob"], null);
    public static readonly TargetKind Ecs = new("Ecs", "ecs", "AWS::ECS::Cluster", ["ecs:RunTask"]);
    public static readonly TargetKind Bus = new("EventBus", "events", BusParts.BusKind, ["events:PutEvents"], "Arn", "event-bus/");

    private static readonly TargetKind[] All =
    [
        Queue, Topic, Function, LogGroup, Batch, Ecs, Bus,
        new("StateMachine", "states", "AWS::StepFunctions::StateMachine", ["states:StartExecution"], null),
        new("Stream", "kinesis", "AWS::Kinesis::Stream", ["kinesis:PutRecord"]),
        new("DeliveryStream", "firehose", "AWS::KinesisFirehose::DeliveryStream", ["firehose:PutRecord", "firehose:PutRecordBatch"]),
        new("ApiDestination", "events", "AWS::Events::ApiDestination", ["events:InvokeApiDestination"], "Arn", "api-destination/"),
        new("RestApi", "execute-api", "AWS::ApiGateway::RestApi", ["execute-api:Invoke"]),
        new("Build", "codebuild", "AWS::CodeBuild::Project", ["codebuild:StartBuild"]),
        new("Pipeline", "codepipeline", "AWS::CodePipeline::Pipeline", ["codepipeline:StartPipelineExecution"]),
        new("ModelPipeline", "sagemaker", "AWS::SageMaker::Pipeline", ["sagemaker:StartPipelineExecution"]),
    ];

    /// <summary>Whether EventBridge assumes a role to call it.</summary>
    public bool HasRole => Actions.Length > 0;

    /// <summary>The kind of a target; null if it cannot be determined, or for another one that must name its role.</summary>
    public static TargetKind? Of(StackParts parts, JsonNode arn)
    {
        string? text = Document.Text(arn) ?? (arn is JsonObject function ? Document.Text(function["Fn::Sub"]) : null);
        if (Functions.Target(arn) is { } reference)
        {
            if (reference.Id == StackNames.EventBus)
                return Bus;
            if (parts.Own.TryGetValue(reference.Id, out JsonObject? resource))
                return resource.String("Type") is "AWS::Lambda::Alias" or "AWS::Lambda::Version" ? Function : All.FirstOrDefault(kind => kind.Type == resource.String("Type"));
            text = parts.Environment.Parameters.TryGetValue(reference.Id, out string? value) ? value : null;
        }

        return text is not null && Arn.TryParse(Functions.Filled(text), out Arn? parsed) ? All.FirstOrDefault(kind => kind.Service == parsed.Service && parsed.Resource.StartsWith(kind.Start, StringComparison.Ordinal)) : null;
    }
}

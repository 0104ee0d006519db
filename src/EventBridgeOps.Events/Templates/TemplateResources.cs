using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Templates;

/// <summary>
/// What <c>Ref</c> and <c>Fn::GetAtt</c> return for the resources of a template. The name of one that the template does not name is its logical ID as a mark;
/// its ARN still says what it is.
/// </summary>
/// <remarks>The return values of the types: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html.</remarks>
/// <param name="template">The template.</param>
/// <param name="values">The values of its parts.</param>
internal sealed class TemplateResources(JsonObject template, TemplateValues values)
{
    private const string Fifo = ".fifo";

    private static readonly Dictionary<string, Kind> Kinds = new(StringComparer.Ordinal)
    {
        ["AWS::Batch::ComputeEnvironment"] = new("ComputeEnvironmentName", "batch", "compute-environment/", RefIsArn: true),
        ["AWS::Batch::JobQueue"] = new("JobQueueName", "batch", "job-queue/", "JobQueueArn", RefIsArn: true),
        ["AWS::CloudWatch::Alarm"] = new("AlarmName", "cloudwatch", "alarm:", "Arn"),
        ["AWS::CodeBuild::Project"] = new("Name", "codebuild", "project/", "Arn"),
        ["AWS::CodePipeline::Pipeline"] = new("Name", "codepipeline", ""),
        ["AWS::DynamoDB::GlobalTable"] = new("TableName", "dynamodb", "table/", "Arn"),
        ["AWS::DynamoDB::Table"] = new("TableName", "dynamodb", "table/", "Arn"),
        ["AWS::ECR::Repository"] = new("RepositoryName", "ecr", "repository/", "Arn"),
        ["AWS::ECS::Cluster"] = new("ClusterName", "ecs", "cluster/", "Arn"),
        ["AWS::Events::Archive"] = new("ArchiveName", "events", "archive/", "Arn"),
        ["AWS::Events::EventBus"] = new("Name", "events", "event-bus/", "Arn", NameAttribute: "Name"),
        ["AWS::Glue::Workflow"] = new("Name", "glue", "workflow/"),
        ["AWS::IAM::Role"] = new("RoleName", "iam", "role/", "Arn"),
        ["AWS::Kinesis::Stream"] = new("Name", "kinesis", "stream/", "Arn"),
        ["AWS::KinesisFirehose::DeliveryStream"] = new("DeliveryStreamName", "firehose", "deliverystream/", "Arn"),
        ["AWS::Lambda::Function"] = new("FunctionName", "lambda", "function:", "Arn"),
        ["AWS::Logs::LogGroup"] = new("LogGroupName", "logs", "log-group:", "Arn", After: ":*"),
        ["AWS::Redshift::Cluster"] = new("ClusterIdentifier", "redshift", "cluster:"),
        ["AWS::S3::Bucket"] = new("BucketName", "s3", "", "Arn"),
        ["AWS::SSM::Document"] = new("Name", "ssm", "document/"),
        ["AWS::SageMaker::Pipeline"] = new("PipelineName", "sagemaker", "pipeline/"),
        ["AWS::SNS::Topic"] = new("TopicName", "sns", "", "TopicArn", "TopicName", RefIsArn: true, FifoProperty: "FifoTopic"),
        ["AWS::SQS::Queue"] = new("QueueName", "sqs", "", "Arn", "QueueName", FifoProperty: "FifoQueue"),
        ["AWS::Serverless::Function"] = new("FunctionName", "lambda", "function:", "Arn"),
        ["AWS::Serverless::SimpleTable"] = new("TableName", "dynamodb", "table/", "Arn"),
        ["AWS::Serverless::StateMachine"] = new("Name", "states", "stateMachine:", "Arn", "Name", RefIsArn: true),
        ["AWS::StepFunctions::Activity"] = new("Name", "states", "activity:", "Arn", "Name", RefIsArn: true),
        ["AWS::StepFunctions::StateMachine"] = new("StateMachineName", "states", "stateMachine:", "Arn", "Name", RefIsArn: true),
    };

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>A resource of the template; null if there is none of that logical ID.</summary>
    public JsonObject? Find(string logicalId) => (template["Resources"] as JsonObject)?[logicalId] as JsonObject;

    /// <summary>What <c>Ref</c> returns; null if only CloudFormation knows.</summary>
    public string? Reference(string logicalId) => Find(logicalId) is not { } resource ? null : resource.String("Type") switch
    {
        "AWS::Events::Rule" => RuleName(logicalId, resource),
        "AWS::Lambda::Alias" => FunctionArn(resource, Property(resource, "Name") ?? UnknownMark.Of(logicalId)),
        "AWS::Lambda::Version" => FunctionArn(resource, values.Symbol(logicalId)),
        "AWS::Batch::JobDefinition" => Arn("batch", $"job-definition/{Property(resource, "JobDefinitionName") ?? UnknownMark.Of(logicalId)}:{values.Symbol(logicalId + UnknownMark.RegisteredRevision)}"),
        "AWS::ECS::TaskDefinition" => Arn("ecs", $"task-definition/{Property(resource, "Family") ?? UnknownMark.Of(logicalId)}:{values.Symbol(logicalId + ".Revision")}"),
        "AWS::SQS::Queue" => $"https://sqs.{values.Pseudo(TemplatePlace.RegionSymbol)}.{values.Pseudo(TemplatePlace.UrlSuffixSymbol)}/{values.Pseudo(TemplatePlace.AccountIdSymbol)}/{Name(logicalId, resource, Kinds["AWS::SQS::Queue"])}",
        { } type when Kinds.TryGetValue(type, out Kind? kind) => kind.RefIsArn ? Arn(logicalId, resource, kind) : Name(logicalId, resource, kind),
        _ => null,
    };

    /// <summary>What <c>Fn::GetAtt</c> returns; null if only CloudFormation knows.</summary>
    public string? Attribute(string logicalId, string attribute) =>
        Find(logicalId) is not { } resource ? null
        : resource.String("Type") == "AWS::Events::Rule" ? attribute == "Arn" ? RuleArn(Property(resource, "EventBusName"), RuleName(logicalId, resource)) : null
        : (resource.String("Type"), attribute) is ("AWS::Lambda::Alias", "AliasArn") or ("AWS::Lambda::Version", "FunctionArn") or ("AWS::ECS::TaskDefinition", "TaskDefinitionArn") or ("AWS::Batch::JobDefinition", "JobDefinitionArn") ? Reference(logicalId)
        : (resource.String("Type"), attribute) is ("AWS::Events::ApiDestination", "Arn") ? Arn("events", $"api-destination/{Property(resource, "Name") ?? UnknownMark.Of(logicalId)}/{values.Symbol(logicalId)}")
        : !Kinds.TryGetValue(resource.String("Type") ?? "", out Kind? kind) ? null
        : attribute == kind.ArnAttribute ? Arn(logicalId, resource, kind)
        : attribute == kind.NameAttribute ? Name(logicalId, resource, kind)
        : null;

    /// <summary>The expression for the ARN of the resource whose <c>Ref</c> is a text that is not an ARN; null if there is none.</summary>
    public string? ArnExpression(string reference) => (template["Resources"] as JsonObject ?? [])
        .Where(resource => resource.Value is JsonObject && (Reference(resource.Key) ?? values.Symbol(resource.Key)) == reference)
        .Select(resource => resource.Value!.AsObject().String("Type") switch
        {
            "AWS::Events::ApiDestination" => $"!GetAtt {resource.Key}.Arn",
            { } type when Kinds.TryGetValue(type, out Kind? kind) && !kind.RefIsArn => kind.ArnAttribute is { } attribute
                ? $"!GetAtt {resource.Key}.{attribute}"
                : $"!Sub arn:${{AWS::Partition}}:{kind.Service}:${{AWS::Region}}:${{AWS::AccountId}}:{kind.Before}${{{resource.Key}}}",
            _ => null,
        })
        .FirstOrDefault(expression => expression is not null);

    /// <summary>The ARN of a rule of the stack.</summary>
    public string RuleArn(string? bus, string rule) => Names.BusName.RuleArn(bus, rule) ?? Arn("events", Names.BusName.RuleResource(Names.BusName.Of(bus), rule));

    // A function is named by its name or its ARN.
    private string FunctionArn(JsonObject resource, string qualifier) =>
        (Property(resource, "FunctionName") is { } name && !name.StartsWith("arn:", StringComparison.Ordinal) ? Arn("lambda", "function:" + name) : Property(resource, "FunctionName")) + ":" + qualifier;

    private string? Property(JsonObject resource, string name) => values.TextOf((resource["Properties"] as JsonObject)?[name]);

    private string RuleName(string logicalId, JsonObject rule) => Property(rule, "Name") is { Length: > 0 } name ? name : logicalId;

    private string Name(string logicalId, JsonObject resource, Kind kind)
    {
        if (_names.TryGetValue(logicalId, out string? known))
            return known;
        JsonObject properties = resource["Properties"] as JsonObject ?? [];
        _names[logicalId] = UnknownMark.Of(logicalId); // A name that is made of itself stays so.
        string given = values.TextOf(properties[kind.NameProperty]) is { Length: > 0 } name ? name
            : resource.String("Type") == "AWS::Events::EventBus" ? logicalId
            : values.Symbol(logicalId);
        bool isFifo = kind.FifoProperty is { } property && values.TextOf(properties[property]) == "true" && !given.EndsWith(Fifo, StringComparison.Ordinal);
        return _names[logicalId] = isFifo ? given + Fifo : given;
    }

    private string Arn(string logicalId, JsonObject resource, Kind kind)
    {
        string path = kind.Service == "iam" ? Property(resource, "Path")?.TrimStart('/') ?? "" : "";
        return Arn(kind.Service, kind.Before + path + Name(logicalId, resource, kind) + kind.After);
    }

    private string Arn(string service, string resource) =>
        $"arn:{values.Pseudo(TemplatePlace.PartitionSymbol)}:{service}:{(service is "s3" or "iam" ? "" : values.Pseudo(TemplatePlace.RegionSymbol))}:{(service == "s3" ? "" : values.Pseudo(TemplatePlace.AccountIdSymbol))}:{resource}";

    /// <summary>A type of resource whose ARN is made of its name.</summary>
    private sealed record Kind(
        string NameProperty, string Service, string Before, string? ArnAttribute = null, string? NameAttribute = null, bool RefIsArn = false, string? FifoProperty = null, string After = "");
}

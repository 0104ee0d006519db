using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Rules;

namespace EventBridgeOps.Archives;

/// <summary>What a target does again when it receives an event a second time.</summary>
/// <param name="What">What happens, as a clause.</param>
/// <param name="StartsWork">Whether work is started each time.</param>
internal sealed record RepeatedWork(Message What, bool StartsWork)
{
    /// <summary>What a target does.</summary>
    public static RepeatedWork Of(RuleTarget target)
    {
        if (!Arn.TryParse(target.Arn, out Arn? arn))
            return new(ReplayMessages.Receives(target.Arn ?? target.TargetId), false);
        string name = arn.Resource.Substring(Math.Max(arn.Resource.LastIndexOf('/'), arn.Resource.LastIndexOf(':')) + 1);
        return (arn.Service, arn.Resource.Split('/')[0]) switch
        {
            ("batch", _) => new(ReplayMessages.SubmitsJob(target.JobDefinition ?? "", name), true),
            ("ecs", _) => new(ReplayMessages.RunsTask(TaskDefinition(target), name), true),
            ("lambda", _) => new(ReplayMessages.InvokesFunction(target.Arn!.Substring(target.Arn.IndexOf("function:", StringComparison.Ordinal) is >= 0 and int start ? start + "function:".Length : 0)), false),
            ("sqs", _) => new(ReplayMessages.ReceivesMessage(ReplayMessages.Queue(name)), false),
            ("sns", _) => new(ReplayMessages.ReceivesMessage(ReplayMessages.Topic(name)), false),
            ("events", "event-bus") => new(ReplayMessages.Forwards(name), false),
            ("states" or "codebuild" or "codepipeline" or "glue" or "imagebuilder" or "sagemaker" or "ssm" or "ssm-incidents" or "redshift-data" or "inspector", _) => new(ReplayMessages.Starts(arn.ToString()), true),
            ("kinesis" or "firehose" or "logs", _) => new(ReplayMessages.Receives(arn.ToString()), false),
            _ => new(ReplayMessages.Invokes(arn.ToString()), false),
        };
    }

    private static string TaskDefinition(RuleTarget target) =>
        (Document.Parse(target.Document)["EcsParameters"] as JsonObject)?.String("TaskDefinitionArn") is { } arn ? arn.Substring(arn.LastIndexOf('/') + 1) : "";
}

using EventBridgeOps.Sandbox.CloudFormation.ChangeSets;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation;

/// <summary>CloudFormation: stacks of the resources that the sandbox simulates, made by the operations of their services.</summary>
internal sealed class CloudFormationService : IService
{
    public string Name => "cloudformation";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["CreateStack"] = StackOperations.Create,
        ["UpdateStack"] = StackOperations.Update,
        ["DeleteStack"] = StackOperations.Delete,
        ["UpdateTerminationProtection"] = StackOperations.UpdateProtection,
        ["ContinueUpdateRollback"] = StackOperations.ContinueRollback,
        ["DescribeStacks"] = StackReads.Describe,
        ["ListStacks"] = StackReads.List,
        ["DescribeStackEvents"] = StackReads.DescribeEvents,
        ["DescribeStackResource"] = ResourceReads.DescribeOne,
        ["DescribeStackResources"] = ResourceReads.Describe,
        ["ListStackResources"] = ResourceReads.List,
        ["DescribeAccountLimits"] = StackReads.DescribeLimits,
        ["ListExports"] = StackReads.ListExports,
        ["ListImports"] = StackReads.ListImports,
        ["GetTemplate"] = TemplateOperations.Get,
        ["GetTemplateSummary"] = TemplateOperations.Summarize,
        ["ValidateTemplate"] = TemplateOperations.Validate,
        ["CreateChangeSet"] = ChangeSetOperations.Create,
        ["DescribeChangeSet"] = ChangeSetOperations.Describe,
        ["ExecuteChangeSet"] = ChangeSetOperations.Execute,
        ["DeleteChangeSet"] = ChangeSetOperations.Delete,
        ["ListChangeSets"] = ChangeSetOperations.List,
    };

    public AwsError BadToken => StackErrors.Invalid("Invalid NextToken");

    public AwsError Internal(int status) => new(status, status == 503 ? "ServiceUnavailable" : "InternalFailure", "An internal error has occurred.");
}

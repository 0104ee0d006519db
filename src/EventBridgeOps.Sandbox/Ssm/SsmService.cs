using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ssm;

/// <summary>Parameter Store of Systems Manager; no labels and policies of parameters, and nothing else of Systems Manager.</summary>
internal sealed class SsmService : IService
{
    public string Name => "ssm";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["PutParameter"] = PutParameterOperation.Put,
        ["GetParameter"] = ParameterReads.Get,
        ["GetParameters"] = ParameterReads.GetMany,
        ["GetParametersByPath"] = ParameterReads.GetByPath,
        ["GetParameterHistory"] = ParameterReads.GetHistory,
        ["DescribeParameters"] = DescribeParametersOperation.Describe,
        ["DeleteParameter"] = ParameterDeletion.Delete,
        ["DeleteParameters"] = ParameterDeletion.DeleteMany,
        ["AddTagsToResource"] = ParameterTags.Add,
        ["RemoveTagsFromResource"] = ParameterTags.Remove,
        ["ListTagsForResource"] = ParameterTags.List,
    };

    public AwsError BadToken => new(400, "InvalidNextToken", "The specified token is not valid.");

    public AwsError Internal(int status) => new(status, "InternalServerError", "An internal error has occurred.");
}

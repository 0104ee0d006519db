using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecr;

/// <summary>ECR as far as it is spoken here: repositories, the images' manifests, and the upload of layers.</summary>
internal sealed class EcrService : IService
{
    public string Name => "ecr";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["CreateRepository"] = RepositoryOperations.Create,
        ["DescribeRepositories"] = RepositoryOperations.Describe,
        ["DeleteRepository"] = RepositoryOperations.Delete,
        ["GetAuthorizationToken"] = RepositoryOperations.GetAuthorizationToken,
        ["InitiateLayerUpload"] = LayerUploads.Initiate,
        ["UploadLayerPart"] = LayerUploads.UploadPart,
        ["CompleteLayerUpload"] = LayerUploads.Complete,
        ["BatchCheckLayerAvailability"] = LayerUploads.Check,
        ["PutImage"] = ImageOperations.Put,
        ["BatchDeleteImage"] = ImageDeletion.Delete,
        ["DescribeImages"] = ImageOperations.Describe,
        ["ListImages"] = ImageOperations.List,
        ["BatchGetImage"] = ImageOperations.BatchGet,
        ["DescribeImageScanFindings"] = ImageOperations.DescribeScanFindings,
    };

    public AwsError BadToken => new(400, "InvalidParameterException", "Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid token'");

    public AwsError Internal(int status) => new(status, "ServerException", "An internal error has occurred.");
}

using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecr;

/// <summary>BatchDeleteImage: a tag alone is taken from its image, whose last tag takes the image along; a digest takes the image with all its tags.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html</remarks>
internal static class ImageDeletion
{
    public static RawDocument Delete(Operation operation)
    {
        string repository = RepositoryOperations.FindName(operation);
        List<RawDocument> ids = operation.Input.List("imageIds").Select(RawDocument.From).ToList();
        if (ids.Count is 0 or > 100)
            throw new AwsError(400, "InvalidParameterException", "Invalid parameter at 'imageIds' failed to satisfy constraint: 'Member must have length between 1 and 100'");

        List<RawDocument> deleted = [];
        List<RawDocument> failures = [];
        foreach (RawDocument id in ids)
        {
            if (Fault(operation, repository, id, out RawDocument? image) is { } fault)
                failures.Add(RawDocument.Empty.With("imageId", id).With("failureCode", fault.Code).With("failureReason", fault.Reason));
            else
                deleted.AddRange(Delete(operation, repository, image!, id));
        }

        return RawDocument.Empty.With("imageIds", deleted).With("failures", failures);
    }

    private static (string Code, string Reason)? Fault(Operation operation, string repository, RawDocument id, out RawDocument? image)
    {
        image = null;
        (string? digest, string? tag) = (id.Text("imageDigest"), id.Text("imageTag"));
        if (digest is null && tag is null)
            return ("MissingDigestAndTag", "Invalid request parameters: both tag and digest cannot be null");

        image = ImageOperations.FindImage(operation, repository, id);
        if (image is not null)
            return null;
        return digest is not null && tag is not null && ImageOperations.FindImage(operation, repository, id.Only("imageDigest")) is not null
            ? ("ImageTagDoesNotMatchDigest", "The specified tag does not point to the specified digest")
            : ("ImageNotFound", "Requested image not found");
    }

    private static List<RawDocument> Delete(Operation operation, string repository, RawDocument image, RawDocument id)
    {
        List<string> tags = image.Texts("imageTags").ToList();
        RawDocument known = RawDocument.Empty.With("imageDigest", image.Text("imageDigest"));
        if (id.Text("imageDigest") is null && id.Text("imageTag") is { } tag && tags.Count > 1)
        {
            ImageOperations.Keep(operation, repository, image.With("imageTags", tags.Where(other => other != tag)));
            tags = [tag];
        }
        else
        {
            ImageOperations.Forget(operation, repository, image);
        }

        if (tags.Count == 0)
        {
            ImageEvents.Deleted(operation, repository, image, null);
            return [known];
        }

        // One for each tag: the event has room for one.
        tags.ForEach(each => ImageEvents.Deleted(operation, repository, image, each));
        return tags.ConvertAll(each => known.With("imageTag", each));
    }
}

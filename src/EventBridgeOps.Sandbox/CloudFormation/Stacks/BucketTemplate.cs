using System.Text;
using EventBridgeOps.Sandbox.CloudFormation.Kinds;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.CloudFormation.Templates;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>A template in a bucket of the sandbox.</summary>
internal static class BucketTemplate
{
    /// <summary>Reads the object that a URL names, with the bucket in its host or in its path.</summary>
    /// <exception cref="AwsError">It cannot be read.</exception>
    public static string Read(Operation operation, string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) || (parsed.Scheme is not ("http" or "https")))
            throw StackErrors.Invalid("TemplateURL must be a supported URL.");
        string path = Uri.UnescapeDataString(parsed.AbsolutePath.TrimStart('/'));
        int dot = parsed.Host.IndexOf(".s3", StringComparison.Ordinal);
        string bucket = dot > 0 ? parsed.Host.Substring(0, dot) : path.Split('/')[0];
        string key = dot > 0 ? path : path.Substring(Math.Min(path.Length, bucket.Length + 1));
        if (bucket.Length == 0 || key.Length == 0)
            throw StackErrors.Invalid("TemplateURL must reference a valid S3 object to which you have access.");
        string? version = FormText.Pairs(parsed.Query.TrimStart('?')).Where(pair => pair.Key == "versionId").Select(pair => pair.Value).FirstOrDefault();
        RawDocument answer;
        try
        {
            answer = operation.Account.Calls!.Run(operation.Call with
            {
                Service = "s3",
                Operation = "GetObject",
                Input = BucketCall.Of(bucket).With("Key", key).With("Query", RawDocument.Empty.With("versionId", version)),
            });
        }
        catch (AwsError e)
        {
            throw StackErrors.Invalid($"S3 error: {e.Message}");
        }

        byte[] bytes = Convert.FromBase64String(answer.Text("Body") ?? "");
        return bytes.Length <= TemplateBody.MostBytesInBucket
            ? Encoding.UTF8.GetString(bytes)
            : throw StackErrors.Invalid($"Template may not exceed {TemplateBody.MostBytesInBucket} bytes in size.");
    }
}

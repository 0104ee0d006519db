using System.Text;
using System.Xml.Linq;
using EventBridgeOps.Sandbox.Policies;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>A setting of buckets, kept as it was put. Versions have an effect; the others have none on the calls of the account that owns the bucket, and lifecycle rules are kept without being run.</summary>
internal sealed class BucketSetting
{
    private readonly string root;
    private readonly string initial;
    private readonly string missingCode;
    private readonly string missing;

    private BucketSetting(string parameter, string operation, string root, string missingCode = "", string missing = "", string initial = "") =>
        (Parameter, Operation, this.root, this.missingCode, this.missing, this.initial) = (parameter, operation, root, missingCode, missing, initial);

    /// <summary>The parameter of the query: tagging.</summary>
    public string Parameter { get; }

    /// <summary>The end of the names of its operations: BucketTagging.</summary>
    public string Operation { get; }

    public static IReadOnlyList<BucketSetting> All { get; } =
    [
        new("tagging", "BucketTagging", "Tagging", "NoSuchTagSet", "The TagSet does not exist"),
        new("versioning", "BucketVersioning", "VersioningConfiguration"),
        new("lifecycle", "BucketLifecycleConfiguration", "LifecycleConfiguration", "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
        new("policy", "BucketPolicy", "", "NoSuchBucketPolicy", "The bucket policy does not exist"),
        // What new buckets have: https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html and .../create-bucket-faq.html
        new("encryption", "BucketEncryption", "ServerSideEncryptionConfiguration", initial: "<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule>"),
        new("publicAccessBlock", "PublicAccessBlock", "PublicAccessBlockConfiguration", "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found",
            "<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets>"),
        new("ownershipControls", "BucketOwnershipControls", "OwnershipControls", "OwnershipControlsNotFoundError", "The bucket ownership controls were not found", "<Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>"),
    ];

    public string? On(string method) => method switch
    {
        "GET" => "Get" + Operation,
        "PUT" => "Put" + Operation,
        "DELETE" when Parameter != "versioning" => "Delete" + Operation.Replace("LifecycleConfiguration", "Lifecycle"),
        _ => null,
    };

    public RawDocument Get(Operation operation)
    {
        RawDocument settings = Bucket.At(operation).Document;
        if (Parameter == "versioning")
            return S3Output.Of(root, S3Xml.Element("Status", settings.Text("Versioning")));
        string? kept = settings.Text(Operation) ?? (settings.Flag("No" + Operation) || initial.Length == 0 ? null : initial);
        if (kept is null)
            throw new AwsError(404, missingCode, missing) { Members = RawDocument.Empty.With("BucketName", operation.Input.Text("Bucket")) };
        return root.Length > 0
            ? S3Output.Of(root, kept)
            : S3Output.Empty(200, RawDocument.Empty.With("content-type", "application/json")).With(S3Output.Xml, kept);
    }

    public RawDocument Put(Operation operation)
    {
        Bucket bucket = Bucket.At(operation);
        if (root.Length == 0)
        {
            string policy = Encoding.UTF8.GetString(Convert.FromBase64String(operation.Input.Text("Body") ?? ""));
            if (!ResourcePolicy.IsReadable(policy))
                throw new AwsError(400, "MalformedPolicy", "This policy contains invalid Json");
            bucket.Keep(bucket.Document.With(Operation, policy));
            return S3Output.Empty(204);
        }

        XElement given = S3Xml.Read(operation.Input, root);
        if (Parameter == "versioning")
            bucket.Keep(bucket.Document.With("Versioning", given.One("Status") is "Enabled" or "Suspended" && given.One("MfaDelete") != "Enabled" ? given.One("Status") : throw S3Errors.Malformed()));
        else if (given.HasElements)
            bucket.Keep(bucket.Document.With(Operation, string.Concat(given.Elements().Select(Plain))).Without("No" + Operation));
        else
            throw S3Errors.Malformed();
        return S3Output.Empty(200);
    }

    public RawDocument Delete(Operation operation)
    {
        Bucket bucket = Bucket.At(operation);
        RawDocument left = bucket.Document.Without(Operation);
        // Encryption goes back to the default; the others can be gone.
        bucket.Keep(initial.Length > 0 && missingCode.Length > 0 ? left.With("No" + Operation, true) : left);
        return S3Output.Empty(204);
    }

    /// <summary>An element in no namespace, since the answer puts it into its own.</summary>
    private static string Plain(XElement element)
    {
        string content = element.HasElements ? string.Concat(element.Elements().Select(Plain)) : System.Security.SecurityElement.Escape(element.Value);
        return $"<{element.Name.LocalName}>{content}</{element.Name.LocalName}>";
    }
}

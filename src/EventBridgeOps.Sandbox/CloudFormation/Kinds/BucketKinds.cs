using System.Security;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>AWS::S3::Bucket: its name, tags, versions, encryption, owner of objects and the block of public access.</summary>
internal sealed class BucketKind : ResourceKind
{
    private const string Versioning = "VersioningConfiguration";
    private const string PublicAccess = "PublicAccessBlockConfiguration";
    private const string Encryption = "BucketEncryption";

    private const string Ownership = "OwnershipControls";

    private static readonly string[] Supported = ["BucketName", "Tags", Versioning, PublicAccess, Encryption, Ownership];

    public override string Type => "AWS::S3::Bucket";

    public override string? NameProperty => "BucketName";

    public override bool HasSystemTags => true;

    public override void Create(ResourceWork work)
    {
        work.Refuse(Type, [.. work.Schema.Properties.Names.Except(Supported)]);
        string name = work.Name("BucketName", 63, isLower: true);
        if (work.TryCall("s3", "HeadBucket", BucketCall.Of(name)) is not null)
            throw AlreadyExists.Named(Type, name);
        string region = work.Operation.Call.Region;
        work.Call("s3", "CreateBucket", region == "us-east-1"
            ? BucketCall.Of(name)
            : BucketCall.Of(name, $"<CreateBucketConfiguration>{BucketCall.Element("LocationConstraint", region)}</CreateBucketConfiguration>"));
        work.PhysicalId = name;
        Put(work);
    }

    public override void Update(ResourceWork work)
    {
        work.Refuse(Type, [.. work.Schema.Properties.Names.Except(Supported)]);
        Put(work);
    }

    public override void Delete(ResourceWork work) => work.TryCall("s3", "DeleteBucket", BucketCall.Of(work.PhysicalId!));

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty
        .With("Arn", $"arn:{Partitions.Of(work.Operation.Call.Region)}:s3:::{work.PhysicalId}")
        .With("DomainName", $"{work.PhysicalId}.s3.amazonaws.com")
        .With("RegionalDomainName", $"{work.PhysicalId}.s3.{work.Operation.Call.Region}.amazonaws.com");

    /// <summary>Sets what differs from before, and for a new bucket what the template names.</summary>
    private static void Put(ResourceWork work)
    {
        string name = work.PhysicalId!;
        if (work.Differs(Versioning))
            work.Call("s3", "PutBucketVersioning", BucketCall.Of(name, $"<{Versioning}>{BucketCall.Element("Status", work.Properties.Object(Versioning)?.Text("Status") ?? "Suspended")}</{Versioning}>"));
        if (work.Differs(PublicAccess))
        {
            string flags = string.Concat((work.Properties.Object(PublicAccess) ?? RawDocument.Empty).Members.Select(flag => BucketCall.Element(flag.Key, AttributeText.Of(flag.Value))));
            work.Call("s3", flags.Length == 0 ? "DeletePublicAccessBlock" : "PutPublicAccessBlock", BucketCall.Of(name, $"<{PublicAccess}>{flags}</{PublicAccess}>"));
        }

        if (work.Differs(Encryption))
        {
            string rules = string.Concat((work.Properties.Object(Encryption) ?? RawDocument.Empty).List("ServerSideEncryptionConfiguration").Select(RawDocument.From).Select(Rule));
            const string Root = "ServerSideEncryptionConfiguration";
            work.Call("s3", rules.Length == 0 ? "DeleteBucketEncryption" : "PutBucketEncryption", BucketCall.Of(name, $"<{Root}>{rules}</{Root}>"));
        }

        if (work.Differs(Ownership))
        {
            string rules = string.Concat((work.Properties.Object(Ownership) ?? RawDocument.Empty).List("Rules").Select(RawDocument.From)
                .Select(rule => $"<Rule>{BucketCall.Element("ObjectOwnership", rule.Text("ObjectOwnership") ?? "")}</Rule>"));
            work.Call("s3", rules.Length == 0 ? "DeleteBucketOwnershipControls" : "PutBucketOwnershipControls", BucketCall.Of(name, $"<{Ownership}>{rules}</{Ownership}>"));
        }

        (RawDocument set, string[] removed) = work.TagChanges();
        if (set.Members.Count > 0 || removed.Length > 0 || work.Before.Members.Count == 0)
        {
            string tags = string.Concat(work.Tags().Members.Select(tag => $"<Tag>{BucketCall.Element("Key", tag.Key)}{BucketCall.Element("Value", tag.Value.GetString()!)}</Tag>"));
            work.Call("s3", "PutBucketTagging", BucketCall.Of(name, $"<Tagging><TagSet>{tags}</TagSet></Tagging>"));
        }
    }

    private static string Rule(RawDocument rule)
    {
        RawDocument byDefault = rule.Object("ServerSideEncryptionByDefault") ?? throw new AwsError(400, "InvalidRequest", StackMessages.Value(Encryption, "AWS::S3::Bucket").ToString());
        string key = byDefault.Text("KMSMasterKeyID") is { } id ? BucketCall.Element("KMSMasterKeyID", id) : "";
        string usesKey = rule["BucketKeyEnabled"] is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag ? BucketCall.Element("BucketKeyEnabled", AttributeText.Of(flag)) : "";
        return $"<Rule><ApplyServerSideEncryptionByDefault>{BucketCall.Element("SSEAlgorithm", byDefault.Text("SSEAlgorithm") ?? "")}{key}</ApplyServerSideEncryptionByDefault>{usesKey}</Rule>";
    }
}

/// <summary>AWS::S3::BucketPolicy</summary>
internal sealed class BucketPolicyKind : ResourceKind
{
    public override string Type => "AWS::S3::BucketPolicy";

    public override void Create(ResourceWork work)
    {
        Put(work);
        work.PhysicalId = work.Properties.Text("Bucket");
    }

    public override void Update(ResourceWork work) => Put(work);

    public override void Delete(ResourceWork work) => work.TryCall("s3", "DeleteBucketPolicy", BucketCall.Of(work.PhysicalId!));

    private static void Put(ResourceWork work) =>
        work.Call("s3", "PutBucketPolicy", BucketCall.Of(work.Properties.Text("Bucket")!, AttributeText.Of(work.Properties["PolicyDocument"]!.Value)));
}

/// <summary>A call of S3, whose inputs are a bucket, a key, a query, headers and a body in base64.</summary>
internal static class BucketCall
{
    public static RawDocument Of(string bucket, string? body = null) => RawDocument.Empty
        .With("Bucket", bucket)
        .With("Query", RawDocument.Empty)
        .With("Headers", RawDocument.Empty)
        .With("Body", body is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(body)));

    public static string Element(string name, string text) => $"<{name}>{SecurityElement.Escape(text)}</{name}>";
}

using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>A bucket of the Region: its settings; the objects in it are in a table of their own.</summary>
internal sealed class Bucket
{
    private readonly Operation operation;

    private Bucket(Operation operation, string name, RawDocument document) => (this.operation, Name, Document) = (operation, name, document);

    public string Name { get; }

    public RawDocument Document { get; private set; }

    /// <summary>Enabled, Suspended, or null if the bucket never had versions.</summary>
    public string? Versioning => Document.Text("Versioning");

    public static Table All(Operation operation) => operation.State["s3Buckets"];

    public static Bucket? Named(Operation operation, string name) => All(operation).Find(name) is { } document ? new(operation, name, document) : null;

    /// <summary>The bucket that a call names.</summary>
    public static Bucket At(Operation operation)
    {
        string name = operation.Input.Text("Bucket")!;
        Bucket bucket = Named(operation, name) ?? throw S3Errors.NoBucket(name);
        string? owner = operation.Input.Object("Headers")?.Text("x-amz-expected-bucket-owner");
        return owner is null || owner == operation.Account.Id ? bucket : throw new AwsError(403, "AccessDenied", "Access Denied");
    }

    public void Keep(RawDocument document)
    {
        Document = document;
        All(operation)[Name] = document;
    }
}

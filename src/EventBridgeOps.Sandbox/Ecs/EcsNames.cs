using System.Globalization;
using System.Text;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>The names, ARNs and IDs of ECS.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html</remarks>
internal static class EcsNames
{
    public const string NamePattern = "[a-zA-Z0-9_-]{1,255}";

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    /// <summary>The name of the cluster that an input names by name or ARN; the default one if it names none.</summary>
    public static string ClusterName(Operation operation, string? reference)
    {
        if (string.IsNullOrEmpty(reference))
            return "default";
        return reference!.StartsWith("arn:", StringComparison.Ordinal) ? Below(operation, "cluster", reference) ?? reference : reference;
    }

    /// <summary>The name of a service, and its cluster if its ARN has one.</summary>
    public static (string? Cluster, string Name) Service(Operation operation, string reference)
    {
        if (!reference.StartsWith("arn:", StringComparison.Ordinal))
            return (null, reference);
        string[] parts = (Below(operation, "service", reference) ?? reference).Split('/');
        return parts.Length switch
        {
            1 => (null, parts[0]),
            2 => (parts[0], parts[1]),
            _ => (null, reference),
        };
    }

    /// <summary>The family of a task definition and its revision, if there is one; an ARN of elsewhere stays whole, and so finds nothing.</summary>
    public static (string Family, long? Revision) TaskDefinition(Operation operation, string reference)
    {
        string plain = reference.StartsWith("arn:", StringComparison.Ordinal) ? Below(operation, "task-definition", reference) ?? reference : reference;
        int colon = plain.LastIndexOf(':');
        return colon > 0 && long.TryParse(plain.Substring(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long revision)
            ? (plain.Substring(0, colon), revision)
            : (plain, null);
    }

    public static string ServiceKey(string cluster, string name) => $"{cluster}/{name}";

    /// <summary>The last part of an ARN of a kind that is of this account, in this Region.</summary>
    public static string? Below(Operation operation, string kind, string reference) =>
        Arn.TryParse(reference, out Arn? arn) && arn.Service == "ecs" && operation.IsHere(arn.Partition, arn.Region, arn.AccountId)
            && arn.Resource.StartsWith(kind + "/", StringComparison.Ordinal)
            ? arn.Resource.Substring(kind.Length + 1)
            : null;

    /// <summary>The ID of a deployment, which recorded answers show as 19 digits.</summary>
    public static string DeploymentId(Operation operation) => "ecs-svc/" + Digits(operation);

    public static string Digits(Operation operation) =>
        ((long)(operation.Account.Random.Next() * 9_000_000_000_000_000L) + 1_000_000_000_000_000L).ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The last part of the ARN of a service deployment: 21 letters.</summary>
    public static string ShortId(Operation operation)
    {
        StringBuilder id = new();
        while (id.Length < 21)
            id.Append(Letters[(int)(operation.Account.Random.Next() * Letters.Length)]);
        return id.ToString();
    }

    /// <summary>What a resource that is not there is answered with.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html</remarks>
    public static RawDocument Missing(string arn) => RawDocument.Empty.With("arn", arn).With("reason", "MISSING");
}

using System.Collections.Concurrent;
using EventBridgeOps.Aws.Pacing;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Aws.Composition;

/// <summary>The clients of services that are called in the Region of a resource: registries, topics, targets. Each is made once.</summary>
internal sealed class RegionalClients(SessionConnection connection)
{
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: invocations do not count against the quota of the control plane.
    private static readonly Quota Invocations = new("lambda:Invoke", 100);

    private readonly ConcurrentDictionary<(string Service, string Region), Lazy<AwsDocumentClient>> _clients = new();

    /// <summary>The client of a service in a Region.</summary>
    public AwsDocumentClient Of(AwsService service, string region) => Of(service, region, service.SigningName, quota: null);

    /// <summary>The client of a service in the Region of a resource.</summary>
    public AwsDocumentClient Of(AwsService service, Arn resource) => Of(service, resource.Region);

    /// <summary>The client of IAM.</summary>
    public AwsDocumentClient OfIam() => Of(AwsService.Iam, ServiceHosts.RegionOfIam(connection.Region));

    /// <summary>The client that invokes functions.</summary>
    public AwsDocumentClient OfInvocations(Arn function) => Of(AwsService.Lambda, function.Region, Invocations.Name, Invocations);

    // The Region becomes a part of the host, and the ARN may come from a message that anybody wrote.
    private AwsDocumentClient Of(AwsService service, string region, string name, Quota? quota) => Partitions.IsRegion(region)
        ? _clients.GetOrAdd((name, region), _ => new Lazy<AwsDocumentClient>(() => connection.Client(service, quota, region))).Value
        : throw new OpsException(ErrorIds.ResourceNotFound, SessionMessages.ResourceInNoRegion(region));
}

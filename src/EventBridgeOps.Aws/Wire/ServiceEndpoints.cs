using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace EventBridgeOps.Aws.Wire;

/// <summary>Where a request goes: the configured endpoint, else the service's host in the region.</summary>
internal sealed class ServiceEndpointProvider(ServiceClientConfig config) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters) => new(config.EffectiveEndpoint.AbsoluteUri);
}

/// <summary>The pipeline's step that asks the provider; everything that decides is in the configuration.</summary>
internal sealed class ServiceEndpointResolver : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) => new();
}

/// <summary>The pipeline's step that chooses how to sign: always SigV4.</summary>
internal sealed class SigV4Handler : BaseAuthResolverHandler
{
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
}

using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Finds out whether the stack of a project can have its schema registry. It is there for people: the event bus works without.</summary>
/// <param name="ports">The services.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
internal sealed class RegistryCheck(PublishPorts ports, ItemRetry retry)
{
    private const string Actions = "schemas:";

    /// <summary>Whether an action is one of schema registries.</summary>
    /// <param name="action">The action, for example <c>schemas:ListTagsForResource</c>, which CloudFormation needs for each registry.</param>
    public static bool IsOfRegistry(string action) => action.StartsWith(Actions, StringComparison.Ordinal);

    /// <summary>Why a stack that has no registry yet cannot have it; null if it can, as far as that can be asked.</summary>
    /// <param name="place">The project and the environment.</param>
    /// <param name="caller">Who deploys.</param>
    /// <param name="replaced">The resources of a stack that is deleted before, whose names are free then.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Message?> FaultAsync(ProjectPlace place, CallerIdentity caller, IReadOnlyList<StackResource> replaced, CancellationToken cancellationToken)
    {
        if (place.RegistryName is not { } name)
            return null;
        int schemas = ProjectStacks.DeclaredBy(place.Template).Count(resource => resource.Value.String("Type") == SchemaParts.SchemaKind);
        try
        {
            bool isReplaced = replaced.Any(resource => resource.Kind == SchemaParts.RegistryKind && StackResource.IsNamed(resource.PhysicalId!, name));
            if (!isReplaced && await retry.RunAsync(() => ports.Deployed.ExistsAsync(SchemaParts.RegistryKind, name, cancellationToken), cancellationToken) == true)
                return PublishMessages.RegistryExists(name, schemas);
        }
        catch (ServiceCallException e) when (e.ErrorId == ErrorIds.AccessDenied)
        {
            return PublishMessages.RegistryDenied(name, schemas, [Actions + e.Call.Operation]);
        }

        IReadOnlyList<string> denied = await DeniedAsync(place, caller, cancellationToken);
        return denied.Count == 0 ? null : PublishMessages.RegistryDenied(name, schemas, denied);
    }

    private async Task<IReadOnlyList<string>> DeniedAsync(ProjectPlace place, CallerIdentity caller, CancellationToken cancellationToken)
    {
        try
        {
            return PermissionSimulation.Principal(caller.Arn) is { } principal
                ? await new PermissionSimulation(ports.Deployed, retry).DeniedAsync(principal, DeploymentPolicy.Required(DeploymentPolicy.Of(place.Template, place.Environment, place.Settings).Policy, hasTest: false), IsOfRegistry, cancellationToken)
                : [];
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return []; // The preflight says what is not known.
        }
    }
}

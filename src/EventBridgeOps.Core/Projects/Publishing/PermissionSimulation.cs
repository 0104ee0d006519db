using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Asks IAM what an identity may do.</summary>
/// <param name="deployed">Simulates policies.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
internal sealed class PermissionSimulation(IDeployedApi deployed, ItemRetry retry)
{
    /// <summary>Which actions of statements an identity may not perform.</summary>
    /// <param name="principal">The ARN of the identity.</param>
    /// <param name="statements">The statements.</param>
    /// <param name="isAsked">Whether to ask for an action.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<string>> DeniedAsync(string principal, IEnumerable<JsonObject> statements, Func<string, bool> isAsked, CancellationToken cancellationToken)
    {
        List<string> denied = [];
        foreach (JsonObject statement in statements)
        {
            string[] actions = [.. Texts(statement["Action"]).Where(isAsked)];
            foreach (string? service in actions.Length > 0 ? PassedTo(statement) : [])
                denied.AddRange(await retry.RunAsync(() => deployed.DeniedAsync(principal, actions, Texts(statement["Resource"]), service, cancellationToken), cancellationToken));
        }

        return [.. denied.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The services that roles are passed to. IAM knows only the context keys that the call has.</summary>
    private static IEnumerable<string?> PassedTo(JsonObject statement) => JsonPointers.Find(statement, "/Condition/StringEquals/iam:PassedToService") is { } services ? Texts(services) : Enumerable.Repeat<string?>(null, 1);

    /// <summary>The texts of a member of a statement, which is a list or one of them.</summary>
    public static IReadOnlyList<string> Texts(JsonNode? node) => node is JsonArray texts ? [.. texts.Select(text => Document.Text(text)!)] : [Document.Text(node)!];

    /// <summary>The identity that IAM simulates: of a session, its role. The root user may do everything, and a role with a path is not visible in its session.</summary>
    public static string? Principal(string caller) => !Arn.TryParse(caller, out Arn? arn) ? null
        : arn.Service == "iam" && arn.Resource.StartsWith("user/", StringComparison.Ordinal) ? caller
        : arn.AssumedRole?.ToString();
}

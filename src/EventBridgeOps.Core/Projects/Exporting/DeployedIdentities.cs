using System.Text.Json.Nodes;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Projects.Exporting;

/// <summary>The roles, policies, users and groups of IAM that a template creates or changes, and the roles that it passes to services.</summary>
internal static class DeployedIdentities
{
    private const string Role = "AWS::IAM::Role";

    // The property with the name, the word in the ARN, and the most characters of a name: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns.
    private static readonly Dictionary<string, (string Property, string Word, int Most)> Created = new(StringComparer.Ordinal)
    {
        [Role] = ("RoleName", "role", 64),
        ["AWS::IAM::ManagedPolicy"] = ("ManagedPolicyName", "policy", 64),
    };

    // The identities that a policy is attached to, or written into.
    private static readonly Dictionary<string, string> Changed = new(StringComparer.Ordinal) { ["Roles"] = "role", ["Users"] = "user", ["Groups"] = "group" };

    // The properties with a role that a service gets, wherever they are in a resource.
    private static readonly HashSet<string> RoleProperties = new(StringComparer.Ordinal)
    {
        "RoleArn", "Role", "JobRoleArn", "ExecutionRoleArn", "TaskRoleArn", "ServiceRole", InstanceRole, "SpotIamFleetRole", "SuccessFeedbackRoleArn", "FailureFeedbackRoleArn", "SubscriptionRoleArn",
    };

    private const string InstanceRole = "InstanceRole";

    /// <summary>The ARNs of what is created or changed, with wildcards for what is not known before.</summary>
    /// <param name="resources">The resources of the template.</param>
    /// <param name="environment">Where it is deployed.</param>
    /// <param name="prefix">What the names begin with that CloudFormation chooses.</param>
    public static IReadOnlyList<string> Of(IEnumerable<DeployedResource> resources, ProjectEnvironment environment, string prefix)
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach (DeployedResource resource in resources)
        {
            if (ArnOf(resource, environment) is { } arn)
                found.Add(arn);
            if (resource.Kind is not ("AWS::IAM::ManagedPolicy" or "AWS::IAM::Policy"))
                continue;
            // Those of the template are in the list anyway.
            foreach (KeyValuePair<string, string> each in Changed)
            {
                foreach (JsonNode name in resource.Each("/" + each.Key).Where(name => resource.Names.Own(name) is null))
                    found.UnionWith(OfName(each.Value, resource.Names.Text(name), environment));
            }
        }

        return found.Count > 0 ? [.. found] : [ArnOf($"role/{prefix}*", environment)];
    }

    /// <summary>The ARNs of the roles that are passed to services: those of the template, and those that its resources name.</summary>
    /// <param name="resources">The resources of the template.</param>
    /// <param name="users">Those of them that pass roles.</param>
    /// <param name="environment">Where it is deployed.</param>
    public static IReadOnlyList<string> Passed(IEnumerable<DeployedResource> resources, IEnumerable<DeployedResource> users, ProjectEnvironment environment)
    {
        SortedSet<string> found = new(resources.Where(resource => resource.Kind == Role).Select(role => ArnOf(role, environment)!), StringComparer.Ordinal);
        foreach (DeployedResource user in users)
            found.UnionWith(Roles(user.Definition["Properties"]).SelectMany(role => Passed(user, role.Property, role.Value, environment)));
        return [.. found];
    }

    private static IEnumerable<string> Passed(DeployedResource user, string property, JsonNode value, ProjectEnvironment environment)
    {
        DeployedResource? own = user.Names.Own(value);
        if (own?.Kind == Role)
            return [];
        // The role of an instance profile has a name of its own, which only the profile says.
        if (property == InstanceRole)
            return own is null ? [ArnOf("role/*", environment)] : own.Each("/Roles").SelectMany(role => Passed(own, "", role, environment));
        string text = user.Names.Text(value);
        return Arn.TryParse(text, out Arn? arn) ? arn.Service == "iam" ? [text] : [] : OfName("role", text, environment);
    }

    /// <summary>The roles in a part of a resource, but not in the environment of functions and jobs, whose names are those of the user.</summary>
    private static IEnumerable<(string Property, JsonNode Value)> Roles(JsonNode? node) => node switch
    {
        JsonArray elements => elements.SelectMany(Roles),
        JsonObject fields => fields.Where(field => field.Key != "Environment" && field.Value is not null).SelectMany(field => RoleProperties.Contains(field.Key) ? [(field.Key, field.Value!)] : Roles(field.Value)),
        _ => [],
    };

    private static string? ArnOf(DeployedResource resource, ProjectEnvironment environment)
    {
        if (!Created.TryGetValue(resource.Kind, out (string Property, string Word, int Most) kind))
            return null;
        string name = resource.At("/" + kind.Property) is { } given ? resource.Names.Text(given) : resource.Names.Chosen(kind.Most);
        return ArnOf(kind.Word + (resource.At("/Path") is { } path ? resource.Names.Text(path) : "/") + name, environment);
    }

    // A name says nothing of the path.
    private static string[] OfName(string word, string name, ProjectEnvironment environment) => name == "*" ? [ArnOf(word + "/*", environment)] : [ArnOf($"{word}/{name}", environment), ArnOf($"{word}/*/{name}", environment)];

    private static string ArnOf(string resource, ProjectEnvironment environment) => Arn.Global("iam", environment.Region, environment.AccountId, resource).ToString();
}

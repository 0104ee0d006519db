using System.Text;
using System.Text.RegularExpressions;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects.Making;

/// <summary>The text of <c>.env</c>: settings for this tool and for others, by the names of the variables that they know.</summary>
internal static class EnvironmentText
{
    private static readonly Regex Line = new(@"\A\s*(?:export\s+)?(?<name>[A-Za-z_][A-Za-z0-9_]*)=", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    // What tools read, by the parameters that say the same.
    private static readonly Dictionary<string, string> OfParameters = new(StringComparer.Ordinal)
    {
        ["ClusterName"] = "CLUSTER_NAME",
        ["EventBridgeRoleArn"] = "EVENTBRIDGE_ROLE_ARN",
        ["JobDefinitionName"] = "JOB_DEFINITION_NAME",
        ["JobQueueArn"] = "JOB_QUEUE_ARN",
        ["RepositoryName"] = "ECR_REPOSITORY_NAME",
        ["ServiceName"] = "SERVICE_NAME",
        ["TableName"] = "DYNAMODB_TABLE_NAME",
    };

    /// <summary>The variables of an environment, in the order of the file.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(Project project, ProjectEnvironment environment)
    {
        List<KeyValuePair<string, string>> variables =
        [
            new("PROJECT_NAME", project.Settings!.Name),
            new("AWS_DEFAULT_REGION", environment.Region),
            new("EVENTBRIDGE_BUS_NAME", environment.BusName),
        ];
        if (project.Rules.Count == 1)
            variables.Add(new("RULE_NAME", project.Rules[0].Name));
        variables.AddRange(OfParameters.Where(known => environment.Parameters.ContainsKey(known.Key)).Select(known => new KeyValuePair<string, string>(known.Value, environment.Parameters[known.Key])));
        return variables;
    }

    /// <summary>The variables that other environments of the project have, and this one does not: their values would be those of another environment.</summary>
    public static IReadOnlyCollection<string> Foreign(Project project, ProjectEnvironment environment) =>
        [.. OfParameters.Where(known => !environment.Parameters.ContainsKey(known.Key) && project.Settings!.Environments.Any(other => other.Parameters.ContainsKey(known.Key))).Select(known => known.Value)];

    /// <summary>Sets variables in a text, removes others, and leaves its other lines as they are.</summary>
    public static string Write(string before, IReadOnlyList<KeyValuePair<string, string>> variables, IReadOnlyCollection<string> removed)
    {
        Dictionary<string, string> left = variables.ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal);
        StringBuilder text = new();
        string lineEnd = ProjectText.LineEndOf(before);
        foreach (string line in before.Length == 0 ? [] : before.TrimEnd('\r', '\n').Split([lineEnd], StringSplitOptions.None))
        {
            string name = Line.Match(line).Groups["name"].Value;
            if (removed.Contains(name))
                continue;
            text.Append(left.TryGetValue(name, out string? value) ? $"{name}={Quoted(value)}" : line).Append(lineEnd);
            left.Remove(name);
        }

        foreach (KeyValuePair<string, string> variable in variables.Where(variable => left.ContainsKey(variable.Key)))
            text.Append($"{variable.Key}={Quoted(variable.Value)}").Append(lineEnd);
        return text.ToString();
    }

    // In single quotes, shells and settings files take every character as it is.
    private static string Quoted(string value) => value.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '.' or '_' or '/' or ':') ? value : $"'{value.Replace("'", "'\\''")}'";
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Jobs;

/// <summary>Finds the ID of an MVP job in the detail of an event of AWS Batch.</summary>
/// <remarks>
/// It is in the parameters, the tags, or the environment of a container, in each form of a job: single container, ECS, EKS, multi-node. Shapes:
/// https://docs.aws.amazon.com/batch/latest/APIReference/API_JobDetail.html.
/// </remarks>
internal static class JobIdFinder
{
    private static readonly Regex JobIdShape = new("job_[0-9]{13}_[0-9a-z]{9}(?![0-9a-z])", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The members in which a job holds its containers.</summary>
    private static readonly string[] Holders =
        ["container", "ecsProperties", "taskProperties", "containers", "eksProperties", "podProperties", "initContainers", "nodeProperties", "nodeRangeProperties"];

    /// <summary>By name first, since a custom ID can have any format; otherwise by format.</summary>
    public static string? Find(JsonObject detail)
    {
        List<KeyValuePair<string, string?>> values = [];
        List<string?> words = [detail.String("jobName")];
        foreach (string part in new[] { "parameters", "tags" })
            values.AddRange((detail[part] as JsonObject ?? []).Select(field => new KeyValuePair<string, string?>(field.Key, Document.Text(field.Value))));
        Collect(detail, values, words);
        string? named = values.Find(pair => pair.Key is "jobId" or "JOB_ID" or "MVP_JOB_ID" && !string.IsNullOrEmpty(pair.Value)).Value;
        return named ?? values.Select(pair => pair.Value).Concat(words).OfType<string>().Select(text => JobIdShape.Match(text)).FirstOrDefault(match => match.Success)?.Value;
    }

    private static void Collect(JsonObject holder, List<KeyValuePair<string, string?>> values, List<string?> words)
    {
        foreach (string list in new[] { "environment", "env" })
            values.AddRange(Objects(holder[list]).Select(variable => new KeyValuePair<string, string?>(variable.String("name") ?? "", variable.String("value"))));
        foreach (string list in new[] { "command", "args" })
            words.AddRange((holder[list] as JsonArray ?? []).Select(Document.Text));
        foreach (JsonObject inner in Holders.SelectMany(name => Objects(holder[name])))
            Collect(inner, values, words);
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject one => [one],
        JsonArray several => several.OfType<JsonObject>(),
        _ => [],
    };
}

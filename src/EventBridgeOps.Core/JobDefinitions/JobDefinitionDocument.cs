using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.JobDefinitions;

/// <summary>One revision as DescribeJobDefinitions gave it.</summary>
/// <param name="Document">The service's document.</param>
/// <param name="Name">The name without a revision.</param>
/// <param name="Revision">The revision, from 1.</param>
internal sealed record JobDefinitionDocument(JsonObject Document, string Name, int Revision)
{
    private const string Tags = "tags";

    /// <summary>Fields that are returned when describing but rejected when registering: https://docs.aws.amazon.com/batch/latest/APIReference/API_JobDefinition.html.</summary>
    private static readonly string[] DescribeOnly = ["jobDefinitionArn", "revision", "status", "containerOrchestrationType"];

    /// <summary>The revision's ARN; null when the service did not give one.</summary>
    public string? Arn => Document.String("jobDefinitionArn");

    /// <summary>Name and revision.</summary>
    public string Reference => Refer(Name, Revision);

    /// <summary>A document, if it is a job definition's.</summary>
    public static JobDefinitionDocument? From(JsonObject document) =>
        document.String("jobDefinitionName") is { } name && document["revision"] is JsonValue value && value.TryGetValue(out int revision)
            ? new JobDefinitionDocument(document, name, revision)
            : null;

    /// <summary>A revision as it was registered.</summary>
    /// <param name="document">The document that was registered.</param>
    /// <param name="name">The name without a revision.</param>
    /// <param name="reference">Name and revision.</param>
    /// <param name="arn">Its ARN; null if it is not known.</param>
    public static JobDefinitionDocument Registered(JsonObject document, string name, string reference, string? arn)
    {
        JsonObject copy = document.DeepClone().AsObject();
        if (arn is not null)
            copy["jobDefinitionArn"] = arn;
        return new JobDefinitionDocument(copy, name, JobDefinitionReference.Parse(reference).Revision!.Value);
    }

    /// <summary>Name and revision.</summary>
    public static string Refer(string name, int revision) => name + ":" + revision.ToString(CultureInfo.InvariantCulture);

    /// <summary>The highest ACTIVE revision, because the order of the service is not reliable. Null if none is ACTIVE.</summary>
    public static async Task<JobDefinitionDocument?> LatestAsync(IBatchApi batch, string name, CancellationToken cancellationToken) =>
        (await ActiveAsync(batch, name, cancellationToken)).OrderByDescending(each => each.Revision).FirstOrDefault();

    /// <summary>All ACTIVE revisions.</summary>
    public static async Task<IReadOnlyList<JobDefinitionDocument>> ActiveAsync(IBatchApi batch, string name, CancellationToken cancellationToken)
    {
        List<JobDefinitionDocument> active = [];
        await foreach (JsonObject document in batch.DescribeJobDefinitionsAsync(name, "ACTIVE", cancellationToken))
        {
            if (From(document) is { } found && found.Name == name)
                active.Add(found);
        }

        return active;
    }

    /// <summary>A copy that can be registered: without the fields that only exist when describing, and without the tags that only AWS can set.</summary>
    public JsonObject ForRegistration()
    {
        JsonObject copy = Document.DeepClone().AsObject();
        foreach (string field in DescribeOnly)
            copy.Remove(field);
        if (copy[Tags] is JsonObject tags)
        {
            foreach (string key in tags.Select(tag => tag.Key).Where(key => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)).ToList())
                tags.Remove(key);
        }

        return copy;
    }

    /// <summary>Name and revision.</summary>
    public override string ToString() => Reference;
}

using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>One revision of a task definition as DescribeTaskDefinition gave it.</summary>
/// <param name="Document">The document <c>taskDefinition</c>.</param>
/// <param name="Tags">Its tags; null if the service returned none.</param>
/// <param name="Arn">Its ARN.</param>
internal sealed record TaskDefinitionDocument(JsonObject Document, JsonArray? Tags, string Arn)
{
    private const string TagsField = "tags";
    private const string ContainersField = "containerDefinitions";
    private const string ImageField = "image";

    /// <summary>Fields that are returned when describing but rejected when registering: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html.</summary>
    private static readonly string[] DescribeOnly =
        ["taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities", "registeredAt", "registeredBy", "deregisteredAt", "deleteRequestedAt"];

    /// <summary>Family and revision.</summary>
    public string Reference => EcsText.TaskDefinition(Arn);

    /// <summary>The family.</summary>
    public string Family => FamilyOf(Reference);

    /// <summary>The revision.</summary>
    public int Revision => RevisionOf(Reference);

    /// <summary>Its containers with an image, in the order of the document.</summary>
    public IEnumerable<TaskContainer> Containers => (Document[ContainersField] as JsonArray ?? [])
        .Select((node, index) => (Container: node as JsonObject, Index: index))
        .Where(each => each.Container?.String(ImageField) is not null)
        .Select(each => new TaskContainer(each.Index, each.Container!.String("name") ?? "", each.Container!.String(ImageField)!));

    /// <summary>An answer of DescribeTaskDefinition, if it holds a task definition.</summary>
    public static TaskDefinitionDocument? From(JsonObject answer) =>
        answer["taskDefinition"] is JsonObject document && document.String("taskDefinitionArn") is { } arn ? new TaskDefinitionDocument(document, answer[TagsField] as JsonArray, arn) : null;

    /// <summary>The family in family and revision.</summary>
    public static string FamilyOf(string reference) => reference.LastIndexOf(':') is var colon && colon < 0 ? reference : reference.Substring(0, colon);

    /// <summary>The revision in family and revision; 0 if there is none.</summary>
    public static int RevisionOf(string reference) => int.TryParse(reference.Substring(reference.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int revision) ? revision : 0;

    /// <summary>The value of a tag in a list of tags; null if there is none.</summary>
    public static string? Tag(JsonNode? tags, string key) => (tags as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(tag => tag.String("key") == key)?.String("value");

    /// <summary>The edit that sets the image of a container.</summary>
    public static DocumentDifference Edit(TaskContainer container, string image) =>
        new([ContainersField, container.Index.ToString(CultureInfo.InvariantCulture), ImageField], container.Image, image);

    /// <summary>A copy that can be registered: with its tags, except those that only AWS can set, and without the fields that only exist when describing.</summary>
    public JsonObject ForRegistration()
    {
        JsonObject copy = Document.DeepClone().AsObject();
        foreach (string field in DescribeOnly)
            copy.Remove(field);
        JsonNode?[] tags = [.. (Tags ?? []).Where(tag => (tag as JsonObject)?.String("key")?.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) != true).Select(tag => tag?.DeepClone())];
        if (tags.Length > 0) // an empty list is not accepted by all versions of the service
            copy[TagsField] = new JsonArray(tags);
        return copy;
    }

    /// <summary>Family and revision.</summary>
    public override string ToString() => Reference;
}

/// <summary>A container of a task definition.</summary>
/// <param name="Index">Its place.</param>
/// <param name="Name">Its name.</param>
/// <param name="Image">Its image as written.</param>
internal sealed record TaskContainer(int Index, string Name, string Image)
{
    /// <summary>Its image; null if it is not a valid reference.</summary>
    public ImageReference? Reference { get; } = ImageReference.TryParse(Image, out ImageReference? image) ? image : null;
}

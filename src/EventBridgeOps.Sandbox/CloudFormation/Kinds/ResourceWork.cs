using System.Text.Json;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>One resource that is made, changed or removed.</summary>
/// <param name="operation">What CloudFormation works on.</param>
/// <param name="stack">The stack of the resource.</param>
/// <param name="logicalId">Its logical ID.</param>
internal sealed class ResourceWork(Operation operation, StackIdentity stack, string logicalId)
{
    public Operation Operation => operation;

    public string LogicalId => logicalId;

    public string StackName => stack.Name;

    /// <summary>The ID by which the service knows the resource; null as long as it does not exist.</summary>
    public string? PhysicalId { get; set; }

    /// <summary>The properties that the resource is to have.</summary>
    public RawDocument Properties { get; init; } = RawDocument.Empty;

    /// <summary>The properties that it had before an update.</summary>
    public RawDocument Before { get; init; } = RawDocument.Empty;

    /// <summary>The schema of its type.</summary>
    public required ResourceSchema Schema { get; init; }

    /// <summary>The tags of the stack before an update.</summary>
    public RawDocument StackTagsBefore { get; init; } = RawDocument.Empty;

    /// <summary>The nested stacks of the stack.</summary>
    public required INestedStacks Nested { get; init; }

    /// <summary>Whether the tags of CloudFormation are set on it.</summary>
    public bool HasSystemTags { get; init; }

    /// <summary>Calls an operation of a service, as a client would.</summary>
    /// <exception cref="AwsError">The service refuses it.</exception>
    public RawDocument Call(string service, string name, RawDocument input) => operation.Account.Calls!.Run(operation.Call with
    {
        Service = service,
        Operation = name,
        Input = input,
        AccessKey = stack.AccessKey,
        InvokedBy = "cloudformation.amazonaws.com",
        Host = stack.Host,
    });

    /// <summary>Calls an operation; null if what it names does not exist.</summary>
    public RawDocument? TryCall(string service, string name, RawDocument input)
    {
        try
        {
            return Call(service, name, input);
        }
        catch (AwsError e) when (IsMissing(e))
        {
            return null;
        }
    }

    /// <summary>The name that the template gives, or one that is made of the stack, the logical ID and random characters.</summary>
    public string Name(string property, int longest = 64, bool isLower = false)
    {
        if (Properties.Text(property) is { Length: > 0 } given)
            return given;
        string random = operation.Account.Random.Id().Replace("-", "").Substring(0, 12).ToUpperInvariant();
        // The stack has a little more than half of what the random part leaves.
        int room = longest - random.Length - 2;
        string first = stack.Name, second = logicalId;
        if (first.Length + second.Length > room)
        {
            second = second.Substring(0, Math.Min(second.Length, Math.Max(room / 2, room - first.Length)));
            first = first.Substring(0, Math.Min(first.Length, room - second.Length));
        }

        string name = $"{first}-{second}-{random}";
        return isLower ? name.ToLowerInvariant() : name;
    }

    /// <summary>Properties as they are, without some of them.</summary>
    public RawDocument Given(params string[] names) => Properties.Only(names);

    /// <summary>Properties with the names that the JSON of an API has.</summary>
    public RawDocument Lowered() => RawDocument.From(Schema.Properties.Lowered(Properties.ToElement()));

    /// <summary>Whether a property is another one than before.</summary>
    public bool Differs(string name) => !SameJson.Are(Properties[name], Before[name]);

    /// <summary>Refuses properties that the sandbox would ignore.</summary>
    public void Refuse(string type, params string[] names)
    {
        if (Properties.Only(names).Members is { Count: > 0 } given)
            throw new AwsError(400, "InvalidRequest", StackMessages.Property(given[0].Key, type).ToString());
    }

    /// <summary>The tags by their keys: those of the stack, of the resource, and of CloudFormation.</summary>
    public RawDocument Tags() => Merged(stack.Tags, Properties["Tags"]).With(SystemTags());

    /// <summary>The tags as a list of keys and values.</summary>
    public IEnumerable<RawDocument> TagsListed() => TagList.Of(Tags());

    /// <summary>The tags that an update sets, and the keys of those that it removes.</summary>
    public (RawDocument Set, string[] Removed) TagChanges()
    {
        RawDocument before = Merged(StackTagsBefore, Before["Tags"]), after = Merged(stack.Tags, Properties["Tags"]);
        string[] same = [.. after.Members.Where(tag => before.Text(tag.Key) == tag.Value.GetString()).Select(tag => tag.Key)];
        return (after.Without(same), [.. before.Members.Where(tag => after[tag.Key] is null).Select(tag => tag.Key)]);
    }

    public static bool IsMissing(AwsError error) =>
        error.Status == 404 || error.Code.Contains("NotFound") || error.Code.Contains("NoSuch") || error.Code.EndsWith("DoesNotExist", StringComparison.Ordinal)
        || error.QueryCode?.EndsWith("NonExistentQueue", StringComparison.Ordinal) == true || error.Message.EndsWith("does not exist.", StringComparison.Ordinal);

    private RawDocument SystemTags() => HasSystemTags
        ? RawDocument.Empty
            .With("aws:cloudformation:stack-name", stack.Name)
            .With("aws:cloudformation:logical-id", logicalId)
            .With("aws:cloudformation:stack-id", stack.Id)
        : RawDocument.Empty;

    private static RawDocument Merged(RawDocument stackTags, JsonElement? own) => own switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(RawDocument.From).Aggregate(
            stackTags, (tags, tag) => tags.With(tag.Text("Key") ?? "", tag.Text("Value") ?? "")),
        { ValueKind: JsonValueKind.Object } map => RawDocument.From(map).Members.Aggregate(
            stackTags, (tags, tag) => tags.With(tag.Key, tag.Value.ValueKind == JsonValueKind.String ? tag.Value : Json.Text(tag.Value.GetRawText()))),
        _ => stackTags,
    };
}

/// <summary>The stack that a resource belongs to.</summary>
/// <param name="Id">Its ARN.</param>
/// <param name="Name">Its name.</param>
/// <param name="Tags">Its tags by their keys.</param>
/// <param name="AccessKey">Who deploys it.</param>
/// <param name="Host">The host to which that request was sent, which the URL of a queue names.</param>
internal sealed record StackIdentity(string Id, string Name, RawDocument Tags, string? AccessKey, string Host);

namespace EventBridgeOps.Sandbox.Queries;

/// <summary>A list or a map in the requests and answers of a service that speaks the query protocol; all other members need no entry.</summary>
/// <remarks>The service models: "flattened" and "locationName" of its shapes.</remarks>
internal sealed record QueryMember
{
    private QueryMember(string name) => Name = name;

    /// <summary>The member's name in the input and output documents.</summary>
    public string Name { get; }

    public bool IsMap { get; private init; }

    /// <summary>The element that repeats: X.1 instead of X.member.1. Null if the list or map is not flattened.</summary>
    public string? Flattened { get; private init; }

    /// <summary>What the keys and values of a map are named.</summary>
    public string Key { get; private init; } = "key";

    public string Value { get; private init; } = "value";

    /// <summary>The only operation in which the member is named so; null for all.</summary>
    public string? Operation { get; init; }

    /// <summary>Whether only answers have it: a form may have a parameter of the same name.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>X.member.1, as a list is by default.</summary>
    public static QueryMember List(string name) => new(name);

    /// <summary>X.1; "{0}" in the element stands for the operation.</summary>
    public static QueryMember FlatList(string name, string element) => new(name) { Flattened = element };

    /// <summary>X.entry.1.key, as a map is by default.</summary>
    public static QueryMember Map(string name, string key = "key", string value = "value") => new(name) { IsMap = true, Key = key, Value = value };

    /// <summary>X.1.Name.</summary>
    public static QueryMember FlatMap(string name, string element, string key = "Name", string value = "Value") =>
        new(name) { IsMap = true, Flattened = element, Key = key, Value = value };

    /// <summary>How the member is named in a form and in XML.</summary>
    public string WireName(string operation) => Flattened?.Replace("{0}", operation) ?? Name;

    public bool IsIn(string operation) => Operation is null || Operation == operation;
}

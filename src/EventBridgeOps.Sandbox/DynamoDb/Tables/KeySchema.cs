using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.DynamoDb.Tables;

/// <summary>The attributes that are the key of a table or an index.</summary>
internal sealed record KeySchema(string Hash, string? Range)
{
    public IEnumerable<string> Names => Range is null ? [Hash] : [Hash, Range];

    /// <summary>Reads a schema that was checked.</summary>
    public static KeySchema From(RawDocument description)
    {
        List<string> names = description.List("KeySchema").Select(Name).ToList();
        return new(names[0], names.Count > 1 ? names[1] : null);
    }

    private static string Name(JsonElement element) => RawDocument.From(element).Text("AttributeName")!;
}

/// <summary>A secondary index.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsGlobal">Whether it is a global one.</param>
/// <param name="Key">Its key.</param>
/// <param name="Projection">ALL, KEYS_ONLY or INCLUDE.</param>
/// <param name="Included">The attributes that it has beside keys.</param>
internal sealed record IndexModel(string Name, bool IsGlobal, KeySchema Key, string Projection, IReadOnlyList<string> Included)
{
    public static IndexModel From(RawDocument description, bool isGlobal) => new(
        description.Text("IndexName")!,
        isGlobal,
        KeySchema.From(description),
        description.Object("Projection")?.Text("ProjectionType") ?? "ALL",
        description.Object("Projection")?.Texts("NonKeyAttributes").ToList() ?? []);
}

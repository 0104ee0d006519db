using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Projects;

/// <summary>A version of a schema: <c>schemas/NAME.vN.json</c>.</summary>
public sealed record ProjectSchema
{
    private static readonly Regex Form = new(@"\A(?<family>[A-Za-z0-9][A-Za-z0-9_-]{0,63})\.v(?<version>[1-9][0-9]{0,5})\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The name of the file without its extension: <c>audio-uploaded.v1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name without the version: <c>audio-uploaded</c>.</summary>
    public required string Family { get; init; }

    /// <summary>The version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The file.</summary>
    public required ProjectText File { get; init; }

    /// <summary>The schema; null if it is not valid.</summary>
    public EventSchema? Schema { get; init; }

    /// <summary>The source of its events; null if neither the schema nor the project says it.</summary>
    public string? Source { get; init; }

    /// <summary>The detail type of its events.</summary>
    public required string DetailType { get; init; }

    /// <summary>The digest of the file and the files to which it refers: <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public required string Digest { get; init; }

    /// <summary>Whether the project no longer publishes it.</summary>
    public bool IsRetired { get; init; }

    /// <summary>The path of the folder with its examples.</summary>
    public string ExampleFolder => $"{Project.ExampleFolder}/{Name}";

    /// <summary>Reads a name: <c>audio-uploaded.v1</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="family">The name without the version.</param>
    /// <param name="version">The version.</param>
    public static bool TryParseName(string name, out string family, out int version)
    {
        Match match = Form.Match(name);
        (family, version) = match.Success ? (match.Groups["family"].Value, int.Parse(match.Groups["version"].Value, CultureInfo.InvariantCulture)) : ("", 0);
        return match.Success;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>An example of an event: <c>examples/NAME.vN/*.json</c>.</summary>
public sealed record ProjectExample
{
    private readonly Lazy<IReadOnlyList<SchemaViolation>> _violations;

    /// <summary>An example, which its schema judges when it is asked.</summary>
    public ProjectExample() => _violations = new Lazy<IReadOnlyList<SchemaViolation>>(() => Schema!.Schema?.Validate(Document.Element(Detail)) ?? []);

    /// <summary>The file.</summary>
    public required ProjectText File { get; init; }

    /// <summary>The schema of which it is an example.</summary>
    public required ProjectSchema Schema { get; init; }

    /// <summary>Whether the schema must refuse it: <c>*.invalid.json</c>.</summary>
    public required bool IsInvalid { get; init; }

    /// <summary>The detail.</summary>
    public required JsonObject Detail { get; init; }

    /// <summary>The JSON pointer of the detail in the file; empty if the file has nothing else.</summary>
    public required string DetailPointer { get; init; }

    /// <summary>The event that rules see; null if it cannot be made.</summary>
    public JsonObject? Event { get; init; }

    /// <summary>What the schema refuses in the detail; empty if the schema cannot be read.</summary>
    internal IReadOnlyList<SchemaViolation> Violations => _violations.Value;
}

using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Templates;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Projects.Files;

/// <summary>A file of a project: YAML, or JSON by its extension.</summary>
/// <param name="path">Its path, relative to the folder of the project, with slashes.</param>
/// <param name="text">Its text, without a byte order mark.</param>
/// <param name="hasMark">Whether the file begins with a byte order mark.</param>
public sealed class ProjectText(string path, string text, bool hasMark = false)
{
    private TextPlaces? _places;

    /// <summary>Its path, relative to the folder of the project, with slashes.</summary>
    public string Path => path;

    /// <summary>Its text, without a byte order mark.</summary>
    public string Text => text;

    /// <summary>Whether the file begins with a byte order mark, which is not part of its text.</summary>
    public bool HasMark => hasMark;

    /// <summary>How its lines end.</summary>
    internal string LineEnd => LineEndOf(text);

    private bool IsJson => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    // Only a fault asks for places, and most files have none.
    private TextPlaces Places => _places ??= IsJson ? JsonPlaces.Of(text) : YamlPlaces.Of(text);

    /// <summary>Where a value is.</summary>
    /// <param name="pointer">Its JSON pointer.</param>
    public TextPlace Find(string pointer) => Places.Find(pointer);

    /// <summary>Where the key of a value is.</summary>
    /// <param name="pointer">The JSON pointer of the value.</param>
    public TextPlace FindKey(string pointer) => Places.FindKey(pointer);

    /// <summary>The place after a value; null if it has an end only by what follows it.</summary>
    /// <param name="pointer">Its JSON pointer.</param>
    internal TextPlace? FindEnd(string pointer) => Places.FindEnd(pointer);

    /// <summary>How the lines of a text end: as the first.</summary>
    /// <param name="text">The text.</param>
    internal static string LineEndOf(string text) => text.IndexOf('\n') is > 0 and int end && text[end - 1] == '\r' ? "\r\n" : "\n";

    /// <summary>A fault at a value.</summary>
    /// <param name="pointer">Its JSON pointer.</param>
    /// <param name="reason">What is wrong.</param>
    public ProjectFault Fault(string pointer, Message reason) => new(path, Places.Find(pointer), pointer, reason);

    /// <summary>A fault at the key of a value.</summary>
    /// <param name="pointer">The JSON pointer of the value.</param>
    /// <param name="reason">What is wrong.</param>
    public ProjectFault FaultOfKey(string pointer, Message reason) => new(path, Places.FindKey(pointer), pointer, reason);

    /// <summary>A fault at a place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="reason">What is wrong.</param>
    public ProjectFault FaultAt(TextPlace place, Message reason) => new(path, place, "", reason);

    /// <summary>Reads the object that the file has.</summary>
    /// <param name="fault">Why there is none.</param>
    /// <returns>The object; null with a fault.</returns>
    public JsonObject? Read(out ProjectFault? fault)
    {
        fault = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            fault = Fault("", ProjectFileMessages.Empty());
            return null;
        }

        try
        {
            if (IsJson)
                return Document.Parse(text);
            if (YamlText.ParseStrictly(text) is JsonObject fields)
                return fields;
            fault = Fault("", ProjectFileMessages.NotAMapping());
        }
        catch (YamlFaultException e)
        {
            fault = FaultAt(e.Place ?? TextPlace.Start, e.IsSyntax ? ProjectFileMessages.NotYaml(e.Reason) : e.Reason);
        }
        catch (JsonException e)
        {
            TextPlace place = JsonPlaces.Fault(text, e, out string? twice);
            fault = FaultAt(place, twice is null ? ProjectFileMessages.NotJson(JsonFault.Text(e)) : ProjectFileMessages.KeyTwice(twice));
        }

        return null;
    }
}

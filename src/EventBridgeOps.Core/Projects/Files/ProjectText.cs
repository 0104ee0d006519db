using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Templates;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Projects.Files;

/// <summary>A file of a project: YAML, or JSON by its extension.</summary>
/// <param name="path">Its path, relative to the folder of the project, with slashes.</param>
/// <param name="text">Its text.</param>
public sealed class ProjectText(string path, string text)
{
    private TextPlaces? _places;

    /// <summary>Its path, relative to the folder of the project, with slashes.</summary>
    public string Path => path;

    /// <summary>Its text.</summary>
    public string Text => text;

    private bool IsJson => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    // Only a fault asks for places, and most files have none.
    private TextPlaces Places => _places ??= IsJson ? JsonPlaces.Of(text) : YamlPlaces.Of(text);

    /// <summary>Where a value is.</summary>
    /// <param name="pointer">Its JSON pointer.</param>
    public TextPlace Find(string pointer) => Places.Find(pointer);

    /// <summary>Where the key of a value is.</summary>
    /// <param name="pointer">The JSON pointer of the value.</param>
    public TextPlace FindKey(string pointer) => Places.FindKey(pointer);

    /// <summary>A fault at a value.</summary>
    /// <param name="pointer">Its JSON pointer.</param>
    /// <param name="reason">What is wrong.</param>
    public ProjectFault Fault(string pointer, Message reason) => new(path, Places.Find(pointer), pointer, reason);

    /// <summary>A fault at the key of a value.</summary>
    /// <param name="pointer">The JSON pointer of the value.</param>
    /// <param name="reason">What is wrong.</param>
    public ProjectFault FaultOfKey(string pointer, Message reason) => new(path, Places.FindKey(pointer), pointer, reason);

    /// <summary>A fault at a line.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="reason">What is wrong.</param>
    public ProjectFault FaultAt(int line, Message reason) => new(path, new TextPlace(line, 1), "", reason);

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
            Message reason = e.Reason is null ? e.Said : ProjectFileMessages.NotYaml(e.Reason);
            fault = new ProjectFault(path, new TextPlace(e.Line ?? 1, e.Column ?? 1), "", reason);
        }
        catch (JsonException e)
        {
            fault = FaultOfJson(e);
        }

        return null;
    }

    private ProjectFault FaultOfJson(JsonException e)
    {
        if (e.LineNumber is { } line)
            return new ProjectFault(path, new TextPlace((int)line + 1, (int)(e.BytePositionInLine ?? 0) + 1), "", ProjectFileMessages.NotJson(JsonFault.Text(e)));
        if (Places.Twice is { } twice)
            return new ProjectFault(path, twice.Place, "", ProjectFileMessages.KeyTwice(twice.Key));
        return Fault("", ProjectFileMessages.NotJson(JsonFault.Text(e)));
    }
}

using System.Management.Automation;
using System.Text;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.PowerShell.Events;

/// <summary>Makes entries of texts from the pipeline: JSON or CSV, whole or line by line as from <c>Get-Content</c>. It is used on the pipeline thread.</summary>
internal sealed class EntryInput
{
    private readonly JsonLines _lines = new();
    private readonly StringBuilder _csv = new();
    private string _csvName = "";
    private int _csvLine;
    private int _count;

    /// <summary>Adds a text or a line.</summary>
    /// <param name="input">The object that is the text.</param>
    /// <param name="text">The text.</param>
    /// <param name="eventBusName">The event bus of entries that do not name one.</param>
    /// <param name="observer">Receives what is not an entry.</param>
    /// <returns>The entries that are complete now.</returns>
    public IEnumerable<EventEntry> Add(PSObject input, string text, string? eventBusName, IRunObserver observer)
    {
        _count++;
        string name = InputPlace.Name(input);
        int line = InputPlace.Line(input) ?? _count;
        if (_csv.Length > 0 && name == _csvName && line > _csvLine)
        {
            _csv.Append('\n').Append(text);
            return [];
        }

        List<EventEntry> before = _csv.Length > 0 ? [.. Complete(eventBusName, observer)] : [];
        if (text.Contains('\n') || _lines.IsOpen || !EntryReader.IsCsvHeader(text))
            return [.. before, .. Read(_lines.Add(text, name, line), eventBusName, observer)];
        _csv.Append(text);
        (_csvName, _csvLine) = (name, line);
        return before;
    }

    /// <summary>Marks the end of the texts: what is incomplete now is reported as it is.</summary>
    public IEnumerable<EventEntry> Complete(string? eventBusName, IRunObserver observer)
    {
        if (_csv.Length == 0)
            return Read(_lines.Complete(), eventBusName, observer);
        string csv = _csv.ToString();
        _csv.Clear();
        return new EntryReader(eventBusName).ReadText(csv, _csvName, observer, _csvLine);
    }

    private static List<EventEntry> Read(IReadOnlyList<JsonText> texts, string? eventBusName, IRunObserver observer) =>
        texts.SelectMany(text => new EntryReader(eventBusName).ReadText(text.Text, text.Name, observer, text.Line)).ToList();
}

/// <summary>Where an object of the pipeline is from: <c>Get-Content</c> marks each line with its file and its number.</summary>
internal static class InputPlace
{
    /// <summary>The name of the file; <c>input</c> for what is from elsewhere.</summary>
    public static string Name(object? input) => Note(input, "PSChildName") is string { Length: > 0 } name ? name : "input";

    /// <summary>The number of the line; null if it is unknown.</summary>
    public static int? Line(object? input) => Note(input, "ReadCount") is { } count && LanguagePrimitives.TryConvertTo(count, out int line) && line > 0 ? line : null;

    private static object? Note(object? input, string name) => input is PSObject shell ? shell.Properties[name]?.Value : null;
}

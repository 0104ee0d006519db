using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects.Making;

/// <summary>Changes one value in the text of a YAML file, and leaves the rest, with its comments, as it is.</summary>
/// <remarks>What was written is read again and compared with what was meant; if it differs, as it can for a form that is not known here, nothing is written.</remarks>
internal sealed class YamlEdit
{
    private readonly string _path;
    private JsonObject _document;
    private ProjectText _file;

    public YamlEdit(ProjectText file)
    {
        (_path, _file) = (file.Path, file);
        _document = file.Read(out ProjectFault? fault) ?? throw new OpsException(ErrorIds.InvalidProject, MakingMessages.NotEditable(file.Path, fault!.Reason));
    }

    /// <summary>The text with the changes.</summary>
    public string Text => _file.Text;

    /// <summary>Sets a field of a mapping, which is made if it does not exist.</summary>
    /// <param name="pointer">The JSON pointer of the mapping.</param>
    /// <param name="name">The name of the field.</param>
    /// <param name="value">The value.</param>
    public void Set(string pointer, string name, JsonNode value)
    {
        JsonNode? parent = Find(pointer);
        if (parent is null or JsonObject { Count: 0 })
        {
            int end = pointer.LastIndexOf('/');
            Set(pointer.Substring(0, end), pointer.Substring(end + 1), new JsonObject { [name] = value.DeepClone() });
            return;
        }

        if (parent is not JsonObject fields)
            throw Differs();
        if (JsonNode.DeepEquals(fields[name], value))
            return;
        JsonObject meant = _document.DeepClone().AsObject();
        JsonPointers.Find(meant, pointer)!.AsObject()[name] = value.DeepClone();
        string key = JsonPointers.Add(pointer, name);
        Take(fields.ContainsKey(name) ? Replaced(key, fields[name], value) : Inserted(pointer, fields, name, value), meant);
    }

    /// <summary>Adds a text to the end of a list, which is made if it does not exist.</summary>
    /// <param name="pointer">The JSON pointer of the mapping with the list.</param>
    /// <param name="name">The name of the list.</param>
    /// <param name="text">The text.</param>
    public void Append(string pointer, string name, string text)
    {
        string list = JsonPointers.Add(pointer, name);
        if (Find(list) is not JsonArray before)
        {
            Set(pointer, name, new JsonArray(text));
            return;
        }

        JsonObject meant = _document.DeepClone().AsObject();
        JsonPointers.Find(meant, list)!.AsArray().Add((JsonNode)text);
        string[] elements = [.. before.Select((_, index) => JsonPointers.Add(list, index))];
        Take(_file.FindEnd(list) is { } end ? InsertedInBrackets(end, elements, Flow(text)) : InsertedUnder(elements[elements.Length - 1], Flow(text)), meant);
    }

    private string Replaced(string key, JsonNode? before, JsonNode value)
    {
        if (before is JsonObject { Count: > 0 } || _file.FindEnd(key) is not { } end)
            throw Differs();
        return Text.Substring(0, Index(_file.Find(key))) + Flow(value) + Text.Substring(Index(end));
    }

    // After the last field of the mapping, on a line by itself, or in braces: which one is first can mean something.
    private string Inserted(string pointer, JsonObject fields, string name, JsonNode value)
    {
        if (_file.FindEnd(pointer) is { } brace)
            return InsertedInBrackets(brace, fields.Select(field => JsonPointers.Add(pointer, field.Key)), $"{name}: {Flow(value)}");
        TextPlace first = _file.FindKey(JsonPointers.Add(pointer, fields.First().Key));
        TextPlace last = _file.FindKey(JsonPointers.Add(pointer, fields.Last().Key));
        int end = pointer.Length == 0 ? Text.Length : EndOfBlock(Index(new TextPlace(last.Line, 1)), last.Column - 1);
        return InsertedLines(end, Lines(name, value, new string(' ', first.Column - 1)));
    }

    // After the last element that is in the text by itself, so that comments behind it stay behind it.
    private string InsertedInBrackets(TextPlace end, IEnumerable<string> elements, string element)
    {
        TextPlace? last = elements.Select(_file.FindEnd).LastOrDefault(place => place is not null);
        int at = last is { } place ? Index(place) : Index(end) - 1;
        return Text.Substring(0, at) + (last is null ? "" : ", ") + element + Text.Substring(at);
    }

    // On a line by itself, with a dash like that of the last element.
    private string InsertedUnder(string last, string element)
    {
        TextPlace place = _file.Find(last);
        string dash = Text.Substring(Index(new TextPlace(place.Line, 1)), place.Column - 1);
        if (dash.Trim() != "-" || _file.FindEnd(last) is not { } end)
            throw Differs();
        return InsertedLines(EndOfLine(Index(end)), [dash + element]);
    }

    private string InsertedLines(int at, IEnumerable<string> lines)
    {
        string before = Text.Substring(0, at);
        return before + (before.EndsWith("\n", StringComparison.Ordinal) ? "" : _file.LineEnd) + string.Concat(lines.Select(line => line + _file.LineEnd)) + Text.Substring(at);
    }

    /// <summary>Where the lines of a field end: those that are indented further, or that are elements of its list.</summary>
    private int EndOfBlock(int start, int indent)
    {
        int end = EndOfLine(start);
        for (int at = end; at < Text.Length;)
        {
            int next = EndOfLine(at);
            string line = Text.Substring(at, next - at), content = line.Trim();
            int spaces = line.Length - line.TrimStart(' ').Length;
            if (content.Length > 0 && (spaces < indent || (spaces == indent && !content.StartsWith("- ", StringComparison.Ordinal) && content[0] is not ('}' or ']'))))
                break;
            if (content.Length > 0)
                end = next;
            at = next;
        }

        return end;
    }

    private int EndOfLine(int start) => Text.IndexOf('\n', start) is >= 0 and int end ? end + 1 : Text.Length;

    private static IEnumerable<string> Lines(string name, JsonNode value, string indent)
    {
        if (value is not JsonObject { Count: > 0 } fields)
        {
            yield return $"{indent}{name}: {Flow(value)}";
            yield break;
        }

        yield return $"{indent}{name}:";
        foreach (string line in fields.SelectMany(field => Lines(field.Key, field.Value!, indent + "  ")))
            yield return line;
    }

    private void Take(string text, JsonObject meant)
    {
        ProjectText changed = new(_path, text);
        if (changed.Read(out _) is not { } read || !JsonNode.DeepEquals(read, meant))
            throw Differs();
        (_file, _document) = (changed, read);
    }

    private OpsException Differs() => new(ErrorIds.InvalidProject, MakingMessages.EditByHand(_path));

    // JSON is YAML.
    private static string Flow(JsonNode value) => value is JsonArray list ? $"[{string.Join(", ", list.Select(each => Flow(each!)))}]"
        : value is JsonObject fields ? $"{{{string.Join(", ", fields.Select(field => $"{field.Key}: {Flow(field.Value!)}"))}}}"
        : Document.Text(value) is { Length: > 0 } text && char.IsLetter(text[0]) && text.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '.' or '_' or '/') && text is not ("null" or "true" or "false") ? text
        : Document.Write(value);

    private int Index(TextPlace place)
    {
        int line = 0;
        for (int i = 1; i < place.Line; i++)
            line = Text.IndexOf('\n', line) + 1;
        return line + place.Column - 1;
    }

    private JsonNode? Find(string pointer) => JsonPointers.Find(_document, pointer);
}

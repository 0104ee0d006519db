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

    private string Replaced(string key, JsonNode? before, JsonNode value)
    {
        if (before is JsonObject)
            throw Differs();
        int start = Index(_file.Find(key)), end = before is JsonArray ? EndOfList(start) : EndOfScalar(start);
        return Text.Substring(0, start) + Flow(value) + Text.Substring(end);
    }

    // After the last field of the mapping, on a line by itself, or in braces: which one is first can mean something.
    private string Inserted(string pointer, JsonObject fields, string name, JsonNode value)
    {
        TextPlace place = _file.Find(pointer);
        int start = Index(place);
        if (Text[start] == '{')
            return InsertedInBraces(start, $"{name}: {Flow(value)}");
        TextPlace first = _file.FindKey(JsonPointers.Add(pointer, fields.First().Key));
        TextPlace last = _file.FindKey(JsonPointers.Add(pointer, fields.Last().Key));
        int end = pointer.Length == 0 ? Text.Length : EndOfBlock(Index(new TextPlace(last.Line, 1)), last.Column - 1);
        string before = Text.Substring(0, end);
        return before + (before.EndsWith("\n", StringComparison.Ordinal) ? "" : "\n") + string.Concat(Lines(name, value, new string(' ', first.Column - 1))) + Text.Substring(end);
    }

    private string InsertedInBraces(int start, string field)
    {
        int depth = 0;
        for (int i = start; i < Text.Length; i++)
        {
            if (Text[i] is '"' or '\'')
                i = EndOfScalar(i) - 1;
            else if (Text[i] is '{' or '[')
                depth++;
            else if (Text[i] is '}' or ']' && --depth == 0)
                return $"{Text.Substring(0, i).TrimEnd().TrimEnd(',')}, {field}{Text.Substring(i)}";
        }

        throw Differs();
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
            yield return $"{indent}{name}: {Flow(value)}\n";
            yield break;
        }

        yield return $"{indent}{name}:\n";
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
        : Document.Text(value) is { Length: > 0 } text && char.IsLetter(text[0]) && text.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '.' or '_' or '/') && text is not ("null" or "true" or "false") ? text
        : Document.Write(value);

    private int EndOfScalar(int start)
    {
        char quote = Text[start];
        if (quote is '"' or '\'')
        {
            for (int i = start + 1; i < Text.Length; i++)
            {
                if (quote == '"' ? Text[i] == '\\' : Text[i] == quote && i + 1 < Text.Length && Text[i + 1] == quote)
                    i++; // It stands for a character of the text.
                else if (Text[i] == quote)
                    return i + 1;
            }
        }

        int end = Text.IndexOfAny(['\r', '\n', ',', '}'], start);
        end = end < 0 ? Text.Length : end;
        int comment = Text.IndexOf(" #", start, end - start, StringComparison.Ordinal);
        return start + Text.Substring(start, (comment < 0 ? end : comment) - start).TrimEnd().Length;
    }

    private int EndOfList(int start) => Text[start] == '[' && Text.IndexOf(']', start) is > 0 and int end ? end + 1 : throw Differs();

    private int Index(TextPlace place)
    {
        int line = 0;
        for (int i = 1; i < place.Line; i++)
            line = Text.IndexOf('\n', line) + 1;
        return line + place.Column - 1;
    }

    private JsonNode? Find(string pointer) => JsonPointers.Find(_document, pointer);
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Inputs;

/// <summary>
/// A JSON path as EventBridge accepts it in <c>InputPath</c> and <c>InputPathsMap</c>: <c>$</c>, <c>.key</c>, <c>['key']</c>, <c>[0]</c>, and the
/// wildcards <c>.*</c> and <c>[*]</c>, which give an array.
/// </summary>
/// <remarks>
/// Documented are dots, dashes, underscores, letters and digits, array indices, wildcards and slashes:
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html. Filters, slices and <c>..</c> are not, and are rejected.
/// </remarks>
internal sealed class EventPath
{
    private readonly IReadOnlyList<Step> _steps;

    private EventPath(IReadOnlyList<Step> steps) => _steps = steps;

    /// <summary>Reads a path.</summary>
    /// <param name="text">The path.</param>
    /// <param name="path">The path, if it is valid.</param>
    /// <param name="fault">Why it is not valid; a clause.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out EventPath? path, [NotNullWhen(false)] out Message? fault)
    {
        List<Step> steps = [];
        fault = text.Length > 0 && text[0] == '$' ? Read(text, steps) : InputMessages.PathStart();
        path = fault is null ? new EventPath(steps) : null;
        return path is not null;
    }

    /// <summary>Returns the value at the path in an event, as JSON; null when there is none.</summary>
    /// <param name="root">The event.</param>
    public JsonFragment? Find(JsonElement root)
    {
        List<JsonElement> found = [root];
        foreach (Step step in _steps)
            found = [.. found.SelectMany(element => Follow(element, step))];
        return _steps.Any(step => step.IsWildcard) ? JsonFragment.Array(found)
            : found.Count > 0 ? JsonFragment.Of(found[0])
            : null;
    }

    private static IEnumerable<JsonElement> Follow(JsonElement element, Step step) => (element.ValueKind, step) switch
    {
        (JsonValueKind.Object, { IsWildcard: true }) => element.EnumerateObject().Select(field => field.Value),
        (JsonValueKind.Array, { IsWildcard: true }) => element.EnumerateArray(),
        (JsonValueKind.Object, { Key: { } key }) when element.TryGetProperty(key, out JsonElement value) => [value],
        (JsonValueKind.Array, { Index: { } index }) when index < element.GetArrayLength() => [element[index]],
        _ => [],
    };

    private static Message? Read(string text, List<Step> steps)
    {
        int at = 1;
        while (at < text.Length)
        {
            Message? fault = text[at] switch
            {
                '.' => ReadKey(text, ref at, steps),
                '[' => ReadBracket(text, ref at, steps),
                _ => InputMessages.PathCharacter(text[at], at + 1),
            };
            if (fault is not null)
                return fault;
        }

        return null;
    }

    private static Message? ReadKey(string text, ref int at, List<Step> steps)
    {
        int start = ++at;
        while (at < text.Length && text[at] is not ('.' or '['))
            at++;
        string key = text.Substring(start, at - start);
        if (key.Length == 0)
            return start < text.Length && text[start] == '.' ? InputMessages.DeepScan() : InputMessages.KeyMissing();
        steps.Add(key == "*" ? new Step(null, null, true) : new Step(key, null, false));
        return null;
    }

    private static Message? ReadBracket(string text, ref int at, List<Step> steps)
    {
        int start = at + 1;
        if (start < text.Length && text[start] is '\'' or '"')
            return ReadQuoted(text, ref at, steps);
        int end = text.IndexOf(']', start);
        if (end < 0)
            return InputMessages.BracketNotClosed();
        string inner = text.Substring(start, end - start).Trim();
        at = end + 1;
        if (inner == "*")
            steps.Add(new Step(null, null, true));
        else if (int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            steps.Add(new Step(null, index, false));
        else
            return InputMessages.InvalidIndex(inner);
        return null;
    }

    private static Message? ReadQuoted(string text, ref int at, List<Step> steps)
    {
        char quote = text[at + 1];
        StringBuilder key = new();
        int i = at + 2;
        for (; i < text.Length && text[i] != quote; i++)
            key.Append(text[i] == '\\' && i + 1 < text.Length ? text[++i] : text[i]);
        if (i + 1 >= text.Length || text[i + 1] != ']')
            return InputMessages.BracketNotClosed();
        steps.Add(new Step(key.ToString(), null, false));
        at = i + 2;
        return null;
    }

    private readonly record struct Step(string? Key, int? Index, bool IsWildcard);
}

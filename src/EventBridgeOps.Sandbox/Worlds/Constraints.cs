using System.Text.Json;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>Checks an input against its service model and reports every violation at once, in AWS's words.</summary>
internal sealed class Constraints
{
    private readonly List<string> violations = [];

    /// <summary>Checks a text; <paramref name="at"/> is where it is, for the message: "name", "targets.1.member.id".</summary>
    public void Text(string at, JsonElement? value, bool required = false, int shortest = 0, int longest = int.MaxValue, string? pattern = null)
    {
        if (Present(at, value, required, JsonValueKind.String, "a String") is not { } present)
            return;

        string text = present.GetString()!;
        if (text.Length < shortest)
            Violated(text, at, $"Member must have length greater than or equal to {shortest}");
        if (text.Length > longest)
            Violated(text, at, $"Member must have length less than or equal to {longest}");
        if (pattern is not null && !Regex.IsMatch(text, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant))
            Violated(text, at, $"Member must satisfy regular expression pattern: {pattern}");
    }

    public void OneOf(string at, JsonElement? value, params string[] allowed)
    {
        if (Present(at, value, required: false, JsonValueKind.String, "a String") is { } present && !allowed.Contains(present.GetString()))
            Violated(present.GetString()!, at, $"Member must satisfy enum value set: [{string.Join(", ", allowed)}]");
    }

    /// <summary>Checks that something is there, of whatever kind.</summary>
    public void Present(string at, JsonElement? value)
    {
        if (value is null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined })
            violations.Add(Missing(at));
    }

    public void Flag(string at, JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.True })
            Present(at, value, required: false, JsonValueKind.False, "a Boolean");
    }

    public void Number(string at, JsonElement? value, long least, long most)
    {
        if (Present(at, value, required: false, JsonValueKind.Number, "an Integer") is not { } present)
            return;
        if (!present.TryGetInt64(out long number))
            throw NotA(at, "an Integer");
        if (number < least)
            Violated(present.GetRawText(), at, $"Member must have value greater than or equal to {least}");
        if (number > most)
            Violated(present.GetRawText(), at, $"Member must have value less than or equal to {most}");
    }

    /// <summary>Checks a list's length and hands out its items.</summary>
    public IReadOnlyList<JsonElement> List(string at, JsonElement? value, int fewest, int most, bool required = true)
    {
        if (Present(at, value, required, JsonValueKind.Array, "a list") is not { } present)
            return [];

        List<JsonElement> items = present.EnumerateArray().ToList();
        if (items.Count < fewest)
            Violated("[]", at, $"Member must have length greater than or equal to {fewest}");
        if (items.Count > most)
            Violated($"[{items.Count} items]", at, $"Member must have length less than or equal to {most}");
        return items;
    }

    /// <summary>Checks that something is an object and hands out its members.</summary>
    public RawDocument Object(string at, JsonElement? value, bool required = false) =>
        Present(at, value, required, JsonValueKind.Object, "an object") is { } present ? RawDocument.From(present) : RawDocument.Empty;

    /// <summary>Throws if anything was violated.</summary>
    public void Check()
    {
        if (violations.Count > 0)
        {
            throw AwsError.Validation(
                $"{violations.Count} validation error{(violations.Count == 1 ? "" : "s")} detected: {string.Join("; ", violations)}");
        }
    }

    private static string Missing(string at) => $"Value null at '{at}' failed to satisfy constraint: Member must not be null";

    private static AwsError NotA(string at, string kind) => new(400, "SerializationException", $"The value at '{at}' can not be converted to {kind}.");

    private JsonElement? Present(string at, JsonElement? value, bool required, JsonValueKind kind, string kindName)
    {
        if (value is null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined })
        {
            if (required)
                violations.Add(Missing(at));
            return null;
        }

        return value.Value.ValueKind == kind ? value : throw NotA(at, kindName);
    }

    private void Violated(string value, string at, string constraint) =>
        violations.Add($"Value '{value}' at '{at}' failed to satisfy constraint: {constraint}");
}

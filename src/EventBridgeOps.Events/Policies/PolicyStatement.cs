using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Policies;

/// <summary>A statement of a policy.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html.</remarks>
public sealed class PolicyStatement
{
    private readonly JsonElement _element;

    private PolicyStatement(JsonElement element, string policy, int number, bool hasVariables) => (_element, Policy, Number, HasVariables) = (element, policy, number, hasVariables);

    /// <summary>The name of the policy that has it; empty for the policy of a resource.</summary>
    public string Policy { get; }

    /// <summary>Its place in the policy, from 1.</summary>
    public int Number { get; }

    /// <summary>Its Sid; null if it has none.</summary>
    public string? Sid => Find("Sid") is { ValueKind: JsonValueKind.String } sid ? sid.GetString() : null;

    /// <summary>What messages call it.</summary>
    internal Message Name => PolicyMessages.Statement(Sid is { } sid ? FormattableString.Invariant($"{Number} ({sid})") : Number.ToString(CultureInfo.InvariantCulture), Policy);

    /// <summary>Whether it denies; else it allows.</summary>
    public bool Denies => Find("Effect")?.GetString() == "Deny";

    /// <summary>Whether <c>${aws:...}</c> is a variable: in version 2012-10-17 only.</summary>
    internal bool HasVariables { get; }

    /// <summary>The condition keys on which it depends, those of its variables included, as it spells them.</summary>
    public IReadOnlyList<string> ConditionKeys
    {
        get
        {
            List<string> keys = [];
            if (Find("Condition") is { ValueKind: JsonValueKind.Object } condition)
                keys.AddRange(condition.EnumerateObject().Where(test => test.Value.ValueKind == JsonValueKind.Object).SelectMany(test => test.Value.EnumerateObject()).Select(key => key.Name));
            if (HasVariables)
                keys.AddRange(PolicyVariables.KeysIn(ToString()));
            return keys;
        }
    }

    /// <summary>The statement as the policy has it.</summary>
    public override string ToString() => _element.GetRawText();

    /// <summary>The statements of a policy.</summary>
    /// <param name="policy">The policy: JSON.</param>
    /// <param name="name">Its name.</param>
    /// <returns>Null if it is not a policy: not JSON, without statements, or with an effect that is neither Allow nor Deny.</returns>
    public static IReadOnlyList<PolicyStatement>? ReadAll(string policy, string name = "")
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(policy);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("Statement", out JsonElement statements))
                return null;
            bool hasVariables = document.RootElement.TryGetProperty("Version", out JsonElement version) && version.ValueEquals("2012-10-17");
            List<PolicyStatement> read = [];
            foreach (JsonElement statement in Items(statements))
            {
                if (statement.ValueKind != JsonValueKind.Object || !statement.TryGetProperty("Effect", out JsonElement effect) || !(effect.ValueEquals("Allow") || effect.ValueEquals("Deny")))
                    return null;
                read.Add(new(statement.Clone(), name, read.Count + 1, hasVariables));
            }

            return read;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A member of the statement.</summary>
    internal JsonElement? Find(string member) => _element.TryGetProperty(member, out JsonElement value) ? value : null;

    /// <summary>The items of a list, or the value itself where a single one may stand for a list.</summary>
    internal static IEnumerable<JsonElement> Items(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
}

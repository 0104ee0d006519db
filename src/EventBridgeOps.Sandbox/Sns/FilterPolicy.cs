using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Patterns;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>
/// A filter policy of a subscription. SNS matches as EventBridge does, so the matcher of event patterns decides; the operators that are
/// not documented for both are refused.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html</remarks>
internal sealed class FilterPolicy
{
    private const int MostKeys = 5;
    private const int MostCombinations = 150;
    private const string Or = "$or";

    private static readonly string[] Operators = ["prefix", "suffix", "anything-but", "equals-ignore-case", "numeric", "exists", "cidr"];
    private static readonly ConditionalWeakTable<RawDocument, FilterPolicy> Known = new();

    private readonly EventPattern? pattern;
    private readonly bool isOfBody;

    private FilterPolicy(EventPattern? pattern, bool isOfBody) => (this.pattern, this.isOfBody) = (pattern, isOfBody);

    /// <summary>Reads a filter policy.</summary>
    /// <param name="json">The policy.</param>
    /// <param name="scope">What it is about: MessageAttributes, which is the default, or MessageBody.</param>
    /// <exception cref="AwsError">SNS, or the sandbox, does not support it.</exception>
    public static FilterPolicy Read(string json, string? scope)
    {
        bool isOfBody = scope == "MessageBody";
        if (!Json.IsObject(json))
            throw SnsErrors.Invalid("FilterPolicy: failed to parse JSON.");
        JsonElement root = Json.Parse(json);
        if (root.EnumerateObject().Count() > MostKeys)
            throw SnsErrors.Invalid("FilterPolicy: Filter policy can not have more than 5 keys");
        if (Combinations(root, isOfBody, 1) > MostCombinations)
            throw SnsErrors.Invalid("FilterPolicy: Filter policy is too complex");
        if (IsEmpty(json))
            return new(null, isOfBody);
        try
        {
            return new(EventPattern.Parse(json), isOfBody);
        }
        catch (PatternException e)
        {
            throw SnsErrors.Invalid("FilterPolicy: " + e.Message);
        }
    }

    /// <summary>A policy without keys lets everything through.</summary>
    public static bool IsEmpty(string json) => Json.IsObject(json) && !Json.Parse(json).EnumerateObject().Any();

    /// <summary>The policy of a subscription, read once; null if it has none.</summary>
    public static FilterPolicy? Of(Subscription subscription) => subscription.Attributes.Text("FilterPolicy") is { Length: > 0 } json
        ? Known.GetValue(subscription.Document, _ => Read(json, subscription.Attributes.Text("FilterPolicyScope")))
        : null;

    public bool Matches(string message, RawDocument attributes)
    {
        if (pattern is null)
            return true;
        // A body that is not a JSON object matches no policy: https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering-scope.html
        if (isOfBody)
            return Json.IsObject(message) && pattern.Matches(Encoding.UTF8.GetBytes(message));
        return pattern.Matches(AsEvent(attributes).ToUtf8());
    }

    /// <summary>The attributes as an event; SNS compares String, String.Array and Number.</summary>
    /// <remarks>https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html</remarks>
    private static RawDocument AsEvent(RawDocument attributes) => attributes.Members.Aggregate(RawDocument.Empty, (all, attribute) =>
    {
        RawDocument value = RawDocument.From(attribute.Value);
        string text = value.Text("StringValue") ?? "";
        return value.Text("DataType") switch
        {
            "String.Array" when IsArray(text) => all.With(attribute.Key, Json.Parse(text)),
            "Number" when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && IsNumber(text) => all.With(attribute.Key, Json.Parse(text)),
            "String" => all.With(attribute.Key, text),
            _ => all,
        };
    });

    private static bool IsArray(string text) => Kind(text) == JsonValueKind.Array;

    private static bool IsNumber(string text) => Kind(text) == JsonValueKind.Number;

    private static JsonValueKind Kind(string text)
    {
        try
        {
            return Json.Parse(text).ValueKind;
        }
        catch (JsonException)
        {
            return JsonValueKind.Undefined;
        }
    }

    /// <summary>How many combinations of values a policy has; the depth of a key counts too.</summary>
    private static long Combinations(JsonElement node, bool isOfBody, int depth)
    {
        long combinations = 1;
        foreach (JsonProperty member in node.EnumerateObject())
        {
            combinations *= member.Value.ValueKind switch
            {
                JsonValueKind.Array when member.Name == Or => member.Value.EnumerateArray()
                    .Sum(choice => choice.ValueKind == JsonValueKind.Object ? Combinations(choice, isOfBody, depth) : throw SnsErrors.Invalid("FilterPolicy: $or must be a list of objects")),
                JsonValueKind.Array => Values(member.Value) * depth,
                JsonValueKind.Object when isOfBody => Combinations(member.Value, isOfBody, depth + 1),
                JsonValueKind.Object => throw SnsErrors.Invalid("Filter policy scope MessageAttributes does not support nested filter policy"),
                _ => throw SnsErrors.Invalid($"FilterPolicy: \"{member.Name}\" must be an object or an array"),
            };
            if (combinations > MostCombinations)
                return combinations;
        }

        return combinations;
    }

    private static long Values(JsonElement values)
    {
        foreach (JsonElement value in values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.Object))
        {
            foreach (JsonProperty test in value.EnumerateObject().Where(test => !Operators.Contains(test.Name)))
                throw SnsErrors.NotSupported(SnsMessages.Operator(test.Name).ToString());
        }

        return values.GetArrayLength();
    }
}

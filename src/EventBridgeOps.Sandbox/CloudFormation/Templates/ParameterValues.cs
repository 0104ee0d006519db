using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Templates;

/// <summary>The values of the parameters of a template.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html</remarks>
internal static class ParameterValues
{
    private const int LongestValue = 4096;
    private const int MostParameters = 200;
    private const string SsmValue = "AWS::SSM::Parameter::Value<";

    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    /// <summary>Checks the declarations of parameters.</summary>
    /// <exception cref="AwsError">One is not valid.</exception>
    public static void CheckDeclared(Template template)
    {
        if (template.Parameters.Count > MostParameters)
            throw StackErrors.Format($"Number of parameters: {template.Parameters.Count} is greater than maximum allowed, {MostParameters}");
        foreach (KeyValuePair<string, JsonNode?> parameter in template.Parameters)
        {
            if (NodeText.String((parameter.Value as JsonObject)?["Type"]) is not { } type)
                throw StackErrors.Format("Every Parameters object must contain a Type member.");
            if (!IsType(type))
                throw StackErrors.Format($"Unrecognized parameter type: {type}");
        }
    }

    /// <summary>The values of all parameters: given, of before, or by default.</summary>
    /// <param name="template">The template that declares them.</param>
    /// <param name="given">The member Parameters of a request.</param>
    /// <param name="before">The values that the stack has; null for a stack that is created.</param>
    /// <param name="stored">The value of a parameter in Systems Manager; null if it has none.</param>
    /// <returns>By the name of the parameter: its value, and for one that names a parameter in Systems Manager what that one holds.</returns>
    /// <exception cref="AwsError">A value is missing or not valid.</exception>
    public static IReadOnlyDictionary<string, (string Value, string? Stored)> Resolve(
        Template template, IEnumerable<RawDocument> given, IReadOnlyDictionary<string, string>? before, Func<string, string?> stored)
    {
        CheckDeclared(template);
        Dictionary<string, string?> named = new(StringComparer.Ordinal);
        foreach (RawDocument parameter in given)
        {
            string key = parameter.Text("ParameterKey") ?? throw StackErrors.Invalid("Parameter keys must not be null");
            if (named.ContainsKey(key))
                throw StackErrors.Invalid($"Duplicate input parameter [{key}]");
            bool usesBefore = parameter.Flag("UsePreviousValue");
            if (usesBefore && before?.ContainsKey(key) != true)
                throw StackErrors.Invalid($"Invalid input for parameter key {key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template");
            if (usesBefore && parameter.Text("ParameterValue") is not null)
                throw StackErrors.Invalid($"Invalid input for parameter key {key}. Either UsePreviousValue or ParameterValue can be specified, not both");
            named[key] = usesBefore ? before![key] : parameter.Text("ParameterValue");
        }

        string[] unknown = [.. named.Keys.Where(key => !template.Parameters.ContainsKey(key))];
        if (unknown.Length > 0)
            throw StackErrors.Invalid($"Parameters: [{string.Join(", ", unknown)}] do not exist in the template");
        Dictionary<string, (string Value, string? Stored)> values = new(StringComparer.Ordinal);
        List<string> missing = [];
        foreach (KeyValuePair<string, JsonNode?> parameter in template.Parameters)
        {
            JsonObject declared = (JsonObject)parameter.Value!;
            string? value = (named.TryGetValue(parameter.Key, out string? specified) ? specified : null) ?? NodeText.Of(declared["Default"]);
            if (value is null)
                missing.Add(parameter.Key);
            else
                values[parameter.Key] = (value, null);
        }

        if (missing.Count > 0)
            throw StackErrors.Invalid($"Parameters: [{string.Join(", ", missing)}] must have values");
        foreach (string name in values.Keys.ToList())
            values[name] = Checked(name, (JsonObject)template.Parameters[name]!, values[name].Value, stored);
        return values;
    }

    /// <summary>The value of a parameter as functions see it: a text or a list of texts.</summary>
    public static JsonNode Seen(JsonObject declared, (string Value, string? Stored) value)
    {
        string type = NodeText.String(declared["Type"])!;
        string text = value.Stored ?? value.Value;
        return type == "CommaDelimitedList" || type.Contains("List<") || type == SsmValue + "CommaDelimitedList>"
            ? new JsonArray([.. (text.Length == 0 ? [] : text.Split(',')).Select(item => JsonValue.Create(item.Trim()))])
            : JsonValue.Create(text);
    }

    /// <summary>Whether the value of a parameter must not be shown.</summary>
    public static bool IsSecret(Template template, string name) => NodeText.Flag((template.Parameters[name] as JsonObject)?["NoEcho"]);

    private static bool IsType(string type) =>
        type is "String" or "Number" or "CommaDelimitedList" or "List<Number>" or "List<String>" or "AWS::SSM::Parameter::Name"
        || Regex.IsMatch(type, @"\A(List<)?AWS::(EC2::[A-Za-z:]+|Route53::HostedZone::Id)>?\z", RegexOptions.CultureInvariant)
        || (type.StartsWith(SsmValue, StringComparison.Ordinal) && type.EndsWith(">", StringComparison.Ordinal)
            && type.Substring(SsmValue.Length, type.Length - SsmValue.Length - 1) is var held && held is not "Number" && IsType(held));

    private static (string Value, string? Stored) Checked(string name, JsonObject declared, string value, Func<string, string?> stored)
    {
        string type = NodeText.String(declared["Type"])!;
        if (value.Length > LongestValue)
            throw StackErrors.Invalid($"Parameter '{name}' must contain at most {LongestValue} characters");
        foreach (string item in type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal) ? value.Split(',').Select(item => item.Trim()) : [value])
        {
            if (type is "Number" or "List<Number>" && !IsNumber(item, out _))
                throw StackErrors.Invalid(type == "Number" ? $"Parameter '{name}' must be a number." : $"Parameter '{name}' must be a list of numbers.");
            CheckItem(name, declared, item);
        }

        if (type == "AWS::SSM::Parameter::Name" || type.StartsWith(SsmValue, StringComparison.Ordinal))
        {
            string held = stored(value) ?? throw StackErrors.Invalid($"Unable to fetch parameters [{value}] from parameter store for this account.");
            return (value, type.StartsWith(SsmValue, StringComparison.Ordinal) ? held : null);
        }

        return (value, null);
    }

    private static void CheckItem(string name, JsonObject declared, string value)
    {
        string? said = NodeText.Of(declared["ConstraintDescription"]);
        AwsError Failed(string fault) => StackErrors.Invalid(said is null ? $"Parameter '{name}' {fault}" : $"Parameter '{name}' failed to satisfy constraint: {said}");
        if (declared["AllowedValues"] is JsonArray allowed && !NodeText.List(allowed).Contains(value))
            throw Failed($"must be one of AllowedValues");
        if (NodeText.String(declared["AllowedPattern"]) is { } pattern && !Matches(name, pattern, value))
            throw Failed($"must match pattern {pattern}");
        if (IsNumber(NodeText.Of(declared["MinLength"]), out decimal shortest) && value.Length < shortest)
            throw Failed($"must contain at least {shortest} characters");
        if (IsNumber(NodeText.Of(declared["MaxLength"]), out decimal longest) && value.Length > longest)
            throw Failed($"must contain at most {longest} characters");
        if (!IsNumber(value, out decimal number))
            return;
        if (IsNumber(NodeText.Of(declared["MinValue"]), out decimal least) && number < least)
            throw Failed($"must be a number not less than {least}");
        if (IsNumber(NodeText.Of(declared["MaxValue"]), out decimal most) && number > most)
            throw Failed($"must be a number not greater than {most}");
    }

    private static bool Matches(string name, string pattern, string value)
    {
        try
        {
            return Regex.IsMatch(value, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, PatternTime);
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            throw StackErrors.Format($"AllowedPattern of parameter {name} cannot be used: {pattern}");
        }
    }

    private static bool IsNumber(string? text, out decimal number) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}

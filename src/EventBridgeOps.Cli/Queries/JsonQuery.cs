using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DevLab.JmesPath;
using EventBridgeOps.Events.Messages;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace EventBridgeOps.Cli.Queries;

/// <summary>A JMESPath expression, as <c>--query</c> of the AWS CLI: https://jmespath.org. The one place that knows its library, which is loaded only where there is a query.</summary>
internal sealed partial class JsonQuery
{
    // Deeper expressions could exhaust the stack.
    private const int Longest = 4096;
    private const int Deepest = 512;

    private readonly string _expression;

    private JsonQuery(string expression) => _expression = expression;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: it is not valid.</exception>
    public static JsonQuery Parse(string expression)
    {
        if (expression.Length > Longest)
            throw new OpsException(ErrorIds.InvalidArgument, QueryMessages.TooLong(expression.Length, Longest));
        try
        {
            new JmesPath().Parse(expression);
            return new JsonQuery(expression);
        }
        catch (Exception e) // The library has no type of its own.
        {
            throw Invalid(expression, e);
        }
    }

    /// <summary>What the expression selects.</summary>
    /// <param name="json">JSON text.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a function of it does not accept a value.</exception>
    public JsonNode? Select(string json)
    {
        // Texts stay texts, also those that are times, and numbers keep their digits.
        using JsonTextReader reader = new(new StringReader(json)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal, MaxDepth = Deepest };
        JToken data = JToken.ReadFrom(reader);
        try
        {
            return JsonNode.Parse(new JmesPath().Parse(_expression).Transform(data).AsJToken().ToString(Formatting.None), documentOptions: new() { MaxDepth = Deepest });
        }
        catch (Exception e) when (e is not System.Text.Json.JsonException)
        {
            throw Invalid(_expression, e);
        }
    }

    private static OpsException Invalid(string expression, Exception e)
    {
        Match syntax = Syntax().Match(e.Message);
        string near = syntax.Groups["near"].Value;
        Message reason = !syntax.Success ? QueryMessages.Reason(Code().Replace(e.Message, "").TrimEnd('.'))
            : near.Length == 0 ? QueryMessages.Unfinished()
            : near[0] == '`' ? QueryMessages.NotALiteral(near, near.Trim('`'))
            : QueryMessages.Unexpected(near, int.Parse(syntax.Groups["column"].Value, CultureInfo.InvariantCulture) + 1);
        return new OpsException(ErrorIds.InvalidArgument, QueryMessages.Invalid(expression, reason), e);
    }

    [GeneratedRegex(@"^Error\(\d+, (?<column>\d+|-1)\): syntax, near '(?<near>.*)'\.$", RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Syntax();

    [GeneratedRegex(@"^Error(\(\d+, -?\d+\))?: ([\w-]+, )?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Code();
}

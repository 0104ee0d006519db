using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace EventBridgeOps.Events.Rules;

/// <summary>Reads YAML, as CloudFormation templates use it, into the JSON that says the same.</summary>
/// <remarks>The short forms of functions (<c>!Ref</c>, <c>!GetAtt</c>, <c>!Sub</c>, ...) become their long ones. Aliases are expanded, within limits.</remarks>
internal static class YamlText
{
    private const int MostNodes = 1_000_000;
    private const int Deepest = 200;

    /// <summary>Reads the first document of a text.</summary>
    /// <exception cref="YamlFaultException">It is not YAML, or too large; the message says where.</exception>
    public static JsonNode Parse(string text)
    {
        try
        {
            return Read(text);
        }
        catch (FileLoadException e)
        {
            throw new YamlFaultException(RuleFileMessages.YamlNotLoaded(), e);
        }
    }

    // By itself, so that the package is looked for when it is needed and not before.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static JsonNode Read(string text)
    {
        try
        {
            return new Reading(new Parser(new StringReader(text))).Document() ?? throw new YamlFaultException(RuleFileMessages.YamlEmpty());
        }
        catch (YamlException e)
        {
            throw new YamlFaultException(RuleFileMessages.YamlAt(e.Start.Line, e.Start.Column, (e.InnerException ?? e).Message), e);
        }
    }

    private sealed class Reading(Parser parser)
    {
        private readonly Dictionary<string, JsonNode?> _anchors = new(StringComparer.Ordinal);
        private int _nodes;

        public JsonNode? Document()
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
                return null;
            return Node(0);
        }

        private JsonNode? Node(int depth)
        {
            if (++_nodes > MostNodes)
                throw new YamlFaultException(RuleFileMessages.YamlTooLarge());
            if (depth > Deepest)
                throw new YamlFaultException(RuleFileMessages.YamlTooDeep(Deepest));
            if (Take(out AnchorAlias? alias))
                return Copy(alias.Value.Value);
            NodeEvent start = (NodeEvent)parser.Current!;
            JsonNode? value = Take(out Scalar? scalar) ? Plain(scalar)
                : parser.Accept<SequenceStart>(out _) ? Sequence(depth)
                : Mapping(depth);
            value = Tagged(start.Tag, value);
            if (!start.Anchor.IsEmpty)
                _anchors[start.Anchor.Value] = value?.DeepClone();
            return value;
        }

        private bool Take<T>([NotNullWhen(true)] out T? taken)
            where T : ParsingEvent
        {
            taken = parser.Current as T;
            if (taken is not null)
                parser.MoveNext();
            return taken is not null;
        }

        private JsonNode? Copy(string anchor)
        {
            if (!_anchors.TryGetValue(anchor, out JsonNode? value))
                throw new YamlFaultException(RuleFileMessages.YamlUnknownAlias(anchor));
            _nodes += Count(value);
            return _nodes > MostNodes ? throw new YamlFaultException(RuleFileMessages.YamlTooLarge()) : value?.DeepClone();
        }

        private static int Count(JsonNode? node) => node switch
        {
            JsonObject fields => 1 + fields.Sum(field => Count(field.Value)),
            JsonArray elements => 1 + elements.Sum(Count),
            _ => 1,
        };

        private JsonArray Sequence(int depth)
        {
            parser.Consume<SequenceStart>();
            JsonArray elements = [];
            while (!parser.TryConsume<SequenceEnd>(out _))
                elements.Add(Node(depth + 1));
            return elements;
        }

        private JsonObject Mapping(int depth)
        {
            parser.Consume<MappingStart>();
            JsonObject fields = [];
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (!Take(out Scalar? key))
                    throw new YamlFaultException(RuleFileMessages.YamlKeyNotText(parser.Current?.Start.Line));
                JsonNode? value = Node(depth + 1);
                if (fields.ContainsKey(key.Value))
                    throw new YamlFaultException(RuleFileMessages.YamlKeyTwice(key.Start.Line, key.Value));
                fields.Add(key.Value, value);
            }

            return fields;
        }

        // YAML 1.1's 'yes' and 'on' stay texts, as they do for most of what reads templates today.
        private static JsonValue? Plain(Scalar scalar)
        {
            if (scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty)
                return JsonValue.Create(scalar.Value);
            return scalar.Value switch
            {
                "" or "~" or "null" or "Null" or "NULL" => null,
                "true" or "True" or "TRUE" => JsonValue.Create(true),
                "false" or "False" or "FALSE" => JsonValue.Create(false),
                { } text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) && text == whole.ToString(CultureInfo.InvariantCulture) => JsonValue.Create(whole),
                { } text when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && text.Trim('0', '.', '-').Length > 0 && text[0] != '0' => JsonValue.Create(number),
                { } text => JsonValue.Create(text),
            };
        }

        private static JsonNode? Tagged(TagName tag, JsonNode? value)
        {
            if (tag.IsEmpty || !tag.IsLocal)
                return value;
            string function = tag.Value.Substring(1);
            return new JsonObject { [function is "Ref" or "Condition" ? function : "Fn::" + function] = value };
        }
    }
}

/// <summary>A text cannot be read as YAML.</summary>
internal sealed class YamlFaultException(Message said, Exception? innerException = null) : FormatException(said.ToString(), innerException)
{
    /// <summary>Why not.</summary>
    public Message Said => said;
}

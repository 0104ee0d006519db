using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace EventBridgeOps.Events.Templates;

/// <summary>Reads YAML, as CloudFormation templates use it, into the JSON that says the same.</summary>
/// <remarks>
/// The short forms of functions (<c>!Ref</c>, <c>!GetAtt</c>, <c>!Sub</c>, ...) become their long ones. Of a duplicate key, the last value counts, as in CloudFormation.
/// Aliases and merge keys are expanded, within limits; CloudFormation does not support them
/// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html).
/// </remarks>
public static class YamlText
{
    private const int MostNodes = 1_000_000;
    private const int Deepest = 200;

    /// <summary>Reads the first document of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="warn">Receives what CloudFormation may refuse.</param>
    /// <returns>The value of the document.</returns>
    /// <exception cref="YamlFaultException">It is not YAML, or too large; the message says where.</exception>
    public static JsonNode Parse(string text, Action<Message> warn) => Loaded(text, warn, isStrict: false);

    /// <summary>Reads a text of our own kind, which has one document, and in which a key occurs once.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The value of the document.</returns>
    /// <exception cref="YamlFaultException">It is not YAML, too large, has several documents, or a mapping has a key twice; the exception says where.</exception>
    public static JsonNode ParseStrictly(string text) => Loaded(text, _ => { }, isStrict: true);

    private static JsonNode Loaded(string text, Action<Message> warn, bool isStrict)
    {
        try
        {
            return Read(text, warn, isStrict);
        }
        catch (FileLoadException e)
        {
            throw new YamlFaultException(TemplateMessages.YamlNotLoaded(), innerException: e);
        }
    }

    // By itself, so that the package is looked for when it is needed and not before.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static JsonNode Read(string text, Action<Message> warn, bool isStrict)
    {
        Scanner scanner = new(new StringReader(text));
        try
        {
            return new Reading(new Parser(scanner), warn, isStrict).Document() ?? throw new YamlFaultException(TemplateMessages.YamlEmpty(), TextPlace.Start);
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException)
        {
            throw YamlFaults.Of(e, text, scanner.CurrentPosition);
        }
    }

    private sealed class Reading(Parser parser, Action<Message> warn, bool isStrict)
    {
        private const string Merge = "<<";
        private static readonly Regex Number = new(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        private readonly Dictionary<string, JsonNode?> _anchors = new(StringComparer.Ordinal);
        private int _nodes;
        private bool _usesAliases;

        public JsonNode? Document()
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
                return null;
            JsonNode? value = Node(0);
            if (!isStrict)
                return value;
            parser.Consume<DocumentEnd>();
            return parser.Accept<DocumentStart>(out _) ? throw Fault(TemplateMessages.YamlSecondDocument()) : value;
        }

        // Where the reader is.
        private YamlFaultException Fault(Message reason) => new(reason, YamlFaults.Place(parser.Current!.Start));

        private JsonNode? Node(int depth)
        {
            if (++_nodes > MostNodes)
                throw Fault(TemplateMessages.YamlTooLarge());
            if (depth > Deepest)
                throw Fault(TemplateMessages.YamlTooDeep(Deepest));
            if (Take(out AnchorAlias? alias))
                return Copy(alias);
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

        private JsonNode? Copy(AnchorAlias alias)
        {
            string anchor = alias.Value.Value;
            if (!_usesAliases)
                warn(TemplateMessages.YamlAlias(alias.Start.Line));
            _usesAliases = true;
            if (!_anchors.TryGetValue(anchor, out JsonNode? value))
                throw new YamlFaultException(TemplateMessages.YamlUnknownAlias(anchor), YamlFaults.Place(alias.Start));
            _nodes += Count(value);
            return _nodes > MostNodes ? throw new YamlFaultException(TemplateMessages.YamlTooLarge(), YamlFaults.Place(alias.Start)) : value?.DeepClone();
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
            List<JsonNode?> merged = [];
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (!Take(out Scalar? key))
                    throw Fault(TemplateMessages.YamlKeyNotText());
                JsonNode? value = Node(depth + 1);
                if (key is { Value: Merge, Style: ScalarStyle.Plain })
                {
                    merged.Add(value);
                    continue;
                }

                if (isStrict && fields.ContainsKey(key.Value))
                    throw new YamlFaultException(TemplateMessages.YamlKeyTwiceInMapping(key.Value), YamlFaults.Place(key.Start));
                if (fields.ContainsKey(key.Value))
                    warn(TemplateMessages.YamlKeyTwice(key.Start.Line, key.Value));
                fields[key.Value] = value;
            }

            Array.ForEach([.. merged], other => Add(fields, other));
            return fields;
        }

        // https://yaml.org/type/merge.html: what the mapping says itself comes first, then the earlier of several.
        private static void Add(JsonObject fields, JsonNode? merged)
        {
            if (merged is JsonArray several)
            {
                foreach (JsonNode? one in several)
                    Add(fields, one);
            }
            else if (merged is JsonObject other)
            {
                foreach (KeyValuePair<string, JsonNode?> field in other)
                {
                    if (!fields.ContainsKey(field.Key))
                        fields.Add(field.Key, field.Value?.DeepClone());
                }
            }
        }

        // YAML 1.1's 'yes' and 'on' stay texts, as they do for most of what reads templates today; so do dates, and account IDs that begin with 0.
        private static JsonValue? Plain(Scalar scalar)
        {
            if (scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty)
                return JsonValue.Create(scalar.Value);
            return scalar.Value switch
            {
                "" or "~" or "null" or "Null" or "NULL" => null,
                "true" or "True" or "TRUE" => JsonValue.Create(true),
                "false" or "False" or "FALSE" => JsonValue.Create(false),
                { } text when Number.IsMatch(text) => JsonNode.Parse(text)!.AsValue(), // It keeps its digits.
                { } text => JsonValue.Create(text),
            };
        }

        // CloudFormation's own tags are words; '!Sub.x' and '!' are not.
        private static JsonNode? Tagged(TagName tag, JsonNode? value)
        {
            if (tag.IsEmpty || !tag.IsLocal || tag.Value.Length < 2)
                return value;
            string function = tag.Value.Substring(1);
            return new JsonObject { [function is "Ref" or "Condition" ? function : "Fn::" + function] = value };
        }
    }
}

/// <summary>A text cannot be read as YAML.</summary>
/// <param name="reason">Why not.</param>
/// <param name="place">Where; null if it is not known.</param>
/// <param name="innerException">What the reader threw.</param>
public sealed class YamlFaultException(Message reason, TextPlace? place = null, Exception? innerException = null) : FormatException(Whole(reason, place).ToString(), innerException)
{
    /// <summary>Why not, with the place.</summary>
    public Message Said { get; } = Whole(reason, place);

    /// <summary>Why not.</summary>
    public Message Reason => reason;

    /// <summary>Where; null if it is not known.</summary>
    public TextPlace? Place => place;

    /// <summary>Whether the text breaks the rules of YAML, and not only those for texts of its kind.</summary>
    public bool IsSyntax { get; init; }

    private static Message Whole(Message reason, TextPlace? place) => place is { } known ? TemplateMessages.YamlAt(known, reason) : reason;
}

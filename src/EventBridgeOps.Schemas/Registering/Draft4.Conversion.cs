using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Schemas.Comparing;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Registering;

internal sealed partial class Draft4
{
    /// <summary>The conversion of one schema object.</summary>
    private sealed class Conversion(Draft4 owner, (Uri Document, string Pointer) place, JsonElement given)
    {
        // What says nothing about validity in any draft, or is said elsewhere.
        private static readonly HashSet<string> s_dropped = new(StringComparer.Ordinal)
        {
            "$schema", "$id", "id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$vocabulary", "$comment", "$defs", "definitions", "examples", "deprecated", "readOnly", "writeOnly",
            "contentEncoding", "contentMediaType", "contentSchema", "then", "else", "extends", "disallow", "divisibleBy",
        };

        private static readonly HashSet<string> s_formats = new(StringComparer.Ordinal) { "date-time", "email", "hostname", "ipv4", "ipv6", "uri" };

        private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = Document.MaxDepth };

        private readonly JsonObject _made = [];
        private readonly JsonArray _all = [];
        private bool _hasLost;

        private SchemaDialect Dialect => owner.Schema.Dialect;

        public Part Convert()
        {
            if (given.TryGetProperty("$ref", out JsonElement reference) && Dialect is SchemaDialect.Draft07)
                return Reference(reference.GetString()!) is { } only ? new Part(only, _hasLost) : new Part([], true);
            foreach (JsonProperty field in given.EnumerateObject())
                Keyword(field.Name, field.Value);
            if (_made.Count == 0 && _all.Count == 1 && _all[0] is JsonObject alone)
                return new Part((JsonObject)alone.DeepClone(), _hasLost);
            if (_all.Count > 0)
                _made["allOf"] = _all;
            return new Part(_made, _hasLost);
        }

        private void Keyword(string keyword, JsonElement value)
        {
            switch (keyword)
            {
                case "$ref" when Reference(value.GetString()!) is { } reference: Require(reference); break;
                case "$ref": break; // It said why not.
                case "const": Require(new JsonObject { ["enum"] = new JsonArray(Node(value)) }); break;
                case "enum": Enum(value); break;
                case "type": Type(value); break;
                case "minimum": Bound(keyword, "exclusiveMinimum", value, 1); break;
                case "maximum": Bound(keyword, "exclusiveMaximum", value, -1); break;
                case "exclusiveMinimum": Exclusive(keyword, "minimum", value, 1); break;
                case "exclusiveMaximum": Exclusive(keyword, "maximum", value, -1); break;
                case "format": Format(value); break;
                case "required": Required(value); break;
                case "properties" or "patternProperties": _made[keyword] = Map(keyword); break;
                case "additionalProperties": _made[keyword] = Additional(keyword, value); break;
                case "propertyNames": PropertyNames(value); break;
                case "items" or "prefixItems" or "additionalItems": Items(); break;
                case "contains": Contains(); break;
                case "allOf": foreach (JsonNode part in List(keyword)) Require(part); break;
                case "anyOf": _made[keyword] = new JsonArray([.. List(keyword)]); break;
                case "oneOf": OneOf(); break;
                case "not": Not(); break;
                case "if": If(); break;
                case "dependencies" when Dialect is SchemaDialect.Draft07: Dependencies(keyword); break;
                case "dependentRequired" or "dependentSchemas" when Dialect is not SchemaDialect.Draft07: Dependencies(keyword); break;
                case "unevaluatedItems" or "unevaluatedProperties" when Dialect is not SchemaDialect.Draft07: Unevaluated(keyword, value); break;
                case "minContains" or "maxContains" when Dialect is not SchemaDialect.Draft07: Count(keyword, value); break;
                case "$dynamicRef" or "$recursiveRef" when Dialect is not SchemaDialect.Draft07: Lose(keyword, RegisteringMessages.NoEqual(keyword)); break;
                case "dependencies" or "dependentRequired" or "dependentSchemas": break; // Another draft's, which this one ignores.
                default:
                    if (!s_dropped.Contains(keyword))
                        _made[keyword] = Node(value);
                    break;
            }
        }

        private JsonObject? Reference(string reference)
        {
            if (owner.Schema.Names.Resolve(place.Document, place.Pointer, reference) is not { } target)
            {
                Lose("$ref", RegisteringMessages.NoEqual("$ref"));
                return null;
            }

            _hasLost |= owner._lost.Contains(target);
            return new JsonObject { ["$ref"] = owner.Name(target) };
        }

        private void Enum(JsonElement values)
        {
            JsonNode?[] distinct = [.. values.EnumerateArray().Select(Node).GroupBy(Document.Write, StringComparer.Ordinal).Select(same => same.First())];
            if (distinct.Length > 0)
                _made["enum"] = new JsonArray(distinct);
            else
                Require(Nothing());
        }

        private void Type(JsonElement types)
        {
            string[] distinct = types.ValueKind is JsonValueKind.String ? [types.GetString()!] : [.. types.EnumerateArray().Select(type => type.GetString()!).Distinct(StringComparer.Ordinal)];
            if (distinct.Length > 0)
                _made["type"] = distinct.Length == 1 ? distinct[0] : new JsonArray([.. distinct.Select(type => (JsonNode)type)]);
            else
                Require(Nothing());
        }

        // In draft 4 a bound is a number, and whether it belongs to the range a flag beside it.
        private void Bound(string keyword, string exclusive, JsonElement value, int sign)
        {
            if (!given.TryGetProperty(exclusive, out JsonElement other) || sign * Compare(value, other) > 0)
                _made[keyword] = Node(value);
        }

        private void Exclusive(string keyword, string bound, JsonElement value, int sign)
        {
            if (given.TryGetProperty(bound, out JsonElement other) && sign * Compare(other, value) > 0)
                return;
            _made[bound] = Node(value);
            _made[keyword] = true;
        }

        private static int Compare(JsonElement a, JsonElement b) => a.TryGetDecimal(out decimal x) && b.TryGetDecimal(out decimal y) ? x.CompareTo(y) : a.GetDouble().CompareTo(b.GetDouble());

        private void Format(JsonElement value)
        {
            _made["format"] = Node(value);
            if (value.GetString() is { } format && !s_formats.Contains(format))
                Lose("format", RegisteringMessages.NoFormat(format));
        }

        private void Required(JsonElement names)
        {
            if (names.GetArrayLength() > 0)
                _made["required"] = Node(names);
        }

        private JsonNode Additional(string keyword, JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Node(value)! : Below(keyword);

        // An object whose names are checked is one without other names: by a pattern, or by a list.
        private void PropertyNames(JsonElement names)
        {
            if (names.ValueKind is JsonValueKind.True)
                return;
            if (names.ValueKind is JsonValueKind.False)
            {
                Require(new JsonObject { ["maxProperties"] = 0 }); // Of what is an object.
                return;
            }

            foreach (JsonProperty rule in names.EnumerateObject())
            {
                if (rule.Name == "pattern")
                    Require(Closed("patternProperties", [rule.Value.GetString()!]));
                else if (rule.Name == "enum")
                    Require(Closed("properties", rule.Value.EnumerateArray().Where(name => name.ValueKind is JsonValueKind.String).Select(name => name.GetString()!).Distinct(StringComparer.Ordinal)));
                else if (rule.Name == "const")
                    Require(Closed("properties", rule.Value.ValueKind is JsonValueKind.String ? [rule.Value.GetString()!] : []));
                else if (!(rule.Name == "type" && rule.Value.ValueKind is JsonValueKind.String && rule.Value.GetString() == "string") && !DialectKeywords.IsAnnotation(rule.Name))
                    Lose("propertyNames", names.EnumerateObject().Count() == 1 ? RegisteringMessages.NoEqual("propertyNames") : RegisteringMessages.PartlyLeftOut("propertyNames"));
            }
        }

        private static JsonObject Closed(string keyword, IEnumerable<string> names) =>
            new() { [keyword] = new JsonObject(names.Select(name => new KeyValuePair<string, JsonNode?>(name, new JsonObject()))), ["additionalProperties"] = false };

        private void Items()
        {
            string first = Dialect is SchemaDialect.Draft202012 ? "prefixItems" : "items", rest = Dialect is SchemaDialect.Draft202012 ? "items" : "additionalItems";
            bool hasList = given.TryGetProperty(first, out JsonElement list) && list.ValueKind is JsonValueKind.Array && list.GetArrayLength() > 0;
            bool isEmpty = list.ValueKind is JsonValueKind.Array && !hasList;
            if (_made.ContainsKey("items"))
                return; // Both keywords lead here.
            if (hasList)
            {
                _made["items"] = new JsonArray([.. List(first)]);
                if (given.TryGetProperty(rest, out JsonElement others))
                    _made["additionalItems"] = Additional(rest, others);
            }
            else if (Dialect is SchemaDialect.Draft202012 || isEmpty)
            {
                if (given.TryGetProperty(rest, out _))
                    _made["items"] = Below(rest);
            }
            else if (given.TryGetProperty("items", out _))
            {
                _made["items"] = Below("items");
            }
        }

        private void Contains()
        {
            if (Dialect is not SchemaDialect.Draft07 && given.TryGetProperty("minContains", out JsonElement least) && least.GetDouble() == 0)
                return;
            Part part = owner.Of(At("contains"));
            _hasLost |= part.HasLost;
            Require(new JsonObject { ["not"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["not"] = part.Schema } } });
        }

        private void Count(string keyword, JsonElement value)
        {
            if (given.TryGetProperty("contains", out _) && !(keyword == "minContains" && value.GetDouble() <= 1))
                Lose(keyword, RegisteringMessages.NoEqual(keyword));
        }

        private void OneOf()
        {
            Part[] parts = [.. Enumerable.Range(0, given.GetProperty("oneOf").GetArrayLength()).Select(index => owner.Of(At("oneOf", index)))];
            bool hasLost = parts.Any(part => part.HasLost);
            if (hasLost)
                Lose("oneOf", RegisteringMessages.AnyInsteadOfOne());
            JsonArray made = new([.. parts.Select(part => part.Schema)]);
            if (!hasLost)
                _made["oneOf"] = made;
            else
                Require(new JsonObject { ["anyOf"] = made });
        }

        private void Not()
        {
            Part part = owner.Of(At("not"));
            if (part.HasLost)
                Lose("not", RegisteringMessages.LeftOutBecauseOfPart("not"));
            else
                _made["not"] = part.Schema;
        }

        // Either the condition does not hold or the consequence does, and either the condition holds or the alternative does.
        private void If()
        {
            Part condition = owner.Of(At("if"));
            if (given.TryGetProperty("then", out _))
            {
                if (condition.HasLost)
                    Lose("if", RegisteringMessages.LeftOutBecauseOfPart("then"));
                else
                    Require(new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["not"] = condition.Schema.DeepClone() }, Below("then")) });
            }

            if (!given.TryGetProperty("else", out _))
                return;
            _hasLost |= condition.HasLost;
            Require(new JsonObject { ["anyOf"] = new JsonArray(condition.Schema.DeepClone(), Below("else")) });
        }

        private void Dependencies(string keyword)
        {
            JsonObject made = _made["dependencies"] as JsonObject ?? [];
            foreach (JsonProperty dependency in given.GetProperty(keyword).EnumerateObject())
            {
                JsonNode? wanted = dependency.Value.ValueKind is not JsonValueKind.Array ? Below(keyword, dependency.Name) : dependency.Value.GetArrayLength() > 0 ? Node(dependency.Value) : null;
                if (wanted is null)
                    continue;
                if (made.ContainsKey(dependency.Name))
                    Require(new JsonObject { ["dependencies"] = new JsonObject { [dependency.Name] = wanted } });
                else
                    made[dependency.Name] = wanted;
            }

            if (made.Count > 0)
                _made["dependencies"] = made;
        }

        private void Unevaluated(string keyword, JsonElement value)
        {
            if (value.ValueKind is not JsonValueKind.True)
                Lose(keyword, RegisteringMessages.NoEqual(keyword));
        }

        private void Lose(string keyword, Message message)
        {
            _hasLost = true;
            owner.Note(place, keyword, message);
        }

        private JsonObject Map(string keyword) => new(given.GetProperty(keyword).EnumerateObject().Select(member => new KeyValuePair<string, JsonNode?>(member.Name, Below(keyword, member.Name))));

        private IEnumerable<JsonNode> List(string keyword) => Enumerable.Range(0, given.GetProperty(keyword).GetArrayLength()).Select(index => Taken(owner.Of(At(keyword, index))));

        private JsonObject Below(string keyword, string? name = null) => Taken(owner.Of(name is null ? At(keyword) : (place.Document, JsonPointers.Add(JsonPointers.Add(place.Pointer, keyword), name))));

        private JsonObject Taken(Part part)
        {
            _hasLost |= part.HasLost;
            return part.Schema;
        }

        // The other overload of Add is for values of any type, which would need reflection.
        private void Require(JsonNode part) => _all.Add(part);

        private (Uri Document, string Pointer) At(string keyword) => (place.Document, JsonPointers.Add(place.Pointer, keyword));

        private (Uri Document, string Pointer) At(string keyword, int index) => (place.Document, JsonPointers.Add(JsonPointers.Add(place.Pointer, keyword), index));

        private static JsonObject Nothing() => new() { ["not"] = new JsonObject() };

        private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText(), documentOptions: s_reading);
    }
}

using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>What is said of a schema, and of an event that does not follow it.</summary>
internal static class SchemaMessages
{
    public static Message NotJson(string fault) => Message.Of($"The schema is not valid JSON: {fault}.");

    public static Message KeyTwice(string key) => Message.Of($"The key '{key}' occurs twice.");

    public static Message UnknownDialect(string uri) => Message.Of(
        $"The $schema {uri} is not supported. Use draft-07, 2019-09 or 2020-12 of JSON Schema, for example https://json-schema.org/draft/2020-12/schema, or OpenAPI 3.");

    public static Message UnknownOpenApi(string version) => Message.Of($"OpenAPI {version} is not supported. Use OpenAPI 3.0 or 3.1.");

    public static Message OpenApiWithoutSchema(string name) => Message.Of(
        $"The OpenAPI document has no schema for the event. Name it components/schemas/AWSEvent, as the EventBridge schema registry does, or components/schemas/{name}.");

    public static Message NotUsable(string reason) => Message.Of($"The schema cannot be used: {reason}");

    public static Message PatternTooSlow(string pattern) => Message.Of($"Whether the event follows the schema is unknown, because the regular expression {pattern} takes too long. Simplify it.");

    public static Message NotEcma(int at) => Message.Of($"The regular expression is not one of ECMA-262, or is not supported, at character {at}.");

    public static Message RefNotFound(string reference) => Message.Of($"The schema that $ref names was not found: {reference}.");

    public static Message AppliesToItself() => Message.Of($"The schema is applied to a value because it is applied to the same value, without end. Refer back only from a part of the value, for example from properties or items.");

    public static Message RefersTooDeeply() => Message.Of($"Whether the event follows the schema is unknown, because the references of the schema lead too deep. Simplify it.");

    public static Message NestedTooDeeply() => Message.Of($"The schema is nested too deeply. Define its inner parts in $defs, and refer to them.");

    public static Message NotASchema(string kind) => Message.Of($"A schema is a JSON object, or true or false, and this is {kind}.");

    public static Message RefNotDownloaded(string reference) => Message.Of($"$ref names {reference}, but nothing is downloaded. Save the schema as a file in the folder, and refer to the file.");

    public static Message RefLeadsOut(string reference) => Message.Of($"$ref names {reference}, which leads out of the folder of the schema. Refer to a file in the folder, or in one below.");

    public static Message Invalid(string name, Message first, int more) => more == 0
        ? Message.Of($"Schema {name} is not valid. {first}")
        : Message.Of($"Schema {name} is not valid. {first} There are {more:more fault|more faults}; to list them, run {"schema validate":cmd}.");

    public static Message InvalidAt(string pointer, Message reason) => Message.Of($"{pointer}: {reason}");

    public static Message InvalidAtLine(TextPlace place, Message reason) => Message.Of($"Line {place.Line}, column {place.Column}: {reason}");

    public static Message WrongType(string place, string actual, string expected) => Message.Of($"{place} is {actual}, but must be {expected}.");

    public static Message Missing(string place, string name) => Message.Of($"{place} has no \"{name}\", which is required.");

    public static Message NotAllowed(string place) => Message.Of($"{place} is not allowed by the schema.");

    public static Message NotOneOf(string place, string value, string allowed) => Message.Of($"{place} is {value}, but must be one of {allowed}.");

    public static Message NotTheConstant(string place, string value, string constant) => Message.Of($"{place} is {value}, but must be {constant}.");

    public static Message BadFormat(string place, string value, string format) => Message.Of($"{place} is {value}, which is not a valid {Named(format)}.");

    public static Message NoTimeZone(string place, string value) => Message.Of($"{place} is {value}, which is not a valid date-time, because the time zone is missing. Write Z or an offset such as +01:00 at the end.");

    public static Message NoPatternMatch(string place, string value, string pattern) => Message.Of($"{place} is {value}, which does not match the pattern {pattern}.");

    public static Message NoAlternative(string place, string keyword, int count, Message closest) => Message.Of($"{place} matches none of the {count} alternatives of {keyword}. The closest one: {closest}");

    public static Message NotExactlyOne(string place, int count) => Message.Of($"{place} does not match exactly one of the {count} alternatives of oneOf.");

    public static Message BreaksLimit(string place, string actual, string keyword, string limit) => Message.Of($"{place} is {actual}, but must be {Bound(keyword)} {limit}.");

    private static string Bound(string keyword) => keyword switch
    {
        "minimum" => "at least",
        "maximum" => "at most",
        "exclusiveMinimum" => "greater than",
        "exclusiveMaximum" => "less than",
        _ => "a multiple of",
    };

    private static string Named(string format) => format switch
    {
        "email" or "idn-email" => "email address",
        "hostname" or "idn-hostname" => "host name",
        "ipv4" => "IPv4 address",
        "ipv6" => "IPv6 address",
        "regex" => "regular expression",
        "json-pointer" => "JSON pointer",
        "relative-json-pointer" => "relative JSON pointer",
        "uuid" => "UUID",
        "uri" or "iri" or "uri-reference" or "iri-reference" or "uri-template" => format.Replace("uri", "URI").Replace("iri", "IRI").Replace('-', ' '),
        _ => format,
    };

    public static Message Breaks(string place, string keyword, string value) => Message.Of($"{place} does not follow the rule \"{keyword}\": {value}.");
}

using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>What is said of differences between schemas.</summary>
internal static class ComparisonMessages
{
    public static Message TypeNarrowed(string place, string type) => Message.Of($"{place} must be of type {type}.");

    public static Message RequiredHere(string place, IEnumerable<string> names) => Message.Of($"{place} must have {names}.");

    public static Message OpenProperty(string place) => Message.Of($"{place} is limited here. The other version does not declare it, so that it can have any value.");

    public static Message PartlyOpenProperty(string place) => Message.Of($"{place} is limited here. The other version does not declare it, but allows it as an additional property.");

    public static Message UnknownProperty(string place) => Message.Of($"{place} is refused or limited here, because this version does not declare it.");

    public static Message NoAlternative(string place, string keyword) => Message.Of($"{place} must match the alternatives of {keyword}.");

    public static Message NothingAllowed(string place) => Message.Of($"{place} is not allowed.");

    public static Message MoreItems(string place) => Message.Of($"{place} is not allowed.");

    public static Message Demanded(string place, string keyword, string value) => Message.Of($"{place} must follow \"{keyword}\": {value}.");

    public static Message UnknownKeyword(string place, string keyword) => Message.Of($"{place} has the keyword {keyword}, which can't be compared.");

    public static Message OtherDialect(string place, string file, SchemaDialect written, string schema, SchemaDialect other) =>
        Message.Of($"{place} refers to {file}, which is written in {Title(written)}, but {schema} is written in {Title(other)}. Files of different versions can't be compared; write both in the same one.");

    private static string Title(SchemaDialect dialect) => dialect switch
    {
        SchemaDialect.Draft07 => "JSON Schema draft-07",
        SchemaDialect.Draft201909 => "JSON Schema 2019-09",
        SchemaDialect.Draft202012 => "JSON Schema 2020-12",
        SchemaDialect.OpenApi30 => "OpenAPI 3.0",
        _ => "OpenAPI 3.1",
    };

    public static Message TooComplex(string place) => Message.Of($"{place} is too complex to be compared.");

    public static Message MoreTypes() => Message.Of($"allows more types");

    public static Message NotRequired() => Message.Of($"does not require it");

    public static Message OtherValues() => Message.Of($"allows values that do not");

    public static Message Allowed() => Message.Of($"allows it");

    public static Message MoreItemsAllowed() => Message.Of($"allows more items");

    public static Message Claim(Message reason, Message other, bool isDecided) => isDecided
        ? Message.Of($"{reason} The other version {other}.")
        : Message.Of($"{reason} It could not be decided whether the other version {other}.");

    public static Message Undecided(Message reason) => Message.Of($"{reason} It could not be decided whether there are events that show it.");

    /// <summary>A place in an event as a person reads it.</summary>
    public static string Place(Place place)
    {
        if (place.Parent is null)
            return "The detail";
        string pointer = "";
        for (Place at = place; at.Parent is { } parent; at = parent)
        {
            pointer = at.Step switch
            {
                PlaceStep.Item => JsonPointers.Add("", at.Index),
                PlaceStep.Property => JsonPointers.Add("", at.Name!),
                PlaceStep.PatternProperty => "/{" + at.Name + "}",
                PlaceStep.PropertyName => "/{name}",
                _ => "/{other}",
            } + pointer;
        }

        return pointer;
    }
}

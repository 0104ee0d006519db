using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>What is said of differences between schemas.</summary>
internal static class ComparisonMessages
{
    public static Message TypeNarrowed(string place, string type) => Message.Of($"{place} must be of type {type}. The other version allows more types.");

    public static Message RequiredHere(string place, IEnumerable<string> names) => Message.Of($"{place} must have {names}. The other version does not require it.");

    public static Message OpenProperty(string place) => Message.Of($"{place} is limited here. The other version does not declare it, so that it can have any value.");

    public static Message PartlyOpenProperty(string place) => Message.Of($"{place} is limited here. The other version does not declare it, but allows it as an additional property.");

    public static Message UnknownProperty(string place) => Message.Of($"{place} is refused or limited here, because this version does not declare it.");

    public static Message NoAlternative(string place, string keyword) => Message.Of($"{place} must match the alternatives of {keyword}. The other version allows values that do not.");

    public static Message NothingAllowed(string place) => Message.Of($"{place} is not allowed. The other version allows it.");

    public static Message MoreItems(string place) => Message.Of($"{place} is not allowed. The other version allows more items.");

    public static Message Demanded(string place, string keyword, string value) => Message.Of($"{place} must follow \"{keyword}\": {value}. The other version allows values that do not.");

    public static Message UnknownKeyword(string place, string keyword) => Message.Of($"{place} has the keyword {keyword}, which can't be compared.");

    public static Message TooComplex(string place) => Message.Of($"{place} is too complex to be compared.");

    public static Message NotShown(Message reason) => Message.Of($"{reason} This was not proved: no event was found that shows it.");

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

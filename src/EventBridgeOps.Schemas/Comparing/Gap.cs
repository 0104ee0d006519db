using System.Text.Json;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>A demand of the reading schema that the writing schema could not be shown to meet.</summary>
/// <param name="Kind">What is demanded.</param>
/// <param name="Place">Where in the event.</param>
/// <param name="Writer">What values at the place follow.</param>
/// <param name="Reader">The schema that demands it.</param>
/// <param name="Keyword">The keyword that demands it; empty for the schema as a whole.</param>
/// <param name="IsHarmless">Whether the policy names it as harmless.</param>
/// <param name="Inner">What is behind it, for a demand that others make up.</param>
/// <param name="Values">Values that the writing schema allows and the reading one does not, if they are known.</param>
/// <param name="Owner">What was compared when it was found.</param>
internal sealed record Gap(SchemaChangeKind Kind, Place Place, Conjunction Writer, SchemaNode Reader, string Keyword, bool IsHarmless = false, IReadOnlyList<Gap>? Inner = null, IReadOnlyList<JsonElement>? Values = null, GapOwner? Owner = null)
{
    /// <summary>The gap itself and all behind it.</summary>
    public IEnumerable<Gap> All => (Inner ?? []).SelectMany(gap => gap.All).Prepend(this);
}

/// <summary>What was compared when a gap was found.</summary>
/// <param name="Writer">What values follow, by its key.</param>
/// <param name="Reader">The schema that must allow them.</param>
/// <param name="Place">The place of both.</param>
internal sealed record GapOwner(string Writer, SchemaNode Reader, Place Place);

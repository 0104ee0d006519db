namespace EventBridgeOps.Schemas.Comparing;

/// <summary>A place in an event, with what the event follows on the way to it.</summary>
/// <param name="Parent">The place above; null at the top.</param>
/// <param name="Above">What the value above follows; null at the top.</param>
/// <param name="Step">How the place is reached from above.</param>
/// <param name="Name">The name of the property, if it is one; for any that matches a pattern, the pattern.</param>
/// <param name="Index">The index of the item, if it is one.</param>
internal sealed record Place(Place? Parent, Conjunction? Above, PlaceStep Step, string? Name = null, int Index = 0)
{
    public static Place Top { get; } = new(null, null, PlaceStep.None);

    public int Depth { get; } = Parent is null ? 0 : Parent.Depth + 1;

    /// <summary>The same steps from another place.</summary>
    /// <param name="from">A place above, or the place itself.</param>
    /// <param name="to">The place to take instead.</param>
    public Place Moved(Place from, Place to) => ReferenceEquals(this, from) || Parent is null ? to : new Place(Parent.Moved(from, to), Above, Step, Name, Index);

    public Place Property(Conjunction above, string name) => new(this, above, PlaceStep.Property, name);

    public Place OtherProperty(Conjunction above) => new(this, above, PlaceStep.OtherProperty);

    public Place PatternProperty(Conjunction above, string pattern) => new(this, above, PlaceStep.PatternProperty, pattern);

    public Place PropertyName(Conjunction above) => new(this, above, PlaceStep.PropertyName);

    public Place Item(Conjunction above, int index) => new(this, above, PlaceStep.Item, null, index);
}

internal enum PlaceStep
{
    None,
    Property,
    OtherProperty,
    PatternProperty,
    PropertyName,
    Item,
}

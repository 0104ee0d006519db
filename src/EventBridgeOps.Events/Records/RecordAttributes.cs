namespace EventBridgeOps.Events.Records;

/// <summary>Describes a record that commands return. Its shape is generated from this attribute and those of its columns, properties and states.</summary>
/// <param name="view">What several of them are called, which is also the name of the view in PowerShell: <c>Targets</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RecordAttribute(string view) : Attribute
{
    /// <summary>What several of them are called.</summary>
    public string View => view;

    /// <summary>The kind of item in a report; null if it is the view.</summary>
    public string? Suite { get; set; }

    /// <summary>The property with the state of the record; null if it has none.</summary>
    public string? State { get; set; }

    /// <summary>A state that tables leave out, because there may be many and nothing needs to be done about them; null for none.</summary>
    public string? Quiet { get; set; }

    /// <summary>A property, which can be private: if it is true, the record's state is neither a failure nor drift. Null for none.</summary>
    public string? Exempt { get; set; }

    /// <summary>The properties by which an object that was read back from a file is recognized; empty if it is not.</summary>
    public string[] KnownBy { get; set; } = [];

    /// <summary>How it is shown.</summary>
    public RecordLayout Layout { get; set; }

    /// <summary>The front ends that show it.</summary>
    public FrontEnd Only { get; set; }
}

/// <summary>A column of the table of a record, in the order of the attributes. A tree has four: the state, the name, the result and the advice, and the depth as the fifth.</summary>
/// <param name="heading">The heading, in words.</param>
/// <param name="properties">The properties that it shows. They can be private; then only the command line shows the column.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ColumnAttribute(string heading, params string[] properties) : Attribute
{
    /// <summary>The heading.</summary>
    public string Heading => heading;

    /// <summary>The properties.</summary>
    public IReadOnlyList<string> Properties => properties;

    /// <summary>The heading in PowerShell, if it is the name of a property that users type; null for the same.</summary>
    public string? Label { get; set; }

    /// <summary>How the value is written.</summary>
    public ColumnForm Form { get; set; }

    /// <summary>The width in characters; 0 for what is left.</summary>
    public int Width { get; set; }

    /// <summary>If long values are shortened in the middle: the characters at the beginning that are kept, in a window of 80 columns.</summary>
    public int Room { get; set; }

    /// <summary>The characters at the end that are kept then.</summary>
    public int Tail { get; set; } = 8;

    /// <summary>Whether it is aligned right.</summary>
    public bool Right { get; set; }

    /// <summary>Whether the column gives way in a narrow window although it has a width.</summary>
    public bool Flexible { get; set; }

    /// <summary>The narrowest window of the command line that shows it; 0 for any. PowerShell's tables leave out what needs more than 80 columns.</summary>
    public int Window { get; set; }

    /// <summary>What stands in place of an empty value; null for nothing.</summary>
    public string? Empty { get; set; }

    /// <summary>A property, which can be private: if it is true, the command line shows the value faintly. Null for none.</summary>
    public string? Faint { get; set; }

    /// <summary>A property: if it is true, the value is good, and else bad. Null for none.</summary>
    public string? Good { get; set; }

    /// <summary>The front ends that show it.</summary>
    public FrontEnd Only { get; set; }
}

/// <summary>What neighbouring records of a table have in common, which stands once above them.</summary>
/// <param name="label">What it is.</param>
/// <param name="properties">The properties with its value.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class GroupAttribute(string label, params string[] properties) : Attribute
{
    /// <summary>What it is.</summary>
    public string Label => label;

    /// <summary>The properties.</summary>
    public IReadOnlyList<string> Properties => properties;

    /// <summary>What stands in place of an empty value; null for nothing.</summary>
    public string? Empty { get; set; }
}

/// <summary>Describes a property of a record, where there is more to say than its type and its summary.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FieldAttribute : Attribute
{
    /// <summary>Whether it identifies the record: objects are sorted and compared by it.</summary>
    public bool Key { get; set; }

    /// <summary>Whether it is a document as AWS returned it, which is long: lists, tables and CSV leave it out.</summary>
    public bool Document { get; set; }

    /// <summary>Whether lists leave it out.</summary>
    public bool Unlisted { get; set; }

    /// <summary>Whether it is not part of the output.</summary>
    public bool Omitted { get; set; }

    /// <summary>The property that it follows in a list, if it is not the one before; null for the one before.</summary>
    public string? ListAfter { get; set; }

    /// <summary>The unit of a number, in the plural: <c>seconds</c>.</summary>
    public string? Unit { get; set; }
}

/// <summary>What a state means, wherever it is shown.</summary>
/// <param name="tone">Its colour.</param>
/// <param name="verdict">What a report makes of it.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class StateAttribute(Tone tone, Verdict verdict = Verdict.Passed) : Attribute
{
    /// <summary>Its colour.</summary>
    public Tone Tone => tone;

    /// <summary>What a report makes of it.</summary>
    public Verdict Verdict => verdict;

    /// <summary>Whether it is drift.</summary>
    public bool Drift { get; set; }
}

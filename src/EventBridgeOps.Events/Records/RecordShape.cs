namespace EventBridgeOps.Events.Records;

/// <summary>A record that has a description.</summary>
public interface IRecord
{
    /// <summary>Its description.</summary>
    RecordShape Describe();
}

/// <summary>The description of a record, generated from its attributes and comments. Tables, lists, CSV, JSON, reports and pages are made of it.</summary>
/// <param name="type">The record.</param>
/// <param name="view">What several of them are called.</param>
/// <param name="help">What it is, as a sentence.</param>
/// <param name="fields">Its properties, in their order.</param>
public sealed class RecordShape(Type type, string view, string help, IReadOnlyList<RecordField> fields)
{
    /// <summary>The record.</summary>
    public Type Type => type;

    /// <summary>What several of them are called, which is also the name of the view in PowerShell.</summary>
    public string View => view;

    /// <summary>What it is, as a sentence.</summary>
    public string Help => help;

    /// <summary>Its properties, in their order.</summary>
    public IReadOnlyList<RecordField> Fields => fields;

    /// <summary>The kind of item in a report.</summary>
    public string Suite { get => field ?? view; init; }

    /// <summary>The name of the property with its state; null if it has none.</summary>
    public string? StateName { get; init; }

    /// <summary>The property with its state; null if it has none.</summary>
    public RecordField? State => StateName is null ? null : fields.Single(one => one.Name == StateName);

    /// <summary>A state that tables leave out; null for none.</summary>
    public string? Quiet { get; init; }

    /// <summary>Whether the state of a record is neither a failure nor drift; null if it always counts.</summary>
    public Func<object, bool>? Exempt { get; init; }

    /// <summary>The properties by which an object that was read back is recognized; empty if it is not.</summary>
    public IReadOnlyList<string> KnownBy { get; init; } = [];

    /// <summary>How it is shown.</summary>
    public RecordLayout Layout { get; init; }

    /// <summary>The front ends that show it.</summary>
    public FrontEnd Only { get; init; }

    /// <summary>The columns of its table.</summary>
    public IReadOnlyList<RecordColumn> Columns { get; init; } = [];

    /// <summary>What neighbours have in common; null for nothing.</summary>
    public RecordColumn? Group { get; init; }

    /// <summary>What the state of a record means; null if nothing is said about it.</summary>
    /// <param name="record">The record.</param>
    public RecordState? Judge(object record) =>
        State?.StateOf(record) is { } state && state.Verdict != Verdict.Passed && Exempt?.Invoke(record) == true ? state with { Verdict = Verdict.Skipped, IsDrift = false } : State?.StateOf(record);

    /// <summary>Whether tables leave a record out.</summary>
    /// <param name="record">The record.</param>
    public bool IsQuiet(object record) => Quiet is not null && State?.Value(record)?.ToString() == Quiet;
}

/// <summary>What a property holds.</summary>
public enum FieldKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>JSON text as AWS returned it.</summary>
    Document,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A time, in UTC.</summary>
    Time,

    /// <summary>One of a number of words.</summary>
    State,

    /// <summary>A list.</summary>
    List,

    /// <summary>An object.</summary>
    Record,
}

/// <summary>A property of a record.</summary>
/// <param name="name">Its name.</param>
/// <param name="kind">What it holds.</param>
/// <param name="help">What it is, as a sentence.</param>
/// <param name="value">Reads it.</param>
public sealed class RecordField(string name, FieldKind kind, string help, Func<object, object?> value)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>What it holds.</summary>
    public FieldKind Kind => kind;

    /// <summary>What it is, as a sentence.</summary>
    public string Help => help;

    /// <summary>The unit of a number, in the plural; null for none.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether it identifies the record.</summary>
    public bool IsKey { get; init; }

    /// <summary>Whether lists show it.</summary>
    public bool IsListed { get; init; }

    /// <summary>The property that it follows in a list; null for the one before.</summary>
    public string? ListAfter { get; init; }

    /// <summary>Whether it is a document as AWS returned it, which is long.</summary>
    public bool IsDocument => kind == FieldKind.Document;

    /// <summary>The type of a state; null for other properties.</summary>
    public Type? StateType { get; init; }

    /// <summary>The states that it can have, with what they mean; empty for other properties.</summary>
    public IReadOnlyList<RecordState> States { get; init; } = [];

    /// <summary>The description of the elements of a list of records; null for other properties.</summary>
    public RecordShape? Element { get; init; }

    /// <summary>Reads its value.</summary>
    /// <param name="record">The record.</param>
    public object? Value(object record) => value(record);

    /// <summary>What its value means; null if nothing is said about it.</summary>
    /// <param name="record">The record.</param>
    public RecordState? StateOf(object record) => States.Count > 0 && value(record)?.ToString() is { } word ? States.FirstOrDefault(state => state.Name == word) : null;
}

/// <summary>A state, and what it means.</summary>
/// <param name="Name">The word for it.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Verdict">What a report makes of it.</param>
/// <param name="IsDrift">Whether it is drift.</param>
/// <param name="Help">What it is, as a sentence.</param>
public sealed record RecordState(string Name, Tone Tone, Verdict Verdict, bool IsDrift, string Help);

/// <summary>A column of a table, or what neighbouring records have in common.</summary>
/// <param name="heading">The heading, in words.</param>
/// <param name="properties">The names of the properties that it shows.</param>
/// <param name="values">Reads them.</param>
public sealed class RecordColumn(string heading, IReadOnlyList<string> properties, Func<object, object?[]> values)
{
    /// <summary>The heading, in words.</summary>
    public string Heading => heading;

    /// <summary>The heading in PowerShell.</summary>
    public string Label { get => field ?? heading; init; }

    /// <summary>The names of the properties that it shows.</summary>
    public IReadOnlyList<string> Properties => properties;

    /// <summary>How the value is written.</summary>
    public ColumnForm Form { get; init; }

    /// <summary>The width in characters; 0 for what is left.</summary>
    public int Width { get; init; }

    /// <summary>The characters at the beginning of a long value that are kept; 0 if it is not shortened in the middle.</summary>
    public int Room { get; init; }

    /// <summary>The characters at its end that are kept.</summary>
    public int Tail { get; init; }

    /// <summary>Whether it is aligned right.</summary>
    public bool Right { get; init; }

    /// <summary>The narrowest window that shows it; 0 for any.</summary>
    public int Window { get; init; }

    /// <summary>Whether the column gives way in a narrow window.</summary>
    public bool Flexible { get; init; }

    /// <summary>What stands in place of an empty value; null for nothing.</summary>
    public string? Empty { get; init; }

    /// <summary>The front ends that show it.</summary>
    public FrontEnd Only { get; init; }

    /// <summary>The states of its value, with their colours; empty if it has none.</summary>
    public IReadOnlyList<RecordState> States { get; init; } = [];

    /// <summary>The property that says whether the value is good; null for none.</summary>
    public string? Good { get; init; }

    /// <summary>The colour of a record's value, apart from its states.</summary>
    public Func<object, Tone>? Tone { get; init; }

    /// <summary>Reads the values of its properties.</summary>
    /// <param name="record">The record.</param>
    public object?[] Values(object record) => values(record);
}

namespace EventBridgeOps.Events.Records;

/// <summary>Describes a request: what a user can specify for a command. Its options are its properties with an <see cref="OptionAttribute"/>, and their help is in the comments: the summary, and for the pages also the remarks.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RequestAttribute : Attribute
{
    /// <summary>Options of the base record that this request does not have.</summary>
    public string[] Without { get; set; } = [];
}

/// <summary>Describes an option of a request.</summary>
/// <param name="value">What its value is, in a word; empty for one that is given or not.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string value = "") : Attribute
{
    /// <summary>What its value is, in a word.</summary>
    public string Value => value;

    /// <summary>Whether wildcards are supported.</summary>
    public bool Wildcards { get; set; }

    /// <summary>The environment variable that applies if it is not specified; null for none.</summary>
    public string? Setting { get; set; }

    /// <summary>What applies if it is not specified at all, in words; null to say nothing.</summary>
    public string? Otherwise { get; set; }

    /// <summary>The least number; none if it is not a number.</summary>
    public double Min { get; set; } = double.NaN;

    /// <summary>The greatest number; none if it is not a number.</summary>
    public double Max { get; set; } = double.NaN;

    /// <summary>The kind of resource whose names it takes; null for none.</summary>
    public string? Names { get; set; }

    /// <summary>Its name, if it is not that of the property.</summary>
    public string? Name { get; set; }
}

/// <summary>The kind of an option.</summary>
public enum OptionKind
{
    /// <summary>It is specified or not.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A duration in whole seconds.</summary>
    Seconds,

    /// <summary>Text.</summary>
    Text,

    /// <summary>One of several words.</summary>
    Choice,

    /// <summary>A list of names.</summary>
    List,

    /// <summary>Names with a value each.</summary>
    Map,
}

/// <summary>What a user specified, in whatever form the front end has it.</summary>
public interface IRequestInput
{
    /// <summary>Whether an option is specified.</summary>
    bool Flag(string option);

    /// <summary>The number; null if it is not specified.</summary>
    int? Number(string option);

    /// <summary>The text; null if it is not specified.</summary>
    string? Text(string option);

    /// <summary>The names; null or empty if none are specified.</summary>
    IReadOnlyList<string>? List(string option);

    /// <summary>The names with their values; null if none are specified.</summary>
    IReadOnlyDictionary<string, string>? Map(string option);

    /// <summary>An environment variable; null or empty if it is not set.</summary>
    string? Setting(string variable);
}

/// <summary>Reads what a user specified.</summary>
public static class RequestInput
{
    /// <summary>The specified names, or else the environment variable; null without both.</summary>
    /// <param name="input">What the user specified.</param>
    /// <param name="option">The option.</param>
    /// <param name="setting">The variable; null for none.</param>
    public static IReadOnlyList<string>? Names(IRequestInput input, string option, string? setting)
    {
        if (input.List(option) is { Count: > 0 } given)
            return given;
        return setting is not null && input.Setting(setting) is { Length: > 0 } one ? [one] : null;
    }
}

/// <summary>The description of a request, generated from its attributes and comments. The options of commands and the help of parameters are made of it.</summary>
/// <param name="options">Its options, in their order.</param>
/// <param name="read">Sets what a user specified.</param>
public sealed class RequestShape<T>(IReadOnlyList<OptionShape> options, Func<IRequestInput, T, T> read)
    where T : new()
{
    /// <summary>Its options, in their order.</summary>
    public IReadOnlyList<OptionShape> Options => options;

    /// <summary>The request that a user specified.</summary>
    /// <param name="input">What the user specified.</param>
    public T Read(IRequestInput input) => read(input, new T());

    /// <summary>The request that a user specified.</summary>
    /// <param name="input">What the user specified.</param>
    /// <param name="otherwise">Applies to what the user did not specify.</param>
    public T Read(IRequestInput input, T otherwise) => read(input, otherwise);
}

/// <summary>An option of a request.</summary>
/// <param name="name">Its name.</param>
/// <param name="kind">Its kind.</param>
/// <param name="help">What it does, as sentences. Other options are in braces.</param>
/// <param name="value">Reads it from a request, as a number if it is one.</param>
public sealed class OptionShape(string name, OptionKind kind, string help, Func<object, object?> value)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Its kind.</summary>
    public OptionKind Kind => kind;

    /// <summary>What it does, as sentences. Other options are in braces.</summary>
    public string Help => help;

    /// <summary>The property that it is, as comments refer to it: <c>P:EventBridgeOps.Sync.SyncOptions.Float</c>.</summary>
    public string Member { get; init; } = "";

    /// <summary>What a page says in addition; empty for nothing.</summary>
    public string More { get; init; } = "";

    /// <summary>What its value is, in a word.</summary>
    public string Value { get; init; } = "";

    /// <summary>Whether wildcards are supported.</summary>
    public bool Wildcards { get; init; }

    /// <summary>The environment variable that applies if it is not specified; null for none.</summary>
    public string? Setting { get; init; }

    /// <summary>What applies if it is not specified at all, in words; null to say nothing.</summary>
    public string? Otherwise { get; init; }

    /// <summary>The least number; null for no limit.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest number; null for no limit.</summary>
    public double? Max { get; init; }

    /// <summary>The number that applies if none is specified; null for none.</summary>
    public double? Default { get; init; }

    /// <summary>The kind of resource whose names it takes; null for none.</summary>
    public string? Names { get; init; }

    /// <summary>The words of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Reads it from a request, as a number if it is one.</summary>
    /// <param name="request">The request.</param>
    public object? Read(object request) => value(request);
}

using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Privacy;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Events.Messages;

/// <summary>What the product says to a person, as data: an id, a template, and its parts by name. A front end renders it in its own spelling.</summary>
/// <remarks>
/// Messages are made by the static methods of classes named <c>...Messages</c>, each in the folder of its domain, so that every text stands in one place:
/// <code>public static Message RuleNotFound(string rule, string bus) =>
///     Message.Of($"Rule {rule} was not found on event bus {bus}. To list the rules, run {"rule list":cmd}, or set {"EventBusName":param}.");</code>
/// What may stand in a hole, besides text, numbers, enums and lists of them: an action (<c>:cmd</c>), a parameter (<c>:param</c>), a help topic (<c>:topic</c>), a number
/// with its noun (<c>{count:target|targets}</c>), another message, an error, and either of them without its full stop (<c>{reason:clause}</c>). The characters
/// of a text that steer what shows it are replaced by spaces, except for its lines if it is to keep them (<c>{output:lines}</c>), and a very long text is cut.
/// </remarks>
public sealed class Message
{
    private readonly IReadOnlyList<MessagePiece> _pieces;

    private Message(string id, IReadOnlyList<MessagePiece> pieces) => (Id, _pieces) = (id, pieces);

    /// <summary>Nothing to say.</summary>
    public static Message None { get; } = new("", []);

    /// <summary>The catalog and the method that made it, for example <c>Target.Changed</c>; empty for text that comes from outside.</summary>
    public string Id { get; }

    /// <summary>The text with the parts by their names: <c>Rule {rule} was not found. Run {cmd:rule list}.</c></summary>
    public string Template => string.Concat(_pieces.Select(piece => piece.InTemplate));

    /// <summary>The values by their names, without the tokens for actions, parameters and topics.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Parts => _pieces.Where(piece => piece.Kind is MessagePieceKind.Value).Select(piece => new KeyValuePair<string, object?>(piece.Text, piece.Value));

    /// <summary>The tokens for actions, parameters and topics.</summary>
    public IEnumerable<MessagePiece> Tokens => _pieces.Where(piece => piece.Kind is MessagePieceKind.Command or MessagePieceKind.Parameter or MessagePieceKind.Topic);

    /// <summary>Makes a message. Called by the catalogs only.</summary>
    /// <param name="text">An interpolated string.</param>
    /// <param name="member">The method of the catalog; filled in by the compiler.</param>
    /// <param name="file">The catalog's file; filled in by the compiler.</param>
    public static Message Of(MessageText text, [CallerMemberName] string member = "", [CallerFilePath] string file = "") => new($"{Catalog(file)}.{member}", text.Pieces);

    /// <summary>Text that comes from outside, such as a service's own words.</summary>
    /// <param name="text">The text.</param>
    public static Message Verbatim(string text) => new("", [new MessagePiece(MessagePieceKind.Value, nameof(text), text)]);

    /// <summary>Several messages, one after the other.</summary>
    /// <param name="separator">What stands between them.</param>
    /// <param name="messages">The messages.</param>
    public static Message Join(string separator, IEnumerable<Message> messages)
    {
        List<MessagePiece> pieces = [];
        string id = "";
        foreach (Message message in messages)
        {
            if (pieces.Count > 0)
                pieces.Add(new MessagePiece(MessagePieceKind.Literal, separator));
            else
                id = message.Id;
            pieces.AddRange(message._pieces);
        }

        return new Message(id, pieces);
    }

    /// <summary>The text, with actions and parameters as a front end spells them.</summary>
    /// <param name="voice">The front end's spelling.</param>
    public string In(IVoice voice) => string.Concat(_pieces.Select(piece => piece.In(voice)));

    /// <summary>The same, without what looks like a secret in the values. The rest is our own text, which has none.</summary>
    /// <param name="voice">The front end's spelling.</param>
    internal string RedactedIn(IVoice voice) => _pieces.Aggregate("", (before, piece) => before + piece.In(voice, before));

    /// <summary>The text in no front end's spelling: actions by their path, parameters by their name.</summary>
    public override string ToString() => In(NeutralVoice.Instance);

    private static string Catalog(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file.Substring(file.LastIndexOf('\\') + 1));
        return name.EndsWith("Messages", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Messages".Length) : name;
    }
}

/// <summary>What a piece of a message is.</summary>
public enum MessagePieceKind
{
    /// <summary>Text as it is.</summary>
    Literal,

    /// <summary>A value by its name.</summary>
    Value,

    /// <summary>An action by its path, for example <c>target list</c>.</summary>
    Command,

    /// <summary>A parameter by its name, for example <c>EventBusName</c>.</summary>
    Parameter,

    /// <summary>A page of the help by its name, for example <c>errors</c>.</summary>
    Topic,
}

/// <summary>A piece of a message.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text, or the name of the value, action, parameter or topic.</param>
/// <param name="Value">The value; null for other kinds.</param>
/// <param name="Format">For a number, its noun in singular and plural: <c>target|targets</c>; <c>clause</c> for a sentence that stands inside another; <c>lines</c> for a text that keeps its lines; else null.</param>
public sealed record MessagePiece(MessagePieceKind Kind, string Text, object? Value = null, string? Format = null)
{
    private const int Longest = 4096;
    private const int LongestLines = 65536;

    internal string InTemplate => Kind switch
    {
        MessagePieceKind.Literal => Text,
        MessagePieceKind.Value => $"{{{Text}}}",
        MessagePieceKind.Command => $"{{cmd:{Text}}}",
        MessagePieceKind.Parameter => $"{{param:{Text}}}",
        _ => $"{{topic:{Text}}}",
    };

    /// <summary>The piece's text.</summary>
    /// <param name="voice">The front end's spelling.</param>
    /// <param name="before">The text before it, which may say that a secret follows; null to leave secrets in.</param>
    internal string In(IVoice voice, string? before = null) => Kind switch
    {
        MessagePieceKind.Literal => Text,
        MessagePieceKind.Command => voice.Command(Text),
        MessagePieceKind.Parameter => voice.Parameter(Text),
        MessagePieceKind.Topic => voice.Topic(Text),
        _ when Format is "clause" => Show(Value, voice, before).TrimEnd('.'),
        _ when Format is "lines" && Value is string text => InertText.Lines(before is null ? Short(text, LongestLines) : SecretRedactor.Redact(Short(text, LongestLines), before)),
        _ when Format is not null => $"{Show(Value, voice, before)} {Noun()}",
        _ => Show(Value, voice, before),
    };

    // More is not read anyway, and what looks like a secret is found in it in time.
    private static string Short(string text, int most = Longest) => text.Length <= most ? text : $"{text.Substring(0, most)}... ({text.Length.ToString(CultureInfo.InvariantCulture)} characters)";

    private string Noun()
    {
        string[] nouns = Format!.Split('|');
        return Convert.ToInt64(Value, CultureInfo.InvariantCulture) == 1 ? nouns[0] : nouns[1];
    }

    private static string Show(object? value, IVoice voice, string? before) => value switch
    {
        null => "",
        string text => InertText.OneLine(before is null ? Short(text) : SecretRedactor.Redact(Short(text), before)),
        Message message => before is null ? message.In(voice) : message.RedactedIn(voice),
        OpsException error => error.Said.RedactedIn(voice),
        DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), // As AWS writes times.
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => string.Join(", ", list.Cast<object?>().Select(item => Show(item, voice, before))),
        _ => Show(value.ToString(), voice, before),
    };
}

/// <summary>Takes an interpolated string apart, so that it stays data. Used by the compiler.</summary>
/// <param name="literalLength">Not used.</param>
/// <param name="formattedCount">Not used.</param>
[InterpolatedStringHandler]
#pragma warning disable CS9113, RCS1163 // The compiler wants these parameters.
public readonly struct MessageText(int literalLength, int formattedCount)
#pragma warning restore CS9113, RCS1163
{
    private readonly List<MessagePiece> _pieces = [];

    internal IReadOnlyList<MessagePiece> Pieces => _pieces;

    /// <summary>Takes a text as it is.</summary>
    /// <param name="text">The text.</param>
    public void AppendLiteral(string text) => _pieces.Add(new MessagePiece(MessagePieceKind.Literal, text));

    /// <summary>Takes a value, an action, a parameter or a topic.</summary>
    /// <param name="value">The value, or the name.</param>
    /// <param name="format"><c>cmd</c>, <c>param</c>, <c>topic</c>; a noun in singular and plural for a number: <c>target|targets</c>; <c>clause</c> to leave a sentence's full stop out; <c>lines</c> to keep the lines of a text.</param>
    /// <param name="name">What the value is called where the message is made; filled in by the compiler.</param>
    public void AppendFormatted<T>(T value, string? format = null, [CallerArgumentExpression(nameof(value))] string name = "") => _pieces.Add(format switch
    {
        "cmd" => new MessagePiece(MessagePieceKind.Command, value!.ToString()!),
        "param" => new MessagePiece(MessagePieceKind.Parameter, value!.ToString()!),
        "topic" => new MessagePiece(MessagePieceKind.Topic, value!.ToString()!),
        _ => new MessagePiece(MessagePieceKind.Value, name, value, format),
    });
}

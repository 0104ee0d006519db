using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Cli.Language;

/// <summary>The options of a request, made of its description.</summary>
/// <param name="shape">The description.</param>
/// <param name="without">Options that the command does not have.</param>
internal sealed class RequestOptions<T>(RequestShape<T> shape, params string[] without)
    where T : new()
{
    private readonly Dictionary<string, Option> _options = shape.Options.Where(option => !without.Contains(option.Name)).ToDictionary(option => option.Name, RequestOption.Make);

    public IEnumerable<Option> All => shape.Options.Where(option => _options.ContainsKey(option.Name)).Select(option => _options[option.Name]);

    /// <summary>The request of a command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="environment">Reads an environment variable, which applies where nothing is specified.</param>
    public T Read(ParseResult parsed, Func<string, string?> environment) => Read(parsed, environment, new T());

    /// <summary>The request of a command line, with other values where nothing is specified.</summary>
    public T Read(ParseResult parsed, Func<string, string?> environment, T otherwise) => shape.Read(new Input(shape, _options, parsed, environment), otherwise);

    private sealed class Input(RequestShape<T> shape, Dictionary<string, Option> options, ParseResult parsed, Func<string, string?> environment) : IRequestInput
    {
        public bool Flag(string option) => Value<bool>(option);

        public int? Number(string option) => Value<int?>(option);

        // A choice is read as its name is written.
        public string? Text(string option) => Value<string>(option) is { } text && shape.Options.First(one => one.Name == option) is { Kind: OptionKind.Choice } choice
            ? choice.Choices.First(word => RequestOption.Word(word) == text)
            : Value<string>(option);

        public IReadOnlyList<string>? List(string option) => Value<string[]>(option);

        public IReadOnlyDictionary<string, string>? Map(string option) => Value<string[]>(option) is { Length: > 0 } pairs ? Pairs(CommandLineVoice.Instance.Parameter(option), pairs) : null;

        public string? Setting(string variable) => environment(variable);

        private static Dictionary<string, string> Pairs(string option, string[] pairs)
        {
            Dictionary<string, string> map = new(StringComparer.Ordinal);
            foreach (string pair in pairs)
            {
                int end = pair.IndexOf('=', StringComparison.Ordinal);
                if (end <= 0)
                    throw new OpsException(ErrorIds.InvalidArgument, UsageMessages.NotNameAndValue(option, pair));
                map[pair[..end]] = pair[(end + 1)..];
            }

            return map;
        }

        private TValue? Value<TValue>(string option) => options.TryGetValue(option, out Option? found) ? parsed.GetValue((Option<TValue>)found) : default;
    }
}

/// <summary>Makes options of their descriptions.</summary>
internal static partial class RequestOption
{
    public static Option Make(OptionShape option)
    {
        string name = CommandLineVoice.Instance.Parameter(option.Name);
        Option made = option.Kind switch
        {
            OptionKind.Flag => Options.Flag(name, Help(option)),
            OptionKind.Number or OptionKind.Seconds => Number(name, option),
            OptionKind.List => Options.List(name, option.Value, Help(option)),
            OptionKind.Map => Options.Texts(name, option.Value, Help(option) + " Can be specified multiple times."),
            OptionKind.Choice => Choice(name, option),
            _ => Options.Text(name, option.Value, Help(option)),
        };
        return option.Names is { } kind ? made.Naming(Enum.Parse<NameKind>(kind)) : made;
    }

    /// <summary>The help of an option, spelled for the command line.</summary>
    public static string Help(OptionShape option)
    {
        string help = Marks().Replace(option.Help, mark => mark.Value[0] == '{' ? CommandLineVoice.Instance.Parameter(mark.Groups[1].Value) : Plain().IsMatch(mark.Groups[1].Value) ? mark.Groups[1].Value : $"'{mark.Groups[1].Value}'");
        string otherwise = (option.Setting, option.Otherwise) switch
        {
            (null, null) => "",
            ({ } setting, null) => $" (default: {setting})",
            (null, { } words) => $" (default: {words})",
            ({ } setting, { } words) => $" (default: {setting}, or else {words})",
        };
        string choices = option.Choices.Count == 0 ? "" : $" Valid values: {string.Join(", ", option.Choices.Select(Word))}.";
        string text = help + choices + (option.Wildcards ? " Supports wildcards." : "");
        return otherwise.Length == 0 ? text : $"{text.TrimEnd('.')}{otherwise}.";
    }

    private static Option<int?> Number(string name, OptionShape option)
    {
        Option<int?> made = Options.Number(name, option.Value, Help(option));
        if (option.Default is { } number)
            made.DefaultValueFactory = _ => Convert.ToInt32(number, CultureInfo.InvariantCulture);
        return made;
    }

    private static Option<string> Choice(string name, OptionShape option)
    {
        Option<string> made = Options.ChoiceOr(null, name, Help(option), [.. option.Choices.Select(Word)]);
        made.HelpName = option.Value;
        return made;
    }

    /// <summary>A choice as the command line spells it: <c>full-transitive</c>.</summary>
    public static string Word(string choice) => Humps().Replace(choice, "-").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")]
    private static partial Regex Humps();

    // What stands in code, and what names another option.
    [GeneratedRegex("[`{]([^`}]+)[`}]")]
    private static partial Regex Marks();

    [GeneratedRegex(@"^[\w.\-]+$")]
    private static partial Regex Plain();
}

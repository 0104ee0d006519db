using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EventBridgeOps.Events.Records;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Records;

namespace EventBridgeOps.Help.Cmdlets;

/// <summary>The texts of parameters whose comments refer to an option of a request: the description of the option says what it does.</summary>
internal static partial class LinkedText
{
    // The options by the parameters that refer to them, each by its name in comments.
    private static readonly Dictionary<string, OptionShape> Options = Read();

    /// <summary>The option that a parameter is linked to; null for none.</summary>
    public static OptionShape? OptionOf(ParameterDescription parameter) => Options.GetValueOrDefault($"P:{parameter.DeclaringType.FullName}.{parameter.Name}");

    /// <summary>The text of a parameter; null if it is not linked to an option.</summary>
    public static string? Of(ParameterDescription parameter) => OptionOf(parameter) is { } option ? Of(option, parameter) : null;

    private static string Of(OptionShape option, ParameterDescription parameter)
    {
        int? position = parameter.Sets.Values.Select(use => use.Position).FirstOrDefault(at => at is not null);
        string?[] parts =
        [
            Spell(option.Help),
            option.More.Length > 0 ? Spell(option.More) : null,
            option.Choices.Count > 0 ? $"Valid values: {string.Join(", ", option.Choices.Select(word => $"`{word}`"))}." : null,
            option.Wildcards ? "Wildcards are supported." : null,
            Default(option),
            Limits(option),
            position is null ? null : $"Position {position}.",
        ];
        return string.Join(' ', parts.Where(part => part is not null));
    }

    private static string? Default(OptionShape option) => (option.Setting, option.Otherwise, option.Default) switch
    {
        ({ } setting, { } otherwise, _) => $"Default: `{setting}`, then {otherwise}.",
        ({ } setting, null, _) => $"Default: `{setting}`.",
        (null, { } otherwise, _) => $"Default: {otherwise}.",
        (_, _, { } number) => $"Default: {number.ToString(CultureInfo.InvariantCulture)}.",
        _ => null,
    };

    private static string? Limits(OptionShape option) => (option.Min, option.Max) switch
    {
        ({ } min, { } max) => string.Create(CultureInfo.InvariantCulture, $"From {min} to {max}."),
        ({ } min, null) => string.Create(CultureInfo.InvariantCulture, $"At least {min}."),
        _ => null,
    };

    private static string Spell(string text) => Name().Replace(text, "`-$1`");

    private static Dictionary<string, OptionShape> Read()
    {
        ILookup<string, OptionShape> options = CoreRequests.Options.ToLookup(option => option.Member);
        return XDocument.Load(Path.ChangeExtension(typeof(AsyncCmdlet).Assembly.Location, ".xml")).Descendants("member")
            .Select(member => (Name: (string)member.Attribute("name")!, Link: (string?)member.Element("inheritdoc")?.Attribute("cref")))
            .Where(member => member.Link is not null && options.Contains(member.Link))
            .ToDictionary(member => member.Name, member => options[member.Link!].First());
    }

    // Another option.
    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Name();
}

using System.CommandLine;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Architecture.Tests;

/// <summary>All messages of the product, called with made-up parts.</summary>
public sealed class MessageTests
{
    private static readonly Assembly Shell = typeof(ShellVoice).Assembly;
    private static readonly Assembly CommandLine = typeof(CommandTree).Assembly;
    private static readonly Assembly[] Shared = [typeof(Message).Assembly, typeof(Change).Assembly, typeof(OpsSession).Assembly, typeof(SandboxServer).Assembly];

    public static TheoryData<string> Catalogs => [.. Types([.. Shared, CommandLine, Shell]).Select(type => type.FullName!).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_catalogs_and_their_ids_are_unique()
    {
        List<Message> all = [.. Types([.. Shared, CommandLine, Shell]).SelectMany(Messages)];

        Assert.True(all.Count > 300, $"Only {all.Count} messages were found.");
        Assert.All(all, message => Assert.NotEqual("", message.Id));
        Assert.Empty(all.GroupBy(message => message.Id).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Theory]
    [MemberData(nameof(Catalogs))]
    public void Actions_and_parameters_exist_where_they_are_named(string catalog)
    {
        Type type = Find(catalog);
        bool inShell = type.Assembly != CommandLine, onCommandLine = type.Assembly != Shell;
        Assert.All(Messages(type).SelectMany(message => message.Tokens), token =>
        {
            switch (token.Kind)
            {
                case MessagePieceKind.Command:
                    Assert.True(Actions.ContainsKey(token.Text), $"ebops has no command '{token.Text}'.");
                    Assert.True(!inShell || !ShellVoice.Instance.Command(token.Text).StartsWith("ebops", StringComparison.Ordinal), $"No cmdlet performs '{token.Text}'.");
                    break;
                case MessagePieceKind.Parameter:
                    Assert.True(!inShell || Parameters.Contains(token.Text), $"No cmdlet has a parameter {token.Text}.");
                    Assert.True(!onCommandLine || OnlyInShell.Contains(token.Text) || OptionNames.Contains(CommandLineVoice.Instance.Parameter(token.Text)), $"No command has an option {CommandLineVoice.Instance.Parameter(token.Text)}.");
                    break;
                default:
                    Assert.Equal("errors", token.Text);
                    break;
            }
        });
    }

    [Theory]
    [MemberData(nameof(Catalogs))]
    public void Texts_are_plain_and_leave_the_spelling_to_the_front_ends(string catalog) => Assert.All(Messages(Find(catalog)), message =>
    {
        string text = Literal(message);
        Assert.Null(PlainEnglish.Fault(text));
        Assert.DoesNotMatch(@"\b(Get|Sync|Undo|Send|Test|Measure|Update|Repair|Stop|Start|New|Export|ConvertTo)-(Eb|Mvp|Batch)\w+", text);
        Assert.DoesNotMatch(@"(?<![\w-])ebops [a-z]", text);
        if (Find(catalog).Assembly != Shell)
            Assert.DoesNotMatch(@"PowerShell|cmdlet|\b[A-Z][a-z]+-[A-Z]+[a-z]+[A-Z]\w+|\$[A-Z]", text);
        Assert.DoesNotMatch(@"(?<=^|[\s(])-[A-Z]\w+", text);
        Assert.DoesNotMatch(@"(?<=^|[\s(])(?<!\baws [^.]*)--[a-z]", text);
    });

    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Messages that name these arise only where the parameter was given.</summary>
    private static readonly string[] OnlyInShell = ["Credential"];

    private static Dictionary<string, Command> Actions { get; } = CommandHelp.All(CommandTree.Build(Terminal.OfProcess())).Skip(1).ToDictionary(command => CommandHelp.Path(command)["ebops ".Length..]);

    private static HashSet<string> OptionNames { get; } = [.. Actions.Values.SelectMany(command => command.Options.Select(option => option.Name)), "--help"];

    private static HashSet<string> Parameters { get; } = [.. Shell.GetTypes().Where(type => type.IsDefined(typeof(CmdletAttribute))).SelectMany(type => type.GetProperties()).Where(property => property.IsDefined(typeof(ParameterAttribute))).Select(property => property.Name), "Confirm", "Debug", "Verbose", "WhatIf"];

    private static IEnumerable<Type> Types(IEnumerable<Assembly> assemblies) => assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => type.Name.EndsWith("Messages", StringComparison.Ordinal) && type is { IsAbstract: true, IsSealed: true });

    private static Type Find(string name) => Types([.. Shared, CommandLine, Shell]).Single(type => type.FullName == name);

    private static bool IsMessage(MethodInfo method) => method.ReturnType == typeof(Message) && !method.IsSpecialName && !method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static IEnumerable<Message> Messages(Type catalog) => catalog.GetMethods(Static).Where(IsMessage)
        .Select(method => (Message)method.Invoke(null, [.. method.GetParameters().Select(parameter => MadeUp(parameter.ParameterType))])!);

    /// <summary>The text as it is written in the catalog, without its parts, tokens and nested messages.</summary>
    private static string Literal(Message message) => Regex.Replace(message.Template, @"\{[^}]*\}", "…");

    private static object? MadeUp(Type type) => type switch
    {
        _ when type == typeof(string) => "Region", // Also the name of a parameter that every front end has.
        _ when type == typeof(Enum) => SyncStatus.Updated,
        _ when type == typeof(Message) => Message.Verbatim("x"),
        _ when typeof(OpsException).IsAssignableFrom(type) && !type.IsAbstract => new OpsException(ErrorIds.Unexpected, Message.Verbatim("x")),
        _ when Nullable.GetUnderlyingType(type) is { } inner => MadeUp(inner),
        { IsValueType: true } => Activator.CreateInstance(type),
        { IsArray: true } => Array.CreateInstance(type.GetElementType()!, 0),
        { IsInterface: true, IsGenericType: true } => Array.CreateInstance(type.GetGenericArguments()[0], 0),
        { IsInterface: true } => null,
        _ => RuntimeHelpers.GetUninitializedObject(type),
    };
}

using EventBridgeOps.Events.Messages;
using System.CommandLine;
using System.Management.Automation;
using System.Reflection;
using EventBridgeOps.Cli;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.Architecture.Tests;

/// <summary>What a cmdlet takes by position, its command takes by position.</summary>
public sealed class PositionTests
{
    // What an object of the pipeline, or a document, is by position: a command reads it from standard input or a file.
    private static readonly string[] Documents = ["InputObject", "Pattern", "Event", "CaseFile"];

    // Named otherwise than the parameter, since they are arguments and no options. The path of a project is that of a folder.
    private static readonly Dictionary<string, string> OtherNames = new() { ["Path"] = "file" };

    private static readonly Dictionary<string, Command> Commands = CommandHelp.All(CommandTree.Build(Terminal.OfProcess())).Skip(1).ToDictionary(command => CommandHelp.Path(command)["ebops ".Length..]);

    public static TheoryData<string, string, string> Positions { get; } = [.. Cmdlets().SelectMany(cmdlet => cmdlet.GetCustomAttributes<PerformsAttribute>().Select(performs => (cmdlet.Name, performs.Action, string.Join(' ', ByPosition(cmdlet))))).Where(row => row.Item3.Length > 0 && Commands.ContainsKey(row.Item2))];

    [Theory, MemberData(nameof(Positions))]
    public void A_command_takes_what_its_cmdlet_takes_by_position(string cmdlet, string action, string parameters)
    {
        if (action == "mvp list")
            return; // Lists what 'mvp get', of the same cmdlet, gets by ID.
        if (action == "schema compare")
            return; // One list with the new version at its end: on a command line, several older versions cannot stand before another argument.
        Assert.Equal(parameters, string.Join(' ', Commands[action].Arguments.Select(argument => argument.Name)));
        Assert.NotEmpty(cmdlet);
    }

    [Fact]
    public void All_of_them_are_compared() => Assert.True(Positions.Count >= 18, $"{Positions.Count}");

    private static IEnumerable<Type> Cmdlets() => typeof(PerformsAttribute).Assembly.GetTypes().Where(type => type.IsDefined(typeof(CmdletAttribute)));

    private static IEnumerable<string> ByPosition(Type cmdlet) => cmdlet.GetProperties()
        .Where(property => !Documents.Contains(property.Name))
        .SelectMany(property => property.GetCustomAttributesData().Where(data => data.AttributeType == typeof(ParameterAttribute)).SelectMany(data => data.NamedArguments).Where(named => named.MemberName == nameof(ParameterAttribute.Position)).Select(named => (Position: (int)named.TypedValue.Value!, property.Name)))
        .Distinct().OrderBy(parameter => parameter.Position)
        .Select(parameter => OtherNames.GetValueOrDefault(cmdlet.Name.Contains("Project", StringComparison.Ordinal) ? "" : parameter.Name) ?? CommandLineVoice.Instance.Parameter(parameter.Name).TrimStart('-'));
}

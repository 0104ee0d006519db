using Mono.Cecil;

namespace EventBridgeOps.Architecture.Tests;

/// <summary>Between projects references go downward only.</summary>
public sealed class LayerTests
{
    private static readonly string[] s_frontEnd = ["EventBridgeOps.Aws", "EventBridgeOps.Core", "EventBridgeOps.Events", "EventBridgeOps.Patterns", "EventBridgeOps.Schemas", "EventBridgeOps.Sandbox"];

    private static readonly Dictionary<string, string[]> s_below = new()
    {
        ["EventBridgeOps.Patterns"] = [],
        ["EventBridgeOps.Events"] = ["EventBridgeOps.Patterns"],
        ["EventBridgeOps.Schemas"] = ["EventBridgeOps.Events", "EventBridgeOps.Patterns"],
        ["EventBridgeOps.Core"] = ["EventBridgeOps.Events", "EventBridgeOps.Patterns", "EventBridgeOps.Schemas"],
        // The other end of the wire: what it shares with Core it would only repeat.
        ["EventBridgeOps.Sandbox"] = ["EventBridgeOps.Events", "EventBridgeOps.Patterns"],
        ["EventBridgeOps.Aws"] = ["EventBridgeOps.Core", "EventBridgeOps.Events", "EventBridgeOps.Patterns", "EventBridgeOps.Schemas"],
        ["EventBridgeOps.Cli"] = s_frontEnd,
        ["EventBridgeOps.PowerShell"] = s_frontEnd,
        ["EventBridgeOps.Lambda"] = ["EventBridgeOps.Aws", "EventBridgeOps.Core", "EventBridgeOps.Events", "EventBridgeOps.Patterns", "EventBridgeOps.Schemas"],
        ["EventBridgeOps.Loader"] = [],
    };

    private static readonly string[] s_foreign = ["System.Management.Automation.", "Amazon.", "AWSSDK.", "System.Console."];

    public static TheoryData<string> Projects { get; } = [.. Product.Projects];

    public static TheoryData<string> Domain { get; } = ["EventBridgeOps.Core", "EventBridgeOps.Events", "EventBridgeOps.Patterns", "EventBridgeOps.Schemas"];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_refers_only_to_those_below_it(string project)
    {
        Assert.True(s_below.ContainsKey(project), $"{project} is a new project: say in {nameof(LayerTests)} which projects are below it.");
        using ModuleDefinition module = Product.Read(project);
        Assert.Empty(module.AssemblyReferences.Select(reference => reference.Name).Where(name => name.StartsWith("EventBridgeOps.", StringComparison.Ordinal) || name == "ebops").Except(s_below[project]));
    }

    [Theory, MemberData(nameof(Domain))]
    public void The_domain_knows_no_shell_no_SDK_and_no_console(string project)
    {
        using ModuleDefinition module = Product.Read(project);
        string[] named = [.. module.GetTypeReferences().Select(type => TypeReferences.Outermost(type).FullName).Concat(module.AssemblyReferences.Select(reference => reference.Name + ".dll"))];
        Assert.DoesNotContain(named, name => s_foreign.Any(foreign => name.StartsWith(foreign, StringComparison.Ordinal)) || name == "System.Console");
    }
}

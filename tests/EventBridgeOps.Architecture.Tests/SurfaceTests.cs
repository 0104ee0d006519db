using System.Reflection;
using PublicApiGenerator;

namespace EventBridgeOps.Architecture.Tests;

/// <summary>What a library offers others is written down, so that a change of it is seen and meant.</summary>
public sealed class SurfaceTests
{
    private const string AcceptVariable = "EBOPS_ACCEPT_SURFACE";

    private static readonly string[] s_descriptions = ["EventBridgeOps.Events.Messages.ErrorAttribute", .. new[] { "Record", "Column", "Group", "Field", "State", "Request", "Option" }.Select(name => $"EventBridgeOps.Events.Records.{name}Attribute")];

    private static readonly ApiGeneratorOptions s_options = new()
    {
        IncludeAssemblyAttributes = false,
        // Those of the compiler and of descriptions, which tell how a member is written or shown and not how it is called.
        ExcludeAttributes = [.. s_descriptions, "System.Runtime.CompilerServices.AsyncStateMachineAttribute", "System.Runtime.CompilerServices.AsyncIteratorStateMachineAttribute", "System.Runtime.CompilerServices.IteratorStateMachineAttribute"],
    };

    public static TheoryData<string> Libraries { get; } = ["EventBridgeOps.Aws", "EventBridgeOps.Core", "EventBridgeOps.Events", "EventBridgeOps.Patterns", "EventBridgeOps.Sandbox", "EventBridgeOps.Schemas"];

    [Theory, MemberData(nameof(Libraries))]
    public void The_public_surface_is_the_approved_one(string library)
    {
        string file = Path.Combine(Product.Root, "tests", "EventBridgeOps.Architecture.Tests", "Surface", library + ".approved.txt");
        string actual = Assembly.LoadFrom(Product.AssemblyFile(library)).GeneratePublicApi(s_options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable(AcceptVariable) is { Length: > 0 })
            File.WriteAllText(file, actual);
        string[] approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n").Split('\n') : [];
        string[] now = actual.Split('\n');
        Assert.True(approved.SequenceEqual(now, StringComparer.Ordinal), $"""
            The public surface of {library} is not the approved one:
            {string.Join('\n', approved.Except(now).Select(line => "- " + line.Trim()).Concat(now.Except(approved).Select(line => "+ " + line.Trim())))}
            If that is meant, accept it: {AcceptVariable}=1 dotnet test tests/EventBridgeOps.Architecture.Tests
            """);
    }
}

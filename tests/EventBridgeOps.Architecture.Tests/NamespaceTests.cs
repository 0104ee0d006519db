using System.Text.RegularExpressions;
using Mono.Cecil;

namespace EventBridgeOps.Architecture.Tests;

/// <summary>Inside a project the namespaces, which are its folders, stand in an order.</summary>
public sealed partial class NamespaceTests
{
    /// <summary>Names that say which kind of class a folder holds, and not what it does.</summary>
    private static readonly string[] s_kinds = ["Account", "Arguments", "Common", "Console", "Enums", "Errors", "Exceptions", "Extensions", "Helpers", "Http", "Interfaces", "Models", "Output", "Protocols", "State", "Types", "Utilities", "Utils"];

    public static TheoryData<string> Projects { get; } = [.. Product.Projects];

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine { get; }

    [Theory, MemberData(nameof(Projects))]
    public void No_namespaces_of_a_project_refer_to_each_other_in_a_circle(string project)
    {
        using ModuleDefinition module = Product.Read(project);
        NamespaceCircles circles = new();
        foreach (TypeUse use in TypeReferences.In(module).Where(use => use.To.Module == module && use.To.Scope == module && IsOurs(use.From) && IsOurs(use.To)))
            circles.Add(use.From.Namespace, use.To.Namespace, use.ToString());
        Assert.True(!circles.Tell().Any(), string.Join(Environment.NewLine, circles.Tell()));
    }

    [Fact]
    public void A_circle_is_named_with_an_example_for_each_way()
    {
        NamespaceCircles circles = new();
        circles.Add("A", "B", "A.One refers to B.Two");
        circles.Add("B", "C", "B.Two refers to C.Three");
        circles.Add("C", "A", "C.Three refers to A.One");
        circles.Add("C", "D", "C.Three refers to D.Four");
        string told = Assert.Single(circles.Tell());
        Assert.Equal(["3 namespaces are in a circle, for example A -> B -> C -> A:", "  A -> B: A.One refers to B.Two", "  B -> C: B.Two refers to C.Three", "  C -> A: C.Three refers to A.One"], told.Split(Environment.NewLine));
    }

    [Fact]
    public void References_are_found_wherever_a_type_can_be_named()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(typeof(NamespaceTests).Assembly.Location);
        string[] found = [.. TypeReferences.In(module).Where(use => use.From.Name == nameof(Specimen)).Select(use => use.To.Name).Distinct(StringComparer.Ordinal)];
        Assert.Superset(new HashSet<string> { "Attribute", "IDisposable", "Guid", "List`1", "Version", "Uri", "UriKind", "FormatException", "Stopwatch", "StringBuilder", "DayOfWeek" }, found.ToHashSet());
    }

    [Theory, MemberData(nameof(Projects))]
    public void The_namespace_of_a_file_is_its_folder(string project)
    {
        string home = Path.Combine(Product.Root, "src", project);
        List<string> wrong = [];
        foreach (string file in Product.SourceFiles(project))
        {
            string folder = Path.GetRelativePath(home, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            string expected = folder == "." ? Product.RootNamespace(project) : $"{Product.RootNamespace(project)}.{folder}";
            // A program's first file has statements only.
            string? actual = NamespaceLine.Match(File.ReadAllText(file)) is { Success: true } match ? match.Groups[1].Value : null;
            if (actual != expected && !(actual is null && Path.GetFileName(file) == "Program.cs"))
                wrong.Add($"{Path.GetRelativePath(Product.Root, file)} has the namespace {actual ?? "(none)"}, and its folder is {expected}");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Theory, MemberData(nameof(Projects))]
    public void Folders_are_named_for_what_they_do(string project) =>
        Assert.Empty(Product.SourceFiles(project).SelectMany(file => Path.GetRelativePath(Path.Combine(Product.Root, "src", project), Path.GetDirectoryName(file)!).Split(Path.DirectorySeparatorChar)).Distinct(StringComparer.Ordinal).Intersect(s_kinds, StringComparer.Ordinal));

    // The compiler puts types of its own beside ours, and Polyfills.cs has those of .NET.
    private static bool IsOurs(TypeReference type) => type.Namespace == "EventBridgeOps" || type.Namespace.StartsWith("EventBridgeOps.", StringComparison.Ordinal);
}

[AttributeUsage(AttributeTargets.All)]
internal sealed class SpecimenAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}

/// <summary>Names one type in each place where a type can be named.</summary>
[Specimen(typeof(Attribute))]
internal sealed class Specimen : IDisposable
{
    public List<Guid[]> Field = [];

    public static Version? Signature() => null;

    public static async Task<string> BodyAsync()
    {
        try
        {
            await Task.Yield();
            return new[] { "" }.Select(text => new Uri(text, UriKind.Relative).ToString() + Of<System.Text.StringBuilder>() + Enum.IsDefined(DayOfWeek.Friday)).First();
        }
        catch (FormatException)
        {
            return System.Diagnostics.Stopwatch.GetTimestamp().ToString("d", null);
        }
    }

    public void Dispose() => Field = [];

    private static string Of<T>() => typeof(T).Name;
}

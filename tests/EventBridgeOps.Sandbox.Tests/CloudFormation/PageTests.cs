using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.CloudFormation;
using EventBridgeOps.Sandbox.CloudFormation.Kinds;

namespace EventBridgeOps.Sandbox.Tests.CloudFormation;

/// <summary>The page of the stacks says what there is.</summary>
public sealed class PageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "CloudFormation", "sandbox-stacks.md"));

    [Fact]
    public void Page_has_all_resource_types()
    {
        List<string> types = [];
        foreach (string line in Section("Resource types").Where(line => line.StartsWith("| ", StringComparison.Ordinal)))
        {
            string service = "";
            foreach (string name in Regex.Matches(line, "`([A-Za-z0-9:]*::[A-Za-z0-9]+)`").Select(found => found.Groups[1].Value))
            {
                service = name.StartsWith("::", StringComparison.Ordinal) ? service : name[..name.LastIndexOf("::", StringComparison.Ordinal)];
                types.Add(name.StartsWith("::", StringComparison.Ordinal) ? service + name : name);
            }
        }

        Assert.Equal(ResourceKinds.Types.Order(StringComparer.Ordinal), types.Order(StringComparer.Ordinal));
        Assert.All(types, type => Assert.NotNull(ResourceSchema.Of(type)));
    }

    [Fact]
    public void Page_has_all_operations() => Assert.Equal(
        new CloudFormationService().Operations.Keys.Order(StringComparer.Ordinal),
        Regex.Matches(Section("Operations").First(line => line.StartsWith('`')).Replace("(`CREATE` and `UPDATE`)", "", StringComparison.Ordinal), "`([A-Za-z]+)`")
            .Select(found => found.Groups[1].Value).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Section(string title) => Page.ReplaceLineEndings("\n").Split('\n')
        .SkipWhile(line => line != "## " + title).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));
}

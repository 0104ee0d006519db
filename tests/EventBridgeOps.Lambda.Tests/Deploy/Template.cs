using System.Text.RegularExpressions;
using EventBridgeOps.Lambda.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace EventBridgeOps.Lambda.Tests.Deploy;

/// <summary>A template of deploy/, as text and as YAML.</summary>
internal sealed class Template
{
    private Template(string path)
    {
        Text = File.ReadAllText(path);
        YamlStream yaml = [];
        yaml.Load(new StringReader(Text));
        Root = (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    public static Template Automation { get; } = new(Repository.Path("deploy", "automation.yaml"));

    public static IEnumerable<string> Files => Directory.GetFiles(Repository.Path("deploy"), "*.yaml").Select(path => Path.GetFileName(path)!);

    public string Text { get; }

    public YamlMappingNode Root { get; }

    /// <summary>The resources, by logical ID.</summary>
    public IEnumerable<(string Id, string Kind, YamlMappingNode Node)> Resources =>
        ((YamlMappingNode)Root["Resources"]).Select(each => (each.Key.ToString(), each.Value["Type"].ToString(), (YamlMappingNode)each.Value));

    /// <summary>The parameters that have a default, with it.</summary>
    public Dictionary<string, string> Defaults => ((YamlMappingNode)Root["Parameters"]).Where(each => ((YamlMappingNode)each.Value).Children.ContainsKey("Default"))
        .ToDictionary(each => each.Key.ToString(), each => each.Value["Default"].ToString());

    public IEnumerable<string> Keys(string section) => ((YamlMappingNode)Root[section]).Children.Keys.Select(key => key.ToString());

    public static Template Read(string file) => new(Repository.Path("deploy", file));

    /// <summary>The template with the resources of some kinds alone, and without outputs.</summary>
    public string Only(params string[] kinds)
    {
        string head = Text[..Text.IndexOf("\nResources:\n", StringComparison.Ordinal)], body = Text[head.Length..Text.IndexOf("\nOutputs:\n", StringComparison.Ordinal)];
        IEnumerable<string> blocks = Regex.Split(body, @"\n(?=  \w+:\n    Type: )", RegexOptions.None, TimeSpan.FromSeconds(10)).Skip(1).Where(block => kinds.Contains(Regex.Match(block, @"Type: (\S+)", RegexOptions.None, TimeSpan.FromSeconds(10)).Groups[1].Value));
        return $"{head}\nResources:\n{string.Join('\n', blocks)}\n";
    }

    /// <summary>A property of a resource; null if it has none.</summary>
    public static YamlNode? Property(YamlMappingNode resource, string name) =>
        resource.Children.TryGetValue("Properties", out YamlNode? properties) && ((YamlMappingNode)properties).Children.TryGetValue(name, out YamlNode? value) ? value : null;
}

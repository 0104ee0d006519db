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

    public IEnumerable<string> Keys(string section) => ((YamlMappingNode)Root[section]).Children.Keys.Select(key => key.ToString());

    public static Template Read(string file) => new(Repository.Path("deploy", file));

    /// <summary>A property of a resource; null if it has none.</summary>
    public static YamlNode? Property(YamlMappingNode resource, string name) =>
        resource.Children.TryGetValue("Properties", out YamlNode? properties) && ((YamlMappingNode)properties).Children.TryGetValue(name, out YamlNode? value) ? value : null;
}

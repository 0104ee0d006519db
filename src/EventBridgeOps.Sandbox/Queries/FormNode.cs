using System.Globalization;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Queries;

/// <summary>The parameters of a form as a tree: each dot in a name is a step.</summary>
internal sealed class FormNode
{
    private const int DeepestName = 16;

    /// <summary>More than any operation takes in one structure.</summary>
    private const int MostChildren = 2000;

    private readonly Dictionary<string, FormNode> children = new(StringComparer.Ordinal);
    private readonly List<string> order = [];

    /// <summary>The value, if the parameter itself was given.</summary>
    public string? Text { get; private set; }

    public bool IsLeaf => children.Count == 0;

    public IEnumerable<KeyValuePair<string, FormNode>> Children => order.Select(name => new KeyValuePair<string, FormNode>(name, children[name]));

    /// <summary>The children that are numbers, in their order; null if one is not a number.</summary>
    public IReadOnlyList<FormNode>? Numbered
    {
        get
        {
            List<(int Number, FormNode Node)> items = [];
            foreach (KeyValuePair<string, FormNode> child in children)
            {
                if (!int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                    return null;
                items.Add((number, child.Value));
            }

            return items.OrderBy(item => item.Number).Select(item => item.Node).ToList();
        }
    }

    public FormNode? this[string name] => children.TryGetValue(name, out FormNode? child) ? child : null;

    public static FormNode Of(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        FormNode root = new();
        foreach (KeyValuePair<string, string> parameter in parameters)
        {
            string[] steps = parameter.Key.Split('.');
            if (steps.Length > DeepestName)
                throw new AwsError(400, "MalformedInput", QueryMessages.TooDeep().ToString());
            FormNode node = root;
            foreach (string step in steps)
                node = node.Child(step);
            node.Text = parameter.Value;
        }

        return root;
    }

    private FormNode Child(string name)
    {
        if (children.TryGetValue(name, out FormNode? child))
            return child;
        if (children.Count == MostChildren)
            throw new AwsError(400, "MalformedInput", QueryMessages.TooMany().ToString());

        order.Add(name);
        return children[name] = new();
    }
}

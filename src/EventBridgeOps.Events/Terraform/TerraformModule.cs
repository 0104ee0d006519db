using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Terraform;

/// <summary>An instance of a module of a plan: the root module, or a call of a module with one key.</summary>
internal sealed class TerraformModule(string address, TerraformModule? parent, string name, string? key, JsonObject configuration, JsonObject call)
{
    private readonly List<TerraformModule> _children = [];
    private readonly List<TerraformResource> _resources = [];

    /// <summary>The address, such as <c>module.a["x"]</c>; empty for the root module.</summary>
    public string Address => address;

    /// <summary>The module that calls it; null for the root module.</summary>
    public TerraformModule? Parent => parent;

    /// <summary>The key of <c>for_each</c> or the index of <c>count</c> of the call; null for neither.</summary>
    public string? Key => key;

    /// <summary>The configuration of the module.</summary>
    public JsonObject Configuration => configuration;

    /// <summary>The call of the module, with the expressions of its variables.</summary>
    public JsonObject Call => call;

    /// <summary>The resources and data sources in it.</summary>
    public IReadOnlyList<TerraformResource> Resources => _resources;

    /// <summary>It and the modules that are called from it.</summary>
    public IEnumerable<TerraformModule> All => _children.SelectMany(child => child.All).Prepend(this);

    /// <summary>The configuration of a resource; empty when the file does not have it.</summary>
    public JsonObject ConfigurationOf(string type, string resource, bool isData) =>
        List(configuration["resources"]).FirstOrDefault(other => other.String("type") == type && other.String("name") == resource && (other.String("mode") == "data") == isData) ?? [];

    /// <summary>The instances of a call. A module without resources is not among the planned values, and has its outputs all the same.</summary>
    public IReadOnlyList<TerraformModule> Called(string called)
    {
        List<TerraformModule> found = _children.FindAll(child => child.IsCall(called));
        if (found.Count > 0 || (configuration["module_calls"] as JsonObject)?[called] is not JsonObject)
            return found;
        return [Child(address.Length > 0 ? $"{address}.module.{called}" : $"module.{called}")];
    }

    /// <summary>The child at an address, which is added if it is not there.</summary>
    public TerraformModule Child(string at)
    {
        if (_children.Find(child => child.Address == at) is { } known)
            return known;
        TerraformStep step = TerraformPath.Last(at);
        JsonObject ownCall = (configuration["module_calls"] as JsonObject)?[step.Name] as JsonObject ?? [];
        TerraformModule added = new(at, this, step.Name, step.Key, ownCall["module"] as JsonObject ?? [], ownCall);
        _children.Add(added);
        return added;
    }

    public void Add(TerraformResource resource) => _resources.Add(resource);

    internal static IEnumerable<JsonObject> List(JsonNode? node) => (node as JsonArray)?.OfType<JsonObject>() ?? [];

    private bool IsCall(string called) => name == called;
}

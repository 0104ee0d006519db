using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Terraform;

/// <summary>What <c>terraform show -json</c> prints of a plan or a state.</summary>
/// <remarks>https://developer.hashicorp.com/terraform/internals/json-format.</remarks>
internal sealed class TerraformPlan
{
    private readonly JsonObject _document;
    private readonly Dictionary<string, JsonObject> _changes = new(StringComparer.Ordinal);

    private TerraformPlan(JsonObject document, JsonObject root)
    {
        _document = document;
        foreach (JsonObject resource in TerraformModule.List(document["resource_changes"]))
        {
            if (resource.String("address") is { } address && resource["change"] is JsonObject change)
                _changes[address] = change;
        }

        Root = new TerraformModule("", null, "", null, (document["configuration"] as JsonObject)?["root_module"] as JsonObject ?? [], []);
        Fill(Root, root, isPrior: false);
        if (((document["prior_state"] as JsonObject)?["values"] as JsonObject)?["root_module"] is JsonObject prior)
            Fill(Root, prior, isPrior: true);
    }

    /// <summary>The root module.</summary>
    public TerraformModule Root { get; }

    /// <summary>The resources that are there when the plan is applied.</summary>
    public IEnumerable<TerraformResource> Resources => Root.All.SelectMany(module => module.Resources).Where(resource => !resource.IsData);

    /// <summary>The addresses of resources that the plan deletes or forgets.</summary>
    public IEnumerable<string> Removed => _changes.Where(change => IsRemoved(change.Value)).Select(change => change.Key);

    /// <summary>Whether a document is a plan or a state.</summary>
    public static bool Is(JsonObject document) => Values(document) is not null;

    /// <summary>Reads a plan or a state.</summary>
    public static TerraformPlan Read(JsonObject document) => new(document, Values(document)!);

    /// <summary>The value of a variable of the root module.</summary>
    public JsonNode? Variable(string name) => ((_document["variables"] as JsonObject)?[name] as JsonObject)?["value"];

    /// <summary>The configuration of a provider; empty when the file does not have it.</summary>
    public JsonObject Provider(string key) => (((_document["configuration"] as JsonObject)?["provider_config"] as JsonObject)?[key] as JsonObject)?["expressions"] as JsonObject ?? [];

    private static JsonObject? Values(JsonObject document) => ((document["planned_values"] ?? document["values"]) as JsonObject)?["root_module"] as JsonObject;

    /// <summary>Adds the resources of a module. Data sources that were read while the plan was made are in the prior state only.</summary>
    private void Fill(TerraformModule module, JsonObject values, bool isPrior)
    {
        foreach (JsonObject document in TerraformModule.List(values["resources"]))
        {
            JsonObject? change = document.String("address") is { } address && _changes.TryGetValue(address, out JsonObject? found) ? found : null;
            TerraformResource resource = new(module, document, isPrior ? new JsonObject() : change?["after_unknown"]);
            if (isPrior ? resource.IsData && module.Resources.All(known => known.Address != resource.Address) : change is null || !IsRemoved(change))
                module.Add(resource);
        }

        foreach (JsonObject child in TerraformModule.List(values["child_modules"]))
            Fill(module.Child(child.String("address") ?? ""), child, isPrior);
    }

    private static bool IsRemoved(JsonObject change) =>
        change["actions"] is JsonArray { Count: > 0 } actions && actions.All(action => Document.Text(action) is "delete" or "forget");
}

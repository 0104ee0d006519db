using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Terraform;

/// <summary>An instance of a resource or data source of a plan.</summary>
internal sealed class TerraformResource
{
    private readonly JsonObject _configuration;

    public TerraformResource(TerraformModule module, JsonObject document, JsonNode? unknown)
    {
        Module = module;
        Type = document.String("type") ?? "";
        Name = document.String("name") ?? "";
        IsData = document.String("mode") == "data";
        Key = document["index"] is JsonValue index ? Document.Text(index) ?? index.ToJsonString() : null;
        string local = (IsData ? "data." : "") + $"{Type}.{Name}";
        Address = document.String("address") ?? (module.Address.Length > 0 ? $"{module.Address}.{local}" : local);
        Key ??= TerraformPath.Last(Address).Key;
        _configuration = module.ConfigurationOf(Type, Name, IsData);
        Body = new TerraformBlock(document["values"] as JsonObject ?? [], unknown, _configuration["expressions"] as JsonObject ?? []);
    }

    /// <summary>The module instance that it is in.</summary>
    public TerraformModule Module { get; }

    /// <summary>The whole address, with the key of the instance.</summary>
    public string Address { get; }

    public string Type { get; }

    public string Name { get; }

    /// <summary>The key of <c>for_each</c> or the index of <c>count</c>; null for neither.</summary>
    public string? Key { get; }

    public bool IsData { get; }

    public TerraformBlock Body { get; }

    /// <summary>The provider configuration, such as <c>aws</c> or <c>aws.west</c>; empty when the file does not say.</summary>
    public string Provider => _configuration.String("provider_config_key") ?? "";

    /// <summary>The expression of <c>for_each</c>; null for none.</summary>
    public JsonNode? ForEach => _configuration["for_each_expression"];

    /// <summary>A text that is known, or a constant of the configuration.</summary>
    public string? Text(string field) => Body.Values.String(field) ?? Document.Text(TerraformExpression.Constant(Body.Expression(field)));
}

using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.SchemaRegistry;

/// <summary>EventBridge Schemas: registries, schemas and their versions; no discovery, no code bindings, and no schemas of AWS services.</summary>
internal sealed class SchemaService : IService
{
    public string Name => "schemas";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["CreateRegistry"] = RegistryOperations.Create,
        ["DescribeRegistry"] = RegistryOperations.Describe,
        ["UpdateRegistry"] = RegistryOperations.Update,
        ["DeleteRegistry"] = RegistryOperations.Delete,
        ["ListRegistries"] = RegistryOperations.List,
        ["CreateSchema"] = SchemaOperations.Create,
        ["DescribeSchema"] = SchemaOperations.Describe,
        ["UpdateSchema"] = SchemaOperations.Update,
        ["DeleteSchema"] = SchemaOperations.Delete,
        ["ListSchemas"] = SchemaOperations.List,
        ["ListSchemaVersions"] = VersionOperations.List,
        ["DeleteSchemaVersion"] = VersionOperations.Delete,
        ["ExportSchema"] = VersionOperations.Export,
        ["SearchSchemas"] = VersionOperations.Search,
        ["GetResourcePolicy"] = RegistryPolicies.Get,
        ["PutResourcePolicy"] = RegistryPolicies.Put,
        ["DeleteResourcePolicy"] = RegistryPolicies.Delete,
        ["TagResource"] = SchemaTags.Tag,
        ["UntagResource"] = SchemaTags.Untag,
        ["ListTagsForResource"] = SchemaTags.List,
    };

    public AwsError BadToken => SchemaErrors.Bad("Invalid NextToken.");

    public AwsError Internal(int status) => new(status, status == 503 ? "ServiceUnavailableException" : "InternalServerErrorException", "An internal error has occurred.");
}

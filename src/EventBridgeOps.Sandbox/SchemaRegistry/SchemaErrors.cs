using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.SchemaRegistry;

/// <summary>The errors of EventBridge Schemas.</summary>
/// <remarks>The service model schemas-2019-12-02</remarks>
internal static class SchemaErrors
{
    public static AwsError Bad(string message) => new(400, "BadRequestException", message);

    public static AwsError NotFound(string message) => new(404, "NotFoundException", message);

    public static AwsError Conflict(string message) => new(409, "ConflictException", message);

    public static AwsError NoRegistry(string name) => NotFound($"Registry with name {name} does not exist.");

    public static AwsError NoSchema(string name) => NotFound($"Schema with name {name} does not exist.");
}

using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>Lambda: functions whose bootstrap runs as a process of this machine.</summary>
internal sealed class LambdaService : IService
{
    public string Name => "lambda";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["CreateFunction"] = FunctionOperations.Create,
        ["GetFunction"] = FunctionOperations.Get,
        ["GetFunctionConfiguration"] = FunctionOperations.GetConfiguration,
        ["ListFunctions"] = FunctionOperations.List,
        ["DeleteFunction"] = FunctionOperations.Delete,
        ["UpdateFunctionCode"] = FunctionChanges.UpdateCode,
        ["UpdateFunctionConfiguration"] = FunctionChanges.UpdateConfiguration,
        ["Invoke"] = InvokeOperation.Accept,
        ["AddPermission"] = FunctionPermissions.Add,
        ["RemovePermission"] = FunctionPermissions.Remove,
        ["GetPolicy"] = FunctionPermissions.Get,
        ["PutFunctionEventInvokeConfig"] = EventInvokeConfig.Put,
        ["UpdateFunctionEventInvokeConfig"] = EventInvokeConfig.Update,
        ["GetFunctionEventInvokeConfig"] = EventInvokeConfig.Get,
        ["DeleteFunctionEventInvokeConfig"] = EventInvokeConfig.Delete,
        ["ListFunctionEventInvokeConfigs"] = EventInvokeConfig.List,
        ["CreateEventSourceMapping"] = EventSources.Create,
        ["GetEventSourceMapping"] = EventSources.Get,
        ["ListEventSourceMappings"] = EventSources.List,
        ["UpdateEventSourceMapping"] = EventSources.Update,
        ["DeleteEventSourceMapping"] = EventSources.Delete,
        ["TagResource"] = FunctionTags.Tag,
        ["UntagResource"] = FunctionTags.Untag,
        ["ListTags"] = FunctionTags.List,
    };

    public AwsError BadToken => LambdaErrors.Invalid("The marker is not valid.");

    public AwsError Internal(int status) => new(status, "ServiceException", "An error occurred and the request cannot be processed.");
}

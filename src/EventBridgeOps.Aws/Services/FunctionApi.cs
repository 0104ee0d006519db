using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Installation;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Services;

/// <summary>AWS Lambda over the wire.</summary>
internal sealed class FunctionApi(AwsDocumentClient client) : IFunctionApi
{
    private const string ErrorHeader = "X-Amz-Function-Error";

    private static readonly ServiceOperation GetFunctionConfiguration = Read(nameof(GetFunctionConfiguration), "/2015-03-31/functions/{FunctionName}/configuration");
    private static readonly ServiceOperation GetPolicy = Read(nameof(GetPolicy), "/2015-03-31/functions/{FunctionName}/policy");
    private static readonly ServiceOperation GetFunctionEventInvokeConfig = Read(nameof(GetFunctionEventInvokeConfig), "/2019-09-25/functions/{FunctionName}/event-invoke-config");
    private static readonly ServiceOperation GetEventSourceMapping = Read(nameof(GetEventSourceMapping), "/2015-03-31/event-source-mappings/{UUID}");
    private static readonly ServiceOperation Invoke = new(AwsService.Lambda, nameof(Invoke), "lambda:InvokeFunction", "/2015-03-31/functions/{FunctionName}/invocations", IsRepeatable: false)
    {
        AnswerHeader = ErrorHeader,
        Patience = TimeSpan.FromSeconds(90),
    };

    public Task<JsonObject> GetConfigurationAsync(string function, CancellationToken cancellationToken) =>
        client.InvokeAsync(GetFunctionConfiguration, ServicesMessages.Function(function), Named(function), cancellationToken);

    public Task<JsonObject> GetEventInvokeConfigAsync(string function, CancellationToken cancellationToken) =>
        client.InvokeAsync(GetFunctionEventInvokeConfig, ServicesMessages.Function(function), Named(function), cancellationToken);

    public async Task<string?> GetPolicyAsync(string function, CancellationToken cancellationToken)
    {
        try
        {
            JsonObject answer = await client.InvokeAsync(GetPolicy, ServicesMessages.Function(function), Named(function), cancellationToken);
            return new Answer(GetPolicy, ServicesMessages.Function(function), answer).RequiredText("Policy");
        }
        catch (ServiceCallException e) when (e.ErrorId == ErrorIds.ResourceNotFound)
        {
            return null;
        }
    }

    public Task<JsonObject> GetEventSourceMappingAsync(string id, CancellationToken cancellationToken) =>
        client.InvokeAsync(GetEventSourceMapping, ServicesMessages.EventSourceMapping(id), new JsonObject { ["UUID"] = id }, cancellationToken);

    public async Task<FunctionAnswer> InvokeAsync(string function, JsonObject payload, CancellationToken cancellationToken)
    {
        JsonObject answer = await client.InvokeAsync(Invoke, ServicesMessages.Function(function), () => Document.WriteUtf8(payload), cancellationToken, Named(function));
        string? error = answer.String(ErrorHeader);
        answer.Remove(ErrorHeader);
        return new FunctionAnswer(error, answer);
    }

    private static JsonObject Named(string function) => new() { ["FunctionName"] = function };

    private static ServiceOperation Read(string name, string path) => new(AwsService.Lambda, name, "lambda:" + name, path) { Method = "GET" };
}

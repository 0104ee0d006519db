using System.Text.Json.Nodes;
using EventBridgeOps.Automation;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Services;

/// <summary>AWS Systems Manager Parameter Store over the wire.</summary>
internal sealed class ParameterApi(AwsDocumentClient client) : IParameterApi
{
    private static readonly ServiceOperation GetParameter = new(AwsService.Ssm, nameof(GetParameter), "ssm:GetParameter");

    public async Task<string> ReadAsync(string name, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Parameter(name);
        JsonObject request = new() { ["Name"] = name, ["WithDecryption"] = true };
        Answer answer = new(GetParameter, subject, await client.InvokeAsync(GetParameter, subject, request, cancellationToken));
        return answer.Document["Parameter"] is JsonObject parameter ? new Answer(GetParameter, subject, parameter).RequiredText("Value") : throw answer.Wrong(ServicesMessages.FieldMissing("Parameter"));
    }
}

using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Faults;

internal sealed record RepeatTokenFault : Fault
{
    internal override async Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next)
    {
        string member = call.Service == "events" ? "NextToken" : "nextToken";
        HttpResponse response = await next(call with { Input = call.Input.Without(member) });
        return response.Status != 200
            ? response
            : response with { Body = Document.From(Json.Parse(response.Body)).With(member, "again-and-again").ToUtf8() };
    }
}

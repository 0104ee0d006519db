namespace EventBridgeOps.Sandbox;

internal sealed record ChangeUnderfootFault(string Service, string Operation, string Body) : Fault
{
    internal override Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next)
    {
        var other = call with { Service = Service, Operation = Operation, Input = Document.From(Json.Parse(Body)), Body = Body };
        backstage.Services.Run(other);
        return next(call);
    }
}

using System.Text;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Faults;

/// <summary>Faults in which the response is an error, is malformed or late, or is missing.</summary>
internal sealed record ThrottleFault : Fault
{
    internal override Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next) =>
        Task.FromResult(backstage.Fail(call, call.Protocol.TooFast()));
}

internal sealed record InternalErrorFault(int Status = 500) : Fault
{
    internal override Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next) =>
        Task.FromResult(backstage.Fail(call, backstage.Services.Named(call.Service).Internal(Status)));
}

internal sealed record ErrorFault(int Status, string Code, string? Message) : Fault
{
    internal override Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next) =>
        Task.FromResult(backstage.Fail(call, new(Status, Code, Message ?? FaultMessages.Injected().ToString())));
}

internal sealed record ResetBeforeFault : Fault
{
    internal override Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next) =>
        Task.FromResult(HttpResponse.Reset);
}

internal sealed record ResetAfterFault : Fault
{
    internal override async Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next)
    {
        await next(call);
        return HttpResponse.Reset;
    }
}

internal sealed record SlowFault(TimeSpan Delay) : Fault
{
    internal override async Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next)
    {
        await backstage.Time.Delay(Delay, backstage.CancellationToken);
        return await next(call);
    }
}

internal sealed record LateAnswerFault(TimeSpan Delay) : Fault
{
    internal override async Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next)
    {
        HttpResponse answer = await next(call);
        await backstage.Time.Delay(Delay, backstage.CancellationToken);
        return answer;
    }
}

internal sealed record CutOffBodyFault : Fault
{
    internal override async Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next) =>
        await next(call) with { Delivery = Delivery.CutOff };
}

internal sealed record MalformedFault(string Body) : Fault
{
    internal override async Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next) =>
        await next(call) with { Status = 200, Body = Encoding.UTF8.GetBytes(Body) };
}

internal sealed record RepeatTokenFault : Fault
{
    internal override async Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next)
    {
        string member = call.Service == "events" ? "NextToken" : "nextToken";
        HttpResponse response = await next(call with { Input = call.Input.Without(member) });
        return response.Status != 200
            ? response
            : response with { Body = RawDocument.From(Json.Parse(response.Body)).With(member, "again-and-again").ToUtf8() };
    }
}

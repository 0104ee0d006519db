using System.Globalization;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Administration;
using EventBridgeOps.Sandbox.Batch;
using EventBridgeOps.Sandbox.Calls;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Ecr;
using EventBridgeOps.Sandbox.Ecs;
using EventBridgeOps.Sandbox.Faults;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Doors;

/// <summary>The sandbox's own endpoints under /_sandbox/, for tests in other languages and for the CLI.</summary>
internal sealed class AdminDoor(
    SandboxOptions options, FrontDoor front, Services services, FaultScript faults, DeliveryLog deliveries, ClockAdvance clock, World world, Action saveNow, Action stop, Action stateReplaced)
{
    private const string Root = "/_sandbox/";

    public static bool IsFor(HttpRequest request) => request.Path.StartsWith(Root, StringComparison.Ordinal);

    public async Task<HttpResponse> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return (request.Method, request.Path.Substring(Root.Length)) switch
            {
                ("GET", "health") => Json("""{"status":"ok","engine":"built-in"}"""),
                ("GET", "status") => Json(Written(Status())),
                ("GET", "faults") => Json(faults.ToJson()),
                ("POST", "faults") => Done(() => faults.AddJson(Encoding.UTF8.GetString(request.Body))),
                ("DELETE", "faults") => Done(faults.Clear),
                ("GET", "calls") => Json(Written(front.Calls)),
                ("DELETE", "calls") => Done(front.ClearCalls),
                ("GET", "state") => new(200, "application/json", world.Save()),
                ("PUT", "state") => Done(() => Load(request)),
                ("GET", "deliveries") => Json(Written(deliveries.After(After(request)))),
                ("DELETE", "deliveries") => Done(deliveries.Clear),
                ("POST", "time") => await DoneAsync(clock.AdvanceAsync(Span(request), cancellationToken)),
                ("POST", "jobs") => Done(() => Keep(Body(request), JobScript.Keep)),
                ("POST", "services") => Done(() => Keep(Body(request), ServiceScript.Keep)),
                ("POST", "push") => Json(Written(Push(Body(request)))),
                ("POST", "reset") => Done(Reset),
                ("POST", "save") => Done(saveNow),
                ("POST", "stop") => Json("{}") with { Afterwards = stop },
                _ => HttpResponse.Text(404, CallMessages.UnknownEndpoint()),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return HttpResponse.Text(400, Message.Verbatim(e.Message));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return HttpResponse.Text(500, Message.Verbatim(e.Message));
        }
    }

    private SandboxStatus Status()
    {
        IReadOnlyList<SandboxDelivery> all = deliveries.After(0);
        return new()
        {
            Endpoint = "",
            Engine = "built-in",
            Region = options.Region,
            AccountId = options.AccountId,
#if NETSTANDARD2_0
            ProcessId = System.Diagnostics.Process.GetCurrentProcess().Id,
#else
            ProcessId = Environment.ProcessId,
#endif
            Time = options.TimeProvider.GetUtcNow() + world.Ahead,
            AheadSeconds = (long)world.Ahead.TotalSeconds,
            Deliveries = all.Count,
            NotDelivered = all.Count(delivery => delivery.Outcome is DeliveryOutcome.DeadLettered or DeliveryOutcome.Lost),
            StateFile = options.StateFile,
        };
    }

    private void Reset()
    {
        world.Reset();
        stateReplaced();
        deliveries.Clear();
        front.ClearCalls();
        faults.Clear();
    }

    private void Load(HttpRequest request)
    {
        world.Load(request.Body);
        stateReplaced();
    }

    private void Keep(RawDocument script, Action<Region, RawDocument> keep)
    {
        world.Use(script.Text("region") ?? options.Region, state =>
        {
            keep(state, script);
            return state;
        });
        world.SayChanged();
    }

    private SandboxImage Push(RawDocument request)
    {
        (string? image, string? named) = ImagePush.Read(request);
        return services.Push(named ?? options.Region, image);
    }

    private static long After(HttpRequest request) =>
        request.Query.StartsWith("after=", StringComparison.Ordinal)
        && long.TryParse(request.Query.Substring("after=".Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;

    private static RawDocument Body(HttpRequest request) =>
        RawDocument.TryParse(request.Body) ?? throw new InvalidDataException(WireMessages.BodyNotJson().ToString());

    private static TimeSpan Span(HttpRequest request) =>
        Body(request).Number("seconds") is >= 0 and { } seconds && seconds <= SandboxAdmin.LongestAdvance.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new InvalidDataException(CallMessages.NotASpan((int)SandboxAdmin.LongestAdvance.TotalDays).ToString());

    private static string Written<T>(T value) => JsonSerializer.Serialize(value, WebJson.Options);

    private static HttpResponse Json(string json) => new(200, "application/json", Encoding.UTF8.GetBytes(json));

    private static async Task<HttpResponse> DoneAsync(Task work)
    {
        await work;
        return Json("{}");
    }

    private static HttpResponse Done(Action action)
    {
        action();
        return Json("{}");
    }
}

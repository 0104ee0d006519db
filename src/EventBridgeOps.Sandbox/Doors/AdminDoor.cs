using System.Text;
using System.Text.Json;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Calls;
using EventBridgeOps.Sandbox.Faults;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Doors;

/// <summary>The sandbox's own endpoints under /_sandbox/, for tests in other languages and for the CLI.</summary>
internal sealed class AdminDoor(FrontDoor front, FaultScript faults, World world, Action saveNow, Action stop)
{
    private const string Root = "/_sandbox/";

    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web);

    public static bool IsFor(HttpRequest request) => request.Path.StartsWith(Root, StringComparison.Ordinal);

    public HttpResponse Handle(HttpRequest request)
    {
        try
        {
            return (request.Method, request.Path.Substring(Root.Length)) switch
            {
                ("GET", "health") => Json("""{"status":"ok","engine":"built-in"}"""),
                ("GET", "faults") => Json(faults.ToJson()),
                ("POST", "faults") => Done(() => faults.AddJson(Encoding.UTF8.GetString(request.Body))),
                ("DELETE", "faults") => Done(faults.Clear),
                ("GET", "calls") => Json(JsonSerializer.Serialize(front.Calls, JsonOptions)),
                ("DELETE", "calls") => Done(front.ClearCalls),
                ("GET", "state") => new(200, "application/json", world.Save()),
                ("PUT", "state") => Done(() => world.Load(request.Body)),
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

    private static HttpResponse Json(string json) => new(200, "application/json", Encoding.UTF8.GetBytes(json));

    private static HttpResponse Done(Action action)
    {
        action();
        return Json("{}");
    }
}

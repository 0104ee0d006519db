using System.Text.Json;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Page;

/// <summary>The sandbox's page for people, and what it reads. It only reads: the page can change nothing.</summary>
internal sealed class PageDoor(string region, World world, Account account, DeliveryLog log)
{
    private const string Root = "/_sandbox/";
    private const string Files = "page/";

    private readonly WorldView view = new(region, world, account);
    private readonly LiveStreams streams = new(world, log, account.Time.Real);

    /// <summary>The answer; null if the request is for something else.</summary>
    public HttpResponse? Handle(HttpRequest request)
    {
        if (request.Method != "GET")
            return null;
        if (request.Path == "/_sandbox")
            return new HttpResponse(308, PageFiles.TextType, []) { Headers = [new("Location", Root)] };
        if (!request.Path.StartsWith(Root, StringComparison.Ordinal))
            return null;

        return request.Path.Substring(Root.Length) switch
        {
            "" => PageFiles.Find("index.html"),
            "events" => streams.Open(request),
            "page/world" => World(),
            string file when file.StartsWith(Files, StringComparison.Ordinal) => PageFiles.Find(file.Substring(Files.Length)),
            _ => null,
        };
    }

    private HttpResponse World()
    {
        try
        {
            return new(200, "application/json", JsonSerializer.SerializeToUtf8Bytes(view.Now(), WebJson.Options)) { Headers = PageFiles.Headers };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A state out of an edited file, of which a document is not what it should be.
            return HttpResponse.Text(500, Message.Verbatim(e.Message));
        }
    }
}

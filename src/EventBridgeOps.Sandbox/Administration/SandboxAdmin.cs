using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Ecr;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Administration;

/// <summary>Asks a running built-in sandbox, in this process or another, what it did and what its clock says.</summary>
public sealed class SandboxAdmin : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>A year of retries and schedules takes a while.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The most that the clock is advanced at once: the time for which a replay or a job definition is kept is shorter.</summary>
    public static readonly TimeSpan LongestAdvance = TimeSpan.FromDays(366);

    private readonly Uri endpoint;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    /// <summary>Prepares to ask; nothing is sent yet.</summary>
    /// <param name="endpoint">The URL of the sandbox, which is on the loopback address.</param>
    /// <param name="time">The clock by which <see cref="DeliveriesAsync"/> waits.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.SandboxFailed"/>: the URL is not one on the loopback address.</exception>
    public SandboxAdmin(string endpoint, TimeProvider time)
    {
        this.endpoint = Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? url) && url.IsLoopback && url.Scheme == "http"
            ? url
            : throw new OpsException(ErrorIds.SandboxFailed, AdministrationMessages.NotLocal(endpoint));
        this.time = time;
        http = new(new HttpClientHandler { UseProxy = false }) { BaseAddress = this.endpoint, Timeout = Patience };
    }

    /// <summary>What runs there.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.SandboxFailed"/>: it cannot be reached, or is not a built-in sandbox.</exception>
    public async Task<SandboxStatus> StatusAsync(CancellationToken cancellationToken = default) =>
        Read<SandboxStatus>(await AskAsync(HttpMethod.Get, "status", null, cancellationToken)) with { Endpoint = endpoint.GetLeftPart(UriPartial.Authority) };

    /// <summary>The recorded deliveries, oldest change first (at most the last 10,000). A delivery that changes while they are followed is returned again.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.SandboxFailed"/>: the sandbox cannot be reached, or is not a built-in sandbox.</exception>
    public async IAsyncEnumerable<SandboxDelivery> DeliveriesAsync(DeliveryQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long last = 0;
        while (true)
        {
            foreach (SandboxDelivery delivery in Read<List<SandboxDelivery>>(await AskAsync(HttpMethod.Get, $"deliveries?after={last}", null, cancellationToken)))
            {
                last = delivery.Number;
                if (query.Takes(delivery))
                    yield return delivery;
            }

            if (!query.Follow)
                yield break;
            await time.Delay(Interval, cancellationToken);
        }
    }

    /// <summary>Advances the clock. Whatever becomes due on the way (retries, schedules, jobs, functions) is done, each at its moment, before this returns; the command of a job (<c>--job-command</c>) runs on.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.SandboxFailed"/>: the sandbox cannot be reached; <see cref="ErrorIds.InvalidArgument"/>: the span is negative or longer than <see cref="LongestAdvance"/>.</exception>
    public Task AdvanceTimeAsync(TimeSpan span, CancellationToken cancellationToken = default) =>
        AskAsync(HttpMethod.Post, "time", JsonSerializer.Serialize(new { seconds = (long)span.TotalSeconds }), cancellationToken);

    /// <summary>Pushes an image with a made-up manifest, as <c>docker push</c> would: ECR reports it as an event. The repository is created if it is missing.</summary>
    /// <param name="image">The repository and the tag: <c>acme:v2</c>.</param>
    /// <param name="region">The Region; null for that of the sandbox.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.SandboxFailed"/>: the sandbox cannot be reached; <see cref="ErrorIds.InvalidArgument"/>: the image is not one that ECR accepts.</exception>
    public async Task<SandboxImage> PushImageAsync(string image, string? region = null, CancellationToken cancellationToken = default) =>
        Read<SandboxImage>(await AskAsync(
            HttpMethod.Post,
            "push",
            JsonSerializer.Serialize(region is null ? new Dictionary<string, string> { ["image"] = image } : new() { ["image"] = image, ["region"] = region }),
            cancellationToken));

    /// <summary>Stops the sandbox. It may still answer for a moment after this returns.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.SandboxFailed"/>: the sandbox cannot be reached.</exception>
    public Task StopAsync(CancellationToken cancellationToken = default) => AskAsync(HttpMethod.Post, "stop", null, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private T Read<T>(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, WebJson.Options)!;
        }
        catch (JsonException e)
        {
            throw new OpsException(ErrorIds.SandboxFailed, AdministrationMessages.NotASandbox(endpoint), e);
        }
    }

    private async Task<string> AskAsync(HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        try
        {
            using HttpRequestMessage request = new(method, "/_sandbox/" + path);
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await http.SendAsync(request, cancellationToken);
#if NETSTANDARD2_0
            string text = await answer.Content.ReadAsStringAsync();
#else
            string text = await answer.Content.ReadAsStringAsync(cancellationToken);
#endif
            if (answer.StatusCode == HttpStatusCode.BadRequest)
                throw new OpsException(ErrorIds.InvalidArgument, Message.Verbatim(text.Trim())); // The reason is a sentence about what was sent.
            return answer.IsSuccessStatusCode ? text : throw new OpsException(ErrorIds.SandboxFailed, AdministrationMessages.NotASandbox(endpoint));
        }
        catch (HttpRequestException e)
        {
            throw new OpsException(ErrorIds.SandboxFailed, AdministrationMessages.NotReached(endpoint, e.InnerException?.Message ?? e.Message), e);
        }
    }
}

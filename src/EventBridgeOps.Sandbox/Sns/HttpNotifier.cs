using System.Net.Http.Headers;
using System.Text;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>Posts notifications to HTTP endpoints, outside the lock of the world, for an endpoint may call the sandbox.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html</remarks>
internal sealed class HttpNotifier(World world) : IDueHandler, IDisposable
{
    private const string DueKind = "snsHttp";

    /// <summary>The default policy: three retries, 20 seconds apart.</summary>
    /// <remarks>https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html</remarks>
    private const int MostRetries = 3;

    private static readonly TimeSpan BetweenRetries = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(15);

    private readonly HttpClient http = new(new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource stopping = new();

    public string Kind => DueKind;

    /// <summary>Called after an attempt failed, when its retry may be due already.</summary>
    public Action RunDue { get; set; } = () => { };

    public static void Plan(Operation operation, Subscription subscription, Notification notification) => Plan(
        operation, subscription, "Notification", notification.Id, subscription.IsRaw ? notification.MessageFor(subscription.Protocol) : notification.Envelope(subscription));

    /// <summary>Asks an endpoint to confirm its subscription.</summary>
    public static void Confirm(Operation operation, Subscription subscription)
    {
        string id = operation.Account.Random.Id();
        Plan(operation, subscription, "SubscriptionConfirmation", id, Notification.Confirmation(operation, subscription, id));
    }

    /// <summary>Begins an attempt, which ends outside.</summary>
    public void Run(Operation operation, RawDocument work)
    {
        if (stopping.IsCancellationRequested || Subscription.AtArn(operation, work.Text("subscription")) is not { } subscription)
            return;
        bool isRaw = subscription.IsRaw && work.Text("type") == "Notification";
        _ = Task.Run(() => TryAsync(operation.Call.Region, operation.Account, operation.Now, work, subscription.Endpoint, isRaw));
    }

    public void Dispose()
    {
        stopping.Cancel();
        http.Dispose();
    }

    private static void Plan(Operation operation, Subscription subscription, string type, string id, string body) => DueWork.Plan(
        operation,
        operation.Now,
        DueKind,
        RawDocument.Empty.With("subscription", subscription.Arn).With("topic", subscription.TopicArn).With("type", type).With("id", id).With("body", body).With("retries", 0)
            .With("trace", operation.Call.TraceHeader)); // https://docs.aws.amazon.com/sns/latest/dg/sns-active-tracing.html: SNS passes a trace through.

    private async Task TryAsync(string region, Account account, DateTimeOffset at, RawDocument work, string url, bool isRaw)
    {
        int? status = await PostAsync(account, work, url, isRaw);
        if (status is >= 200 and < 300 || stopping.IsCancellationRequested)
            return;

        world.Use(account.Place(region), state =>
        {
            // 5xx, 429 and no answer are errors of the server; with others the same again would be refused again.
            bool isPassing = status is null or 429 or >= 500;
            Failed(Operation.OfService(region, state, account), at, work, isPassing);
            return state;
        });
        world.SayChanged();
        RunDue();
    }

    private void Failed(Operation operation, DateTimeOffset at, RawDocument work, bool isPassing)
    {
        long retries = work.Number("retries") ?? 0;
        if (isPassing && retries < MostRetries)
            DueWork.Plan(operation, at + BetweenRetries, Kind, work.With("retries", retries + 1)); // By the time of the attempt, however long the endpoint took.
        else if (work.Text("type") == "Notification" && Subscription.AtArn(operation, work.Text("subscription")) is { } subscription)
            FanOut.GiveUp(operation, subscription, RawDocument.Empty.With("MessageBody", work.Text("body")));
    }

    /// <summary>Posts once.</summary>
    /// <returns>The status; null without an answer.</returns>
    private async Task<int?> PostAsync(Account account, RawDocument work, string url, bool isRaw)
    {
        try
        {
            using CancellationTokenSource late = account.Time.Real.CreateCancellationTokenSource(LongestAnswer);
            using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping.Token);
            using HttpRequestMessage request = Request(work, url, isRaw);
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ending.Token);
            return (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>https://docs.aws.amazon.com/sns/latest/dg/http-header.html</summary>
    private static HttpRequestMessage Request(RawDocument work, string url, bool isRaw)
    {
        HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(work.Text("body")!)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain") { CharSet = "UTF-8" };
        string type = work.Text("type")!;
        request.Headers.TryAddWithoutValidation("x-amz-sns-message-type", type);
        request.Headers.TryAddWithoutValidation("x-amz-sns-message-id", work.Text("id"));
        request.Headers.TryAddWithoutValidation("x-amz-sns-topic-arn", work.Text("topic"));
        if (type == "Notification")
            request.Headers.TryAddWithoutValidation("x-amz-sns-subscription-arn", work.Text("subscription"));
        if (isRaw)
            request.Headers.TryAddWithoutValidation("x-amz-sns-rawdelivery", "true");
        if (work.Text("trace") is { } trace)
            request.Headers.TryAddWithoutValidation(TraceHeader.HttpHeader, trace);
        request.Headers.TryAddWithoutValidation("User-Agent", "Amazon Simple Notification Service Agent");
        return request;
    }
}

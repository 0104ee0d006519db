using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Publishing;
using EventBridgeOps.Services;

namespace EventBridgeOps.DeadLetters;

/// <summary>The call with which a dead letter is delivered: the one that EventBridge makes for its target, and for no other target.</summary>
/// <param name="Letter">The dead letter.</param>
/// <param name="To">The ARN of the target.</param>
/// <param name="Input">What the target receives, as text.</param>
internal abstract record LetterDelivery(DeadLetter Letter, Arn To, string Input)
{
    /// <summary>The operation: <c>SubmitJob</c>.</summary>
    public abstract string Operation { get; }

    /// <summary>The size of what the target receives, in bytes of UTF-8.</summary>
    public int InputBytes => Encoding.UTF8.GetByteCount(Input);

    /// <summary>For how long the call can be made again although it is unknown whether it took effect, because the target takes it only once; zero if it takes it each time.</summary>
    public virtual TimeSpan TakenOnceFor => TimeSpan.Zero;

    /// <summary>Makes the call once.</summary>
    /// <param name="api">The services.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>The ID that the service returned; null if it returns none.</returns>
    /// <exception cref="OpsException">The service rejected it, or it is unknown whether it took effect.</exception>
    public abstract Task<string?> SendAsync(IDeliveryApi api, CancellationToken cancellationToken);

    /// <summary>Looks for the effect of an earlier call.</summary>
    /// <param name="api">The services.</param>
    /// <param name="since">When it was made at the earliest.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The ID that the service gave it; null if it is not found.</returns>
    /// <exception cref="OpsException">A call failed.</exception>
    public virtual Task<string?> FindAsync(IDeliveryApi api, DateTimeOffset since, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>The delivery of a letter.</summary>
    /// <param name="letter">The dead letter.</param>
    /// <param name="target">The document of its target, as it is now; null for a function that was invoked, which receives the event as it is.</param>
    /// <param name="reason">Why it cannot be delivered; null if it can be.</param>
    public static LetterDelivery? Of(DeadLetter letter, JsonObject? target, out Message? reason)
    {
        reason = null;
        if (!Arn.TryParse(letter.TargetArn, out Arn? to) || !Partitions.IsRegion(to.Region))
            reason = DeadLetterMessages.NoTarget();
        else if (letter.Event is not { } happened)
            reason = DeadLetterMessages.NoEvent();
        else if ((target is null ? Document.Write(happened) : InputOf(letter, target, happened, out reason)) is { } input)
            return Of(letter, to, target, input, happened, out reason);
        return null;
    }

    private static LetterDelivery? Of(DeadLetter letter, Arn to, JsonObject? target, string input, JsonObject happened, out Message? reason)
    {
        bool isBus = to.Service == "events" && to.Resource.StartsWith("event-bus/", StringComparison.Ordinal), isJob = to.Service == "batch" && target is not null;
        // An event bus receives the event, and PutEvents takes none of a service: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html.
        reason = isBus && happened.String("source")?.StartsWith("aws.", StringComparison.Ordinal) == true ? DeadLetterMessages.ReservedSource()
            : (isBus || isJob) && !TryParse(input, out _) ? DeadLetterMessages.NoInput(DeadLetterMessages.InputNotJson())
            : isBus && !(TryParse(input, out JsonNode? sent) && DocumentDiff.Same(happened, sent)) ? DeadLetterMessages.BusWithInput(to.Resource)
            : isBus || isJob || to.Service is "sqs" or "sns" or "lambda" ? null
            : DeadLetterMessages.OtherTarget(to.ToString());
        return reason is not null ? null : to.Service switch
        {
            "batch" => new JobDelivery(letter, to, input, JobRequest.Of(target!, input)),
            "sqs" => new MessageDelivery(letter, to, input, (target?["SqsParameters"] as JsonObject)?.String("MessageGroupId")),
            "sns" => new TopicDelivery(letter, to, input),
            "lambda" => new FunctionDelivery(letter, to, input),
            _ => new BusDelivery(letter, to, input, happened),
        };
    }

    private static bool TryParse(string input, out JsonNode? node)
    {
        node = null;
        try
        {
            node = JsonNode.Parse(input, documentOptions: new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? InputOf(DeadLetter letter, JsonObject target, JsonObject happened, out Message? reason)
    {
        using JsonDocument document = JsonDocument.Parse(Document.Write(happened), new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
        // When EventBridge received the event is not known; the time of the event is the nearest that is.
        TargetInput input = TargetInput.Of(target, new InputFacts(document.RootElement, letter.RuleName ?? "", letter.RuleArn ?? "", happened.String("time") ?? ""));
        Message? fault = input.Fault ?? (input.Text is null ? input.Remark : null);
        reason = fault is null ? null : DeadLetterMessages.NoInput(fault);
        return fault is null ? input.Text : null;
    }
}

/// <summary>SubmitJob. A tag of the job names the queue and the message, so that the job can be found.</summary>
internal sealed record JobDelivery(DeadLetter Letter, Arn To, string Input, JsonObject Job) : LetterDelivery(Letter, To, Input)
{
    /// <summary>The tag of the job.</summary>
    private const string MessageTag = "EventBridgeOps:dead-letter";

    public override string Operation => "SubmitJob";

    // A job that is not found was not submitted.
    public override TimeSpan TakenOnceFor => TimeSpan.MaxValue;

    public override async Task<string?> SendAsync(IDeliveryApi api, CancellationToken cancellationToken)
    {
        JsonObject job = (JsonObject)Job.DeepClone();
        job["tags"] = new JsonObject { [MessageTag] = Letter.Name.Name };
        return await api.SubmitJobAsync(To, job, cancellationToken);
    }

    public override Task<string?> FindAsync(IDeliveryApi api, DateTimeOffset since, CancellationToken cancellationToken) =>
        api.FindJobAsync(To, Job.String("jobName") ?? "", since, (MessageTag, Letter.Name.Name), cancellationToken);
}

/// <summary>SendMessage. A FIFO queue takes a deduplication ID, here that of the message, once in five minutes.</summary>
internal sealed record MessageDelivery(DeadLetter Letter, Arn To, string Input, string? Group) : LetterDelivery(Letter, To, Input)
{
    public override string Operation => "SendMessage";

    // The five minutes of https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html, less one for the call.
    public override TimeSpan TakenOnceFor => Group is null ? TimeSpan.Zero : TimeSpan.FromMinutes(4);

    public override async Task<string?> SendAsync(IDeliveryApi api, CancellationToken cancellationToken) =>
        await api.SendMessageAsync(To, Input, Group, Group is null ? null : Id(Letter), cancellationToken);

    // Letters and digits, at most 128: a name of a queue may have a dot.
    private static string Id(DeadLetter letter) => letter.Name.Name.Substring(letter.Name.Name.LastIndexOf('/') + 1);
}

/// <summary>Publish.</summary>
internal sealed record TopicDelivery(DeadLetter Letter, Arn To, string Input) : LetterDelivery(Letter, To, Input)
{
    public override string Operation => "Publish";

    public override async Task<string?> SendAsync(IDeliveryApi api, CancellationToken cancellationToken) => await api.PublishAsync(To, Input, cancellationToken);
}

/// <summary>Invoke, asynchronously as EventBridge does.</summary>
internal sealed record FunctionDelivery(DeadLetter Letter, Arn To, string Input) : LetterDelivery(Letter, To, Input)
{
    public override string Operation => "Invoke";

    public override async Task<string?> SendAsync(IDeliveryApi api, CancellationToken cancellationToken)
    {
        await api.InvokeAsync(To, Input, cancellationToken);
        return null;
    }
}

/// <summary>PutEvents. The event gets a new ID.</summary>
internal sealed record BusDelivery(DeadLetter Letter, Arn To, string Input, JsonObject Event) : LetterDelivery(Letter, To, Input)
{
    public override string Operation => "PutEvents";

    public override async Task<string?> SendAsync(IDeliveryApi api, CancellationToken cancellationToken)
    {
        PutEventAnswer answer = await api.PutEventAsync(To, Event, cancellationToken);
        return answer.ErrorCode is not { } code ? answer.EventId
            : throw new ServiceCallException(ServiceErrors.EntryErrorId(code), DeadLetterMessages.EntryRejected(To.Resource, code, answer.ErrorMessage), new FailedCall("events", Operation, code, 200, null));
    }
}

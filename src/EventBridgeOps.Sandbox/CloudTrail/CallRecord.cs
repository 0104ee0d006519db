using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudTrail;

/// <summary>
/// Records the calls that write in Batch, EventBridge and ECS: in the event history, and, if a trail logs them, as events on the default event bus.
/// What one service of AWS calls of another by itself, and calls that failed, are not recorded; what CloudFormation calls for a user is.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html: they need a trail that logs.</remarks>
internal static class CallRecord
{
    /// <summary>The number of calls in the history, which is part of the state that is saved with each change.</summary>
    private const int Most = 200;

    /// <summary>Larger members are left out: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html.</summary>
    private const int LargestMember = 100 * 1024;

    /// <summary>The keys below these are of the user, and stay as they are.</summary>
    private static readonly string[] Maps = ["InputPathsMap", "HeaderParameters", "QueryStringParameters"];

    /// <summary>Records a call that succeeded, if it is one that writes.</summary>
    public static void Keep(Operation operation, RawDocument answer)
    {
        AwsCall call = operation.Call;
        if (call.Service is not ("batch" or "events" or "ecs") || call.IsRead || call.Operation is "PutEvents" or "TestEventPattern")
            return;

        RawDocument record = Record(operation, answer);
        Table history = operation.State["trailEvents"];
        history[string.Format(CultureInfo.InvariantCulture, "{0:D19}|{1:D10}", DateTimeOffset.MaxValue.UtcTicks - operation.Now.UtcTicks, int.MaxValue - operation.State.NextNumber())] = record;
        if (history.Count > Most)
            history.Remove(history.Keys.Last());

        string source = record.Text("eventSource")!;
        if (operation.State["trails"].Values.Any(trail => TrailLogging.IsLogging(trail) && EventSelectors.TakesWrites(trail, source)))
            operation.Account.Events.Report(operation, "aws." + call.Service, "AWS API Call via CloudTrail", [], record);
    }

    private static RawDocument Record(Operation operation, RawDocument answer)
    {
        AwsCall call = operation.Call;
        RawDocument record = RawDocument.Empty
            .With("eventVersion", "1.11")
            .With("userIdentity", Identity(operation))
            .With("eventTime", EventTime.Of(operation.Now))
            .With("eventSource", call.Service + ".amazonaws.com")
            .With("eventName", call.Operation)
            .With("awsRegion", call.Region)
            .With("sourceIPAddress", call.InvokedBy ?? "127.0.0.1");
        return record
            .With("requestParameters", Member(call.Input, call.Service))
            .With("responseElements", Member(answer, call.Service))
            .With("requestID", operation.Account.Random.Id())
            .With("eventID", operation.Account.Random.Id())
            .With("readOnly", false)
            .With("eventType", "AwsApiCall")
            .With("managementEvent", true)
            .With("recipientAccountId", operation.Account.Id)
            .With("eventCategory", "Management");
    }

    /// <summary>The caller, as STS knows it: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html.</summary>
    private static RawDocument Identity(Operation operation)
    {
        RawDocument? session = operation.Call.AccessKey is { } key ? operation.State["sessions"].Find(key) : null;
        RawDocument identity = RawDocument.Empty
            .With("type", session is null ? "IAMUser" : "AssumedRole")
            .With("principalId", session?.Text("UserId") ?? "AIDASANDBOXSANDBOXSAN")
            .With("arn", session?.Text("Arn") ?? operation.GlobalArn("iam", "user/sandbox"))
            .With("accountId", operation.Account.Id)
            .With("accessKeyId", operation.Call.AccessKey)
            .With("invokedBy", operation.Call.InvokedBy);
        return session is null ? identity.With("userName", "sandbox") : identity;
    }

    /// <summary>A document as CloudTrail has it: null if there is nothing in it, or too much.</summary>
    private static JsonElement Member(RawDocument document, string service)
    {
        RawDocument written = service == "events" ? Lowered(document) : document;
        byte[] utf8 = written.ToUtf8();
        return written.Members.Count == 0 || utf8.Length > LargestMember ? Json.Parse("null") : Json.Parse(utf8);
    }

    /// <summary>The names of members begin with a small letter, whatever the service writes.</summary>
    private static RawDocument Lowered(RawDocument document) => document.Members.Aggregate(RawDocument.Empty, (all, member) => all.With(
        char.ToLowerInvariant(member.Key[0]) + member.Key.Substring(1), Maps.Contains(member.Key) ? member.Value : Lowered(member.Value)));

    private static JsonElement Lowered(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Lowered(RawDocument.From(value)).ToElement(),
        JsonValueKind.Array => Json.Array(value.EnumerateArray().Select(Lowered)),
        _ => value,
    };
}

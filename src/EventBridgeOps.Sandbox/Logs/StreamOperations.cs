using System.Globalization;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>Log streams.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html</remarks>
internal static class StreamOperations
{
    private const string NamePattern = "[^:*]*";
    private const int MostOnPage = 50;

    public static RawDocument Create(Operation operation)
    {
        (LogGroup group, string name) = Named(operation);
        if (group.Streams.ContainsKey(name))
            throw LogErrors.Exists("The specified log stream already exists");
        group.CreateStream(name);
        return RawDocument.Empty;
    }

    public static RawDocument Delete(Operation operation)
    {
        (LogGroup group, string name) = Named(operation);
        if (!group.Streams.ContainsKey(name))
            throw LogErrors.NoStream();
        group.RemoveStream(name);
        return RawDocument.Empty;
    }

    public static RawDocument Describe(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.Text("logStreamNamePrefix", input["logStreamNamePrefix"], false, 1, 512, NamePattern);
        constraints.OneOf("orderBy", input["orderBy"], "LogStreamName", "LastEventTime");
        constraints.Number("limit", input["limit"], 1, MostOnPage);
        LogErrors.Check(constraints);
        LogGroup group = LogGroup.OfIdentifier(operation);
        bool byTime = input.Text("orderBy") == "LastEventTime";
        if (byTime && input["logStreamNamePrefix"] is not null)
            throw LogErrors.BadParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");

        string prefix = input.Text("logStreamNamePrefix") ?? "";
        List<KeyValuePair<string, RawDocument>> streams = [.. group.Streams.Where(stream => stream.Key.StartsWith(prefix, StringComparison.Ordinal))];
        if (byTime)
            streams = [.. streams.OrderBy(stream => stream.Value.Number("lastEventTimestamp") ?? 0)];
        if (input.Flag("descending"))
            streams.Reverse();

        // The place in the order is the key: the order may be one in which the names are not.
        int place = 0;
        Paging.Page<(string Place, KeyValuePair<string, RawDocument> Stream)> page = operation.Page(
            streams.Select(stream => (Place: (place++).ToString("D9", CultureInfo.InvariantCulture), Stream: stream)),
            one => one.Place, input.Number("limit"), input.Text("nextToken"), MostOnPage);
        return RawDocument.Empty
            .With("logStreams", page.Items.Select(one => RawDocument.Empty
                .With("logStreamName", one.Stream.Key)
                .With(one.Stream.Value.Without("bytes"))
                .With("uploadSequenceToken", one.Stream.Value["lastIngestionTime"] is null ? null : PutLogEventsOperation.SequenceToken(one.Stream.Value))
                .With("arn", group.StreamArn(one.Stream.Key))
                .With("storedBytes", 0)))
            .With("nextToken", page.NextToken);
    }

    /// <summary>The group and the name of the stream that an operation is about.</summary>
    public static (LogGroup Group, string Name) Named(Operation operation)
    {
        Constraints constraints = new();
        constraints.Text("logGroupName", operation.Input["logGroupName"], true, 1, 512, LogGroup.NamePattern);
        constraints.Text("logStreamName", operation.Input["logStreamName"], true, 1, 512, NamePattern);
        LogErrors.Check(constraints);
        return (LogGroup.OfName(operation), operation.Input.Text("logStreamName")!);
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;

namespace EventBridgeOps.Events.Tests;

/// <summary>Events come in the documents of other services. Shapes: the AWS documentation of each service.</summary>
public sealed class WrappedEventsTests
{
    private const string Event = """{"version":"0","id":"x","detail-type":"T","source":"acme","detail":{"a":1}}""";

    private readonly RecordingObserver _run = new();

    private static string Quoted => JsonValue.Create(Event).ToJsonString();

    private static string Base64 => Convert.ToBase64String(Encoding.UTF8.GetBytes(Event));

    private static string SnsInSqs => JsonValue.Create($$$"""{"Type":"Notification","TopicArn":"t","Message":{{{Quoted}}} }""").ToJsonString();

    public static TheoryData<string, string> Wrapped => new()
    {
        { "sqs receive-message", $$$"""{"Messages":[{"MessageId":"m","ReceiptHandle":"h","Body":{{{Quoted}}},"MessageAttributes":{"RULE_ARN":{"StringValue":"r","DataType":"String"}} }]}""" },
        { "one message of it", $$$"""{"MessageId":"m","ReceiptHandle":"h","MD5OfBody":"x","Body":{{{Quoted}}} }""" },
        { "a list of bodies", $"[{Quoted}]" },
        { "a body as --query returns it", Quoted },
        { "an SQS record of Lambda", $$$"""{"Records":[{"messageId":"m","body":{{{Quoted}}},"attributes":{},"eventSource":"aws:sqs","awsRegion":"eu-west-1"}]}""" },
        { "a batch of a pipe", $$$"""[{"messageId":"m","body":{{{Quoted}}},"eventSource":"aws:sqs"}]""" },
        { "an SNS envelope", $$$"""{"Type":"Notification","MessageId":"m","TopicArn":"arn:aws:sns:eu-west-1:123456789012:t","Message":{{{Quoted}}},"Timestamp":"2030-01-01T00:00:00.000Z"}""" },
        { "an SNS record of Lambda", $$$"""{"Records":[{"EventSource":"aws:sns","EventVersion":"1.0","Sns":{"Type":"Notification","TopicArn":"t","Message":{{{Quoted}}} }}]}""" },
        { "SNS in SQS", $$$"""{"Messages":[{"MessageId":"m","Body":{{{SnsInSqs}}} }]}""" },
        { "logs filter-log-events", $$$"""{"events":[{"logStreamName":"s","timestamp":1,"message":{{{Quoted}}},"ingestionTime":2,"eventId":"3"}],"searchedLogStreams":[]}""" },
        { "logs get-log-events", $$$"""{"events":[{"timestamp":1,"message":{{{Quoted}}},"ingestionTime":2}],"nextForwardToken":"f/1","nextBackwardToken":"b/1"}""" },
        { "a subscription of CloudWatch Logs", $$$"""{"awslogs":{"data":"{{{Packed($$$"""{"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"g","logEvents":[{"id":"1","timestamp":1,"message":{{{Quoted}}} }]}""")}}}"}}""" },
        { "Logs Insights", $$$"""{"results":[[{"field":"@timestamp","value":"2030-01-01 00:00:00.000"},{"field":"@message","value":{{{Quoted}}} },{"field":"@ptr","value":"p"}]],"status":"Complete"}""" },
        { "an export task", "2030-01-01T00:00:00.123Z " + Event },
        { "logs tail", "2030-01-01T00:00:00.123000+00:00 my/stream " + Event },
        { "a Kinesis record of Lambda", $$$"""{"Records":[{"kinesis":{"partitionKey":"p","data":"{{{Base64}}}"},"eventSource":"aws:kinesis"}]}""" },
        { "kinesis get-records", $$$"""{"Records":[{"SequenceNumber":"1","ApproximateArrivalTimestamp":1,"Data":"{{{Base64}}}","PartitionKey":"p"}],"NextShardIterator":"n"}""" },
        { "a batch of a pipe from Kinesis", $$$"""[{"kinesisSchemaVersion":"1.0","partitionKey":"p","sequenceNumber":"1","data":"{{{Base64}}}","eventSource":"aws:kinesis"}]""" },
        { "a request to a function URL", $$$"""{"version":"2.0","routeKey":"$default","body":"{{{Base64}}}","isBase64Encoded":true}""" },
        { "a Firehose transformation", $$$"""{"invocationId":"i","deliveryStreamArn":"a","region":"eu-west-1","records":[{"recordId":"r","approximateArrivalTimestamp":1,"data":"{{{Base64}}}"}]}""" },
        { "stepfunctions describe-execution", $$$"""{"executionArn":"arn:aws:states:eu-west-1:123456789012:execution:m:1","stateMachineArn":"s","name":"1","status":"FAILED","input":{{{Quoted}}} }""" },
        { "stepfunctions get-execution-history", $$$"""{"events":[{"timestamp":1,"type":"ExecutionStarted","id":1,"executionStartedEventDetails":{"input":{{{Quoted}}},"roleArn":"r"}},{"timestamp":2,"type":"PassStateEntered","id":2}]}""" },
        { "the context object of a state", $$$"""{"Execution":{"Id":"e","Input":{{{Event}}},"Name":"n"},"StateMachine":{"Id":"s"}}""" },
        { "a failed asynchronous invocation", $$$"""{"version":"1.0","timestamp":"2030-01-01T00:00:00.000Z","requestContext":{"condition":"RetriesExhausted"},"requestPayload":{{{Event}}},"responseContext":{"statusCode":200}}""" },
        { "events test-event-pattern", $$$"""{"EventPattern":"{\"source\":[\"acme\"]}","Event":{{{Quoted}}} }""" },
    };

    [Theory]
    [MemberData(nameof(Wrapped))]
    public void The_event_inside_is_taken(string what, string document)
    {
        EventDocument taken = Assert.Single(EventReader.ReadText(document, "f", _run));
        Assert.True(taken.Text == Event, what);
        Assert.Empty(_run.Failures);
    }

    [Theory]
    [InlineData("""{"Messages":[]}""")]
    [InlineData("""{"Records":[]}""")]
    [InlineData("""{"events":[],"nextForwardToken":"t"}""")]
    public void A_document_without_events_is_said(string document)
    {
        Assert.Empty(EventReader.ReadText(document, "f", _run));
        Assert.Equal("No events were found in f:1.", Assert.Single(_run.Warnings));
    }

    [Theory]
    [InlineData("\"{\\\"n\\\": 1e2}\"")]
    [InlineData("{\"n\": 1e2}")]
    public void The_log_of_an_event_bus_has_each_event_once(string detail)
    {
        string Record(string step) => System.Text.Json.JsonSerializer.Serialize($$$"""{"resource_arn":"arn:aws:events:eu-west-1:123456789012:event-bus/shop","event_bus_name":"shop","event_id":"e-1","message_type":"{{{step}}}","log_level":"TRACE","details":{"caller_account_id":"111122223333","source_time_ms":1764331200123,"source":"com.example","detail_type":"Order","resources":["r"],"event_detail":{{{detail}}}}}""");
        string steps = string.Join(',', new[] { "EVENT_RECEIPT", "EVENT_INGEST_SUCCESS", "RULE_MATCH_START", "INVOCATION_SUCCESS" }.Select(step => $$"""{"timestamp":1,"message":{{Record(step)}}}"""));

        EventDocument taken = Assert.Single(EventReader.ReadText($$"""{"events":[{{steps}}]}""", "f", _run));

        Assert.Empty(_run.Failures);
        Assert.Equal("""{"version":"0","id":"e-1","detail-type":"Order","source":"com.example","account":"111122223333","time":"2025-11-28T12:00:00Z","region":"eu-west-1","resources":["r"],"detail":{"n": 1e2}}""", taken.Text);
    }

    [Fact]
    public void Each_event_is_known_by_its_index()
    {
        IReadOnlyList<EventDocument> taken = EventReader.ReadText($$$"""{"Messages":[{"Body":{{{Quoted}}} },{"Body":"{\"source\":\"s\",\"id\":\"2\"}"}]}""", "f", _run);
        Assert.Equal(["f[0]:1", "f[1]:1"], taken.Select(document => document.Origin));
        Assert.Equal(["x", "2"], taken.Select(document => document.Id));
    }

    [Theory]
    [InlineData("""{"foo":1,"bar":{}}""", "its fields (foo, bar) are neither those of an event nor those of an entry")]
    [InlineData("""{"version":"2.0","routeKey":"$default","rawPath":"/"}""", "its fields (version, routeKey, rawPath) are neither")]
    [InlineData("""{"Rules":[{"Name":"r","EventPattern":"{}"}]}""", "it is a list of rules, as aws events list-rules returns it, and contains no events")]
    [InlineData("""{"Targets":[{"Id":"t"}],"NextToken":"x"}""", "it is a list of targets, as aws events list-targets-by-rule returns it")]
    [InlineData("""{"FailedEntryCount":0,"FailedEntries":[]}""", "it is a list of targets that failed, as aws events put-targets returns it")]
    [InlineData("""{"Archives":[]}""", "it is a list of archives, as aws events list-archives returns it")]
    [InlineData("""{"EventBuses":[{"Name":"default"}]}""", "it is a list of event buses, as aws events list-event-buses returns it")]
    [InlineData("""{"FailedEntryCount":0,"Entries":[{"EventId":"1"}]}""", "it is the response of PutEvents")]
    [InlineData("""{"FailedEntryCount":0,"Entries":[]}""", "it is the response of PutEvents")]
    [InlineData("""{"Entries":[{"EventId":"1"},{"ErrorCode":"InternalFailure","ErrorMessage":"m"}]}""", "it is the response of PutEvents")]
    [InlineData("""{"Events":[{"EventId":"1","EventName":"RunInstances","EventSource":"ec2.amazonaws.com","CloudTrailEvent":"{}"}]}""", "it is the output of lookup-events of AWS CloudTrail. EventBridge delivers such a record as the detail of an event with the detail type AWS API Call via CloudTrail; to extract the records, run jq -c '.Events[].CloudTrailEvent | fromjson'")]
    [InlineData("""{"EventId":"1","EventName":"RunInstances","CloudTrailEvent":"{}"}""", "run jq -c '.CloudTrailEvent | fromjson'")]
    [InlineData("""{"resource_arn":"arn:aws:events:eu-west-1:123456789012:event-bus/b","event_id":"1","message_type":"RULE_MATCH","log_level":"TRACE","details":{"rule_name":"r"}}""", "it is a record of the log of an event bus (RULE_MATCH), not an event, and it does not contain the detail of the event")]
    [InlineData("""{"resource_arn":"arn:aws:events:eu-west-1:123456789012:event-bus/b","event_id":"1","message_type":"EVENT_RECEIPT","details":{"source":"s","detail_type":"t","event_detail":"{}"}}""", "it is a record of the log of an event bus (EVENT_RECEIPT), not the one that is read as the event. Use the record of the same event with message_type EVENT_INGEST_SUCCESS")]
    [InlineData("""{"events":[{"timestamp":1,"message":"{\"resource_arn\":\"a\",\"message_type\":\"RULE_MATCH\",\"details\":{}}"}]}""", "it is a record of the log of an event bus (RULE_MATCH)")]
    [InlineData("""{"name":"case","event":{"source":"s","detail-type":"t"}}""", "the event is in field event")]
    [InlineData("""{"Records":[{"eventVersion":"1.08","eventSource":"s3.amazonaws.com","eventName":"PutObject","awsRegion":"eu-west-1"}]}""", "it is a record of AWS CloudTrail")]
    [InlineData("""{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{}}]}""", "it is a record of aws:s3")]
    [InlineData("""{"Type":"SubscriptionConfirmation","TopicArn":"t","Message":"You have chosen"}""", "of type SubscriptionConfirmation")]
    [InlineData("""{"Messages":[{"MessageId":"m","Body":"hello"}]}""", "it is not valid JSON")]
    [InlineData("""{"Messages":[{"MessageId":"m"}]}""", "its fields (MessageId) are neither")]
    [InlineData("""{"awslogs":{"data":"AAAA"}}""", "cannot be decompressed")]
    [InlineData("""{"specversion":"1.0","type":"t","source":"/s","id":"1","data":{}}""", "it is a CloudEvent")]
    [InlineData("{}", "it contains no event")]
    [InlineData("""{"source":"s","detailType":"t"}""", "it has the field detailType, which events do not have")]
    [InlineData("""{"source":"s","DetailType":"t","detail":{}}""", "it has the field DetailType")]
    [InlineData("""{"Source":"s","detail-type":"t"}""", "it has the field Source")]
    [InlineData("\"hello\"", "it is a string")]
    [InlineData("""{"records":[{"recordId":"r","data":""}]}""", "are neither")]
    public void What_is_something_else_is_an_error_that_says_so(string document, string why)
    {
        Assert.Empty(EventReader.ReadText(document, "f", _run));
        OpsException error = Assert.Single(_run.Failures).Error;
        Assert.Equal(ErrorIds.InvalidEvent, error.ErrorId);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"detail":{"x":1}}""")]
    [InlineData("""{"time":"2030-01-01T00:00:00Z","region":"eu-west-1"}""")]
    [InlineData("""{"source":"s","Records":[],"Messages":[]}""")]
    [InlineData("""{"detail-type":"t","body":"b","events":[{"message":"m","timestamp":1}]}""")]
    public void A_part_of_an_event_is_an_event_whatever_else_it_has(string document)
    {
        Assert.Equal(document, Assert.Single(EventReader.ReadText(document, "f", _run)).Text);
        Assert.Empty(_run.Failures);
    }

    [Fact]
    public void Documents_inside_each_other_have_an_end()
    {
        string document = Event;
        for (int i = 0; i < 12; i++)
            document = string.Format(CultureInfo.InvariantCulture, """{{"Messages":[{{"Body":{0}}}]}}""", JsonValue.Create(document).ToJsonString());
        Assert.Empty(EventReader.ReadText(document, "f", _run));
        Assert.Contains("too many documents", Assert.Single(_run.Failures).Error.Message, StringComparison.Ordinal);
    }

    private static string Packed(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionMode.Compress))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return Convert.ToBase64String(packed.ToArray());
    }
}

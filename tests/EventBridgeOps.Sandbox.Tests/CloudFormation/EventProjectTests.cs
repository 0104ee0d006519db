using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.CloudFormation;

/// <summary>What an event project is made of, as one stack: its bus works, logs and archives, and its schemas get versions.</summary>
public sealed class EventProjectTests : StackTest
{
    private const string Project = """
        Resources:
          Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop, LogConfig: { Level: INFO, IncludeDetail: FULL } } }
          Group: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: /aws/vendedlogs/events/event-bus/shop, RetentionInDays: 30 } }
          Source: { Type: AWS::Logs::DeliverySource, Properties: { Name: shop-info, LogType: INFO_LOGS, ResourceArn: !GetAtt Bus.Arn } }
          Destination: { Type: AWS::Logs::DeliveryDestination, Properties: { Name: shop, OutputFormat: json, DestinationResourceArn: !GetAtt Group.Arn } }
          Delivery: { Type: AWS::Logs::Delivery, DependsOn: Source, Properties: { DeliverySourceName: !Ref Source, DeliveryDestinationArn: !GetAtt Destination.Arn } }
          Registry: { Type: AWS::EventSchemas::Registry, Properties: { RegistryName: shop } }
          Placed:
            Type: AWS::EventSchemas::Schema
            Properties: { RegistryName: !GetAtt Registry.RegistryName, SchemaName: shop.orders@OrderPlaced, Type: JSONSchemaDraft4, Content: '{"title":"one"}' }
          Archive: { Type: AWS::Events::Archive, Properties: { SourceArn: !GetAtt Bus.Arn, RetentionDays: 7 } }
          Work: { Type: AWS::SQS::Queue }
          Dead: { Type: AWS::SQS::Queue, Properties: { MaximumMessageSize: 1048576, MessageRetentionPeriod: 1209600 } }
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties: { Queues: [ !Ref Dead ], PolicyDocument: { Statement: [ { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: !GetAtt Dead.Arn, Condition: { ArnEquals: { aws:SourceArn: !GetAtt Rule.Arn } } } ] } }
          Rule:
            Type: AWS::Events::Rule
            Properties:
              EventBusName: !Ref Bus
              EventPattern: { source: [ shop.orders ] }
              Targets: [ { Id: work, Arn: !GetAtt Work.Arn, DeadLetterConfig: { Arn: !GetAtt Dead.Arn }, RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 } } ]
          Topic: { Type: AWS::SNS::Topic }
          Alarm:
            Type: AWS::CloudWatch::Alarm
            Properties: { Namespace: AWS/Events, MetricName: InvocationsSentToDlq, Dimensions: [ { Name: EventBusName, Value: !Ref Bus }, { Name: RuleName, Value: !Select [ 1, !Split [ '|', !Ref Rule ] ] } ], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, TreatMissingData: notBreaching, AlarmActions: [ !Ref Topic ] }
        Outputs:
          Version: { Value: !GetAtt Placed.SchemaVersion }
          Registry: { Value: !GetAtt Registry.RegistryArn }
        """;

    [Fact]
    public async Task ProjectIsDeployedUsedChangedAndDeleted()
    {
        string status = await Created(Project);
        Assert.True(status == "CREATE_COMPLETE", string.Join("\n", (await Events()).Select(one => $"{one} {one.Reason}")));
        Dictionary<string, string> outputs = await Outputs();
        Assert.Equal(("1", "arn:aws:schemas:eu-west-1:123456789012:registry/shop"), (outputs["Version"], outputs["Registry"]));

        // The queue has no policy, so the event ends in the dead-letter queue; it is logged and archived all the same.
        (await Aws.Events("PutEvents", """{"Entries":[{"EventBusName":"shop","Source":"shop.orders","DetailType":"OrderPlaced","Detail":"{\"id\":1}"}]}""")).Succeeded();
        string dead = await Physical("Dead");
        Assert.Single(await Take(dead[(dead.LastIndexOf('/') + 1)..]));
        Assert.Equal(1, (await Aws.Events("DescribeArchive", $$"""{"ArchiveName":"{{await Physical("Archive")}}"}""")).Json.GetProperty("EventCount").GetInt32());
        string logged = (await Aws.Send("logs", "/", "Logs_20140328.FilterLogEvents", """{"logGroupName":"/aws/vendedlogs/events/event-bus/shop"}""")).Succeeded().Text;
        Assert.Contains("RULE_MATCH", logged);
        Server.AdvanceTime(TimeSpan.FromMinutes(3));
        Assert.Contains(Server.Deliveries, delivery => delivery.ErrorCode == "NO_PERMISSIONS");

        Assert.Equal("UPDATE_COMPLETE", await Updated(Project.Replace("""{"title":"one"}""", """{"title":"two"}""", StringComparison.Ordinal)));
        Assert.Equal("2", (await Outputs())["Version"]);
        JsonElement first = (await Aws.Send("schemas", "/v1/registries/name/shop/schemas/name/shop.orders@OrderPlaced?schemaVersion=1", null, "", "application/json", HttpMethod.Get)).Succeeded().Json;
        Assert.Equal("""{"title":"one"}""", first.GetProperty("Content").GetString());

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await Updated(Project.Replace("""{"title":"one"}""", """{"$schema":"https://json-schema.org/draft/2020-12/schema"}""", StringComparison.Ordinal)));
        Assert.Contains("JSON Schema Draft 4", await Reason("Placed"));
        Assert.Equal("DELETE_COMPLETE", await Deleted());
        Assert.DoesNotContain(await Everything(), row => row.Contains("shop", StringComparison.Ordinal));
    }
}

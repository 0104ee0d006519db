using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Routes;

namespace EventBridgeOps.Core.Tests.Routes;

/// <summary>Routes by the rules of a template or a plan, which is not deployed yet.</summary>
public sealed class GivenRuleRouteTests
{
    private const string Template = """
        {"Resources":{
          "Bus":{"Type":"AWS::Events::EventBus","Properties":{"Name":"mvp-dev"}},
          "Plain":{"Type":"AWS::Events::EventBus","Properties":{}},
          "OnUpload":{"Type":"AWS::Events::Rule","Properties":{"EventBusName":{"Ref":"Bus"},"EventPattern":{"source":["s"]},
            "Targets":[{"Id":"job","Arn":{"Ref":"Queue"},"BatchParameters":{"JobDefinition":{"Ref":"Definition"},"JobName":"n"}},
                       {"Id":"forward","Arn":{"Fn::GetAtt":"Plain.Arn"}},
                       {"Id":"text","Arn":{"Fn::Join":[":",["arn:aws:sqs",{"Ref":"AWS::Region"},{"Ref":"AWS::AccountId"},"q"]]},"InputTransformer":{"InputPathsMap":{"id":"$.id"},"InputTemplate":{"Fn::Sub":"\"dev ${!Literal} <id>\""}}}]}},
          "Onward":{"Type":"AWS::Events::Rule","Properties":{"Name":"onward","EventBusName":{"Fn::GetAtt":["Plain","Name"]},"EventPattern":"{\"source\":[\"s\"]}","Targets":[]}},
          "Queue":{"Type":"AWS::Batch::JobQueue"}}}
        """;

    [Fact]
    public async Task Buses_of_a_template_are_followed_too()
    {
        List<Delivery> found = await RouteAsync(Template);

        Assert.Equal([("mvp-dev/OnUpload/job", DeliveryState.Unknown), ("mvp-dev/OnUpload/forward", DeliveryState.Followed), ("mvp-dev > Plain/onward/", DeliveryState.NoTarget), ("mvp-dev/OnUpload/text", DeliveryState.Delivered)],
            found.Select(delivery => (delivery.ToString(), delivery.State)));
        Assert.Equal("\"dev ${Literal} 7\"", found[3].Input);
    }

    [Fact]
    public async Task A_bus_that_a_plan_makes_is_followed()
    {
        const string Plan = """
            {"planned_values":{"root_module":{"resources":[
              {"address":"aws_cloudwatch_event_bus.next","type":"aws_cloudwatch_event_bus","name":"next","values":{"name":"next"}},
              {"address":"aws_cloudwatch_event_rule.on","type":"aws_cloudwatch_event_rule","name":"on","values":{"name":"on","arn":"arn:aws:events:eu-west-1:123456789012:rule/on","event_pattern":"{\"source\":[\"s\"]}"}},
              {"address":"aws_cloudwatch_event_rule.there","type":"aws_cloudwatch_event_rule","name":"there","values":{"name":"there","event_bus_name":"next","event_pattern":"{\"source\":[\"s\"]}"}},
              {"address":"aws_cloudwatch_event_target.b","type":"aws_cloudwatch_event_target","name":"b","values":{"rule":"on","target_id":"b"}}]}},
             "configuration":{"root_module":{"resources":[{"type":"aws_cloudwatch_event_target","name":"b","expressions":{"arn":{"references":["aws_cloudwatch_event_bus.next.arn","aws_cloudwatch_event_bus.next"]}}}]}}}
            """;

        Assert.Equal(["default/on/b Followed", "default > next/there/ NoTarget"], (await RouteAsync(Plan)).Select(delivery => $"{delivery} {delivery.State}"));
    }

    private static Task<List<Delivery>> RouteAsync(string rules)
    {
        RecordingObserver observer = new();
        EventDocument happened = EventDocument.Parse("""{"id":"7","source":"s","account":"123456789012","region":"eu-west-1","detail":{"size":1}}""", "e");
        return new EventRouter(RuleFile.Read(rules, "f", observer), null, null).RouteAsync(Streams.From([happened]), observer, Run.Token).ToListAsync(Run.Token);
    }
}

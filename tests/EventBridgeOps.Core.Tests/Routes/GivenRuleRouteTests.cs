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

    [Theory]
    [InlineData("""{"Ref":"Definition"}""")]
    [InlineData("""{"Fn::GetAtt":["Definition","JobDefinitionArn"]}""")]
    public async Task A_job_definition_of_the_same_template_is_registered_together_with_the_rule(string reference)
    {
        Delivery found = Assert.Single(await RouteAsync($$"""
            {"Resources":{
              "R":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["s"]},
                "Targets":[{"Id":"job","Arn":{"Ref":"Queue"},"RoleArn":"arn:aws:iam::123456789012:role/r","BatchParameters":{"JobDefinition":{{reference}},"JobName":"n"} }] } },
              "Queue":{"Type":"AWS::Batch::JobQueue"},
              "Definition":{"Type":"AWS::Batch::JobDefinition","Properties":{"JobDefinitionName":"mvp-agent","Type":"container"} } } }
            """));

        Assert.Equal((DeliveryState.Delivered, "the job definition revision is registered together with the rule"), (found.State, found.Reason));
        Assert.Equal("arn:aws:batch:eu-west-1:123456789012:job-definition/mvp-agent:${Definition:revision}", found.JobDefinition);
    }

    [Fact]
    public async Task So_is_one_without_a_name()
    {
        Delivery found = Assert.Single(await RouteAsync("""
            {"Resources":{
              "R":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["s"]},
                "Targets":[{"Id":"job","Arn":{"Ref":"Queue"},"RoleArn":"arn:aws:iam::123456789012:role/r","BatchParameters":{"JobDefinition":{"Ref":"Definition"},"JobName":"n"} }] } },
              "Queue":{"Type":"AWS::Batch::JobQueue"},
              "Definition":{"Type":"AWS::Batch::JobDefinition","Properties":{"Type":"container"} } } }
            """));

        Assert.Equal((DeliveryState.Delivered, "the job definition revision is registered together with the rule"), (found.State, found.Reason));
    }

    [Theory]
    [InlineData("Revision")]
    [InlineData("Registrar.Revision")]
    [InlineData("Registrar.revision")]
    public async Task A_revision_that_something_else_decides_is_unknown(string symbol)
    {
        Delivery found = Assert.Single(await RouteAsync($$$"""
            {"Parameters":{"Revision":{"Type":"Number"}},"Resources":{"Registrar":{"Type":"Custom::Registrar"},
              "R":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["s"]},
                "Targets":[{"Id":"job","Arn":{"Ref":"Queue"},"RoleArn":"arn:aws:iam::123456789012:role/r","BatchParameters":{"JobDefinition":{"Fn::Sub":"arn:aws:batch:eu-west-1:123456789012:job-definition/j:${{{{symbol}}}}"},"JobName":"n"} }] } },
              "Queue":{"Type":"AWS::Batch::JobQueue"} } }
            """));

        Assert.Equal((DeliveryState.Unknown, $"the job definition depends on ${{{symbol}}}"), (found.State, found.Reason));
    }

    [Theory]
    [InlineData("""{"Fn::GetAtt":["Letters","Arn"]}""", "true", "the dead-letter queue must be a standard queue, and ${Letters}.fifo is a FIFO queue")]
    [InlineData("""{"Ref":"Letters"}""", "false", "the dead-letter queue must be the ARN of an Amazon SQS queue, and https://sqs.eu-west-1.amazonaws.com/123456789012/${Letters} is not")]
    [InlineData("""{"Fn::GetAtt":["Letters","Arn"]}""", "false", null)]
    [InlineData("""{"Fn::ImportValue":"letters"}""", "false", null)]
    public async Task A_queue_of_the_template_that_cannot_take_dead_letters_is_said(string letters, string isFifo, string? reason)
    {
        Delivery found = Assert.Single(await RouteAsync($$"""
            {"Resources":{
              "R":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["s"]},
                "Targets":[{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q","DeadLetterConfig":{"Arn":{{letters}} } }] } },
              "Letters":{"Type":"AWS::SQS::Queue","Properties":{"FifoQueue":{{isFifo}}} } } }
            """));

        Assert.Equal((reason is null ? DeliveryState.Delivered : DeliveryState.Unknown, reason), (found.State, found.Reason));
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

    [Fact]
    public async Task What_a_template_leaves_open_is_unknown_with_what_decides_it()
    {
        const string Open = """
            {"Parameters":{"P":{"Type":"String"}},"Conditions":{"C":{"Fn::Equals":[{"Ref":"P"},"x"]},"Never":{"Fn::Equals":["a","b"]}},"Resources":{
              "Absent":{"Type":"AWS::Events::Rule","Condition":"Never","Properties":{"EventPattern":{"source":["s"]},"Targets":[{"Id":"q","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}]}},
              "Created":{"Type":"AWS::Events::Rule","Condition":"C","Properties":{"EventPattern":{"source":["s"]},"Targets":[{"Id":"q","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}]}},
              "Enabled":{"Type":"AWS::Events::Rule","Properties":{"State":{"Ref":"P"},"EventPattern":{"source":["s"]},"Targets":[{"Id":"q","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}]}},
              "Input":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["s"]},"Targets":[{"Id":"q","Arn":{"Fn::GetAtt":["Q","Arn"]},"Input":{"Fn::Sub":"\"${P}\""}}]}},
              "Match":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["s"],"detail":{"size":[{"Ref":"P"}]}},"Targets":[{"Id":"q","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}]}},
              "No":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["other"],"detail":{"size":[{"Ref":"P"}]}},"Targets":[{"Id":"q","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}]}},
              "None":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":[{"Ref":"P"}]}}},
              "Target":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["s"]},"Targets":[{"Fn::If":["C",{"Id":"q","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"},{"Ref":"AWS::NoValue"}]}]}},
              "Q":{"Type":"AWS::SQS::Queue"}}}
            """;

        Assert.Equal(
        [
            "Created Unknown whether the rule is created depends on ${P}",
            "Enabled Unknown whether the rule is enabled depends on ${P}",
            "Input Unknown the input depends on ${P}",
            "Match Unknown whether the rule matches depends on ${P}",
            "None Unknown whether the rule matches depends on ${P}; the rule has no targets",
            "Target Unknown whether the rule has the target depends on ${P}",
        ],
            (await RouteAsync(Open)).Select(delivery => $"{delivery.RuleName} {delivery.State} {delivery.Reason}"));
    }

    private static Task<List<Delivery>> RouteAsync(string rules)
    {
        RecordingObserver observer = new();
        EventDocument happened = EventDocument.Parse("""{"id":"7","source":"s","account":"123456789012","region":"eu-west-1","detail":{"size":1}}""", "e");
        return new EventRouter(RuleFile.Read(rules, "f", observer), null, null).RouteAsync(Streams.From([happened]), observer, Run.Token).ToListAsync(Run.Token);
    }
}

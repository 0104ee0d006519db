using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Tests;

/// <summary>Every listing is complete, and ends.</summary>
public class ListingTests
{
    private static readonly StubAnswer[] ThreePagesOfRules =
    [
        new(200, """{"Rules":[{"Name":"a"},{"Name":"b"}],"NextToken":"t1"}"""),
        new(200, """{"Rules":[],"NextToken":"t2"}"""),
        new(200, """{"Rules":[{"Name":"c"}]}"""),
    ];

    [Fact]
    public async Task All_pages_are_read_with_the_same_request()
    {
        using StubServer server = new(ThreePagesOfRules);
        using OpsSession session = Given.Session(server);

        List<JsonObject> rules = await session.Get<IEventBridgeApi>().ListRulesAsync(Given.Bus, "mvp-", Given.Token).ListAsync();

        Assert.Equal(["a", "b", "c"], rules.Select(rule => (string?)rule["Name"]));
        Assert.Equal(
            [
                """{"EventBusName":"mvp-development","Limit":100,"NamePrefix":"mvp-"}""",
                """{"EventBusName":"mvp-development","Limit":100,"NamePrefix":"mvp-","NextToken":"t1"}""",
                """{"EventBusName":"mvp-development","Limit":100,"NamePrefix":"mvp-","NextToken":"t2"}""",
            ],
            server.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task Pages_are_asked_for_only_as_they_are_needed()
    {
        using StubServer server = new(ThreePagesOfRules);
        using OpsSession session = Given.Session(server);

        await foreach (JsonObject _ in session.Get<IEventBridgeApi>().ListRulesAsync(Given.Bus, null, Given.Token))
            break;

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_repeated_token_ends_the_listing_with_an_error()
    {
        using StubServer server = new((_, number) => new StubAnswer(200, $$"""{"Rules":[{"Name":"a"}],"NextToken":"t{{number % 2}}"}"""));
        using OpsSession session = Given.Session(server);

        OpsException error = await Assert.ThrowsAsync<OpsException>(() => session.Get<IEventBridgeApi>().ListRulesAsync(Given.Bus, null, Given.Token).ListAsync());

        Assert.Equal(ErrorIds.RepeatedPageToken, error.ErrorId);
        Assert.StartsWith("ListRules on event bus mvp-development was stopped, because the service returned the same page token twice", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Batch_lists_by_path_and_with_its_own_token()
    {
        using StubServer server = new(
            new StubAnswer(200, """{"jobDefinitions":[{"jobDefinitionName":"d","jobDefinitionArn":"a","revision":2}],"nextToken":"n"}"""),
            new StubAnswer(200, """{"jobDefinitions":[{"jobDefinitionName":"d","jobDefinitionArn":"a","revision":10}]}"""));
        using OpsSession session = Given.Session(server);

        List<DocumentPage> pages = await session.Get<IBatchApi>().DescribeJobDefinitionPagesAsync("ACTIVE", Given.Token).ListAsync();

        Assert.Equal([false, true], pages.Select(page => page.IsLast));
        Assert.Equal([2, 10], pages.SelectMany(page => page.Documents).Select(definition => (int?)definition["revision"]));
        Assert.All(server.Requests, request => Assert.Equal(("POST", "/v1/describejobdefinitions", "application/json"), (request.Method, request.Path, request.Headers["Content-Type"])));
        Assert.Equal("""{"maxResults":100,"status":"ACTIVE","nextToken":"n"}""", server.Requests[1].Body);
        Assert.Contains("/eu-west-1/batch/aws4_request", server.Requests[0].Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_listing_asks_what_its_name_says()
    {
        using StubServer server = new(new StubAnswer());
        using OpsSession session = Given.Session(server);

        await session.Get<IEventBridgeApi>().ListEventBusesAsync("mvp", Given.Token).ListAsync();
        await session.Get<IEventBridgeApi>().ListTargetsByRuleAsync(Given.Bus, Given.Rule, Given.Token).ListAsync();
        await session.Get<IEventBridgeApi>().ListRuleNamesByTargetAsync(Given.Bus, "arn:q", Given.Token).ListAsync();
        await session.Get<IBatchApi>().DescribeJobDefinitionsAsync("name", "ACTIVE", Given.Token).ListAsync();
        await session.Get<IBatchApi>().DescribeJobQueuesAsync(Given.Token).ListAsync();

        Assert.Equal(
            [
                """{"Limit":100,"NamePrefix":"mvp"}""",
                """{"Rule":"mvp-start","EventBusName":"mvp-development","Limit":100}""",
                """{"TargetArn":"arn:q","EventBusName":"mvp-development","Limit":100}""",
                """{"maxResults":100,"jobDefinitionName":"name","status":"ACTIVE"}""",
                """{"maxResults":100}""",
            ],
            server.Requests.Select(request => request.Body));
    }

    [Theory]
    [InlineData("", "field Rules is missing.")]
    [InlineData("{}", "field Rules is missing.")]
    [InlineData("""{"Rules":null}""", "field Rules is missing.")]
    [InlineData("""{"Rules":[{"Arn":"a"}]}""", "field Rules contains an item without Name.")]
    [InlineData("""{"Rules":[{"Name":""}]}""", "field Rules contains an item without Name.")]
    [InlineData("""{"Rules":{}}""", "field Rules is not a list.")]
    [InlineData("""{"Rules":["a"]}""", "field Rules contains an item that is not an object.")]
    [InlineData("""{"Rules":[],"NextToken":7}""", "field NextToken is not a string.")]
    public async Task A_field_of_the_wrong_kind_is_a_malformed_answer(string body, string why)
    {
        using StubServer server = new(new StubAnswer(200, body));
        using OpsSession session = Given.Session(server);

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().ListRulesAsync(Given.Bus, null, Given.Token).ListAsync());

        Assert.Equal(ErrorIds.MalformedAnswer, error.ErrorId);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_come_without_a_parent_so_that_they_can_be_put_elsewhere()
    {
        using StubServer server = new(ThreePagesOfRules);
        using OpsSession session = Given.Session(server);

        List<JsonObject> rules = await session.Get<IEventBridgeApi>().ListRulesAsync(Given.Bus, null, Given.Token).ListAsync();

        Assert.Equal(3, new JsonArray([.. rules]).Count);
    }

    [Fact]
    public async Task Failed_entries_of_PutTargets_are_returned()
    {
        using StubServer server = new(new StubAnswer(200, """{"FailedEntryCount":1,"FailedEntries":[{"TargetId":"t1","ErrorCode":"ConcurrentModificationException","ErrorMessage":"Busy"}]}"""));
        using OpsSession session = Given.Session(server);

        IReadOnlyList<FailedTargetEntry> failed = await session.Get<IEventBridgeApi>().PutTargetsAsync(Given.Bus, Given.Rule, [Given.Document("""{"Id":"t1"}""")], Given.Token);

        Assert.Equal([new EventBridgeOps.Rules.FailedTargetEntry("t1", "ConcurrentModificationException", "Busy")], failed);
    }

    [Fact]
    public async Task A_count_of_failed_entries_without_any_is_malformed()
    {
        using StubServer server = new(new StubAnswer(200, """{"FailedEntryCount":2,"FailedEntries":[]}"""));
        using OpsSession session = Given.Session(server);

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().PutTargetsAsync(Given.Bus, Given.Rule, [], Given.Token));

        Assert.Equal(ErrorIds.MalformedAnswer, error.ErrorId);
    }

    [Fact]
    public async Task Sts_is_asked_by_form_and_answers_in_xml()
    {
        using StubServer server = new(new StubAnswer(200, """
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
            <Arn>arn:aws:iam::123456789012:user/Alice</Arn><UserId>AIDA</UserId><Account>123456789012</Account>
            </GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>
            """));
        using OpsSession session = Given.Session(server);

        Assert.Equal(new EventBridgeOps.Changes.CallerIdentity("123456789012", "arn:aws:iam::123456789012:user/Alice", "AIDA"), await session.Get<IIdentityApi>().GetCallerIdentityAsync(Given.Token));
        Assert.Equal("Action=GetCallerIdentity&Version=2011-06-15", server.Requests[0].Body);
        Assert.Contains("/eu-west-1/sts/aws4_request", server.Requests[0].Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_sts_answer_without_its_result_is_malformed()
    {
        using StubServer server = new(new StubAnswer(200, "<Other/>"));
        using OpsSession session = Given.Session(server);

        Assert.Equal(ErrorIds.MalformedAnswer, (await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IIdentityApi>().GetCallerIdentityAsync(Given.Token))).ErrorId);
    }

}

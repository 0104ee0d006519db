using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Rules;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Tests;

/// <summary>A document that is read and written back is the same document.</summary>
public class DocumentTests
{
    public static TheoryData<string> Values =>
    [
        "1e400", "-1E-999", "1.0", "1.10", "123456789012345678901234567890", "0.1000000000000000055511151231257827", "-0",
        "\"Größe 尺寸 🚀 \\u2028\"", "\"<a href='x'>&+</a>\"", "\"\\u0000\\u001f\\\\\\\"\"", "null", "true", "[]", "{}", "[null,[1,{}]]",
        "{\"\":1,\"a b\":{\"Ä\":[]}}",
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Any_value_survives(string value) => await SurvivesAsync($$"""{"Id":"t","Unknown":{{value}},"Last":1}""");

    [Fact]
    public async Task Depth_survives()
    {
        StringBuilder deep = new("{\"Id\":\"t\",\"Deep\":");
        for (int level = 0; level < 250; level++)
            deep.Append(CultureInfo.InvariantCulture, $"{{\"k{level}\":[");
        deep.Append('1').Insert(deep.Length, "]}", 250).Append('}');

        await SurvivesAsync(deep.ToString());
    }

    [Fact]
    public async Task Random_documents_survive()
    {
#pragma warning disable RS0030 // Seeded.
        Random random = new(20251);
#pragma warning restore RS0030
        for (int round = 0; round < 20; round++)
            await SurvivesAsync("{\"Id\":\"t\",\"Random\":" + Value(random, 6) + "}");
    }

    [Fact]
    public async Task The_callers_document_stays_his()
    {
        using StubServer server = new(new StubAnswer());
        using OpsSession session = Given.Session(server);
        JsonObject holder = Given.Document("""{"Targets":[{"Id":"t"}]}""");
        JsonObject target = (JsonObject)holder["Targets"]![0]!;

        await session.Get<IEventBridgeApi>().PutTargetsAsync(Given.Bus, Given.Rule, [target], Given.Token);

        Assert.Same(holder["Targets"], target.Parent);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused_when_it_is_read()
    {
        using StubServer server = new(new StubAnswer(200, """{"Targets":[{"Id":"\ud800"}]}"""));
        using OpsSession session = Given.Session(server);

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().ListTargetsByRuleAsync(Given.Bus, Given.Rule, Given.Token).ListAsync());

        Assert.Equal(ErrorIds.MalformedAnswer, error.ErrorId);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused_before_it_is_sent()
    {
        using StubServer server = new(new StubAnswer());
        using OpsSession session = Given.Session(server);

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().PutTargetsAsync(Given.Bus, Given.Rule, [Given.Document("""{"Id":"\ud800"}""")], Given.Token));

        Assert.Equal(ErrorIds.RequestRejected, error.ErrorId);
        Assert.Empty(server.Requests);
    }

    /// <summary>In by ListTargetsByRule, out by PutTargets.</summary>
    private static async Task SurvivesAsync(string target)
    {
        using StubServer server = new(new StubAnswer(200, "{\"Targets\":[" + target + "]}"), new StubAnswer());
        using OpsSession session = Given.Session(server);

        List<JsonObject> read = await session.Get<IEventBridgeApi>().ListTargetsByRuleAsync(Given.Bus, Given.Rule, Given.Token).ListAsync();
        await session.Get<IEventBridgeApi>().PutTargetsAsync(Given.Bus, Given.Rule, read, Given.Token);

        using JsonDocument sent = JsonDocument.Parse(server.Requests[1].Body, new JsonDocumentOptions { MaxDepth = 2000 });
        using JsonDocument expected = JsonDocument.Parse(target, new JsonDocumentOptions { MaxDepth = 2000 });
        AssertSame(expected.RootElement, sent.RootElement.GetProperty("Targets")[0]);
    }

    /// <summary>The same keys in the same order, the same text, and numbers digit by digit.</summary>
    private static void AssertSame(JsonElement expected, JsonElement actual)
    {
        Assert.Equal(expected.ValueKind, actual.ValueKind);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                (List<JsonProperty>? wanted, List<JsonProperty>? got) = (expected.EnumerateObject().ToList(), actual.EnumerateObject().ToList());
                Assert.Equal(wanted.Select(member => member.Name), got.Select(member => member.Name));
                for (int index = 0; index < wanted.Count; index++)
                    AssertSame(wanted[index].Value, got[index].Value);
                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.GetArrayLength());
                for (int index = 0; index < expected.GetArrayLength(); index++)
                    AssertSame(expected[index], actual[index]);
                break;
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), actual.GetString());
                break;
            default:
                Assert.Equal(expected.GetRawText(), actual.GetRawText());
                break;
        }
    }

    private static string Value(Random random, int depth) => random.Next(depth > 0 ? 6 : 4) switch
    {
        0 => random.NextInt64().ToString(CultureInfo.InvariantCulture) + random.Next(10),
        1 => (random.NextDouble() * Math.Pow(10, random.Next(-300, 300))).ToString("E17", CultureInfo.InvariantCulture),
        2 => random.Next(2) == 0 ? "null" : "false",
        3 => JsonSerializer.Serialize(string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => char.ConvertFromUtf32(random.Next(2) == 0 ? random.Next(1, 0xD7FF) : random.Next(0xE000, 0x10FFFF))))),
        4 => "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1))) + "]",
        _ => "{" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(index => $"\"key{index}{(char)random.Next('À', 'ÿ')}\":{Value(random, depth - 1)}")) + "}",
    };
}

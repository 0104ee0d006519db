using EventBridgeOps.Aws.Pacing;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Aws.Tests;

/// <summary>What sessions of one process share on purpose: the quotas of an account.</summary>
public sealed class SharingTests
{
    private static readonly Quota s_quota = new("events", 50);
    private static readonly Uri s_endpoint = new("https://events.eu-west-1.amazonaws.com/");

    [Fact]
    public void Sessions_of_one_account_and_Region_share_a_pacer_and_others_do_not()
    {
        ManualTimeProvider time = new();
        PacerKey key = new("123456789012", "eu-west-1", s_quota, s_endpoint);
        RequestPacer pacer = RequestPacers.Of(time, key);

        Assert.Same(pacer, RequestPacers.Of(time, key with { Quota = new Quota("events", 50) }));
        PacerKey[] others = [key with { Account = "210987654321" }, key with { Region = "us-east-1" }, key with { Quota = new Quota("batch", 50) }, key with { Endpoint = new Uri("http://localhost/") }, key with { Account = null }];
        Assert.All(others, other => Assert.NotSame(pacer, RequestPacers.Of(time, other)));
        Assert.NotSame(pacer, RequestPacers.Of(new ManualTimeProvider(), key));
        Assert.NotSame(RequestPacers.Of(time, others[^1]), RequestPacers.Of(time, others[^1]));
    }

    [Fact]
    public async Task Two_sessions_of_one_account_keep_to_one_quota()
    {
        using StubServer server = new(new StubAnswer());
        ManualTimeProvider time = new() { AutoAdvance = true };
        SessionOptions options = new()
        {
            Region = "eu-west-1", AccessKey = "a", SecretKey = "b", EndpointUrl = server.Url, RequestsPerSecond = 1, Host = new SessionHost { Time = time },
        };
        using OpsSession one = OpsSession.Open(options), other = OpsSession.Open(options), foreign = OpsSession.Open(options with { AccessKey = "c" });

        for (int call = 0; call < 10; call++)
            await (call % 2 == 0 ? one : other).Get<IEventBridgeApi>().DescribeEventBusAsync("default", Given.Token);

        Assert.Equal(9, time.Now.TotalSeconds, 0.01); // As in one session: the first call is free, and each other one waits for a second.
        TimeSpan before = time.Now;
        await foreign.Get<IEventBridgeApi>().DescribeEventBusAsync("default", Given.Token);
        Assert.Equal(before, time.Now);
    }

    [Theory]
    [InlineData("ASIAQNZGKIQY56JQ7WML", "029608264753")]
    [InlineData("AKIA0000000000000000", "AKIA0000000000000000")]
    [InlineData("test", "test")]
    public void The_account_of_an_access_key_is_known_without_a_call(string key, string account) => Assert.Equal(account, AccountHint.OfKey(key));
}

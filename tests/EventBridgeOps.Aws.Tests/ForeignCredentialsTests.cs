using System.Text.Json.Nodes;
using Amazon.Runtime;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Aws.Tests;

/// <summary>Credentials objects of types that we do not know are read through their public members.</summary>
public class ForeignCredentialsTests
{
    [Fact]
    public async Task A_foreign_copys_credentials_are_asked_anew_for_each_call()
    {
        List<(string Key, string? Token)> keys = await KeysUsedAsync(new RefreshingDecoy(), calls: 2);

        Assert.NotEqual(keys[0].Key, keys[1].Key);
        Assert.All(keys, key => Assert.Matches("^FOREIGN[0-9]+$", key.Key));
        Assert.All(keys, key => Assert.Equal("token", key.Token));
    }

    [Fact]
    public async Task Asynchronous_foreign_credentials_are_awaited() =>
        Assert.Equal(("ASYNC", null), Assert.Single(await KeysUsedAsync(new AsyncDecoy())));

    [Fact]
    public async Task An_assumed_roles_answer_carries_its_credentials() =>
        Assert.Equal(("ROLE", "t"), Assert.Single(await KeysUsedAsync(new { Credentials = new { AccessKeyId = "ROLE", SecretAccessKey = "s", SessionToken = "t" }, AssumedRoleUser = "x" })));

    [Fact]
    public async Task Our_own_copys_credentials_are_used_as_they_are() =>
        Assert.Equal(("OWN", "t"), Assert.Single(await KeysUsedAsync(new SessionAWSCredentials("OWN", "s", "t"))));

    [Theory]
    [InlineData("text")]
    [InlineData(42)]
    public void Other_objects_are_refused(object given)
    {
        OpsException error = Assert.Throws<OpsException>(() => OpsSession.Open(new SessionOptions { Region = "eu-west-1", Credential = given }));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.StartsWith($"Credential is an object of type {given.GetType().FullName}", error.Message, StringComparison.Ordinal);

        error = Assert.Throws<OpsException>(() => OpsSession.Open(new SessionOptions { Region = "eu-west-1", StoredCredential = new { AccessKey = "a", SecretKey = "" } }));
        Assert.StartsWith("$StoredAWSCredentials is an object of type ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_failure_is_explained_and_ends_the_run()
    {
        OpsException error = await Assert.ThrowsAsync<OpsException>(() => KeysUsedAsync(new FailingDecoy("The SSO session has expired.")));
        Assert.Equal((ErrorIds.ExpiredCredentials, true), (error.ErrorId, error.EndsRun));
        Assert.Equal("The credentials from Credential have expired: The SSO session has expired. Sign in again (aws sso login), or renew them.", error.Message);

        error = await Assert.ThrowsAsync<OpsException>(() => KeysUsedAsync(new FailingDecoy("No such role.")));
        Assert.Equal((ErrorIds.NoCredentials, true), (error.ErrorId, error.EndsRun));
    }

    [Fact]
    public async Task Slow_credentials_can_be_cancelled()
    {
        using StubServer server = new(new StubAnswer());
        using OpsSession session = OpsSession.Open(new SessionOptions { Region = "eu-west-1", EndpointUrl = server.Url, Credential = new SlowDecoy() });
        using CancellationTokenSource cancel = new();

        Task<JsonObject> call = session.Get<IEventBridgeApi>().DescribeEventBusAsync("default", cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static async Task<List<(string Key, string? Token)>> KeysUsedAsync(object credential, int calls = 1)
    {
        using StubServer server = new(new StubAnswer());
        using OpsSession session = OpsSession.Open(new SessionOptions { Region = "eu-west-1", EndpointUrl = server.Url, Credential = credential });
        for (int call = 0; call < calls; call++)
            await session.Get<IEventBridgeApi>().DescribeEventBusAsync("default", Given.Token);
        return [.. server.Requests.Select(request => (
            request.Headers["Authorization"].Split("Credential=")[1].Split('/')[0],
            request.Headers.GetValueOrDefault("X-Amz-Security-Token")))];
    }

    /// <summary>As another copy's <c>ImmutableCredentials</c>.</summary>
    public sealed record Decoy(string AccessKey, string SecretKey, string? Token);

    /// <summary>As another copy's <c>AWSCredentials</c>.</summary>
    public sealed class RefreshingDecoy
    {
        private int _count;

        public Decoy GetCredentials() => new($"FOREIGN{++_count}", "s", "token");
    }

    public sealed class AsyncDecoy
    {
#pragma warning disable CA1822
        public async Task<Decoy> GetCredentialsAsync()
        {
            await Task.Yield();
            return new Decoy("ASYNC", "s", null);
        }
#pragma warning restore CA1822
    }

    public sealed class FailingDecoy(string message)
    {
        public Decoy GetCredentials() => throw new InvalidOperationException(message);
    }

    public sealed class SlowDecoy
    {
#pragma warning disable CA1822
        public Task<Decoy> GetCredentialsAsync() => new TaskCompletionSource<Decoy>().Task;
#pragma warning restore CA1822
    }
}

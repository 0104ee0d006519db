using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Tests;

/// <summary>Where region and endpoint come from, and in which order.</summary>
public sealed class SessionTests : SessionTest
{
    [Fact]
    public void The_region_comes_from_the_first_source_that_has_one()
    {
        // From the last source to the first: each new one must win over all before it.
        Around.Config("[default]\nregion = eu-north-1\n[profile named]\nregion = eu-south-1\naws_access_key_id = P\naws_secret_access_key = s\n");
        Assert.Equal("eu-north-1", Open(Keys).Region);
        Around["AWS_PROFILE"] = "named";
        Assert.Equal("eu-south-1", Open(Keys).Region);
        Around["AWS_PROFILE"] = null;
        Around["AWS_DEFAULT_REGION"] = "us-east-1";
        Assert.Equal("us-east-1", Open(Keys).Region);
        Around["AWS_REGION"] = "us-east-2";
        Assert.Equal("us-east-2", Open(Keys).Region);
        Assert.Equal("eu-south-1", Open(Keys with { ProfileName = "named" }).Region);
        Assert.Equal("us-west-1", Open(Keys with { ProfileName = "named", StoredRegion = "us-west-1" }).Region);
        Assert.Equal("us-west-2", Open(Keys with { ProfileName = "named", StoredRegion = "us-west-1", Region = "us-west-2" }).Region);
    }

    [Theory]
    [InlineData("eu-west-99", "eu-west-99")]
    [InlineData(" EU-West-1 ", "eu-west-1")]
    [InlineData("us-gov-west-1", "us-gov-west-1")]
    [InlineData("us-isob-east-1", "us-isob-east-1")]
    [InlineData("eusc-de-east-1", "eusc-de-east-1")]
    public void A_region_goes_by_its_shape(string given, string region) => Assert.Equal(region, Open(Keys with { Region = given }).Region);

    [Theory]
    [InlineData("not a region", "'not a region' (from Region) is not a valid AWS Region")]
    [InlineData("eu-west-1.evil.com", "is not a valid AWS Region")]
    [InlineData("fips-us-east-1", "AWS_USE_FIPS_ENDPOINT=true")]
    public void What_is_no_region_is_refused(string given, string expected) =>
        AssertFails(Keys with { Region = given }, ErrorIds.InvalidArgument, expected);

    [Fact]
    public void No_region_anywhere_is_one_error_that_names_the_ways()
    {
        OpsException error = AssertFails(Keys, ErrorIds.NoRegion, "Specify one with Region", "AWS_REGION", "profile");
        Assert.True(error.EndsRun);
    }

    [Theory]
    [InlineData("localhost:5000")]
    [InlineData("ftp://localhost")]
    [InlineData("http://localhost?x=1")]
    [InlineData("nonsense")]
    [InlineData("https://user:pw@localhost")]
    public void What_is_no_endpoint_is_refused(string url)
    {
        OpsException error = AssertFails(Keys with { Region = "eu-west-1", EndpointUrl = url }, ErrorIds.InvalidArgument);
        Assert.DoesNotContain("pw", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_endpoint_in_the_environment_is_refused()
    {
        Around["AWS_ENDPOINT_URL"] = "nonsense";
        AssertFails(Keys with { Region = "eu-west-1" }, ErrorIds.InvalidArgument, "nonsense");
    }

    [Fact]
    public void The_endpoint_comes_from_the_first_source_that_has_one()
    {
        SessionOptions options = Keys with { Region = "eu-west-1" };
        Assert.Null(Open(options).EndpointUrl);
        Around.Config("[default]\nendpoint_url = http://global-profile\n");
        Assert.Equal("http://global-profile/", Open(options).EndpointUrl);
        Around.Config("[default]\nendpoint_url = http://global-profile\nservices = local\n[services local]\neventbridge =\n  endpoint_url = http://service-profile\n");
        Assert.Equal("http://service-profile/", Open(options).EndpointUrl);
        Around["AWS_ENDPOINT_URL"] = "http://global-environment";
        Assert.Equal("http://global-environment/", Open(options).EndpointUrl);
        Around["AWS_ENDPOINT_URL_EVENTBRIDGE"] = "http://service-environment";
        Assert.Equal("http://service-environment/", Open(options).EndpointUrl);
        Assert.Equal("http://given/", Open(options with { EndpointUrl = "http://given" }).EndpointUrl);
        Around["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true";
        Assert.Null(Open(options).EndpointUrl);
        Assert.Equal("http://given/", Open(options with { EndpointUrl = "http://given" }).EndpointUrl);
    }

    [Fact]
    public void An_empty_variable_is_no_endpoint()
    {
        Around["AWS_ENDPOINT_URL"] = "";
        Assert.Null(Open(Keys with { Region = "eu-west-1" }).EndpointUrl);
    }

    [Fact]
    public async Task A_named_profiles_own_settings_count_after_the_environments()
    {
        using StubServer server = new(StubAnswer.Error(500, "InternalException"));
        Around.Config($"[profile named]\naws_access_key_id = P\naws_secret_access_key = s\nmax_attempts = 3\nendpoint_url = {server.Url}\n");
        using OpsSession session = Open(new SessionOptions { Region = "eu-west-1", ProfileName = "named" });
        await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().DescribeEventBusAsync("default", Given.Token));
        Assert.Equal(3, server.Requests.Count);

        Around["AWS_MAX_ATTEMPTS"] = "1";
        using OpsSession other = Open(new SessionOptions { Region = "eu-west-1", ProfileName = "named" });
        await Assert.ThrowsAsync<ServiceCallException>(() => other.Get<IEventBridgeApi>().DescribeEventBusAsync("default", Given.Token));
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public void A_named_profiles_own_endpoint_counts()
    {
        Around.Config("[default]\nendpoint_url = http://default-profile\n[profile named]\naws_access_key_id = P\naws_secret_access_key = s\nendpoint_url = http://named-profile\n");

        Assert.Equal("http://named-profile/", Open(new SessionOptions { Region = "eu-west-1", ProfileName = "named" }).EndpointUrl);
    }

    [Fact]
    public async Task Each_service_has_an_endpoint_variable_of_its_own()
    {
        using StubServer batch = new(new StubAnswer());
        using StubServer sts = new(new StubAnswer(200, "<r><GetCallerIdentityResult><Account>1</Account><Arn>a</Arn><UserId>u</UserId></GetCallerIdentityResult></r>"));
        Around["AWS_ENDPOINT_URL_EVENTBRIDGE"] = Server.Url;
        Around["AWS_ENDPOINT_URL_BATCH"] = batch.Url;
        Around["AWS_ENDPOINT_URL_STS"] = sts.Url;
        using OpsSession session = Open(Keys with { Region = "cn-north-1" });

        await session.Get<IEventBridgeApi>().DescribeEventBusAsync("default", Given.Token);
        await session.Get<IBatchApi>().DescribeJobQueuesAsync(Given.Token).ListAsync();
        await session.Get<IIdentityApi>().GetCallerIdentityAsync(Given.Token);

        Assert.Equal((1, 1, 1), (Server.Requests.Count, batch.Requests.Count, sts.Requests.Count));
        Assert.Contains("/cn-north-1/events/", Server.Requests[0].Headers["Authorization"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_USE_FIPS_ENDPOINT")]
    [InlineData("AWS_USE_DUALSTACK_ENDPOINT")]
    public void Fips_and_a_custom_endpoint_exclude_each_other_as_in_AWS(string variable)
    {
        Around[variable] = "true";
        AssertFails(Keys with { Region = "us-east-1", EndpointUrl = "http://given" }, ErrorIds.InvalidArgument, "http://given");
    }

    [Theory]
    [InlineData("AWS_MAX_ATTEMPTS", "2", 2)]
    [InlineData("AWS_RETRY_MODE", "standard", 5)]
    public async Task The_environment_says_how_often_to_try(string variable, string value, int attempts)
    {
        Around[variable] = value;
        using StubServer server = new(StubAnswer.Error(500, "InternalException"));
        using OpsSession session = Open(Keys with { Region = "eu-west-1", EndpointUrl = server.Url });

        await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().DescribeEventBusAsync("default", Given.Token));

        Assert.Equal(attempts, server.Requests.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_rate_must_be_above_nothing(double rate) =>
        AssertFails(Keys with { Region = "eu-west-1", RequestsPerSecond = rate }, ErrorIds.InvalidArgument, "RequestsPerSecond");

    [Fact]
    public void Options_do_not_print_secrets()
    {
        SessionOptions options = new()
        {
            AccessKey = "KEY1", SecretKey = "SECRET2", SessionToken = "TOKEN3", Region = "eu-west-1", EndpointUrl = "http://me:SECRET6@host",
            Credential = new { SecretKey = "SECRET4" }, StoredCredential = new { SecretKey = "SECRET5" },
        };

        Assert.Equal("SessionOptions { Region = eu-west-1, ProfileName = , EndpointUrl = http://me:[redacted]@host, Credentials = given }", options.ToString());
    }

    [Fact]
    public void A_relative_path_starts_from_the_folder_of_the_host()
    {
        SessionHost host = Around.Host;
        Assert.Equal(Path.Combine(host.Folder!, "journal"), host.FullPath("journal"));
        Assert.Equal(Path.Combine(host.Folder!, "a"), host.FullPath(Path.Combine("b", "..", "a")));
        Assert.Equal(host.Folder, host.FullPath(host.Folder!));
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<OpsException>(() => new SessionHost().FullPath("journal")).ErrorId);
    }

    [Fact]
    public void The_files_of_profiles_are_where_the_environment_of_the_session_says()
    {
        string file = Around.FileWith("[default]\nregion = eu-south-1\n[profile x]\nregion = eu-south-2\n");
        Around["AWS_CONFIG_FILE"] = Path.GetFileName(file);
        Assert.Equal("eu-south-1", Open(Keys).Region);
        Around["AWS_PROFILE"] = "x";
        Assert.Equal("eu-south-2", Open(Keys).Region);
        Around["AWS_CONFIG_FILE"] = null;
        Assert.Equal(ErrorIds.NoRegion, Assert.Throws<OpsException>(() => Open(Keys)).ErrorId);
    }

    [Fact]
    public void A_host_that_passes_nothing_has_an_empty_environment()
    {
        Assert.Equal(ErrorIds.NoRegion, Assert.Throws<OpsException>(() => OpsSession.Open(new SessionOptions())).ErrorId);
        Assert.Equal(ErrorIds.NoCredentials, Assert.Throws<OpsException>(() => OpsSession.Open(new SessionOptions { Region = "eu-west-1" })).ErrorId);
    }
}

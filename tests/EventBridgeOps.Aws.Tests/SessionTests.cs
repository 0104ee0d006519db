using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Tests;

/// <summary>Where region, credentials and endpoint come from, and in which order.</summary>
[Collection(nameof(EnvironmentCollection))]
public sealed class SessionTests : IDisposable
{
    private static readonly SessionOptions Keys = new() { AccessKey = "KEYS", SecretKey = "s" };

    private readonly Surroundings _surroundings = new();
    private readonly StubServer _server = new(new StubAnswer());

    public void Dispose()
    {
        _surroundings.Dispose();
        _server.Dispose();
    }

    [Fact]
    public void The_region_comes_from_the_first_source_that_has_one()
    {
        // From the last source to the first: each new one must win over all before it.
        _surroundings.Config("[default]\nregion = eu-north-1\n[profile named]\nregion = eu-south-1\naws_access_key_id = P\naws_secret_access_key = s\n");
        Assert.Equal("eu-north-1", Open(Keys).Region);
        _surroundings["AWS_PROFILE"] = "named";
        Assert.Equal("eu-south-1", Open(Keys).Region);
        _surroundings["AWS_PROFILE"] = null;
        _surroundings["AWS_DEFAULT_REGION"] = "us-east-1";
        Assert.Equal("us-east-1", Open(Keys).Region);
        _surroundings["AWS_REGION"] = "us-east-2";
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

    [Fact]
    public async Task Credentials_come_from_the_first_source_that_has_them()
    {
        SessionOptions options = new() { Region = "eu-west-1" };
        _surroundings.Credentials("[default]\naws_access_key_id = DEFAULT\naws_secret_access_key = s\n[named]\naws_access_key_id = NAMED\naws_secret_access_key = s\n");
        Assert.Equal("DEFAULT", await KeyUsedAsync(options));
        _surroundings["AWS_PROFILE"] = "named";
        Assert.Equal("NAMED", await KeyUsedAsync(options));
        _surroundings["AWS_PROFILE"] = null;
        _surroundings["AWS_ACCESS_KEY_ID"] = "ENVIRONMENT";
        _surroundings["AWS_SECRET_ACCESS_KEY"] = "s";
        Assert.Equal("ENVIRONMENT", await KeyUsedAsync(options));
        options = options with { StoredCredential = new { AccessKey = "STORED", SecretKey = "s" } };
        Assert.Equal("STORED", await KeyUsedAsync(options));
        options = options with { Credential = new { AccessKey = "GIVEN", SecretKey = "s" } };
        Assert.Equal("GIVEN", await KeyUsedAsync(options));
        options = options with { ProfileName = "named" };
        Assert.Equal("NAMED", await KeyUsedAsync(options));
        options = options with { AccessKey = "KEYS", SecretKey = "s" };
        Assert.Equal("KEYS", await KeyUsedAsync(options));
    }

    [Fact]
    public async Task A_profile_can_be_in_another_file()
    {
        string path = _surroundings.FileWith("[default]\naws_access_key_id = OTHERDEFAULT\naws_secret_access_key = s\n[far]\naws_access_key_id = FAR\naws_secret_access_key = s\nregion = eu-central-1\n");

        Assert.Equal("FAR", await KeyUsedAsync(new SessionOptions { ProfileName = "far", ProfileLocation = path }));
        Assert.Equal("OTHERDEFAULT", await KeyUsedAsync(new SessionOptions { Region = "eu-west-1", ProfileLocation = path }));
        AssertFails(new SessionOptions { ProfileLocation = path + ".absent" }, ErrorIds.ProfileNotFound, path + ".absent");
    }

    [Fact]
    public async Task A_credential_process_of_a_profile_is_run_by_the_SDK()
    {
        _surroundings.Config("[profile process]\nregion = eu-west-1\ncredential_process = echo '{\"Version\":1,\"AccessKeyId\":\"PROCESS\",\"SecretAccessKey\":\"s\"}'\n");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the profile's echo is a POSIX shell's");

        Assert.Equal("PROCESS", await KeyUsedAsync(new SessionOptions { ProfileName = "process" }));
    }

    [Theory]
    [InlineData("credential_process = false")]
    [InlineData("role_arn = arn:aws:iam::123456789012:role/r\nsource_profile = absent")]
    [InlineData("output = json")]
    public async Task A_profile_without_usable_credentials_is_named(string content)
    {
        _surroundings.Config("[profile broken]\nregion = eu-west-1\n" + content + "\n");

        OpsException error = await Assert.ThrowsAsync<OpsException>(() => KeyUsedAsync(new SessionOptions { ProfileName = "broken" }));

        Assert.Equal(ErrorIds.NoCredentials, error.ErrorId);
        Assert.Contains("profile 'broken'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_are_assumed_in_the_sessions_region()
    {
        Open(Keys with { Region = "eu-west-1" }).Dispose();
        Open(Keys with { Region = "cn-north-1" }).Dispose();

        Assert.Equal("cn-north-1", Amazon.Runtime.FallbackRegionFactory.GetRegionEndpoint().SystemName);
    }

    [Fact]
    public async Task A_role_that_may_not_be_assumed_is_named_with_the_services_words()
    {
        using StubServer sts = new(new StubAnswer(403, "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User b is not authorized to perform: sts:AssumeRole</Message></Error><RequestId>r</RequestId></ErrorResponse>"));
        _surroundings["AWS_ENDPOINT_URL_STS"] = sts.Url;
        _surroundings.Config("[profile base]\naws_access_key_id = B\naws_secret_access_key = s\n[profile role]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n");

        OpsException error = await Assert.ThrowsAsync<OpsException>(() => KeyUsedAsync(new SessionOptions { ProfileName = "role" }));

        Assert.Equal(ErrorIds.NoCredentials, error.ErrorId);
        Assert.Equal("Credentials could not be loaded from profile 'role': AccessDenied. User b is not authorized to perform: sts:AssumeRole. Correct the configuration, or use another source of credentials.", error.Message);
    }

    [Fact]
    public async Task An_MFA_code_is_asked_for_while_the_session_opens()
    {
        using StubServer sts = new(new StubAnswer(200, "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>MFAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"));
        _surroundings["AWS_ENDPOINT_URL_STS"] = sts.Url;
        _surroundings.Config("[profile base]\naws_access_key_id = B\naws_secret_access_key = s\n[profile mfa]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n");
        (string? asked, int thread, int opener) = ("", 0, Environment.CurrentManagedThreadId);

        Assert.Equal("MFAROLE", await KeyUsedAsync(new SessionOptions
        {
            ProfileName = "mfa",
            MfaCode = device =>
            {
                (asked, thread) = (device, Environment.CurrentManagedThreadId);
                return "123456";
            },
        }));

        Assert.Equal(("arn:aws:iam::123456789012:mfa/me", opener), (asked, thread));
        Assert.Contains("TokenCode=123456", Assert.Single(sts.Requests).Body, StringComparison.Ordinal);
        AssertFails(new SessionOptions { ProfileName = "mfa" }, ErrorIds.NoCredentials, "requires an MFA code (device arn:aws:iam::123456789012:mfa/me)");
    }

    [Fact]
    public async Task An_sso_profile_without_a_sign_in_says_so()
    {
        _surroundings.Config("[profile sso]\nregion = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = r\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start\n");

        OpsException error = await Assert.ThrowsAsync<OpsException>(() => KeyUsedAsync(new SessionOptions { ProfileName = "sso" }));

        Assert.Equal(ErrorIds.ExpiredCredentials, error.ErrorId);
        Assert.Contains("aws sso login", error.Message, StringComparison.Ordinal);

        _surroundings["AWS_PROFILE"] = "sso";
        error = await Assert.ThrowsAsync<OpsException>(() => KeyUsedAsync(new SessionOptions()));
        Assert.Equal(ErrorIds.ExpiredCredentials, error.ErrorId);
        Assert.Contains("profile 'sso'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_profile_is_a_hard_stop_whatever_else_is_given()
    {
        _surroundings["AWS_ACCESS_KEY_ID"] = "ENVIRONMENT";
        _surroundings["AWS_SECRET_ACCESS_KEY"] = "s";

        OpsException error = AssertFails(new SessionOptions { Region = "eu-west-1", ProfileName = "absent", Credential = new { AccessKey = "a", SecretKey = "b" } }, ErrorIds.ProfileNotFound, "Profile 'absent' was not found");
        Assert.True(error.EndsRun);
    }

    [Fact]
    public void A_missing_AWS_PROFILE_is_named()
    {
        _surroundings["AWS_PROFILE"] = "absent";

        AssertFails(new SessionOptions { Region = "eu-west-1" }, ErrorIds.ProfileNotFound, "'absent', which AWS_PROFILE specifies, was not found");
    }

    [Fact]
    public void No_credentials_anywhere_is_one_error_that_names_the_ways()
    {
        AssertFails(new SessionOptions { Region = "eu-west-1" }, ErrorIds.NoCredentials, "ProfileName", "AccessKey and SecretKey", "AWS_ACCESS_KEY_ID", "aws sso login", "role");
    }

    [Fact]
    public void A_machine_without_metadata_service_is_told_of_soon()
    {
        using StubServer silent = new(new StubAnswer { Wait = StubServer.Never });
        _surroundings["AWS_EC2_METADATA_DISABLED"] = null;
        _surroundings["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = silent.Url;

        AssertFails(new SessionOptions { Region = "eu-west-1" }, ErrorIds.NoCredentials, "No AWS credentials were found");
        AssertFails(Keys, ErrorIds.NoRegion, "No AWS Region was specified");
    }

    [Theory]
    [InlineData("a", null, null)]
    [InlineData(null, "b", null)]
    [InlineData(null, null, "c")]
    [InlineData("a", "", null)]
    public void Half_a_key_is_refused(string? key, string? secret, string? token) =>
        AssertFails(new SessionOptions { Region = "eu-west-1", AccessKey = key, SecretKey = secret, SessionToken = token }, ErrorIds.InvalidArgument, "AccessKey and SecretKey must be specified together");

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
        _surroundings["AWS_ENDPOINT_URL"] = "nonsense";
        AssertFails(Keys with { Region = "eu-west-1" }, ErrorIds.InvalidArgument, "nonsense");
    }

    [Fact]
    public void The_endpoint_comes_from_the_first_source_that_has_one()
    {
        SessionOptions options = Keys with { Region = "eu-west-1" };
        Assert.Null(Open(options).EndpointUrl);
        _surroundings.Config("[default]\nendpoint_url = http://global-profile\n");
        Assert.Equal("http://global-profile/", Open(options).EndpointUrl);
        _surroundings.Config("[default]\nendpoint_url = http://global-profile\nservices = local\n[services local]\neventbridge =\n  endpoint_url = http://service-profile\n");
        Assert.Equal("http://service-profile/", Open(options).EndpointUrl);
        _surroundings["AWS_ENDPOINT_URL"] = "http://global-environment";
        Assert.Equal("http://global-environment/", Open(options).EndpointUrl);
        _surroundings["AWS_ENDPOINT_URL_EVENTBRIDGE"] = "http://service-environment";
        Assert.Equal("http://service-environment/", Open(options).EndpointUrl);
        Assert.Equal("http://given/", Open(options with { EndpointUrl = "http://given" }).EndpointUrl);
        _surroundings["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true";
        Assert.Null(Open(options).EndpointUrl);
        Assert.Equal("http://given/", Open(options with { EndpointUrl = "http://given" }).EndpointUrl);
    }

    [Fact]
    public void An_empty_variable_is_no_endpoint()
    {
        _surroundings["AWS_ENDPOINT_URL"] = "";
        Assert.Null(Open(Keys with { Region = "eu-west-1" }).EndpointUrl);
    }

    [Fact]
    public async Task A_named_profiles_own_settings_count_after_the_environments()
    {
        using StubServer server = new(StubAnswer.Error(500, "InternalException"));
        _surroundings.Config($"[profile named]\naws_access_key_id = P\naws_secret_access_key = s\nmax_attempts = 3\nendpoint_url = {server.Url}\n");
        using OpsSession session = Open(new SessionOptions { Region = "eu-west-1", ProfileName = "named" });
        await Assert.ThrowsAsync<ServiceCallException>(() => session.EventBridge.DescribeEventBusAsync("default", Given.Token));
        Assert.Equal(3, server.Requests.Count);

        _surroundings["AWS_MAX_ATTEMPTS"] = "1";
        using OpsSession other = Open(new SessionOptions { Region = "eu-west-1", ProfileName = "named" });
        await Assert.ThrowsAsync<ServiceCallException>(() => other.EventBridge.DescribeEventBusAsync("default", Given.Token));
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public void A_named_profiles_own_endpoint_counts()
    {
        _surroundings.Config("[default]\nendpoint_url = http://default-profile\n[profile named]\naws_access_key_id = P\naws_secret_access_key = s\nendpoint_url = http://named-profile\n");

        Assert.Equal("http://named-profile/", Open(new SessionOptions { Region = "eu-west-1", ProfileName = "named" }).EndpointUrl);
    }

    [Fact]
    public async Task Each_service_has_an_endpoint_variable_of_its_own()
    {
        using StubServer batch = new(new StubAnswer());
        using StubServer sts = new(new StubAnswer(200, "<r><GetCallerIdentityResult><Account>1</Account><Arn>a</Arn><UserId>u</UserId></GetCallerIdentityResult></r>"));
        _surroundings["AWS_ENDPOINT_URL_EVENTBRIDGE"] = _server.Url;
        _surroundings["AWS_ENDPOINT_URL_BATCH"] = batch.Url;
        _surroundings["AWS_ENDPOINT_URL_STS"] = sts.Url;
        using OpsSession session = Open(Keys with { Region = "cn-north-1" });

        await session.EventBridge.DescribeEventBusAsync("default", Given.Token);
        await session.Batch.DescribeJobQueuesAsync(Given.Token).ListAsync();
        await session.Identity.GetCallerIdentityAsync(Given.Token);

        Assert.Equal((1, 1, 1), (_server.Requests.Count, batch.Requests.Count, sts.Requests.Count));
        Assert.Contains("/cn-north-1/events/", _server.Requests[0].Headers["Authorization"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_USE_FIPS_ENDPOINT")]
    [InlineData("AWS_USE_DUALSTACK_ENDPOINT")]
    public void Fips_and_a_custom_endpoint_exclude_each_other_as_in_AWS(string variable)
    {
        _surroundings[variable] = "true";
        AssertFails(Keys with { Region = "us-east-1", EndpointUrl = "http://given" }, ErrorIds.InvalidArgument, "http://given");
    }

    [Theory]
    [InlineData("AWS_MAX_ATTEMPTS", "2", 2)]
    [InlineData("AWS_RETRY_MODE", "standard", 5)]
    public async Task The_environment_says_how_often_to_try(string variable, string value, int attempts)
    {
        _surroundings[variable] = value;
        using StubServer server = new(StubAnswer.Error(500, "InternalException"));
        using OpsSession session = Open(Keys with { Region = "eu-west-1", EndpointUrl = server.Url });

        await Assert.ThrowsAsync<ServiceCallException>(() => session.EventBridge.DescribeEventBusAsync("default", Given.Token));

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

    private static OpsSession Open(SessionOptions options) => OpsSession.Open(options with { TimeProvider = new ManualTimeProvider { AutoAdvance = true } });

    private static OpsException AssertFails(SessionOptions options, string errorId, params string[] expected)
    {
        OpsException error = Assert.Throws<OpsException>(() => Open(options));
        Assert.Equal(errorId, error.ErrorId);
        Assert.All(expected, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        return error;
    }

    private async Task<string> KeyUsedAsync(SessionOptions options)
    {
        using OpsSession session = Open(options with { EndpointUrl = _server.Url });
        await session.EventBridge.DescribeEventBusAsync("default", Given.Token);
        return _server.Requests[^1].Headers["Authorization"].Split("Credential=")[1].Split('/')[0];
    }
}

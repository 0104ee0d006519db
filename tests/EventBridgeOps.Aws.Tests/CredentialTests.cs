using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Rules;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Tests;

/// <summary>Where credentials come from, and in which order.</summary>
public sealed class CredentialTests : SessionTest
{
    [Fact]
    public async Task Credentials_come_from_the_first_source_that_has_them()
    {
        SessionOptions options = new() { Region = "eu-west-1" };
        Around.Credentials("[default]\naws_access_key_id = DEFAULT\naws_secret_access_key = s\n[named]\naws_access_key_id = NAMED\naws_secret_access_key = s\n");
        Assert.Equal("DEFAULT", await KeyUsedAsync(options));
        Around["AWS_PROFILE"] = "named";
        Assert.Equal("NAMED", await KeyUsedAsync(options));
        Around["AWS_PROFILE"] = null;
        Around["AWS_ACCESS_KEY_ID"] = "ENVIRONMENT";
        Around["AWS_SECRET_ACCESS_KEY"] = "s";
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
        string path = Around.FileWith("[default]\naws_access_key_id = OTHERDEFAULT\naws_secret_access_key = s\n[far]\naws_access_key_id = FAR\naws_secret_access_key = s\nregion = eu-central-1\n");

        Assert.Equal("FAR", await KeyUsedAsync(new SessionOptions { ProfileName = "far", ProfileLocation = path }));
        Assert.Equal("OTHERDEFAULT", await KeyUsedAsync(new SessionOptions { Region = "eu-west-1", ProfileLocation = path }));
        AssertFails(new SessionOptions { ProfileLocation = path + ".absent" }, ErrorIds.FileNotReadable, path + ".absent cannot be read: it does not exist");
    }

    [Fact]
    public async Task A_credential_process_of_a_profile_is_run_by_the_SDK()
    {
        Around.Config("[profile process]\nregion = eu-west-1\ncredential_process = echo '{\"Version\":1,\"AccessKeyId\":\"PROCESS\",\"SecretAccessKey\":\"s\"}'\n");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the profile's echo is a POSIX shell's");

        Assert.Equal("PROCESS", await KeyUsedAsync(new SessionOptions { ProfileName = "process" }));
    }

    [Theory]
    [InlineData("credential_process = false")]
    [InlineData("role_arn = arn:aws:iam::123456789012:role/r\nsource_profile = absent")]
    [InlineData("output = json")]
    public async Task A_profile_without_usable_credentials_is_named(string content)
    {
        Around.Config("[profile broken]\nregion = eu-west-1\n" + content + "\n");

        OpsException error = await Assert.ThrowsAsync<OpsException>(() => KeyUsedAsync(new SessionOptions { ProfileName = "broken" }));

        Assert.Equal(ErrorIds.NoCredentials, error.ErrorId);
        Assert.Contains("profile 'broken'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_may_not_be_assumed_is_named_with_the_services_words()
    {
        using StubServer sts = new(new StubAnswer(403, "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User b is not authorized to perform: sts:AssumeRole</Message></Error><RequestId>r</RequestId></ErrorResponse>"));
        Around["AWS_ENDPOINT_URL_STS"] = sts.Url;
        Around.Config("[profile base]\naws_access_key_id = B\naws_secret_access_key = s\n[profile role]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n");

        OpsException error = await Assert.ThrowsAsync<OpsException>(() => KeyUsedAsync(new SessionOptions { ProfileName = "role" }));

        Assert.Equal(ErrorIds.NoCredentials, error.ErrorId);
        Assert.Equal("Credentials could not be loaded from profile 'role': AccessDenied. User b is not authorized to perform: sts:AssumeRole. Correct the configuration, or use another source of credentials.", error.Message);
    }

    [Fact]
    public async Task An_MFA_code_is_asked_for_while_the_session_opens()
    {
        using StubServer sts = new(new StubAnswer(200, "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>MFAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"));
        Around["AWS_ENDPOINT_URL_STS"] = sts.Url;
        Around.Config("[profile base]\naws_access_key_id = B\naws_secret_access_key = s\n[profile mfa]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n");
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
    public async Task A_sign_in_by_SSO_is_exchanged_at_the_endpoint_of_the_session()
    {
        using StubServer sso = new(new StubAnswer(200, """{"roleCredentials":{"accessKeyId":"SSOKEY","secretAccessKey":"s","sessionToken":"t","expiration":4070908800000}}"""));
        Around["AWS_ENDPOINT_URL_SSO"] = sso.Url;
        Around.Config("[profile sso]\nregion = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = r\nsso_session = mine\n[sso-session mine]\nsso_region = eu-central-1\nsso_start_url = https://example.awsapps.com/start\n");
        Around.SsoToken("8034c43d15bb7ef42e2cc24255217acfc5f4b2f4", """{"accessToken":"TOKEN1","expiresAt":"2099-01-01T00:00:00Z","region":"eu-central-1","startUrl":"https://example.awsapps.com/start"}""");

        Assert.Equal("SSOKEY", await KeyUsedAsync(new SessionOptions { ProfileName = "sso" }));

        StubRequest request = Assert.Single(sso.Requests);
        Assert.Equal("/federation/credentials?account_id=123456789012&role_name=r", request.Path);
        Assert.Equal("TOKEN1", request.Headers["x-amz-sso_bearer_token"]);
    }

    [Fact]
    public async Task A_role_is_assumed_with_the_role_of_its_source_and_refreshed_by_the_clock_of_the_session()
    {
        int number = 0;
        using StubServer sts = new((_, _) => new StubAnswer(200, $"<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ROLE{++number}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>1970-01-01T01:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"));
        ManualTimeProvider clock = new();
        Around.Host = Around.Host with { Time = clock };
        Around["AWS_ENDPOINT_URL_STS"] = sts.Url;
        Around["AWS_ENDPOINT_URL"] = Server.Url;
        Around.Config("[profile base]\naws_access_key_id = BASE\naws_secret_access_key = s\n[profile first]\nrole_arn = arn:aws:iam::123456789012:role/first\nsource_profile = base\n[profile second]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/second\nsource_profile = first\nexternal_id = e\n");
        using OpsSession session = Open(new SessionOptions { ProfileName = "second" });

        await session.Get<IEventBridgeApi>().DescribeEventBusAsync("default", Given.Token);

        Assert.Equal(["BASE", "ROLE1"], sts.Requests.Select(Key));
        Assert.Contains("ExternalId=e", sts.Requests[1].Body, StringComparison.Ordinal);
        Assert.Equal("ROLE2", Key(Server.Requests[^1]));

        clock.Advance(TimeSpan.FromMinutes(30));
        await session.Get<IEventBridgeApi>().DescribeEventBusAsync("default", Given.Token);
        Assert.Equal("ROLE2", Key(Server.Requests[^1]));
    }

    [Theory]
    [InlineData("[profile loop]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/a\nsource_profile = other\n[profile other]\nrole_arn = arn:aws:iam::123456789012:role/b\nsource_profile = loop\n", "is its own source profile")]
    [InlineData("[profile loop]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/a\n", "no credentials to assume it were found")]
    [InlineData("[profile loop]\nregion = eu-west-1\nsso_role_name = r\n", "Specify sso_account_id, sso_region, sso_start_url")]
    public void A_profile_that_leads_nowhere_says_why(string config, string expected)
    {
        Around.Config(config);
        AssertFails(new SessionOptions { ProfileName = "loop" }, ErrorIds.NoCredentials, "profile 'loop'", expected);
    }

    [Fact]
    public async Task An_sso_profile_without_a_sign_in_says_so()
    {
        Around.Config("[profile sso]\nregion = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = r\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start\n");

        OpsException error = await Assert.ThrowsAsync<OpsException>(() => KeyUsedAsync(new SessionOptions { ProfileName = "sso" }));

        Assert.Equal(ErrorIds.ExpiredCredentials, error.ErrorId);
        Assert.Contains("aws sso login", error.Message, StringComparison.Ordinal);

        Around["AWS_PROFILE"] = "sso";
        error = await Assert.ThrowsAsync<OpsException>(() => KeyUsedAsync(new SessionOptions()));
        Assert.Equal(ErrorIds.ExpiredCredentials, error.ErrorId);
        Assert.Contains("profile 'sso'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_profile_is_a_hard_stop_whatever_else_is_given()
    {
        Around["AWS_ACCESS_KEY_ID"] = "ENVIRONMENT";
        Around["AWS_SECRET_ACCESS_KEY"] = "s";

        OpsException error = AssertFails(new SessionOptions { Region = "eu-west-1", ProfileName = "absent", Credential = new { AccessKey = "a", SecretKey = "b" } }, ErrorIds.ProfileNotFound, "Profile 'absent' was not found");
        Assert.True(error.EndsRun);
    }

    [Fact]
    public void A_missing_AWS_PROFILE_is_named()
    {
        Around["AWS_PROFILE"] = "absent";

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
        using ManualResetEventSlim released = new();
        string? Wait()
        {
            released.Wait(TestContext.Current.CancellationToken);
            return null;
        }

        Around.Host = Around.Host with
        {
            Machine = new StubMachine(Wait, () =>
            {
                Wait();
                return null;
            }),
        };
        AssertFails(new SessionOptions { Region = "eu-west-1" }, ErrorIds.NoCredentials, "No AWS credentials were found");
        AssertFails(Keys, ErrorIds.NoRegion, "No AWS Region was specified");
        released.Set();
    }

    [Fact]
    public async Task The_machine_is_asked_last_and_only_if_the_host_passes_it()
    {
        AssertFails(new SessionOptions(), ErrorIds.NoRegion);
        Around.Host = Around.Host with { Machine = new StubMachine(() => "ap-south-1", () => new BasicAWSCredentials("MACHINE", "s")) };

        Assert.Equal("ap-south-1", Open(new SessionOptions()).Region);
        Assert.Equal("MACHINE", await KeyUsedAsync(new SessionOptions()));
        Around.Credentials("[default]\naws_access_key_id = DEFAULT\naws_secret_access_key = s\n");
        Assert.Equal("DEFAULT", await KeyUsedAsync(new SessionOptions()));
    }

    [Theory]
    [InlineData("a", null, null)]
    [InlineData(null, "b", null)]
    [InlineData(null, null, "c")]
    [InlineData("a", "", null)]
    public void Half_a_key_is_refused(string? key, string? secret, string? token) =>
        AssertFails(new SessionOptions { Region = "eu-west-1", AccessKey = key, SecretKey = secret, SessionToken = token }, ErrorIds.InvalidArgument, "AccessKey and SecretKey must be specified together");

    private static string Key(StubRequest request) => request.Headers["Authorization"].Split("Credential=")[1].Split('/')[0];

    private sealed class StubMachine(Func<string?> region, Func<AWSCredentials?> credentials) : Machine
    {
        internal override ICredentialProfileStore? Profiles() => null;

        private protected override string? FindRegion() => region();

        private protected override AWSCredentials? FindRole(Func<string, string?> environment) => credentials();
    }
}

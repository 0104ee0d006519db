using System.Globalization;
using EventBridgeOps.Aws.Jobs;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Changes;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Jobs;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Aws.Tests;

/// <summary>Sessions of different accounts, partitions, endpoints, profiles and clocks, at once in one process: no call strays.</summary>
public sealed class ManySessionsTests
{
    private const int Count = 64;

    private static readonly string[] s_regions = ["eu-west-1", "us-east-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1", "us-isob-east-1", "eusc-de-east-1", "ap-southeast-2", "cn-northwest-1", "us-gov-east-1"];

    /// <summary>How a session is told who and where it is.</summary>
    public enum Way
    {
        Keys,
        Variables,
        Profile,
        Role,
        WebIdentity,
        Chain,
    }

    [Fact]
    public async Task Of_64_sessions_on_64_endpoints_every_call_arrives_at_its_own()
    {
        Place[] places = [.. Enumerable.Range(0, Count).Select(number => new Place(number))];
        try
        {
            OpsSession[] sessions = await Task.WhenAll(places.Select(place => Task.Run(() => OpsSession.Open(place.Options), Given.Token)));
            try
            {
                // Twice: what is remembered from the first time must not lead astray either.
                for (int round = 0; round < 2; round++)
                    await Task.WhenAll(sessions.Select(session => Task.Run(() => CallAllAsync(session), Given.Token)));
            }
            finally
            {
                Array.ForEach(sessions, session => session.Dispose());
            }

            Assert.All(places, place => place.Check());
        }
        finally
        {
            Array.ForEach(places, place => place.Dispose());
        }
    }

    [Fact]
    public async Task A_session_that_is_older_assumes_its_role_in_its_own_Region_still()
    {
        // Roles are assumed at the first call, not when the session opens: by then others have been opened.
        using Place china = new(2, Way.Role), europe = new(0, Way.Role);
        using OpsSession first = OpsSession.Open(china.Options), second = OpsSession.Open(europe.Options);

        await CallAllAsync(second);
        await CallAllAsync(first);

        china.Check();
        europe.Check();
    }

    [Theory]
    [InlineData("cn-north-1", "sts.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-gov-west-1", "sts.us-gov-west-1.amazonaws.com")]
    [InlineData("us-iso-east-1", "sts.us-iso-east-1.c2s.ic.gov")]
    [InlineData("us-isob-east-1", "sts.us-isob-east-1.sc2s.sgov.gov")]
    [InlineData("eu-west-1", "sts.eu-west-1.amazonaws.com")]
    public void Without_an_endpoint_a_role_is_assumed_at_the_STS_of_the_sessions_partition(string region, string host)
    {
        using Surroundings around = new();
        around.Config("[profile base]\naws_access_key_id = B\naws_secret_access_key = s\n[profile role]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n");
        SessionOptions options = new() { Host = around.Host, ProfileName = "role", Region = region };
        ProfileFiles files = new(options);
        ProfileCredentials methods = new(options, region, files, new SessionSettings(around.Host.Environment, null));

        Assert.Equal(new Uri($"https://{host}/"), methods.SignInEndpoint());
    }

    private static async Task CallAllAsync(OpsSession session)
    {
        await session.Get<IEventBridgeApi>().DescribeEventBusAsync("default", Given.Token);
        await session.Get<IBatchApi>().DescribeJobQueuesAsync(Given.Token).ListAsync();
        await session.Get<IIdentityApi>().GetCallerIdentityAsync(Given.Token);
        using MvpJobs jobs = session.Get<MvpJobStores>().Open(new JobStoreChoice(null, "table"));
        await jobs.Store.FindAsync("x", Given.Token);
    }

    /// <summary>One account at one endpoint, with an environment, files and a clock of its own.</summary>
    private sealed class Place : IDisposable
    {
        private const string Identity = "<r><GetCallerIdentityResult><Account>1</Account><Arn>a</Arn><UserId>u</UserId></GetCallerIdentityResult></r>";

        private readonly Surroundings _around = new();
        private readonly ManualTimeProvider _clock = new() { AutoAdvance = true };
        private readonly StubServer _server;
        private readonly Way _way;
        private readonly string _region;
        private readonly string _key;

        public Place(int number, Way? way = null)
        {
            _way = way ?? (Way)(number % Enum.GetValues<Way>().Length);
            _region = s_regions[number % s_regions.Length];
            _key = $"AKID{number:0000}";
            _server = new StubServer((request, _) => new StubAnswer(200, Answer(request)));
            _clock.Advance(TimeSpan.FromDays(number)); // By any other clock, the credentials of a role have expired or are from the future.
            _around.Host = _around.Host with { Time = _clock };
            Options = new SessionOptions { Host = _around.Host };
            switch (_way)
            {
                case Way.Keys:
                    Options = Options with { Region = _region, AccessKey = _key, SecretKey = "s", EndpointUrl = _server.Url };
                    break;
                case Way.Variables:
                    Set(("AWS_REGION", _region), ("AWS_ACCESS_KEY_ID", _key), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_ENDPOINT_URL", _server.Url));
                    break;
                case Way.Profile:
                    _around.Config($"[profile mine]\nregion = {_region}\naws_access_key_id = {_key}\naws_secret_access_key = s\nendpoint_url = {_server.Url}\n");
                    Options = Options with { ProfileName = "mine" };
                    break;
                case Way.Role:
                    _around.Config($"[profile base]\naws_access_key_id = BASE{number}\naws_secret_access_key = s\n[profile role]\nregion = {_region}\nrole_arn = arn:aws:iam::{number:000000000000}:role/r\nsource_profile = base\nendpoint_url = {_server.Url}\n");
                    Set(("AWS_PROFILE", "role"));
                    break;
                case Way.WebIdentity:
                    Set(("AWS_REGION", _region), ("AWS_ROLE_ARN", $"arn:aws:iam::{number:000000000000}:role/w"), ("AWS_WEB_IDENTITY_TOKEN_FILE", _around.FileWith($"token-{number}")), ("AWS_ENDPOINT_URL", _server.Url));
                    break;
                default:
                    _around.Config($"[default]\nregion = {_region}\nservices = local\n[services local]\neventbridge =\n  endpoint_url = {_server.Url}\nbatch =\n  endpoint_url = {_server.Url}\nsts =\n  endpoint_url = {_server.Url}\ndynamodb =\n  endpoint_url = {_server.Url}\n");
                    _around.Credentials($"[default]\naws_access_key_id = {_key}\naws_secret_access_key = s\n");
                    break;
            }

            Number = number;
        }

        public SessionOptions Options { get; }

        private int Number { get; }

        public void Check()
        {
            ILookup<bool, StubRequest> requests = _server.Requests.ToLookup(request => request.Body.Contains("Action=AssumeRole", StringComparison.Ordinal));
            Assert.NotEmpty(requests[false]);
            Assert.All(requests[false], request => Assert.Equal((_key, _region), Scope(request)));
            Assert.Equal(["batch", "dynamodb", "events", "sts"], requests[false].Select(Service).Distinct().Order(StringComparer.Ordinal));
            if (_way is not (Way.Role or Way.WebIdentity))
            {
                Assert.Empty(requests[true]);
                return;
            }

            StubRequest assumed = Assert.Single(requests[true]);
            Assert.Contains(Uri.EscapeDataString($"arn:aws:iam::{Number:000000000000}:role/"), assumed.Body, StringComparison.Ordinal);
            if (_way == Way.Role)
                Assert.Equal(($"BASE{Number}", _region), Scope(assumed));
            else
                Assert.Contains($"WebIdentityToken=token-{Number}", assumed.Body, StringComparison.Ordinal);
        }

        public void Dispose()
        {
            _server.Dispose();
            _around.Dispose();
        }

        private void Set(params (string Name, string Value)[] variables)
        {
            foreach ((string name, string value) in variables)
                _around[name] = value;
        }

        private string Answer(StubRequest request)
        {
            if (request.Body.Contains("Action=GetCallerIdentity", StringComparison.Ordinal))
                return Identity;
            string? action = request.Body.Contains("Action=AssumeRoleWithWebIdentity", StringComparison.Ordinal) ? "AssumeRoleWithWebIdentity" : request.Body.Contains("Action=AssumeRole", StringComparison.Ordinal) ? "AssumeRole" : null;
            return action is null ? StubAnswer.Anything : string.Create(CultureInfo.InvariantCulture, $"<{action}Response><{action}Result><Credentials><AccessKeyId>{_key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>{_clock.GetUtcNow().AddHours(1):yyyy-MM-ddTHH:mm:ssZ}</Expiration></Credentials></{action}Result></{action}Response>");
        }

        private static (string Key, string Region) Scope(StubRequest request)
        {
            string[] scope = Credential(request);
            return (scope[0], scope[2]);
        }

        private static string Service(StubRequest request) => Credential(request)[3];

        private static string[] Credential(StubRequest request) => request.Headers["Authorization"].Split("Credential=")[1].Split('/', ',');
    }
}

using System.Globalization;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Iam;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sts;

/// <summary>STS: who am I, and roles that anybody may assume.</summary>
internal sealed class StsService : IService
{
    public string Name => "sts";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["GetCallerIdentity"] = GetCallerIdentity,
        ["AssumeRole"] = operation => Assume(operation, RawDocument.Empty),
        ["AssumeRoleWithWebIdentity"] = AssumeWithWebIdentity,
    };

    public AwsError BadToken => AwsError.Validation("The token is not valid.");

    public AwsError Internal(int status) => new(status, status == 503 ? "ServiceUnavailable" : "InternalFailure", "An internal error has occurred.");

    private static RawDocument GetCallerIdentity(Operation operation)
    {
        RawDocument? session = operation.Call.AccessKey is { } key ? operation.State["sessions"].Find(key) : null;
        return session ?? RawDocument.Empty
            .With("Arn", operation.GlobalArn("iam", "user/" + User.Caller))
            .With("UserId", User.CallerId)
            .With("Account", operation.Account.Id);
    }

    private static RawDocument AssumeWithWebIdentity(Operation operation)
    {
        Constraints constraints = new();
        constraints.Text("webIdentityToken", operation.Input["WebIdentityToken"], true, 4, 20000);
        constraints.Check();
        return Assume(operation, RawDocument.Empty
            .With("SubjectFromWebIdentityToken", "sandbox-subject")
            .With("Audience", "sts.amazonaws.com")
            .With("Provider", "sandbox"));
    }

    private static RawDocument Assume(Operation operation, RawDocument more)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.Text("roleArn", input["RoleArn"], true, 20, 2048);
        constraints.Text("roleSessionName", input["RoleSessionName"], true, 2, 64, @"[\w+=,.@-]*");
        constraints.Check();
        if (!long.TryParse(input.Text("DurationSeconds") ?? "3600", NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || seconds is < 900 or > 43200)
        {
            throw AwsError.Validation("The requested DurationSeconds is not between 900 and 43200.");
        }

        string role = input.Text("RoleArn")!;
        if (!Arn.TryParse(role, out Arn? arn) || arn.Service != "iam" || !arn.Resource.StartsWith("role/", StringComparison.Ordinal) || arn.Resource.Contains(':'))
            throw AwsError.Validation($"{role} is invalid");

        Randomness random = operation.Account.Random;
        string secret = random.Id().Replace("-", "");
        string accessKey = "ASIA" + secret.Substring(0, 16).ToUpperInvariant();
        string roleName = arn.Resource.Substring(arn.Resource.LastIndexOf('/') + 1);
        string? sessionName = input.Text("RoleSessionName");
        RawDocument user = RawDocument.Empty
            .With("AssumedRoleId", $"AROASANDBOXSANDBOXSAN:{sessionName}")
            .With("Arn", (arn with { Service = "sts", Region = "", Resource = $"assumed-role/{roleName}/{sessionName}" }).ToString());
        operation.State["sessions"][accessKey] = RawDocument.Empty
            .With("Arn", user.Text("Arn"))
            .With("UserId", user.Text("AssumedRoleId"))
            .With("Account", arn.AccountId);
        return RawDocument.Empty
            .With("Credentials", RawDocument.Empty
                .With("AccessKeyId", accessKey)
                .With("SecretAccessKey", secret)
                .With("SessionToken", random.Id().Replace("-", ""))
                .With("Expiration", EventTime.Of(operation.Now.AddSeconds(seconds))))
            .With("AssumedRoleUser", user)
            .With(more);
    }
}

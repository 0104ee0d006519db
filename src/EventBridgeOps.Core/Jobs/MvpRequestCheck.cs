using System.Text.RegularExpressions;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Jobs;

/// <summary>Looks a request through before anything of it is recorded or sent. What it says never holds the database's URL.</summary>
internal static class MvpRequestCheck
{
    private const int MostLetters = 256;
    private const RegexOptions Options = RegexOptions.CultureInvariant;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly Regex JobId = new(@"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,127}\z", Options, Limit);
    private static readonly Regex Email = new(@"\A[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+\z", Options, Limit);
    private static readonly Regex Url = new(@"\A[a-z][a-z0-9+.-]{1,30}://\S+\z", Options | RegexOptions.IgnoreCase, Limit);

    /// <summary>All that is wrong, each with its field; empty when nothing is.</summary>
    public static IReadOnlyList<string> Faults(MvpRequest request)
    {
        List<string> faults = [];
        Text("UserId", request.UserId, isRequired: true);
        Text("ProductId", request.ProductId, isRequired: true);
        Text("BusinessName", request.BusinessName, isRequired: false);
        Text("EstimatedDuration", request.EstimatedDuration, isRequired: false);
        Require(request.JobId is null || JobId.IsMatch(request.JobId), $"JobId '{request.JobId}' must be 1 to 128 letters, digits, '_', '-' or '.'");
        Require(request.UserEmail is null || Email.IsMatch(request.UserEmail), $"UserEmail '{request.UserEmail}' is no e-mail address");
        Require(request.Features.All(feature => !string.IsNullOrWhiteSpace(feature) && feature.Length <= MostLetters), "Feature has an empty entry, or one of more than 256 letters");
        Require(request.Priority is MvpPriority.Low or MvpPriority.Normal or MvpPriority.High, $"Priority '{request.Priority}' is not Low, Normal or High");
        if (request.DatabaseUrl is { } url && !IsSecretArn(url))
        {
            Require(Url.IsMatch(url), "DatabaseUrl is neither the ARN of a Secrets Manager secret nor a URL");
            Require(request.AllowPlainDatabaseUrl, "DatabaseUrl is no ARN of a Secrets Manager secret. Store the URL there and give its ARN; or say -AllowPlainDatabaseUrl (--allow-plain-database-url), and everybody who sees the event sees the URL");
        }

        foreach (string own in MvpEvent.MetadataFields(request).Where(field => request.Metadata?.ContainsKey(field) == true))
            faults.Add($"Metadata has {own}, which a parameter of its own gives too");
        return faults;

        void Text(string field, string? value, bool isRequired)
        {
            Require(!isRequired || !string.IsNullOrWhiteSpace(value), $"{field} is missing");
            Require((value?.Length ?? 0) <= MostLetters, $"{field} has {value?.Length} letters; at most {MostLetters} are allowed");
            Require(value is null || !value.Any(char.IsControl), $"{field} has a control character in it");
        }

        void Require(bool isMet, string fault)
        {
            if (!isMet)
                faults.Add(fault);
        }
    }

    /// <summary>Whether a text refers to a secret and is none itself.</summary>
    public static bool IsSecretArn(string text) =>
        Arn.TryParse(text, out Arn? arn) && arn is { Service: "secretsmanager", Region.Length: > 0, AccountId.Length: 12 } && arn.Resource.StartsWith("secret:", StringComparison.Ordinal) && arn.Resource.Length > "secret:".Length;
}

using System.Text.RegularExpressions;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Schedules;

namespace EventBridgeOps.Jobs;

/// <summary>Validates a request before any of it is recorded or sent. Its messages never contain the database URL.</summary>
internal static class MvpRequestCheck
{
    private const int MostLetters = 256;
    private const RegexOptions Options = RegexOptions.CultureInvariant;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly Regex JobId = new(@"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,127}\z", Options, Limit);
    private static readonly Regex Email = new(@"\A[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+\z", Options, Limit);
    private static readonly Regex Url = new(@"\A[a-z][a-z0-9+.-]{1,30}://\S+\z", Options | RegexOptions.IgnoreCase, Limit);

    /// <summary>All faults, each with its field; empty when the request is valid.</summary>
    public static IReadOnlyList<Message> Faults(MvpRequest request)
    {
        List<Message> faults = [];
        Text(Field(nameof(MvpRequest.UserId)), request.UserId, isRequired: true);
        Text(Field(nameof(MvpRequest.ProductId)), request.ProductId, isRequired: true);
        Text(Field(nameof(MvpRequest.BusinessName)), request.BusinessName, isRequired: false);
        Text(Field(nameof(MvpRequest.EstimatedDuration)), request.EstimatedDuration, isRequired: false);
        Require(request.EstimatedDuration is not { } duration || DurationText.Read(duration) is not null, JobMessages.InvalidDuration(Field(nameof(MvpRequest.EstimatedDuration)), request.EstimatedDuration));
        Require(request.JobId is null || JobId.IsMatch(request.JobId), JobMessages.InvalidJobId(Field(nameof(MvpRequest.JobId)), request.JobId));
        Require(request.UserEmail is null || Email.IsMatch(request.UserEmail), JobMessages.InvalidEmail(Field(nameof(MvpRequest.UserEmail)), request.UserEmail));
        Require(request.Features.All(feature => !string.IsNullOrWhiteSpace(feature) && feature.Length <= MostLetters), JobMessages.InvalidFeature(Field("Feature", "features"), MostLetters));
        Require(request.Priority is MvpPriority.Low or MvpPriority.Normal or MvpPriority.High, JobMessages.PriorityOutOfRange(Field(nameof(MvpRequest.Priority)), request.Priority));
        if (request.DatabaseUrl is { } url && !IsSecretArn(url))
        {
            Message field = request.DatabaseVariable is { } variable ? JobMessages.Variable(variable) : Field(nameof(MvpRequest.DatabaseUrl));
            if (!Url.IsMatch(url))
                faults.Add(JobMessages.InvalidDatabaseUrl(field));
            else
                Require(request.AllowPlainDatabaseUrl, JobMessages.PlainDatabaseUrl(field));
        }

        foreach (string own in MvpEvent.MetadataFields(request).Where(field => request.Metadata?.ContainsKey(field) == true))
            faults.Add(JobMessages.MetadataTwice(Field(nameof(MvpRequest.Metadata)), own));
        return faults;

        Message Field(string parameter, string? member = null) => JobMessages.Field(parameter, member ?? char.ToLowerInvariant(parameter[0]) + parameter.Substring(1), request.Origin is not null);

        void Text(Message field, string? value, bool isRequired)
        {
            Require(!isRequired || !string.IsNullOrWhiteSpace(value), JobMessages.RequiredFieldMissing(field));
            Require((value?.Length ?? 0) <= MostLetters, JobMessages.FieldTooLong(field, value?.Length ?? 0, MostLetters));
            Require(value is null || !value.Any(char.IsControl), JobMessages.ControlCharacter(field));
        }

        void Require(bool isMet, Message fault)
        {
            if (!isMet)
                faults.Add(fault);
        }
    }

    /// <summary>Whether a text is a reference to a secret and not a secret itself.</summary>
    public static bool IsSecretArn(string text) =>
        Arn.TryParse(text, out Arn? arn) && arn is { Service: "secretsmanager", Region.Length: > 0, AccountId.Length: 12 } && arn.Resource.StartsWith("secret:", StringComparison.Ordinal) && arn.Resource.Length > "secret:".Length;
}

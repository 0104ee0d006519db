using System.Globalization;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>Requests with conditions.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html</remarks>
internal static class Conditions
{
    /// <summary>Checks the conditions of a write.</summary>
    /// <exception cref="AwsError">A condition is not met.</exception>
    public static void OfWrite(StoredObject stored, RawDocument headers)
    {
        ObjectVersion? existing = stored.Newest is { IsDeleteMarker: false } version ? version : null;
        if (headers.Text("if-none-match") is { } none)
        {
            if (none != "*")
                throw S3Errors.NotImplemented(S3Messages.HeaderValue("If-None-Match", none));
            if (existing is not null)
                throw S3Errors.Precondition("If-None-Match");
        }

        if (headers.Text("if-match") is { } match)
        {
            if (existing is null)
                throw S3Errors.NoKey(stored.Key);
            if (!Names(match, existing))
                throw S3Errors.Precondition("If-Match");
        }
    }

    /// <summary>Checks the conditions of a read.</summary>
    /// <exception cref="AwsError">A condition is not met; status 304 if the client has the object already.</exception>
    public static void OfRead(ObjectVersion version, RawDocument headers)
    {
        if (headers.Text("if-match") is { } match && !Names(match, version))
            throw S3Errors.Precondition("If-Match");
        if (headers.Text("if-match") is null && Time(headers.Text("if-unmodified-since")) is { } before && Modified(version) > before)
            throw S3Errors.Precondition("If-Unmodified-Since");
        if (headers.Text("if-none-match") is { } none)
        {
            if (Names(none, version))
                throw NotModified();
        }
        else if (Time(headers.Text("if-modified-since")) is { } since && Modified(version) <= since)
        {
            throw NotModified();
        }
    }

    private static AwsError NotModified() => new(304, "NotModified", "Not Modified");

    private static bool Names(string condition, ObjectVersion version) => condition == "*" || condition.Split(',').Any(etag => etag.Trim().Trim('"') == version.ETag.Trim('"'));

    /// <summary>HTTP has whole seconds.</summary>
    private static DateTimeOffset Modified(ObjectVersion version) => DateTimeOffset.FromUnixTimeSeconds(version.LastModified.ToUnixTimeSeconds());

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}

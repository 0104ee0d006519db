using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Wire;

/// <summary>An answer that is not in the service's protocol, such as the HTML page of a proxy or of a sign-in. Below HTTP status 500 it is not retried.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="contentType">The content type; null or empty if there is none.</param>
/// <param name="title">The title of the HTML page; null if it has none.</param>
/// <param name="requestId">The request ID, if there is one.</param>
internal sealed class ForeignAnswerException(HttpStatusCode status, string? contentType, string? title, string? requestId)
    : AmazonServiceException("", null, (int)status >= 500 ? ErrorType.Receiver : ErrorType.Sender, null, requestId, status)
{
    private const int Looked = 64 * 1024;

    private static readonly Regex Title = new("<title[^>]{0,100}>([^<]{1,200})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>What the answer is, as a sentence.</summary>
    public Message Said => WireMessages.Foreign((int)StatusCode, string.IsNullOrEmpty(contentType) ? null : contentType, title);

    /// <summary>What an answer and its body make.</summary>
    public static ForeignAnswerException Of(IWebResponseData answer, byte[] body) => new(answer.StatusCode, answer.ContentType, TitleOf(body), DocumentUnmarshaller.RequestId(answer));

    /// <summary>The title of an HTML page; null if the body has none.</summary>
    private static string? TitleOf(byte[] body)
    {
        try
        {
            return Title.Match(Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, Looked))) is { Success: true } found
                ? string.Join(" ", WebUtility.HtmlDecode(found.Groups[1].Value).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}

using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Services;

/// <summary>Reads all pages of a listing.</summary>
internal static class Listing
{
    /// <summary>A page may be empty and still have a next one, where the service filters; this many in a row have no other reason than a fault.</summary>
    private const int MaxEmptyPages = 2000;

    /// <summary>Every page.</summary>
    /// <param name="client">The client.</param>
    /// <param name="operation">The listing operation.</param>
    /// <param name="subject">What is listed, for error messages.</param>
    /// <param name="request">The first page's request; it is not changed.</param>
    /// <param name="tokenField"><c>NextToken</c>, or <c>nextToken</c> in Batch.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <param name="requestField">The field of the request for the token, where it has another name than in the answer.</param>
    public static async IAsyncEnumerable<Answer> PagesAsync(
        AwsDocumentClient client, ServiceOperation operation, Message subject, JsonObject request, string tokenField,
        [EnumeratorCancellation] CancellationToken cancellationToken, string? requestField = null)
    {
        int empty = 0;
        HashSet<string> used = new(StringComparer.Ordinal);
        while (true)
        {
            Answer answer = new(operation, subject, await client.InvokeAsync(operation, subject, request, cancellationToken));
            // Read before the page goes out: whoever gets it may change it.
            string? token = answer.Text(tokenField);
            empty = answer.IsEmpty ? empty + 1 : 0;
            yield return answer;

            if (token is null or "")
                yield break;
            if (empty > MaxEmptyPages)
                throw new OpsException(ErrorIds.MalformedAnswer, WireMessages.Malformed(WireMessages.Call(operation.Name, subject), ServicesMessages.EmptyPages(MaxEmptyPages))); // Not one of a call, which would be retried.
            if (!used.Add(token))
                throw new OpsException(ErrorIds.RepeatedPageToken, ServicesMessages.RepeatedPageToken(operation.Name, subject));
            request = (JsonObject)request.DeepClone();
            request[requestField ?? tokenField] = token;
        }
    }
}

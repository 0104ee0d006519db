using System.Globalization;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sqs;

/// <summary>Queues, and what is set on them.</summary>
internal static class QueueOperations
{
    private const int MostOnPage = 1000;

    public static RawDocument Create(Operation operation)
    {
        string name = operation.Input.Text("QueueName") ?? throw SqsErrors.Missing("QueueName");
        RawDocument given = operation.Input.Object("Attributes") ?? RawDocument.Empty;
        bool isFifo = given.Text("FifoQueue") == "true";
        string plain = isFifo && name.EndsWith(Queue.FifoSuffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Queue.FifoSuffix.Length) : name;
        if (name.Length > 80 || !Regex.IsMatch(plain, @"\A[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant) || (isFifo && plain == name))
        {
            throw SqsErrors.BadParameter(isFifo
                ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length."
                : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }

        QueueAttributes.Check(given, isFifo);
        RedrivePolicies.Check(operation, name, isFifo, given);
        if (Queue.Named(operation, name) is { } existing)
        {
            // As on AWS: the same again is answered with the queue; a different value is refused.
            if (given.Members.Any(attribute => existing.Attributes.Text(attribute.Key) != attribute.Value.GetString()))
                throw SqsErrors.QueueExists();
        }
        else
        {
            string now = operation.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            operation.State["queues"][name] = RawDocument.Empty
                .With("Attributes", QueueAttributes.Defaults(isFifo).With(given))
                .With("CreatedTimestamp", now)
                .With("LastModifiedTimestamp", now)
                .With("Tags", operation.Input.Object("tags") ?? RawDocument.Empty);
        }

        return RawDocument.Empty.With("QueueUrl", Queue.Url(operation, name));
    }

    public static RawDocument Delete(Operation operation)
    {
        Queue.AtUrl(operation).Remove();
        return RawDocument.Empty;
    }

    public static RawDocument GetUrl(Operation operation)
    {
        string name = operation.Input.Text("QueueName") ?? throw SqsErrors.Missing("QueueName");
        bool isHere = (operation.Input.Text("QueueOwnerAWSAccountId") ?? operation.Account.Id) == operation.Account.Id;
        return isHere && Queue.Named(operation, name) is not null
            ? RawDocument.Empty.With("QueueUrl", Queue.Url(operation, name))
            : throw SqsErrors.NoQueue();
    }

    public static RawDocument List(Operation operation)
    {
        string prefix = operation.Input.Text("QueueNamePrefix") ?? "";
        Paging.Page<Queue> page = operation.Page(
            Queue.Every(operation).Where(queue => queue.Name.StartsWith(prefix, StringComparison.Ordinal)),
            queue => queue.Name, operation.Input.Number("MaxResults"), operation.Input.Text("NextToken"), MostOnPage);
        return RawDocument.Empty
            .With("QueueUrls", page.Items.Select(queue => Queue.Url(operation, queue.Name)))
            .With("NextToken", page.NextToken);
    }

    public static RawDocument GetAttributes(Operation operation)
    {
        Queue queue = Queue.AtUrl(operation);
        queue.Expire();
        RawDocument all = queue.Attributes
            .With("QueueArn", queue.Arn)
            .With("CreatedTimestamp", queue.Document.Text("CreatedTimestamp"))
            .With("LastModifiedTimestamp", queue.Document.Text("LastModifiedTimestamp"))
            .With(Counts(operation, queue));
        List<string> wanted = operation.Input.Texts("AttributeNames").ToList();
        RawDocument found = wanted.Contains("All") ? all : all.Only([.. wanted]);
        return found.Members.Count == 0 ? RawDocument.Empty : RawDocument.Empty.With("Attributes", found);
    }

    public static RawDocument SetAttributes(Operation operation)
    {
        Queue queue = Queue.AtUrl(operation);
        RawDocument given = operation.Input.Object("Attributes") ?? throw SqsErrors.Missing("Attributes");
        if (given["FifoQueue"] is not null)
            throw SqsErrors.UnknownAttribute("FifoQueue"); // A queue stays what it is.
        QueueAttributes.Check(given, queue.IsFifo);
        RedrivePolicies.Check(operation, queue.Name, queue.IsFifo, given);
        string[] removed = [.. given.Members.Where(attribute => attribute.Value.GetString()!.Length == 0).Select(attribute => attribute.Key)];
        queue.Keep(queue.Document
            .With("Attributes", queue.Attributes.With(given).Without(removed))
            .With("LastModifiedTimestamp", operation.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        return RawDocument.Empty;
    }

    public static RawDocument Purge(Operation operation)
    {
        Queue.AtUrl(operation).Messages.Clear();
        return RawDocument.Empty;
    }

    public static RawDocument Tag(Operation operation)
    {
        Queue queue = Queue.AtUrl(operation);
        RawDocument tags = Tags(queue).With(operation.Input.Object("Tags") ?? throw SqsErrors.Missing("Tags"));
        queue.Keep(queue.Document.With("Tags", tags));
        return RawDocument.Empty;
    }

    public static RawDocument Untag(Operation operation)
    {
        Queue queue = Queue.AtUrl(operation);
        queue.Keep(queue.Document.With("Tags", Tags(queue).Without([.. operation.Input.Texts("TagKeys")])));
        return RawDocument.Empty;
    }

    public static RawDocument ListTags(Operation operation) =>
        Tags(Queue.AtUrl(operation)) is { Members.Count: > 0 } tags ? RawDocument.Empty.With("Tags", tags) : RawDocument.Empty;

    public static RawDocument ListSources(Operation operation)
    {
        string arn = Queue.AtUrl(operation).Arn;
        Paging.Page<Queue> page = operation.Page(
            Queue.Every(operation).Where(queue => queue.Redrive?.Text("deadLetterTargetArn") == arn),
            queue => queue.Name, operation.Input.Number("MaxResults"), operation.Input.Text("NextToken"), MostOnPage);
        return RawDocument.Empty
            .With("queueUrls", page.Items.Select(queue => Queue.Url(operation, queue.Name)))
            .With("NextToken", page.NextToken);
    }

    private static RawDocument Tags(Queue queue) => queue.Document.Object("Tags") ?? RawDocument.Empty;

    private static RawDocument Counts(Operation operation, Queue queue)
    {
        (int visible, int inFlight, int delayed) = queue.Count(operation.Now);
        return RawDocument.Empty
            .With("ApproximateNumberOfMessages", visible.ToString(CultureInfo.InvariantCulture))
            .With("ApproximateNumberOfMessagesNotVisible", inFlight.ToString(CultureInfo.InvariantCulture))
            .With("ApproximateNumberOfMessagesDelayed", delayed.ToString(CultureInfo.InvariantCulture));
    }
}

using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sqs;

/// <summary>The batch operations: each entry succeeds or fails for itself.</summary>
internal static class MessageBatches
{
    public static RawDocument Send(Operation operation)
    {
        Queue queue = Queue.AtUrl(operation);
        List<RawDocument> entries = Entries(operation);
        int bytes = entries.Sum(entry => MessageOperations.Size(entry.Text("MessageBody") ?? "", entry.Object("MessageAttributes") ?? RawDocument.Empty));
        if (bytes > MessageOperations.MostBytes)
            throw SqsErrors.BatchTooLong(bytes);
        return Each(entries, entry => MessageOperations.Send(operation, queue, entry));
    }

    public static RawDocument Delete(Operation operation) => EachOf(operation, MessageOperations.Delete);

    public static RawDocument ChangeVisibility(Operation operation) => EachOf(operation, MessageOperations.ChangeVisibility);

    private static RawDocument EachOf(Operation operation, Func<Operation, RawDocument> run)
    {
        string queue = operation.Input.Text("QueueUrl") ?? throw SqsErrors.Missing("QueueUrl");
        Queue.AtUrl(operation);
        return Each(Entries(operation), entry => run(operation.With(entry.With("QueueUrl", queue))));
    }

    private static RawDocument Each(List<RawDocument> entries, Func<RawDocument, RawDocument> run)
    {
        List<RawDocument> successful = [];
        List<RawDocument> failed = [];
        foreach (RawDocument entry in entries)
        {
            RawDocument id = entry.Only("Id");
            try
            {
                successful.Add(id.With(run(entry)));
            }
            catch (AwsError e)
            {
                failed.Add(id.With("SenderFault", e.Status < 500).With("Code", e.QueryCode ?? e.Code).With("Message", e.Message));
            }
        }

        return RawDocument.Empty.With("Successful", successful).With("Failed", failed);
    }

    private static List<RawDocument> Entries(Operation operation)
    {
        List<RawDocument> entries = operation.Input.List("Entries").Select(RawDocument.From).ToList();
        if (entries.Count == 0)
            throw SqsErrors.EmptyBatch();
        if (entries.Count > 10)
            throw SqsErrors.TooManyEntries(entries.Count);
        if (entries.Any(entry => !Regex.IsMatch(entry.Text("Id") ?? "", @"\A[A-Za-z0-9_-]{1,80}\z", RegexOptions.CultureInvariant)))
            throw SqsErrors.BadEntryId();
        if (entries.GroupBy(entry => entry.Text("Id")).FirstOrDefault(ids => ids.Count() > 1) is { } repeated)
            throw SqsErrors.SameIds(repeated.Key!);
        return entries;
    }
}

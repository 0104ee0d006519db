using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Amazon.DynamoDBv2.Model;
using EventBridgeOps.Aws.Jobs;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Automation;

/// <summary>The lines of the journal in a DynamoDB table.</summary>
/// <param name="table">The table.</param>
/// <param name="time">The clock.</param>
/// <param name="newToken">Makes a token that no other instance makes.</param>
internal sealed class DynamoJournalStore(AutomationTable table, TimeProvider time, Func<string> newToken) : IJournalStore
{
    private const string Days = "journal";
    private const string Line = "line";
    private const string Day = "yyyy-MM-dd";

    /// <summary>Items have at most 400 KB: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html. The keys need some of it.</summary>
    private const int MostBytes = 400 * 1024 - 512;

    private readonly string _instance = newToken();
    private readonly object _gate = new();
    private DateTimeOffset _last;
    private long _count;
    private string? _knownDay;

    public string Location => table.Name;

    public async Task AppendAsync(byte[] line, CancellationToken cancellationToken)
    {
        if (line.Length > MostBytes)
            throw new OpsException(ErrorIds.JournalUnavailable, AutomationTableMessages.LineTooLarge(table.Name, line.Length));
        (DateTimeOffset at, long number) = Next();
        string day = at.ToString(Day, CultureInfo.InvariantCulture);
        if (_knownDay != day)
        {
            await PutAsync(AutomationTable.Key(Days, day), cancellationToken);
            _knownDay = day;
        }

        Dictionary<string, AttributeValue> item = AutomationTable.Key($"{Days}#{day}", string.Format(CultureInfo.InvariantCulture, "{0:O}#{1}#{2:d8}", at, _instance, number));
        item[Line] = new AttributeValue(Encoding.UTF8.GetString(line));
        await PutAsync(item, cancellationToken);
    }

    public async IAsyncEnumerable<StoredLine> ReadAsync(bool newestFirst, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Dictionary<string, AttributeValue> day in QueryAsync(Days, newestFirst, cancellationToken))
        {
            await foreach (Dictionary<string, AttributeValue> item in QueryAsync($"{Days}#{day[AutomationTable.At].S}", newestFirst, cancellationToken))
            {
                string at = item[AutomationTable.At].S;
                if (item.TryGetValue(Line, out AttributeValue? line) && line.S is { } text)
                    yield return new StoredLine(Encoding.UTF8.GetBytes(text), MayBeHalf: false, () => AutomationTableMessages.Line(at, table.Name));
            }
        }
    }

    /// <summary>The place of the next line: what one instance writes stays in its order, even if its clock is set back.</summary>
    private (DateTimeOffset At, long Number) Next()
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow().ToUniversalTime();
            _last = now > _last ? now : _last;
            return (_last, ++_count);
        }
    }

    private Task<PutItemResponse> PutAsync(Dictionary<string, AttributeValue> item, CancellationToken cancellationToken) =>
        table.CallAsync("PutItem", client => client.PutItemAsync(new PutItemRequest { TableName = table.Name, Item = item }, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(string id, bool newestFirst, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue>? from = null;
        do
        {
            QueryRequest request = new()
            {
                TableName = table.Name,
                KeyConditionExpression = "#id = :id",
                ExpressionAttributeNames = new() { ["#id"] = AutomationTable.Id },
                ExpressionAttributeValues = new() { [":id"] = new AttributeValue(id) },
                ScanIndexForward = !newestFirst,
                ConsistentRead = true,
                ExclusiveStartKey = from,
            };
            QueryResponse answer = await table.CallAsync("Query", client => client.QueryAsync(request, cancellationToken), cancellationToken);
            foreach (Dictionary<string, AttributeValue> item in DynamoTable.Items("Query", table.Name, answer.Count, answer.Items))
                yield return item;
            from = answer.LastEvaluatedKey;
        }
        while (from is { Count: > 0 });
    }
}

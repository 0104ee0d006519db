using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using EventBridgeOps.Automation;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Aws.Automation;

/// <summary>Leases and records of work in a DynamoDB table, by conditional writes.</summary>
/// <param name="table">The table.</param>
/// <param name="time">The clock.</param>
/// <param name="newToken">Makes a token that no other instance makes.</param>
internal sealed class DynamoWorkLedger(AutomationTable table, TimeProvider time, Func<string> newToken) : IWorkLedger
{
    private const string State = "state";
    private const string Token = "token";
    private const string Until = "until";
    private const string Outcome = "outcome";
    private const string Held = "held";
    private const string Done = "done";

    /// <summary>Items have at most 400 KB: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html.</summary>
    private const int MostOutcome = 300_000;

    public string Location => table.Name;

    public async Task<WorkClaim> ClaimAsync(WorkKey work, DateTimeOffset until, CancellationToken cancellationToken)
    {
        string token = newToken();
        Dictionary<string, AttributeValue> item = Key(work);
        item[State] = new AttributeValue(Held);
        item[Token] = new AttributeValue(token);
        item[Until] = Number(until.ToUnixTimeMilliseconds());
        item[AutomationTable.Expires] = Expiry(until);
        PutItemRequest request = new()
        {
            TableName = table.Name,
            Item = item,
            ConditionExpression = "attribute_not_exists(#id) OR (#s = :held AND #u < :now)",
            ExpressionAttributeNames = new() { ["#id"] = AutomationTable.Id, ["#s"] = State, ["#u"] = Until },
            ExpressionAttributeValues = new() { [":held"] = new AttributeValue(Held), [":now"] = Number(time.GetUtcNow().ToUnixTimeMilliseconds()) },
        };
        if (await table.WriteAsync("PutItem", client => client.PutItemAsync(request, cancellationToken), cancellationToken))
            return new WorkClaim(work, WorkState.Claimed) { Token = token };

        Dictionary<string, AttributeValue>? found = await GetAsync(work, cancellationToken);
        if (found?[State].S == Done)
            return new WorkClaim(work, WorkState.Done) { Outcome = Read(found.TryGetValue(Outcome, out AttributeValue? outcome) ? outcome.S : null) };
        // The client repeats a write whose answer was lost; the lease is ours then.
        return found?[Token].S == token
            ? new WorkClaim(work, WorkState.Claimed) { Token = token }
            : new WorkClaim(work, WorkState.Held) { HeldUntil = found is null ? time.GetUtcNow() : DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(found[Until].N, CultureInfo.InvariantCulture)) };
    }

    public async Task<bool> CompleteAsync(WorkClaim claim, JsonObject outcome, CancellationToken cancellationToken)
    {
        string text = Document.Write(outcome);
        if (text.Length > MostOutcome)
            text = Document.Write(new JsonObject(outcome.Where(field => field.Value is JsonValue).Select(field => new KeyValuePair<string, JsonNode?>(field.Key, field.Value!.DeepClone()))));
        UpdateItemRequest request = new()
        {
            TableName = table.Name,
            Key = Key(claim.Work),
            UpdateExpression = "SET #s = :done, #o = :outcome, #e = :expires REMOVE #u",
            ConditionExpression = "#t = :token",
            ExpressionAttributeNames = new() { ["#s"] = State, ["#o"] = Outcome, ["#e"] = AutomationTable.Expires, ["#u"] = Until, ["#t"] = Token },
            ExpressionAttributeValues = new()
            {
                [":done"] = new AttributeValue(Done), [":outcome"] = new AttributeValue(text), [":token"] = new AttributeValue(claim.Token), [":expires"] = Expiry(time.GetUtcNow()),
            },
        };
        return await table.WriteAsync("UpdateItem", client => client.UpdateItemAsync(request, cancellationToken), cancellationToken);
    }

    public Task ReleaseAsync(WorkClaim claim, CancellationToken cancellationToken)
    {
        DeleteItemRequest request = new()
        {
            TableName = table.Name,
            Key = Key(claim.Work),
            ConditionExpression = "#t = :token AND #s = :held",
            ExpressionAttributeNames = new() { ["#t"] = Token, ["#s"] = State },
            ExpressionAttributeValues = new() { [":token"] = new AttributeValue(claim.Token), [":held"] = new AttributeValue(Held) },
        };
        return table.WriteAsync("DeleteItem", client => client.DeleteItemAsync(request, cancellationToken), cancellationToken);
    }

    public Task RecordAsync(WorkKey work, JsonObject facts, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue> item = Key(work);
        item[State] = new AttributeValue(Done);
        item[Outcome] = new AttributeValue(Document.Write(facts));
        item[AutomationTable.Expires] = Expiry(time.GetUtcNow());
        return table.CallAsync("PutItem", client => client.PutItemAsync(new PutItemRequest { TableName = table.Name, Item = item }, cancellationToken), cancellationToken);
    }

    public async Task<JsonObject?> FindAsync(WorkKey work, CancellationToken cancellationToken) =>
        await GetAsync(work, cancellationToken) is { } found && found.TryGetValue(Outcome, out AttributeValue? facts) ? Read(facts.S) : null;

    private async Task<Dictionary<string, AttributeValue>?> GetAsync(WorkKey work, CancellationToken cancellationToken)
    {
        GetItemRequest request = new() { TableName = table.Name, Key = Key(work), ConsistentRead = true };
        GetItemResponse answer = await table.CallAsync("GetItem", client => client.GetItemAsync(request, cancellationToken), cancellationToken);
        return answer.Item is { Count: > 0 } item ? item : null;
    }

    private static Dictionary<string, AttributeValue> Key(WorkKey work) => AutomationTable.Key("work#" + work.Kind, work.Key);

    private static AttributeValue Expiry(DateTimeOffset from) => Number((from + WorkKey.Retention).ToUnixTimeSeconds());

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    private static JsonObject Read(string? outcome)
    {
        try
        {
            return outcome is null ? [] : Document.Parse(outcome);
        }
        catch (JsonException)
        {
            return []; // That it is done is known, what became of it is not.
        }
    }
}

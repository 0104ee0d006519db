using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>
/// GetLogEvents: a page of a stream. It always has a token for each direction; at the end, the token is the one that was sent. A token names the
/// event from which to go on.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html</remarks>
internal static class GetLogEventsOperation
{
    public const int MostEvents = 10_000;
    private const long MostBytes = 1_048_576;
    private const long LastTime = 9_999_999_999_999;

    public static RawDocument Get(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.Text("logStreamName", input["logStreamName"], true, 1, 512, "[^:*]*");
        constraints.Number("limit", input["limit"], 1, MostEvents);
        constraints.Number("startTime", input["startTime"], 0, LastTime);
        constraints.Number("endTime", input["endTime"], 0, LastTime);
        LogErrors.Check(constraints);
        LogErrors.Refuse(input, "unmask");
        LogGroup group = LogGroup.OfIdentifier(operation);
        string stream = input.Text("logStreamName")!;
        if (!group.Streams.ContainsKey(stream))
            throw LogErrors.NoStream();

        (string Direction, string Id) token = Token(input.Text("nextToken"));
        string from = LogGroup.EventId(input.Number("startTime") ?? 0, 0);
        string end = LogGroup.EventId(input.Number("endTime") ?? LastTime, 0);
        List<KeyValuePair<string, RawDocument>> all = [.. group.Entries(stream)
            .Where(one => string.CompareOrdinal(one.Key, from) >= 0 && string.CompareOrdinal(one.Key, end) < 0)];
        bool isForward = token.Direction == "f" || (token.Direction.Length == 0 && input.Flag("startFromHead"));
        List<KeyValuePair<string, RawDocument>> page = Page(all, token, isForward, (int)(input.Number("limit") ?? MostEvents));

        // An empty page ends nothing: what comes later is found with the same token.
        string first = page.Count > 0 ? page[0].Key : token.Direction == "f" ? Next(token.Id) : token.Direction == "b" ? token.Id : from;
        string last = page.Count > 0 ? page[page.Count - 1].Key : token.Direction == "b" ? Before(token.Id) : token.Direction == "f" ? token.Id : from;
        return RawDocument.Empty
            .With("events", page.Select(one => one.Value.Only("timestamp", "message", "ingestionTime")))
            .With("nextForwardToken", $"f/{last}/s")
            .With("nextBackwardToken", $"b/{first}/s");
    }

    private static List<KeyValuePair<string, RawDocument>> Page(
        List<KeyValuePair<string, RawDocument>> all, (string Direction, string Id) token, bool isForward, int limit)
    {
        IEnumerable<KeyValuePair<string, RawDocument>> rest = token.Direction switch
        {
            "f" => all.Where(one => string.CompareOrdinal(one.Key, token.Id) > 0),
            "b" => all.Where(one => string.CompareOrdinal(one.Key, token.Id) < 0),
            _ => all,
        };
        if (!isForward)
            rest = rest.Reverse();

        List<KeyValuePair<string, RawDocument>> page = [];
        long bytes = 0;
        foreach (KeyValuePair<string, RawDocument> one in rest.Take(limit))
        {
            bytes += PutLogEventsOperation.SizeOf(one.Value.Text("message")!);
            if (bytes > MostBytes && page.Count > 0)
                break;
            page.Add(one);
        }

        if (!isForward)
            page.Reverse();
        return page;
    }

    private static (string Direction, string Id) Token(string? token)
    {
        if (token is null)
            return ("", "");
        Match match = Regex.Match(token, @"\A([fb])/([0-9]{56})/s\z", RegexOptions.CultureInvariant);
        return match.Success ? (match.Groups[1].Value, match.Groups[2].Value) : throw new InvalidTokenException();
    }

    /// <summary>The ID after another one, so that a page backward from there has that event.</summary>
    private static string Next(string id) => Moved(id, '9', '0', 1);

    private static string Before(string id) => Moved(id, '0', '9', -1);

    private static string Moved(string id, char border, char opposite, int step)
    {
        char[] digits = id.ToCharArray();
        int i = digits.Length - 1;
        while (i > 0 && digits[i] == border)
            digits[i--] = opposite;
        if (digits[i] == border)
            return id;
        digits[i] = (char)(digits[i] + step);
        return new(digits);
    }
}

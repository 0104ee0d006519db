using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Faults;

internal sealed record PartialFailureFault(string Code = "ThrottlingException", IReadOnlyList<string>? Ids = null, double Probability = 1) : Fault
{
    private static readonly string Message = FaultMessages.EntryInjected().ToString();

    internal override async Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next)
    {
        string? list = call.Operation switch
        {
            "PutTargets" => "Targets",
            "RemoveTargets" => "Ids",
            "PutEvents" => "Entries",
            _ => null,
        };
        if (list is null)
            return await next(call);

        List<(JsonElement Entry, string Id)> entries = call.Input.List(list).Select((entry, index) => (Entry: entry, Id: Id(list, entry, index))).ToList();
        List<bool> failing = entries.Select(entry => Ids?.Contains(entry.Id) ?? backstage.Random.Next() < Probability).ToList();
        List<JsonElement> passing = entries.Where((_, index) => !failing[index]).Select(entry => entry.Entry).ToList();

        RawDocument answer = RawDocument.Empty;
        HttpResponse? response = null;
        if (passing.Count > 0)
        {
            response = await next(call with { Input = call.Input.With(list, Json.Array(passing)) });
            if (response.Status != 200)
                return response;
            answer = RawDocument.From(Json.Parse(response.Body));
        }

        answer = list == "Entries"
            ? WithFailedEvents(answer, failing)
            : WithFailedTargets(answer, entries.Where((_, index) => failing[index]).Select(entry => entry.Id));
        answer = answer.With("FailedEntryCount", (answer.Number("FailedEntryCount") ?? 0) + failing.Count(fails => fails));
        return response is null
            ? call.Protocol.Succeed(call.Operation, answer, backstage.Random.Id())
            : response with { Body = answer.ToUtf8() };
    }

    private static string Id(string list, JsonElement entry, int index) => list switch
    {
        "Targets" => RawDocument.From(entry).Text("Id") ?? "",
        "Ids" => entry.GetString() ?? "",
        _ => index.ToString(CultureInfo.InvariantCulture),
    };

    private RawDocument WithFailedTargets(RawDocument answer, IEnumerable<string> ids)
    {
        IEnumerable<JsonElement> failed = ids.Select(id =>
            RawDocument.Empty.With("TargetId", id).With("ErrorCode", Code).With("ErrorMessage", Message).ToElement());
        return answer.With("FailedEntries", Json.Array(answer.List("FailedEntries").Concat(failed)));
    }

    private RawDocument WithFailedEvents(RawDocument answer, List<bool> failing)
    {
        Queue<JsonElement> taken = new(answer.List("Entries"));
        JsonElement failed = RawDocument.Empty.With("ErrorCode", Code).With("ErrorMessage", Message).ToElement();
        return answer.With("Entries", Json.Array(failing.Select(fails => fails ? failed : taken.Dequeue())));
    }
}

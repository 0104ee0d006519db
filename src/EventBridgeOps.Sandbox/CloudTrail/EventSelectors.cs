using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudTrail;

/// <summary>Which events a trail logs: management events that read or write, without some services.</summary>
/// <remarks>https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html</remarks>
internal static class EventSelectors
{
    private const string Basic = "EventSelectors";
    private const string Advanced = "AdvancedEventSelectors";

    private static readonly RawDocument Default = RawDocument.Parse(
        """{"ReadWriteType":"All","IncludeManagementEvents":true,"DataResources":[],"ExcludeManagementEventSources":[]}""");

    public static RawDocument Get(Operation operation) => Answer(TrailOperations.Find(operation, "TrailName").Trail);

    public static RawDocument Put(Operation operation)
    {
        RawDocument input = operation.Input;
        TrailErrors.Known(operation, "TrailName", Basic, Advanced);
        (string name, RawDocument trail) = TrailOperations.Find(operation, "TrailName");
        List<RawDocument> basic = input.List(Basic).Select(RawDocument.From).ToList();
        List<RawDocument> advanced = input.List(Advanced).Select(RawDocument.From).ToList();
        if (basic.Count > 0 == advanced.Count > 0)
            throw TrailErrors.BadSelectors("Specify either event selectors or advanced event selectors.");
        basic.ForEach(Check);
        advanced.ForEach(selector => Fields(selector).ForEach(CheckField));
        trail = trail.Without("selectors", "advancedSelectors").With("HasCustomEventSelectors", true);
        trail = basic.Count > 0 ? trail.With("selectors", basic.ConvertAll(selector => Default.With(selector))) : trail.With("advancedSelectors", advanced);
        operation.State["trails"][name] = trail;
        return Answer(trail);
    }

    /// <summary>Whether a trail logs the management events of a service that write.</summary>
    public static bool TakesWrites(RawDocument trail, string eventSource) => trail["advancedSelectors"] is null
        ? Selectors(trail).Any(selector => selector.Flag("IncludeManagementEvents") && selector.Text("ReadWriteType") != "ReadOnly"
            && !selector.Texts("ExcludeManagementEventSources").Contains(eventSource))
        : trail.List("advancedSelectors").Select(RawDocument.From).Any(selector => Fields(selector).TrueForAll(field => field.Text("Field") switch
        {
            "eventCategory" => field.Texts("Equals").Contains("Management"),
            "readOnly" => field.Texts("Equals").Contains("false"),
            _ => !field.Texts("NotEquals").Contains(eventSource),
        }));

    private static IEnumerable<RawDocument> Selectors(RawDocument trail) => trail["selectors"] is null ? [Default] : trail.List("selectors").Select(RawDocument.From);

    private static List<RawDocument> Fields(RawDocument selector) => selector.List("FieldSelectors").Select(RawDocument.From).ToList();

    private static RawDocument Answer(RawDocument trail)
    {
        RawDocument answer = RawDocument.Empty.With("TrailARN", trail.Text("TrailARN"));
        return trail["advancedSelectors"] is { } advanced ? answer.With(Advanced, advanced) : answer.With(Basic, Selectors(trail));
    }

    private static void Check(RawDocument selector)
    {
        if (selector.Without("ReadWriteType", "IncludeManagementEvents", "DataResources", "ExcludeManagementEventSources").Members is { Count: > 0 } unknown)
            throw TrailErrors.BadSelectors(TrailMessages.NoSelector(unknown[0].Key).ToString());
        if (selector.List("DataResources").Any())
            throw TrailErrors.BadSelectors(TrailMessages.NoSelector("DataResources").ToString());
        if (selector.Text("ReadWriteType") is not (null or "All" or "ReadOnly" or "WriteOnly"))
            throw TrailErrors.BadSelectors("ReadWriteType should be one of [All, ReadOnly, WriteOnly].");
        if (selector["IncludeManagementEvents"] is not (null or { ValueKind: JsonValueKind.True or JsonValueKind.False }))
            throw TrailErrors.BadSelectors("IncludeManagementEvents should be a Boolean.");
    }

    private static void CheckField(RawDocument field)
    {
        string name = field.Text("Field") ?? "";
        bool isKnown = name switch
        {
            "eventCategory" => field.Without("Field", "Equals").Members.Count == 0 && field.Texts("Equals").All(value => value == "Management"),
            "readOnly" => field.Without("Field", "Equals").Members.Count == 0,
            "eventSource" => field.Without("Field", "NotEquals").Members.Count == 0,
            _ => false,
        };
        if (!isKnown)
            throw TrailErrors.BadSelectors(TrailMessages.NoSelector($"{name}: {field}").ToString());
    }
}

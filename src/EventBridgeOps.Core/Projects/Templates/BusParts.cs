using System.Text.Json.Nodes;

namespace EventBridgeOps.Projects.Templates;

/// <summary>The event bus, its log and its archive.</summary>
internal static class BusParts
{
    /// <summary>The type of an event bus.</summary>
    public const string BusKind = "AWS::Events::EventBus";

    /// <summary>The type of an archive.</summary>
    public const string ArchiveKind = "AWS::Events::Archive";

    private const string Log = "EventBusLog";
    private const string Destination = "EventBusLogDestination";

    // A level has the logs of those before it: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-logs.html.
    private static readonly string[] Levels = ["ERROR", "INFO", "TRACE"];

    public static void Add(StackParts parts)
    {
        if (!parts.Environment.UsesDefaultBus)
            AddBus(parts);
        if (parts.Settings.Logging is { Level: not "OFF" } logging)
            AddLog(parts, logging);
        if (parts.Settings.Archive is { } archive)
            AddArchive(parts, archive);
    }

    private static void AddBus(StackParts parts)
    {
        JsonObject bus = new() { ["Name"] = Functions.Ref(StackNames.EventBusName) };
        if ((parts.Settings.BusDescription ?? parts.Settings.Description) is { } description)
            bus["Description"] = description;
        if (parts.Settings.Logging is { } logging)
            bus["LogConfig"] = new JsonObject { ["IncludeDetail"] = logging.IncludesDetail ? "FULL" : "NONE", ["Level"] = logging.Level };
        parts.Add(StackNames.EventBus, BusKind, bus);
        parts.Output("EventBusName", "The name of the event bus", parts.BusName);
        parts.Output("EventBusArn", "The ARN of the event bus", parts.BusArn);
    }

    /// <summary>The log level of an event bus alone writes nothing: a log also has a source, a destination, and a delivery from the one to the other.</summary>
    private static void AddLog(StackParts parts, ProjectLogging logging)
    {
        if (parts.Environment.UsesDefaultBus)
        {
            // The level is a property of the event bus, which is not a resource of the stack.
            parts.Warn("logging", parts.Settings.File, "/logging", TemplateMessages.NoLogOfDefaultBus());
            return;
        }

        // With this beginning, CloudWatch Logs does not need a longer policy for each log: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html.
        JsonObject group = new() { ["LogGroupName"] = Functions.Sub($"/aws/vendedlogs/events/event-bus/${{{StackNames.EventBusName}}}") };
        if (logging.RetentionDays is { } days)
            group["RetentionInDays"] = days;
        parts.Add(Log, "AWS::Logs::LogGroup", group);
        string name = $"{parts.Settings.Name}-{parts.Environment.Name}";
        parts.Add(Destination, "AWS::Logs::DeliveryDestination", new JsonObject { ["Name"] = LogicalIds.Shortened(name, 60), ["DestinationResourceArn"] = Functions.GetAtt(Log, "Arn") });
        string? before = null;
        foreach (string level in Levels.Take(Array.IndexOf(Levels, logging.Level) + 1))
        {
            string word = level[0] + level.Substring(1).ToLowerInvariant(), source = $"EventBus{word}LogSource", delivery = $"EventBus{word}LogDelivery";
            parts.Add(source, "AWS::Logs::DeliverySource", new JsonObject { ["Name"] = LogicalIds.Shortened($"{name}-{level.ToLowerInvariant()}", 60), ["ResourceArn"] = parts.BusArn, ["LogType"] = level + "_LOGS" });
            // One after the other: CloudWatch Logs refuses deliveries to a destination that are created at the same time.
            parts.Add(delivery, "AWS::Logs::Delivery", new JsonObject { ["DeliverySourceName"] = Functions.Ref(source), ["DeliveryDestinationArn"] = Functions.GetAtt(Destination, "Arn") }, before is null ? [] : [before]);
            before = delivery;
        }

        parts.Output("EventBusLogGroup", "The log group of the event bus", Functions.Ref(Log));
        if (parts.Settings.Retains("logs"))
            parts.Retain(Log);
    }

    private static void AddArchive(StackParts parts, ProjectArchive archive)
    {
        // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html: 48 characters.
        JsonObject made = new() { ["ArchiveName"] = LogicalIds.Shortened($"{parts.Settings.Name}-{parts.Environment.Name}", 48), ["SourceArn"] = parts.BusArn, ["RetentionDays"] = archive.RetentionDays };
        if (archive.Pattern is { } pattern)
            made["EventPattern"] = pattern.DeepClone();
        parts.Add("Archive", ArchiveKind, made);
        parts.Output("ArchiveName", "The name of the archive", Functions.Ref("Archive"));
        parts.Output("ArchiveArn", "The ARN of the archive", Functions.GetAtt("Archive", "Arn"));
        if (parts.Settings.Retains("archive"))
            parts.Retain("Archive");
    }
}

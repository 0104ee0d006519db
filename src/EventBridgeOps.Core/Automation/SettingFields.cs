using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Deployments;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Images;

namespace EventBridgeOps.Automation;

/// <summary>The fields of the automation's configuration: the name in the document, the environment variable, what it accepts. An environment variable takes precedence.</summary>
public static class SettingFields
{
    private static readonly SettingField[] Fields =
    [
        new("projectName", "PROJECT_NAME", (settings, value) => settings with { ProjectName = value.Text() }),
        new("push.repositories", "ECR_REPOSITORY_NAME", (settings, value) => settings with { Push = settings.Push with { Repositories = value.Names() } }),
        new("push.tags", "IMAGE_TAG", (settings, value) => settings with { Push = settings.Push with { Tags = value.Names() } }),
        new("push.jobDefinitions", "BATCH_JOB_DEFINITION_NAME", (settings, value) => settings with { Push = settings.Push with { JobDefinitions = value.Names() } }),
        new("push.jobQueues", "BATCH_JOB_QUEUE", (settings, value) => settings with { Push = settings.Push with { JobQueues = value.Names() } }),
        new("push.eventBuses", "EBOPS_EVENT_BUSES", (settings, value) => settings with { Push = settings.Push with { EventBuses = value.Names() } }),
        new("push.pinDigest", "EBOPS_PIN_DIGEST", (settings, value) => settings with { Push = settings.Push with { PinDigest = value.Flag() } }),
        new("push.keepRevisions", "EBOPS_KEEP_REVISIONS", (settings, value) => settings with { Push = settings.Push with { KeepRevisions = value.Number(1, int.MaxValue) } }),
        new("push.maxSeverity", "EBOPS_MAX_SEVERITY", (settings, value) => settings with { Push = settings.Push with { MaxSeverity = value.Choice<FindingSeverity>() } }),
        new("drift.mode", "EBOPS_DRIFT", (settings, value) => settings with { Drift = settings.Drift with { Mode = value.Choice<DriftMode>() } }),
        new("drift.eventBuses", "EBOPS_DRIFT_EVENT_BUSES", (settings, value) => settings with { Drift = settings.Drift with { EventBuses = value.Names() } }),
        new("drift.rules", "EBOPS_DRIFT_RULES", (settings, value) => settings with { Drift = settings.Drift with { Rules = value.Names() } }),
        new("drift.maxChanges", "EBOPS_MAX_CHANGES", (settings, value) => settings with { Drift = settings.Drift with { MaxChanges = value.Number(1, 1000) } }),
        new("drift.includeStackOwned", "EBOPS_INCLUDE_STACK_OWNED", (settings, value) => settings with { Drift = settings.Drift with { IncludeStackOwned = value.Flag() } }),
        new("deployment.sources", "EBOPS_DEPLOYMENT_SOURCES", (settings, value) => settings with { Deployment = settings.Deployment with { Sources = value.Names() } }),
        new("deployment.cluster", "CLUSTER_NAME", (settings, value) => settings with { Deployment = settings.Deployment with { ClusterName = value.Text() } }),
        new("deployment.service", "SERVICE_NAME", (settings, value) => settings with { Deployment = settings.Deployment with { ServiceName = value.Text() } }),
        new("deployment.services", null, (settings, value) => settings with { Deployment = settings.Deployment with { Services = value.Services() } }),
        new("deployment.registerImage", "EBOPS_REGISTER_IMAGE", (settings, value) => settings with { Deployment = settings.Deployment with { RegisterImage = value.Flag() } }),
        new("jobs.table", "DYNAMODB_TABLE_NAME", (settings, value) => settings with { JobTable = value.Text() }),
        new("deadLetters.mode", "EBOPS_DEAD_LETTERS", (settings, value) => settings with { DeadLetters = value.Choice<DeadLetterMode>() }),
        new("deadLetters.parkedQueueUrl", "EBOPS_PARKED_QUEUE", (settings, value) => settings with { ParkedQueueUrl = value.Text() }),
        new("results.eventBus", "EBOPS_RESULT_BUS", (settings, value) => settings with { ResultBus = value.Text() }),
        new("results.topicArn", "EBOPS_TOPIC_ARN", (settings, value) => settings with { TopicArn = value.TopicArn() }),
        new("log.level", "LOG_LEVEL", (settings, value) => settings with { Log = settings.Log with { Level = value.Level() } }),
        new("log.redact", "EBOPS_REDACT", (settings, value) => settings with { Log = settings.Log with { Redact = value.Names() } }),
    ];

    /// <summary>The fields, by name, with their environment variables.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> All => Fields.Select(each => new KeyValuePair<string, string?>(each.Name, each.Variable));

    /// <summary>Reads the configuration.</summary>
    /// <param name="document">The JSON text of the document; null for none.</param>
    /// <param name="origin">Where the document is, for people: <c>parameter /ebops/automation</c>.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidSettings"/>: a field is unknown or not valid. The message names it.</exception>
    public static AutomationSettings Read(string? document, string origin, Func<string, string?> environment)
    {
        AutomationSettings settings = new();
        if (document is not null)
            settings = Read(settings, Parse(document, origin), "", origin);
        foreach (SettingField field in Fields)
        {
            if (field.Variable is { } variable && environment(variable) is { } text && !string.IsNullOrWhiteSpace(text))
                settings = field.Set(settings, new SettingValue(variable, JsonValue.Create(text.Trim()), isText: true));
        }

        return settings;
    }

    private static AutomationSettings Read(AutomationSettings settings, JsonObject part, string prefix, string origin)
    {
        foreach (KeyValuePair<string, JsonNode?> member in part)
        {
            string name = prefix + member.Key;
            if (Array.Find(Fields, field => field.Name == name) is { } known)
                settings = known.Set(settings, new SettingValue(name, member.Value, isText: false));
            else if (member.Value is JsonObject inner && Array.Exists(Fields, field => field.Name.StartsWith(name + ".", StringComparison.Ordinal)))
                settings = Read(settings, inner, name + ".", origin);
            else
                throw new OpsException(ErrorIds.InvalidSettings, AutomationMessages.UnknownField(name, origin, Fields.Select(field => field.Name)));
        }

        return settings;
    }

    private static JsonObject Parse(string document, string origin)
    {
        try
        {
            return Document.Parse(document);
        }
        catch (JsonException e)
        {
            throw new OpsException(ErrorIds.InvalidSettings, AutomationMessages.SettingsNotJson(origin, EventDocument.Reason(e)), e);
        }
    }

    private sealed record SettingField(string Name, string? Variable, Func<AutomationSettings, SettingValue, AutomationSettings> Set);

    /// <summary>The value of a field, of the document or of an environment variable, which is always text.</summary>
    private sealed class SettingValue(string name, JsonNode? value, bool isText)
    {
        public string Text() => Document.Text(value) is { Length: > 0 } text && value!.GetValueKind() == JsonValueKind.String ? text : throw Invalid(AutomationMessages.ExpectsText());

        public string[] Names()
        {
            string[] names = value is JsonArray list
                ? [.. list.Select(item => item?.GetValueKind() == JsonValueKind.String ? item.GetValue<string>() : throw Invalid(AutomationMessages.ExpectsNames()))]
                : [.. Text().Split(',').Select(one => one.Trim())];
            foreach (string one in names)
            {
                try
                {
                    NamePattern.Parse(one);
                }
                catch (OpsException e)
                {
                    throw Invalid(e.Said);
                }
            }

            return names;
        }

        public int Number(int least, int most) =>
            (isText || value?.GetValueKind() == JsonValueKind.Number)
            && int.TryParse(value!.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
                ? number
                : throw Invalid(most == int.MaxValue ? AutomationMessages.ExpectsNumberFrom(least) : AutomationMessages.ExpectsNumber(least, most));

        public bool Flag() => value?.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String when isText && bool.TryParse(value.GetValue<string>(), out bool flag) => flag,
            JsonValueKind.String when isText && value.GetValue<string>() is "1" or "0" => value.GetValue<string>() == "1",
            _ => throw Invalid(AutomationMessages.ExpectsFlag()),
        };

        public T Choice<T>() where T : struct, Enum => Find<T>(Text()) ?? throw Invalid(AutomationMessages.ExpectsOneOf(Words<T>()));

        /// <summary>As in Python's logging too, which the scripts used.</summary>
        public LogLevel Level() => Text().ToUpperInvariant() switch
        {
            "WARN" => LogLevel.Warning,
            "CRITICAL" or "FATAL" => LogLevel.Error,
            "TRACE" => LogLevel.Debug,
            "INFORMATION" => LogLevel.Info,
            _ => Choice<LogLevel>(),
        };

        public string TopicArn() => Arn.TryParse(Text(), out Arn? arn) && arn.Service == "sns" ? Text() : throw Invalid(AutomationMessages.ExpectsTopic());

        public Dictionary<string, IReadOnlyList<ServicePlace>> Services()
        {
            if (value is not JsonObject services)
                throw Invalid(AutomationMessages.ExpectsServices());
            return services.ToDictionary(
                service => service.Key,
                service => service.Value is JsonArray { Count: > 0 } several ? (IReadOnlyList<ServicePlace>)[.. several.Select(Place)] : [Place(service.Value)],
                StringComparer.Ordinal);
        }

        private ServicePlace Place(JsonNode? node) =>
            node is JsonObject { Count: 2 } place && place.String("cluster") is { Length: > 0 } cluster && place.String("service") is { Length: > 0 } service
                ? new ServicePlace(cluster, service)
                : throw Invalid(AutomationMessages.ExpectsServices());

        private static T? Find<T>(string word) where T : struct, Enum =>
            Words<T>().Contains(word, StringComparer.OrdinalIgnoreCase) && Enum.TryParse(word, ignoreCase: true, out T one) ? one : null;

        private static string[] Words<T>() where T : struct, Enum =>
#if NETSTANDARD2_0
            Enum.GetNames(typeof(T));
#else
            Enum.GetNames<T>();
#endif

        private OpsException Invalid(Message expected) => new(ErrorIds.InvalidSettings, AutomationMessages.InvalidField(name, Document.Write(value), expected));
    }
}

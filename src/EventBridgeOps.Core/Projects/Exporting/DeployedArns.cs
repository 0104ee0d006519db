using System.Text.Json.Nodes;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Exporting;

/// <summary>The ARNs on which IAM authorizes what CloudFormation does with the resources of a template.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html.</remarks>
/// <param name="environment">Where they are deployed.</param>
internal sealed class DeployedArns(ProjectEnvironment environment)
{
    private const string Queue = "AWS::SQS::Queue";
    private const string Topic = "AWS::SNS::Topic";
    private const string Function = "AWS::Lambda::Function";
    private const string Source = "AWS::Logs::DeliverySource";
    private const string Destination = "AWS::Logs::DeliveryDestination";
    private const string ComputeEnvironment = "AWS::Batch::ComputeEnvironment";
    private const string JobQueue = "AWS::Batch::JobQueue";
    private const string JobDefinition = "AWS::Batch::JobDefinition";
    private const string Table = "AWS::DynamoDB::Table";

    /// <summary>More names of a kind are replaced by what they all begin with: a managed policy has room for few, and IAM simulates each action with each ARN.</summary>
    private const int MostNames = 10;

    private static readonly Dictionary<string, Form> Forms = new(StringComparer.Ordinal)
    {
        [BusParts.BusKind] = new("events", 256, "event-bus/{0}"),
        [BusParts.ArchiveKind] = new("events", 48, "archive/{0}"),
        // Tags are authorized on the first, and all else on the second: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html.
        ["AWS::Logs::LogGroup"] = new("logs", 512, "log-group:{0}", "log-group:{0}:*"),
        [Source] = new("logs", 60, "delivery-source:{0}"),
        [Destination] = new("logs", 60, "delivery-destination:{0}"),
        [Queue] = new("sqs", 80, "{0}"),
        [Topic] = new("sns", 256, "{0}"),
        [Function] = new("lambda", 64, "function:{0}"),
        ["AWS::CloudWatch::Alarm"] = new("cloudwatch", 255, "alarm:{0}"),
        [Table] = new("dynamodb", 255, "table/{0}", "table/{0}/*"),
        [ComputeEnvironment] = new("batch", 128, "compute-environment/{0}"),
        [JobQueue] = new("batch", 128, "job-queue/{0}"),
        // It is registered by its name, and deregistered by its revision.
        [JobDefinition] = new("batch", 128, "job-definition/{0}", "job-definition/{0}:*"),
    };

    // Kinds to which a Ref refers by the name.
    private static readonly HashSet<string> NamedByRef = new(StringComparer.Ordinal) { BusParts.BusKind, BusParts.ArchiveKind, "AWS::Logs::LogGroup", Source, Destination, Function, "AWS::CloudWatch::Alarm", Table };

    private static readonly string[] KeyProperties = ["/KmsKeyIdentifier", "/KmsKeyArn", "/SSESpecification/KMSMasterKeyId"];

    /// <summary>The ARNs of a service that some resources need.</summary>
    /// <param name="service">The service.</param>
    /// <param name="resources">The resources with actions of the service.</param>
    /// <returns>Those of the whole service if a resource is of a kind that is not known here.</returns>
    public IReadOnlyList<string> Of(string service, IEnumerable<DeployedResource> resources)
    {
        List<Place> places = [];
        foreach (DeployedResource resource in resources)
        {
            if (Of(service, resource) is not { } own)
                return Whole(service);
            places.AddRange(own);
        }

        SortedSet<string> arns = new(StringComparer.Ordinal);
        foreach (IGrouping<string, string> names in places.GroupBy(place => place.Form, place => place.Name, StringComparer.Ordinal))
            arns.UnionWith(Few([.. names.Distinct(StringComparer.Ordinal)]).Select(name => names.Key.Replace("{0}", name)));
        return arns.Count > 0 ? [.. arns] : Whole(service);
    }

    /// <summary>The value of a reference to a resource, with wildcards; null if it is neither its name nor its ARN.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="attribute">The attribute; null for <c>Ref</c>.</param>
    /// <param name="environment">Where it is deployed.</param>
    public static string? Value(DeployedResource resource, string? attribute, ProjectEnvironment environment)
    {
        if (resource.Kind == "AWS::IAM::Role" && attribute is null)
            return resource.At("/RoleName") is { } role ? resource.Names.Text(role) : resource.Names.Chosen(64);
        if (!Forms.TryGetValue(resource.Kind, out Form? form))
            return null;
        string name = NamesOf(resource, form)[0];
        if (attribute is null ? NamedByRef.Contains(resource.Kind) : attribute == PhysicalNames.PropertyOf(resource.Kind) || attribute == "Name")
            return name;
        return attribute == "Arn" ? Arn.In(form.Service, environment.Region, environment.AccountId, form.Resources[0].Replace("{0}", name)).ToString() : null;
    }

    private IEnumerable<Place>? Of(string service, DeployedResource resource) => (service, resource.Kind) switch
    {
        ("events", RuleParts.Kind) => [Rule(resource)],
        // It is also authorized on the event bus.
        ("events", BusParts.ArchiveKind) => [.. Own(resource), .. Referred(resource.Names, resource.At("/SourceArn"), BusParts.BusKind)],
        ("events", Source) => Referred(resource.Names, resource.At("/ResourceArn"), BusParts.BusKind),
        ("events", "AWS::Events::EventBusPolicy") => Referred(resource.Names, resource.At("/EventBusName") ?? ProjectEnvironment.DefaultBus, BusParts.BusKind),
        ("logs", "AWS::Logs::Delivery") => [Known("logs", "delivery:*"), .. Referred(resource.Names, resource.At("/DeliverySourceName"), Source), .. Referred(resource.Names, resource.At("/DeliveryDestinationArn"), Destination)],
        // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.Requesting.html: an import writes to a log of this name.
        ("logs", Table) => [Known("logs", "log-group:/aws-dynamodb/*")],
        ("sqs", "AWS::SQS::QueuePolicy") => resource.Each("/Queues").SelectMany(queue => Referred(resource.Names, queue, Queue)),
        ("sns", "AWS::SNS::TopicPolicy") => resource.Each("/Topics").SelectMany(topic => Referred(resource.Names, topic, Topic)),
        ("sns", "AWS::SNS::Subscription") => Referred(resource.Names, resource.At("/TopicArn"), Topic),
        ("lambda", "AWS::Lambda::Permission") => Referred(resource.Names, resource.At("/FunctionName"), Function),
        // CloudFormation does not choose its ID, and its tags are authorized on it too.
        ("lambda", "AWS::Lambda::EventSourceMapping") => [Known("lambda", "event-source-mapping:*")],
        ("lambda", Function) =>
        [
            .. Own(resource), .. resource.Each("/Layers").Select(layer => Given(resource, layer, "lambda", "layer:*")), .. IfGiven(resource, "/CodeSigningConfigArn", "lambda", "code-signing-config:*"),
            .. resource.At("/CapacityProviderConfig") is null ? [] : new[] { Known("lambda", "capacity-provider:*") },
        ],
        ("batch", JobQueue) =>
        [
            .. Own(resource), .. resource.Each("/ComputeEnvironmentOrder", "ComputeEnvironment").SelectMany(each => Referred(resource.Names, each, ComputeEnvironment)),
            .. IfGiven(resource, "/SchedulingPolicyArn", "batch", "scheduling-policy/*"), .. resource.Each("/ServiceEnvironmentOrder").Select(_ => Known("batch", "service-environment/*")),
        ],
        ("batch", JobDefinition) => [.. Own(resource), .. resource.At("/ConsumableResourceProperties") is null ? [] : new[] { Known("batch", "consumable-resource/*") }],
        ("schemas", SchemaParts.RegistryKind) => [Known("schemas", "registry/{0}", Registry(resource))],
        ("schemas", SchemaParts.SchemaKind) => [Known("schemas", "schema/{0}/*", Registry(resource))],
        ("cloudformation", StackResource.StackKind) => [Known("cloudformation", "stack/{0}", resource.Names.Chosen(128))],
        ("kinesis", Table) => IfGiven(resource, "/KinesisStreamSpecification/StreamArn", "kinesis", "stream/*"),
        ("eks", ComputeEnvironment) => IfGiven(resource, "/EksConfiguration/EksClusterArn", "eks", "cluster/*"),
        ("s3", Function) => resource.At("/Code/S3Bucket") is { } code ? Bucket(resource.Names.Text(code)) : [],
        ("s3", Table) => resource.At("/ImportSourceSpecification/S3BucketSource/S3Bucket") is { } import ? Bucket(resource.Names.Text(import)) : [],
        ("s3", "AWS::S3::Bucket") => Bucket(resource.At("/BucketName") is { } bucket ? resource.Names.Text(bucket) : resource.Names.Chosen(63).ToLowerInvariant()),
        ("kms", _) => [.. KeyProperties.SelectMany(path => IfGiven(resource, path, "kms", "key/*")).DefaultIfEmpty(Known("kms", "key/*"))],
        _ when Forms.TryGetValue(resource.Kind, out Form? form) && form.Service == service => Own(resource),
        _ => null,
    };

    private IEnumerable<Place> Own(DeployedResource resource)
    {
        Form form = Forms[resource.Kind];
        return NamesOf(resource, form).SelectMany(name => Named(form, name));
    }

    private IEnumerable<Place> Named(Form form, string name) => form.Resources.Select(resource => Known(form.Service, resource, name));

    private static string[] NamesOf(DeployedResource resource, Form form) =>
        resource.At("/" + PhysicalNames.PropertyOf(resource.Kind)) is { } given ? [resource.Names.Text(given)]
        // AWS Batch: names that CloudFormation chooses can begin with the logical ID alone.
        : form.Service == "batch" ? [resource.Names.Chosen(form.Most), resource.Id + "*"]
        : [resource.Names.Chosen(form.Most)];

    /// <summary>What a value refers to that is a name, a URL, an ARN, or a reference to a resource of the project.</summary>
    private IEnumerable<Place> Referred(DeployedNames names, JsonNode? value, string kind)
    {
        if (names.Own(value) is { } own && own.Kind == kind)
            return Own(own);
        Form form = Forms[kind];
        string text = names.Text(value);
        if (Arn.TryParse(text, out Arn? arn))
            return arn.Service == form.Service ? [new Place("{0}", text)] : [];
        // The URL of a queue, and the ARN of a function without its beginning.
        string name = text.StartsWith("http", StringComparison.Ordinal) ? text.Substring(text.LastIndexOf('/') + 1) : text.Substring(text.LastIndexOf(":function:", StringComparison.Ordinal) is >= 0 and int at ? at + ":function:".Length : 0);
        return Named(form, name);
    }

    /// <summary>A rule. On the event bus of the project, all rules: those that are renamed or removed are deleted, and a new rule needs no other policy.</summary>
    private Place Rule(DeployedResource resource)
    {
        string bus = resource.At("/EventBusName") is { } given ? BusName.Of(resource.Names.Text(given)) : BusName.Default;
        string name = resource.At("/Name") is { } named ? resource.Names.Text(named) : resource.Names.Chosen(64);
        return bus == BusName.Default ? Known("events", "rule/{0}", name)
            : bus.Contains('*') ? Known("events", "rule/*")
            : Known("events", $"rule/{bus}/{{0}}", bus == environment.BusName ? "*" : name);
    }

    /// <summary>The name of the registry of a resource. That of a registry without a name is not known to begin with the name of the stack.</summary>
    private static string Registry(DeployedResource resource)
    {
        JsonNode? given = resource.At("/RegistryName");
        DeployedResource registry = resource.Kind == SchemaParts.SchemaKind ? resource.Names.Own(given) ?? resource : resource;
        return registry.At("/RegistryName") is { } name ? registry.Names.Text(name) : "*";
    }

    private Place[] Bucket(string name)
    {
        string start = $"arn:{Partitions.Of(environment.Region)}:s3:::{{0}}";
        return [new Place(start, name), new Place(start + "/*", name)];
    }

    private IEnumerable<Place> IfGiven(DeployedResource resource, string path, string service, string otherwise) => resource.At(path) is { } value ? [Given(resource, value, service, otherwise)] : [];

    /// <summary>An ARN that a template gives, or else all that it can be.</summary>
    private Place Given(DeployedResource resource, JsonNode value, string service, string otherwise) =>
        resource.Names.Text(value) is var text && Arn.TryParse(text, out Arn? arn) && arn.Service == service && !arn.Resource.StartsWith("alias/", StringComparison.Ordinal) ? new Place("{0}", text) : Known(service, otherwise);

    private Place Known(string service, string resource, string name = "") => new(Arn.In(service, environment.Region, environment.AccountId, resource).ToString(), name);

    /// <summary>Names without those that another one with a wildcard includes; if they are many, what they begin with.</summary>
    private static List<string> Few(List<string> names)
    {
        List<string> few = names.FindAll(name => !names.Exists(other => other != name && other.EndsWith("*", StringComparison.Ordinal) && name.StartsWith(other.Substring(0, other.Length - 1), StringComparison.Ordinal)));
        if (few.Count <= MostNames)
            return few;
        int length = 0;
        while (few.TrueForAll(name => length < name.Length && name[length] == few[0][length]))
            length++;
        return [few[0].Substring(0, length) + "*"];
    }

    private IReadOnlyList<string> Whole(string service)
    {
        string start = $"arn:{Partitions.Of(environment.Region)}:{service}";
        return service == "s3" ? [start + ":::*"] : [$"{start}:{environment.Region}:{environment.AccountId}:*"];
    }

    /// <summary>The ARNs of a kind: the service, the most characters of a name, and the resource in the ARN with <c>{0}</c> for the name.</summary>
    private sealed record Form(string Service, int Most, params string[] Resources);

    /// <summary>An ARN with <c>{0}</c> for a name, and the name.</summary>
    private readonly record struct Place(string Form, string Name);
}

using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Terraform;

namespace EventBridgeOps.Events.Rules;

/// <summary>The ARNs of resources that a plan creates, which have none yet: as far as their names, Regions and accounts are known.</summary>
internal sealed class TerraformArns(TerraformPlan plan, TerraformValues values)
{
    /// <summary>The type of an event bus.</summary>
    public const string BusType = "aws_cloudwatch_event_bus";

    private const string Partition = nameof(Partition);

    // The form of the ARN of each type: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html.
    private static readonly Dictionary<string, (string Service, string Prefix, string Name)> Types = new(StringComparer.Ordinal)
    {
        ["aws_batch_job_queue"] = ("batch", "job-queue/", "name"),
        ["aws_cloudwatch_event_api_destination"] = ("events", "api-destination/", "name"),
        [BusType] = ("events", "event-bus/", "name"),
        ["aws_cloudwatch_log_group"] = ("logs", "log-group:", "name"),
        ["aws_codebuild_project"] = ("codebuild", "project/", "name"),
        ["aws_codepipeline"] = ("codepipeline", "", "name"),
        ["aws_ecs_cluster"] = ("ecs", "cluster/", "name"),
        ["aws_glue_workflow"] = ("glue", "workflow/", "name"),
        ["aws_kinesis_firehose_delivery_stream"] = ("firehose", "deliverystream/", "name"),
        ["aws_kinesis_stream"] = ("kinesis", "stream/", "name"),
        ["aws_lambda_alias"] = ("lambda", "function:", "function_name"),
        ["aws_lambda_function"] = ("lambda", "function:", "function_name"),
        ["aws_redshift_cluster"] = ("redshift", "cluster:", "cluster_identifier"),
        ["aws_sagemaker_pipeline"] = ("sagemaker", "pipeline/", "pipeline_name"),
        ["aws_sfn_state_machine"] = ("states", "stateMachine:", "name"),
        ["aws_sns_topic"] = ("sns", "", "name"),
        ["aws_sqs_queue"] = ("sqs", "", "name"),
        ["aws_ssm_document"] = ("ssm", "document/", "name"),
    };

    // Their ID is their ARN as well.
    private static readonly HashSet<string> ArnAsId = new(StringComparer.Ordinal) { "aws_batch_job_queue", "aws_ecs_cluster", "aws_kinesis_stream", "aws_sfn_state_machine", "aws_sns_topic" };

    // Their ID is their name or URL.
    private static readonly HashSet<string> NameAsId = new(StringComparer.Ordinal)
    {
        "aws_cloudwatch_event_api_destination", BusType, "aws_cloudwatch_log_group", "aws_glue_workflow", "aws_lambda_function", "aws_redshift_cluster", "aws_sagemaker_pipeline", "aws_sqs_queue", "aws_ssm_document",
    };

    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <summary>Whether a symbol stands for the partition, Region or account of a resource that the plan creates.</summary>
    public static bool IsPlace(string symbol) => symbol == Partition || symbol.EndsWith("Region", StringComparison.Ordinal) || symbol.EndsWith("AccountId", StringComparison.Ordinal);

    /// <summary>The name of an event bus of the plan.</summary>
    public static string BusName(TerraformResource bus) => Name(bus, "name");

    /// <summary>The ARN that a field names, which for an instance with a computed key is not listed as an attribute; null when it is not that of a resource that the plan creates.</summary>
    public string? Of(TerraformResource resource, TerraformBlock block, string field)
    {
        if (values.Attribute(resource, block, field) is not { } origin || !Types.TryGetValue(origin.Resource!.Type, out (string Service, string Prefix, string Name) type))
            return null;
        bool isArn = origin.Attribute is null or "arn" or "qualified_arn" || (origin.Attribute == "id" && ArnAsId.Contains(origin.Resource.Type));
        string version = origin.Resource.Type == "aws_lambda_alias" ? ":" + Name(origin.Resource, "name") : "";
        return isArn ? Of(origin.Resource, type.Service, type.Prefix + Name(origin.Resource, type.Name) + version) : null;
    }

    /// <summary>The expression for the ARN of the resource that a field names in another way; null when it does not.</summary>
    public string? Expression(TerraformResource resource, TerraformBlock block, string field) =>
        values.Attribute(resource, block, field) is { Resource: { } named, Attribute: { } attribute } && Types.TryGetValue(named.Type, out (string Service, string Prefix, string Name) type)
        && (attribute == type.Name || attribute is "name" or "url" || (attribute == "id" && NameAsId.Contains(named.Type)))
            ? named.Address + ".arn"
            : null;

    /// <summary>The ARN of a revision that the plan registers; null when a field does not name one.</summary>
    public string? OfJobDefinition(TerraformResource resource, TerraformBlock block, string field) =>
        values.Attribute(resource, block, field) is { Attribute: null or "arn" or "id", Resource: { Type: "aws_batch_job_definition", IsData: false } definition }
            ? Of(definition, "batch", $"job-definition/{Name(definition, "name")}:{UnknownText.Of(definition.Address + UnknownValue.RegisteredRevision)}")
            : null;

    /// <summary>The ARN of a resource where its provider works.</summary>
    public string Of(TerraformResource resource, string service, string path)
    {
        Place place = PlaceOf(resource.Provider);
        string? region = resource.Body.Values.String("region") is { Length: > 0 } own ? own : place.Region; // the argument that version 6 of the provider has
        string alias = resource.Provider is "" or "aws" ? "" : resource.Provider + ".";
        return $"arn:{(region is null ? UnknownText.Of(Partition) : Partitions.Of(region))}:{service}:{region ?? UnknownText.Of(alias + "Region")}:{place.AccountId ?? UnknownText.Of(alias + "AccountId")}:{path}";
    }

    private static string Name(TerraformResource resource, string field)
    {
        if (resource.Text(field) is { Length: > 0 } name)
            return name;
        bool isFifo = resource.Body.Value("fifo_queue") is JsonValue fifo && fifo.TryGetValue(out bool on) && on;
        return $"{resource.Text("name_prefix")}{UnknownText.Of($"{resource.Address}.{field}")}{(isFifo ? ".fifo" : "")}";
    }

    /// <summary>Where a provider works: as it is configured, or as the resources show that it has already.</summary>
    private Place PlaceOf(string provider)
    {
        if (_places.TryGetValue(provider, out Place? known))
            return known;
        JsonNode? region = plan.Provider(provider)["region"];
        string? configured = Document.Text(TerraformExpression.Constant(region))
            ?? TerraformExpression.References(region).Where(reference => reference.StartsWith("var.", StringComparison.Ordinal)).Select(reference => Document.Text(plan.Variable(reference.Substring("var.".Length)))).FirstOrDefault();
        List<Arn> arns = [.. plan.Root.All.SelectMany(module => module.Resources)
            .Where(resource => resource.Provider == provider && !resource.IsData && (Types.ContainsKey(resource.Type) || resource.Type == "aws_cloudwatch_event_rule")) // The ARN of others may be that of something else.
            .Select(resource => Arn.TryParse(resource.Body.Values.String("arn"), out Arn? arn) ? arn : null).OfType<Arn>()
            .Where(arn => arn.AccountId.Length == 12)];
        string? caller = plan.Root.All.SelectMany(module => module.Resources)
            .FirstOrDefault(resource => resource.IsData && resource.Type == "aws_caller_identity" && resource.Provider == provider)?.Body.Values.String("account_id");
        Place found = new(configured ?? arns.Find(arn => arn.Region.Length > 0)?.Region, caller ?? arns.FirstOrDefault()?.AccountId);
        _places.Add(provider, found);
        return found;
    }

    private sealed record Place(string? Region, string? AccountId);
}

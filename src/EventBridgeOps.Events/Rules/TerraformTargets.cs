using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Terraform;

namespace EventBridgeOps.Events.Rules;

/// <summary>Makes the service's document of an <c>aws_cloudwatch_event_target</c>.</summary>
/// <remarks>https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_event_target and https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html.</remarks>
internal sealed class TerraformTargets(TerraformValues values, TerraformArns arns)
{
    // Blocks that differ from the service's structures only in how they are spelled.
    private static readonly (string Block, string Parameters, (string Field, string Member)[] Fields)[] Plain =
    [
        ("appsync_target", "AppSyncParameters", [("graphql_operation", "GraphQLOperation")]),
        ("dead_letter_config", "DeadLetterConfig", [("arn", "Arn")]),
        ("http_target", "HttpParameters", [("header_parameters", "HeaderParameters"), ("path_parameter_values", "PathParameterValues"), ("query_string_parameters", "QueryStringParameters")]),
        ("kinesis_target", "KinesisParameters", [("partition_key_path", "PartitionKeyPath")]),
        ("redshift_target", "RedshiftDataParameters", [("database", "Database"), ("db_user", "DbUser"), ("secrets_manager_arn", "SecretManagerArn"), ("sql", "Sql"), ("statement_name", "StatementName"), ("with_event", "WithEvent")]),
        ("retry_policy", "RetryPolicy", [("maximum_event_age_in_seconds", "MaximumEventAgeInSeconds"), ("maximum_retry_attempts", "MaximumRetryAttempts")]),
        ("sqs_target", "SqsParameters", [("message_group_id", "MessageGroupId")]),
    ];

    private static readonly (string Field, string Member)[] EcsFields =
    [
        ("task_definition_arn", "TaskDefinitionArn"), ("task_count", "TaskCount"), ("launch_type", "LaunchType"), ("platform_version", "PlatformVersion"), ("group", "Group"),
        ("propagate_tags", "PropagateTags"), ("enable_ecs_managed_tags", "EnableECSManagedTags"), ("enable_execute_command", "EnableExecuteCommand"),
    ];

    private static readonly (string Block, string Member, (string Field, string Member)[] Fields)[] EcsLists =
    [
        ("capacity_provider_strategy", "CapacityProviderStrategy", [("capacity_provider", "capacityProvider"), ("weight", "weight"), ("base", "base")]),
        ("ordered_placement_strategy", "PlacementStrategy", [("type", "type"), ("field", "field")]),
        ("placement_constraint", "PlacementConstraints", [("type", "type"), ("expression", "expression")]),
    ];

    /// <summary>Reads a target.</summary>
    public JsonObject Read(TerraformResource resource)
    {
        TerraformBlock body = resource.Body;
        JsonObject target = new()
        {
            ["Id"] = body.Values.String("target_id") is { Length: > 0 } id ? id : resource.Address,
            ["Arn"] = body.Values.String("arn") ?? arns.Of(resource, body, "arn") ?? values.Unknown(resource, body, "arn"),
        };
        Copy(resource, body, target, ("input", "Input"), ("input_path", "InputPath"), ("role_arn", "RoleArn"));
        Block(resource, target, "input_transformer", "InputTransformer", block =>
        {
            JsonObject transformer = [];
            Copy(resource, block, transformer, ("input_paths", "InputPathsMap"), ("input_template", "InputTemplate"));
            transformer["InputPathsMap"] ??= new JsonObject();
            return transformer;
        });
        foreach ((string name, string parameters, (string, string)[] fields) in Plain)
            Block(resource, target, name, parameters, block => Copied(resource, block, fields));
        Block(resource, target, "batch_target", "BatchParameters", block => Batch(resource, block));
        Block(resource, target, "ecs_target", "EcsParameters", block => Ecs(resource, block));
        Block(resource, target, "sagemaker_pipeline_target", "SageMakerPipelineParameters", block => new JsonObject
        {
            ["PipelineParameterList"] = new JsonArray([.. block.Blocks("pipeline_parameter_list").Select(parameter => Copied(resource, parameter, ("name", "Name"), ("value", "Value")))]),
        });
        if (body.Blocks("run_command_targets") is { Count: > 0 } commands)
            target["RunCommandParameters"] = new JsonObject { ["RunCommandTargets"] = new JsonArray([.. commands.Select(command => Copied(resource, command, ("key", "Key"), ("values", "Values")))]) };
        return target;
    }

    private JsonObject Batch(TerraformResource resource, TerraformBlock block)
    {
        JsonObject batch = new() { ["JobDefinition"] = block.Values.String("job_definition") ?? arns.OfJobDefinition(resource, block, "job_definition") ?? values.Unknown(resource, block, "job_definition") };
        Copy(resource, block, batch, ("job_name", "JobName"));
        // The provider leaves out what it was not given.
        if (values.Value(resource, block, "array_size") is { } size && !IsZero(size))
            batch["ArrayProperties"] = new JsonObject { ["Size"] = size };
        if (values.Value(resource, block, "job_attempts") is { } attempts && !IsZero(attempts))
            batch["RetryStrategy"] = new JsonObject { ["Attempts"] = attempts };
        return batch;
    }

    private JsonObject Ecs(TerraformResource resource, TerraformBlock block)
    {
        JsonObject ecs = Copied(resource, block, EcsFields);
        foreach ((string name, string member, (string, string)[] fields) in EcsLists)
        {
            if (block.Blocks(name) is { Count: > 0 } list)
                ecs[member] = new JsonArray([.. list.Select(one => Copied(resource, one, fields))]);
        }

        foreach (TerraformBlock network in block.Blocks("network_configuration"))
        {
            JsonObject vpc = Copied(resource, network, ("subnets", "Subnets"), ("security_groups", "SecurityGroups"), ("assign_public_ip", "AssignPublicIp"));
            if (vpc["AssignPublicIp"] is JsonValue assign && assign.TryGetValue(out bool isPublic))
                vpc["AssignPublicIp"] = isPublic ? "ENABLED" : "DISABLED";
            ecs["NetworkConfiguration"] = new JsonObject { ["awsvpcConfiguration"] = vpc };
        }

        if (block.Value("tags") is JsonObject { Count: > 0 } tags)
            ecs["Tags"] = new JsonArray([.. tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value?.DeepClone() })]);
        return ecs;
    }

    /// <summary>A block of which there may be one. A block that is written by <c>dynamic</c> may be unknown as a whole.</summary>
    private void Block(TerraformResource resource, JsonObject target, string name, string member, Func<TerraformBlock, JsonObject> read)
    {
        if (resource.Body.IsUnknown(name))
            target[member] = values.Unknown(resource, resource.Body, name);
        else if (resource.Body.Blocks(name) is { Count: > 0 } blocks)
            target[member] = read(blocks[0]);
    }

    private JsonObject Copied(TerraformResource resource, TerraformBlock block, params (string Field, string Member)[] fields)
    {
        JsonObject made = [];
        Copy(resource, block, made, fields);
        return made;
    }

    private void Copy(TerraformResource resource, TerraformBlock from, JsonObject to, params (string Field, string Member)[] fields)
    {
        foreach ((string field, string member) in fields)
        {
            if (values.Value(resource, from, field) is { } value)
                to[member] = value;
        }
    }

    private static bool IsZero(JsonNode value) => value is JsonValue number && number.TryGetValue(out int zero) && zero == 0;
}

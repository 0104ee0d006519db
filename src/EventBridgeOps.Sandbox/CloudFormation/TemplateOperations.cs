using System.Text.Json.Nodes;
using EventBridgeOps.Sandbox.CloudFormation.ChangeSets;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.CloudFormation.Stacks;
using EventBridgeOps.Sandbox.CloudFormation.Templates;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation;

/// <summary>Templates are shown and checked.</summary>
internal static class TemplateOperations
{
    private static readonly string[] Stages = ["Original", "Processed"];

    public static RawDocument Get(Operation operation)
    {
        if (operation.Input.Text("TemplateStage") is not (null or "Original" or "Processed"))
            throw StackErrors.Invalid("1 validation error detected: Value at 'templateStage' failed to satisfy constraint: Member must satisfy enum value set: [Original, Processed]");
        string body = operation.Input.Text("ChangeSetName") is null ? Stack.At(operation).Body : ChangeSet.At(operation).Body;
        return RawDocument.Empty.With("TemplateBody", body).With("StagesAvailable", Stages);
    }

    public static RawDocument Validate(Operation operation)
    {
        Template template = Checked(operation);
        return Common(template).With("Parameters", template.Parameters.Select(parameter => Parameter(parameter).Without("ParameterType", "ParameterConstraints")));
    }

    public static RawDocument Summarize(Operation operation)
    {
        Template template = operation.Input.Text("StackName") is null ? Checked(operation) : Template.Parse(Stack.At(operation).Body);
        return Common(template)
            .With("Parameters", template.Parameters.Select(Parameter))
            .With("ResourceTypes", template.Resources.Values.Select(resource => resource.Type).Distinct())
            .With("Version", template.Version)
            .With("Metadata", template.Root["Metadata"]?.ToJsonString());
    }

    private static Template Checked(Operation operation)
    {
        Template template = Template.Parse(TemplateSource.Read(operation, null));
        ParameterValues.CheckDeclared(template);
        return template;
    }

    private static RawDocument Common(Template template) => RawDocument.Empty
        .With("Description", template.Description)
        .With("Capabilities", Capabilities.Needed(template.Resources.Values))
        .With("CapabilitiesReason", Capabilities.Reason(template.Resources.Values))
        .With("DeclaredTransforms", Array.Empty<string>());

    private static RawDocument Parameter(KeyValuePair<string, JsonNode?> parameter)
    {
        JsonObject declared = (JsonObject)parameter.Value!;
        RawDocument shown = RawDocument.Empty
            .With("ParameterKey", parameter.Key)
            .With("DefaultValue", NodeText.Of(declared["Default"]))
            .With("ParameterType", NodeText.Of(declared["Type"]))
            .With("NoEcho", NodeText.Flag(declared["NoEcho"]))
            .With("Description", NodeText.Of(declared["Description"]));
        return shown.With("ParameterConstraints", declared["AllowedValues"] is JsonArray allowed ? RawDocument.Empty.With("AllowedValues", NodeText.List(allowed)) : RawDocument.Empty);
    }
}

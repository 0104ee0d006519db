using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>AWS::CloudFormation::Stack: a stack of its own, which goes the way of the stack that it is in.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html</remarks>
internal sealed class NestedStackKind : ResourceKind
{
    public override string Type => "AWS::CloudFormation::Stack";

    public override bool IsNested => true;

    public override void Create(ResourceWork work) => work.PhysicalId = work.Nested.Create(work.Name("StackName", 128), Input(work));

    public override void Update(ResourceWork work) => work.Nested.Update(work.PhysicalId!, Input(work).Without("TimeoutInMinutes"));

    public override void Restore(ResourceWork work) => work.Nested.Restore(work.PhysicalId!);

    public override void Delete(ResourceWork work) => work.Nested.Delete(work.PhysicalId!);

    public override bool IsDone(ResourceWork work, ResourceAction action) => work.Nested.IsDone(work.PhysicalId!, action);

    public override RawDocument Attributes(ResourceWork work) => work.Nested.Outputs(work.PhysicalId!).Members.Aggregate(
        RawDocument.Empty.With("StackId", work.PhysicalId), (all, output) => all.With("Outputs." + output.Key, output.Value));

    private static RawDocument Input(ResourceWork work)
    {
        RawDocument parameters = work.Properties.Object("Parameters") ?? RawDocument.Empty;
        RawDocument input = work.Given("TemplateURL", "TimeoutInMinutes", "NotificationARNs").With("Tags", work.TagsListed());
        return input.With("Parameters", parameters.Members.Select(parameter => RawDocument.Empty
            .With("ParameterKey", parameter.Key)
            .With("ParameterValue", Value(parameter.Value))));
    }

    /// <summary>A list is the value of a parameter of a list type.</summary>
    private static string Value(JsonElement value) => value.ValueKind == JsonValueKind.Array ? string.Join(",", value.EnumerateArray().Select(Value)) : AttributeText.Of(value);
}

/// <summary>What is done with a resource.</summary>
internal enum ResourceAction
{
    /// <summary>It is made.</summary>
    Create,

    /// <summary>It is changed.</summary>
    Update,

    /// <summary>It is made again what it was before an update.</summary>
    Restore,

    /// <summary>It is removed.</summary>
    Delete,
}

/// <summary>The nested stacks of a stack.</summary>
internal interface INestedStacks
{
    /// <summary>Begins to make a stack.</summary>
    /// <returns>Its ID.</returns>
    /// <exception cref="AwsError">Its template or its parameters are not valid.</exception>
    string Create(string name, RawDocument input);

    /// <summary>Begins to change a stack, if anything of it changes. What it replaces is removed when the outer stack is done.</summary>
    /// <exception cref="AwsError">Its template or its parameters are not valid.</exception>
    void Update(string id, RawDocument input);

    /// <summary>Begins to make a stack again what it was before the update of the outer stack.</summary>
    void Restore(string id);

    /// <summary>Begins to delete a stack.</summary>
    void Delete(string id);

    /// <summary>Whether what was begun is done.</summary>
    /// <exception cref="AwsError">It failed.</exception>
    bool IsDone(string id, ResourceAction action);

    /// <summary>The outputs of a stack.</summary>
    RawDocument Outputs(string id);
}

using System.Text.Json.Nodes;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.CloudFormation.Templates;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>What a stack is to be: a template with the values of its parameters, tags, and what the user agreed to.</summary>
/// <param name="Template">The template.</param>
/// <param name="Body">Its text.</param>
/// <param name="Values">The values of its parameters.</param>
/// <param name="Tags">The tags of the stack by their keys.</param>
/// <param name="Public">The members that DescribeStacks shows: Parameters, Tags, Capabilities, Description, NotificationARNs, RoleARN.</param>
internal sealed record StackInput(
    Template Template, string Body, IReadOnlyDictionary<string, (string Value, string? Stored)> Values, RawDocument Tags, RawDocument Public)
{
    private const int MostTags = 50;

    private static readonly string[] Changing = ["Parameters", "Tags", "Capabilities", "Description", "NotificationARNs", "RoleARN"];

    /// <summary>Reads and checks what a request wants a stack to be.</summary>
    /// <param name="operation">The request.</param>
    /// <param name="before">The stack that is updated; null for one that is created.</param>
    /// <param name="accepted">The template, if it was read before: one from a bucket may be larger than one in a request.</param>
    /// <exception cref="AwsError">It is not valid.</exception>
    public static StackInput Read(Operation operation, Stack? before, string? accepted = null)
    {
        RawDocument input = operation.Input;
        string body = accepted ?? TemplateSource.Read(operation, before);
        Template template = Template.Parse(body);
        IReadOnlyDictionary<string, (string Value, string? Stored)> values = ParameterValues.Resolve(
            template, input.List("Parameters").Select(RawDocument.From), before?.Values(), name => StoredParameter.Value(operation, name));
        // What an update does not name stays; an empty list of tags removes them.
        RawDocument tags = input["Tags"] is null && before is not null ? before.Tags : ReadTags(input);
        RawDocument shown = RawDocument.Empty
            .With("Description", template.Description)
            .With("Parameters", ShownParameters(template, values))
            .With("Tags", TagList.Of(tags))
            .With("Capabilities", input.Texts("Capabilities"))
            .With("NotificationARNs", input["NotificationARNs"] is null && before is not null ? before.Document.Texts("NotificationARNs") : input.Texts("NotificationARNs"))
            .With("RoleARN", input.Text("RoleARN") ?? before?.Document.Text("RoleARN"));
        if (input.Texts("NotificationARNs").Any())
            throw StackErrors.NotSupported("NotificationARNs");
        return new(template, body, values, tags, shown);
    }

    /// <summary>The values of the parameters as functions see them.</summary>
    public Dictionary<string, JsonNode> Seen() => Values.ToDictionary(
        value => value.Key, value => ParameterValues.Seen((JsonObject)Template.Parameters[value.Key]!, value.Value), StringComparer.Ordinal);

    /// <summary>Checks that the user agreed to what the template may do, and evaluates what can be evaluated before anything is made.</summary>
    /// <exception cref="AwsError">The user did not, or it cannot.</exception>
    public void Check(Operation operation, StackPlace place, Stack? before)
    {
        Evaluation evaluation = new(Template, Seen(), place, new StackValues(operation, before, Template, new List<string>()) { Later = new HashSet<string>(Template.Resources.Keys) });
        Sample(evaluation.CheckConditions);
        foreach (ResourceDeclaration resource in evaluation.Existing())
            Sample(() => evaluation.Value(resource.Properties));
        foreach (KeyValuePair<string, JsonNode?> output in Template.Outputs)
        {
            if (evaluation.Holds(NodeText.String((output.Value as JsonObject)?["Condition"])))
                Sample(() => evaluation.Value((output.Value as JsonObject)?["Value"]));
        }

        string[] needed = Capabilities.Needed(evaluation.Existing()).ToArray();
        string[] given = [.. operation.Input.Texts("Capabilities")];
        if (needed.Length > 0 && !given.Intersect(needed[0] == Capabilities.Iam ? [Capabilities.Iam, Capabilities.NamedIam] : needed).Any())
            throw StackErrors.NeedsCapabilities(needed);
    }

    /// <summary>Makes a stack have it.</summary>
    public void Apply(Stack stack) => stack.Keep(stack.Document.Without(Changing).With(Public).With("own", stack.Kept
        .With("body", Body)
        .With("tags", Tags)
        .With("values", Values.Aggregate(RawDocument.Empty, (all, value) => all.With(
            value.Key, RawDocument.Empty.With("value", value.Value.Value).With("stored", value.Value.Stored))))));

    /// <summary>What <see cref="Apply"/> changes of a stack, so that it can be restored.</summary>
    public static RawDocument Before(Stack stack) => RawDocument.Empty
        .With("public", stack.Document.Only([.. Changing, "Outputs"]))
        .With("own", stack.Kept.Only("body", "tags", "values", "imports"));

    /// <summary>Makes a stack have again what it had.</summary>
    public static void Restore(Stack stack, RawDocument before) => stack.Keep(stack.Document.Without([.. Changing, "Outputs"])
        .With(before.Object("public")!)
        .With("own", stack.Kept.Without("body", "tags", "values", "imports").With(before.Object("own")!)));

    private static void Sample(Action evaluate)
    {
        try
        {
            evaluate();
        }
        catch (NotYetKnownException)
        {
            // It is evaluated again when the resource that it names exists.
        }
    }

    private static IEnumerable<RawDocument> ShownParameters(Template template, IReadOnlyDictionary<string, (string Value, string? Stored)> values) => values.Select(value =>
        ParameterValues.IsSecret(template, value.Key)
            ? RawDocument.Empty.With("ParameterKey", value.Key).With("ParameterValue", "****")
            : RawDocument.Empty.With("ParameterKey", value.Key).With("ParameterValue", value.Value.Value).With("ResolvedValue", value.Value.Stored));

    private static RawDocument ReadTags(RawDocument input)
    {
        RawDocument tags = TagList.Read(input, () => StackErrors.Invalid("Tag keys must not be null"));
        if (tags.Members.Count > MostTags)
            throw StackErrors.Invalid($"1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to {MostTags}");
        if (tags.Members.Any(tag => tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)))
            throw StackErrors.Invalid("aws: prefixed tag key names are not allowed for external use.");
        return tags;
    }
}

/// <summary>What the user of a template has to agree to.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html</remarks>
internal static class Capabilities
{
    public const string Iam = "CAPABILITY_IAM";
    public const string NamedIam = "CAPABILITY_NAMED_IAM";

    private static readonly string[] Types =
    [
        "AWS::IAM::AccessKey", "AWS::IAM::Group", "AWS::IAM::InstanceProfile", "AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::UserToGroupAddition",
    ];

    private static readonly string[] Names = ["RoleName", "UserName", "GroupName", "ManagedPolicyName", "InstanceProfileName"];

    /// <summary>The capabilities that resources need.</summary>
    public static IEnumerable<string> Needed(IEnumerable<ResourceDeclaration> resources)
    {
        List<ResourceDeclaration> some = [.. resources.Where(resource => Types.Contains(resource.Type))];
        if (some.Count == 0)
            return [];
        return [some.Exists(resource => Names.Any(resource.Properties.ContainsKey)) ? NamedIam : Iam];
    }

    /// <summary>Why they are needed.</summary>
    public static string? Reason(IEnumerable<ResourceDeclaration> resources)
    {
        string[] types = [.. resources.Select(resource => resource.Type).Where(Types.Contains).Distinct()];
        return types.Length == 0 ? null : $"The following resource(s) require capabilities: [{string.Join(", ", types)}]";
    }
}

/// <summary>Where a request has its template.</summary>
internal static class TemplateSource
{
    /// <summary>The text of the template of a request.</summary>
    /// <exception cref="AwsError">There is none, or it is too large.</exception>
    public static string Read(Operation operation, Stack? before)
    {
        RawDocument input = operation.Input;
        (string? body, string? url, bool usesPrevious) = (input.Text("TemplateBody"), input.Text("TemplateURL"), input.Flag("UsePreviousTemplate"));
        if ((body is not null ? 1 : 0) + (url is not null ? 1 : 0) + (usesPrevious ? 1 : 0) != 1)
        {
            throw StackErrors.Invalid(body is null && url is null && !usesPrevious
                ? "Either Template URL or Template Body must be specified."
                : "Only one of TemplateBody, TemplateURL and UsePreviousTemplate can be specified.");
        }

        if (usesPrevious)
            return before?.Body ?? throw StackErrors.Invalid("UsePreviousTemplate can only be specified for a stack that exists.");
        if (url is not null)
            return BucketTemplate.Read(operation, url);
        return body!.Length > 0 && System.Text.Encoding.UTF8.GetByteCount(body) <= TemplateBody.MostBytes
            ? body
            : throw StackErrors.Invalid(
                $"1 validation error detected: Value '{(body.Length > 200 ? body.Substring(0, 200) + "..." : body)}' at 'templateBody' failed to satisfy constraint: Member must have length {(body.Length == 0 ? "greater than or equal to 1" : $"less than or equal to {TemplateBody.MostBytes}")}");
    }
}

using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Templates;

namespace EventBridgeOps.Events.Rules;

/// <summary>A value of a rule or target that its file does not give: it is known only when the template is deployed or the plan is applied.</summary>
/// <param name="Path">Where it is: a JSON pointer in the document of the rule or target, for example <c>/EventPattern/detail/fn/0</c>. The text of an event pattern is part of the document of its rule.</param>
/// <param name="Symbol">What decides it, as the file names it: a parameter, an attribute of a resource, a function.</param>
public sealed record UnknownValue(string Path, string Symbol)
{
    /// <summary>The path of what decides whether the rule or target is there at all.</summary>
    public const string Condition = "/Condition";

    /// <summary>The path of the name of a rule.</summary>
    public const string Name = "/Name";

    /// <summary>
    /// How a symbol ends that stands for the revision of a job definition that the same template or plan registers: <c>Definition:revision</c>. No attribute that a file
    /// names, as the <c>Revision</c> of a custom resource, has a colon.
    /// </summary>
    public const string RegisteredRevision = UnknownMark.RegisteredRevision;

    /// <summary>Whether it is a part of the event pattern of a rule.</summary>
    public bool IsOfPattern => Path == "/EventPattern" || Path.StartsWith("/EventPattern/", StringComparison.Ordinal);

    /// <summary>Whether it is the event bus of a rule, or a part of its name.</summary>
    public bool IsOfBus => Path == "/EventBusName";

    /// <summary>Whether it is a part of where the rule is deployed: its account, Region, partition or domain. It is taken from an event where one is matched.</summary>
    public bool IsOfPlace => TemplatePlace.Has(Symbol);

    /// <summary>The symbol, as it is shown in texts of the rule: <c>${Queue.Arn}</c>.</summary>
    public override string ToString() => $"${{{Symbol}}}";
}

using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Rules;

/// <summary>How files of rules are read.</summary>
[Request]
public sealed partial record RuleFileOptions
{
    /// <summary>Values for what CloudFormation templates leave open: parameters, and pseudo parameters such as <c>AWS::Region</c>.</summary>
    /// <remarks>
    /// What a template does not specify is unknown, with a warning, unless a value is specified here: also an attribute or an export, by the symbol in the warning, such as <c>Queue.Arn</c> or
    /// <c>ImportValue orders-bus</c>. For a parameter of an SSM type, specify the value that is stored in Systems Manager. The account and Region of an event are used where they are not specified.
    /// </remarks>
    [Option("name=value")]
    public IReadOnlyDictionary<string, string> Parameter { get; init; } = new Dictionary<string, string>();

    /// <summary>The environment of a project whose folder is specified instead of a file.</summary>
    [Option("name", Otherwise = "the only one of the project")]
    public string? Environment { get; init; }
}

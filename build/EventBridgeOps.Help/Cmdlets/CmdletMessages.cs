using System.Management.Automation;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Help.Cmdlets;

/// <summary>Where a page and its cmdlet do not agree, and what the help adds to the pages.</summary>
internal static class CmdletMessages
{
    public static Message OtherTitle(string title, string cmdlet) => Message.Of($"The title is '{title}', but the name of the cmdlet is {cmdlet}.");

    public static Message NoSynopsis() => Message.Of($"There must be exactly one paragraph, the synopsis, between the title and '## Syntax'.");

    public static Message SectionMissing(string title) => Message.Of($"The section '## {title}' is missing.");

    public static Message OutputMissing(string? type) => Message.Of($"The cmdlet writes `{type}`, but the section 'Outputs' does not mention it.");

    public static Message NoCmdlet(string name) => Message.Of($"The cmdlet {name} does not exist.");

    public static Message NoPage(string name) => Message.Of($"The cmdlet {name} has no page.");

    public static Message OtherHeader(string header) => Message.Of($"A parameter table has the header '| {header} |'.");

    public static Message NotAParameter(string cell) => Message.Of($"'{cell}' is not a valid parameter. Write it as `-Name`.");

    public static Message DescribedTwice(string cell) => Message.Of($"{cell} is described twice.");

    public static Message NotDescribed(string name, string aliases) => Message.Of($"The parameter -{name} is not described: add the row '| `-{name}` | {aliases} | ... |'.");

    public static Message EmptyText(string name) => Message.Of($"The row of -{name} has no text.");

    public static Message OtherAliases(string name, string aliases, string given) => Message.Of($"-{name} has the aliases '{aliases}', not '{given}'.");

    public static Message NoPosition(string name) => Message.Of($"-{name} has no position.");

    public static Message PositionMissing(string name, int? position) => Message.Of($"-{name} has 'Position {position}', but its row does not mention it.");

    public static Message UnknownParameter(string name) => Message.Of($"The cmdlet has no parameter -{name}.");

    public static Message ImpactMissing(string impact) => Message.Of($"A paragraph below the tables must describe -WhatIf and -Confirm: '`-WhatIf` and `-Confirm` ... {impact}'");

    public static Message Impact(ConfirmImpact impact) => Message.Of($"The impact is {impact}.");

    public static Message BadExample() => Message.Of($"An example is a line that describes it and ends with a colon or a question mark, followed by its commands in a ```powershell block.");

    public static Message TooFewExamples(int count, int fewest) => Message.Of($"The page has {count:example|examples}, but needs at least {fewest}.");

    public static Message AcceptedValues(IEnumerable<string> values) => Message.Of($"Accepted values: {values}.");

    public static Message InputProperties(IEnumerable<string> parameters) =>
        Message.Of($"The properties of the object set the parameters with the same names or aliases: {parameters}, and the other session parameters.");
}

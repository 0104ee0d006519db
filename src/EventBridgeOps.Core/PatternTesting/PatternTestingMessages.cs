using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.PatternTesting;

/// <summary>What is said while patterns are checked, tested and measured.</summary>
internal static class PatternTestingMessages
{
    public static Message BadEvent(OpsException error) => Message.Of($"{error}");

    public static Message LastBadEventShown(OpsException error) => Message.Of($"{error} Further invalid events are counted, but not shown.");

    public static Message RuleWithoutPattern(string rule) => Message.Of($"Rule {rule} has no event pattern, so no event invokes it.");

    public static Message NoRuleHasPattern(int rules) => Message.Of($"Nothing was tested: {rules:rule was|rules were} read, and none that was selected has an event pattern.");

    public static Message NothingTested(Message nothing) => Message.Of($"Nothing was tested. {nothing}");

    public static Message InvalidPattern(string pattern, string fault) => Message.Of($"{pattern}: {fault}");

    public static Message NoValidPattern() => Message.Of($"There is nothing to measure: no pattern is valid.");

    public static Message NoEvents() => Message.Of($"There is nothing to measure with: no event was found.");

    public static Message AllTogether(int count) => Message.Of($"(all {count} together)");

    public static Message Measuring() => Message.Of($"Measuring");

    public static Message OnlyTheFirst(int count, long megabytes) => Message.Of($"Only the first {count:event is|events are} used ({megabytes} MB).");

    public static Message RulesNotPattern(string path) => Message.Of($"{path} is a file of rules, not a pattern. To use the patterns of its rules, specify it with {"RulePath":param}.");

    public static Message PatternMissing() => Message.Of(
        $"No pattern was specified. Specify a pattern with {"Pattern":param}, a file with {"PatternPath":param}, a file of rules with {"RulePath":param}, or rules of the account with {"RuleName":param}.");

    public static Message NoCases(string name) => Message.Of($"No test cases were found in {name}.");

    public static Message NotACase(string origin, Message fault) => Message.Of(
        $"{origin} is not a valid case: {fault:clause}. A case is {{\"name\": \"...\", \"event\": \"...\", \"pattern\": \"...\"[, \"expect\": \"...\"]}} on a line of its own, with the event and the pattern as JSON text in strings.");

    public static Message CaseNotJson(Message fault) => Message.Of($"it is not valid JSON: {fault}");

    public static Message CaseNotUtf8() => Message.Of($"it is not valid UTF-8");

    public static Message CaseNotAnObject() => Message.Of($"it is not an object");

    public static Message CaseWithoutPattern() => Message.Of($"it has no pattern");

    public static Message InvalidExpectation(string expect) => Message.Of(
        $"\"expect\" is \"{expect}\", but must be match, nomatch, invalid or badevent, or, without an event, valid or invalid");

    public static Message UnknownMember(string origin, string member) => Message.Of(
        $"{origin}: \"{member}\" is not a member of a case. The members are name, event, pattern and expect, in lowercase.");

    public static Message CaseFailed(string origin, string? name, string result, string expected) => name is null
        ? Message.Of($"{origin} returned {result}, but {expected} was expected.")
        : Message.Of($"{origin} '{name}' returned {result}, but {expected} was expected.");

    public static Message PatternWithEvent(string pattern, string document) => Message.Of($"{pattern} with {document}");

    public static Message ServiceNotAsked(string subject, Message obstacle) => Message.Of($"{subject}: the service was not called, because {obstacle:clause}.");

    public static Message HalfSurrogate() => Message.Of($"half of a surrogate pair cannot be sent");

    public static Message IncompleteEvent(IEnumerable<string> missing) => Message.Of($"it tests only complete events, and these fields are missing: {missing}");

    public static Message ServiceDiffers(string subject, string answer, string verdict) => Message.Of(
        $"{subject}: the service returned {answer}, and the local engine returned {verdict}. Rely on the service, and please report the pattern and the event.");

    public static Message Title(string pattern, string document, bool? matches) => matches switch
    {
        true => Message.Of($"{pattern} matches {document}"),
        false => Message.Of($"{pattern} does not match {document}"),
        null => Message.Of($"{pattern} may match {document}"),
    };

    public static Message MatchDependsOn(IEnumerable<string> symbols) => Message.Of($"whether the pattern matches depends on {symbols}");

    public static Message NotExplained(string pattern, string document, IEnumerable<string> symbols) => Message.Of(
        $"{pattern} with {document} cannot be explained, because the whole pattern depends on {symbols}. Specify a value with {"Parameter":param}.");

    public static Message NotCounted(string pattern, long events, IEnumerable<string> symbols) => Message.Of(
        $"{pattern}: whether it matches {events:event|events} depends on {symbols}. They are not counted as matches. Specify a value with {"Parameter":param}.");

    public static Message NotCompared(string pattern, IEnumerable<string> symbols) => Message.Of($"{pattern}: the service was not called, because the pattern depends on {symbols}.");

    public static Message NotMeasured(string pattern, IEnumerable<string> symbols) => Message.Of($"{pattern} was not measured, because the whole pattern depends on {symbols}.");

    public static Message NotChecked(string symbol) => Message.Of($"depends on {symbol}, which is not known, and was not checked");

    public static Message SpecifyValue() => Message.Of($"Specify a value with {"Parameter":param}.");

    public static Message ValidAsFarAsKnown() => Message.Of($"valid as far as it is known");

    public static Message CheckSummary(string pattern, Message findings) => Message.Of($"{pattern}: {findings}");

    public static Message Valid() => Message.Of($"valid");

    public static Message NotValid(int errors) => Message.Of($"not valid, {errors:error|errors}");

    public static Message Warnings(int warnings) => Message.Of($"{warnings:warning|warnings}");

    public static Message Characters(string number, bool one) => one ? Message.Of($"{number} character") : Message.Of($"{number} characters");

    public static Message Combinations(string number) => Message.Of($"{number} combinations of $or");

    public static Message WildcardScore(int score, int limit) => Message.Of($"wildcard score {score} of {limit}");

    // In reports.
    public static Message CaseDiffers(string actual, string expected) => Message.Of($"The result is {actual}, but {expected} was expected.");

    public static Message CaseDiffersBecause(string actual, string expected, string reason) => Message.Of($"The result is {actual}, but {expected} was expected. {reason}");

    public static Message ValidState() => Message.Of($"Valid");
}

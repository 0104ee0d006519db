using System.Globalization;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>What is said about patterns in our own words: the hints, what is doubtful, and text that is not JSON. The service's words are in <see cref="ServiceTexts"/>.</summary>
internal static class SyntaxTexts
{
    // Reasons, without a full stop as most of the service's.

    public static string Surrogate() => "The text contains an unpaired surrogate";

    public static string NotUtf8() => "The text is not valid UTF-8";

    public static string EndsEarly() => "The text ends unexpectedly";

    public static string NotJson(string fault) => $"Not valid JSON: {fault}";

    public static string TooManyCombinations(int most) => Invariant($"The $or alternatives make more than {most:N0} combinations");

    public static string TooManyValues(long most) => Invariant($"The combinations of the $or alternatives have more than {most:N0} values");

    public static string LongerThan(int most) => Invariant($"The pattern is longer than {most:N0} bytes");

    public static string ManyCombinations(int combinations, int most) => Invariant($"The $or alternatives make {combinations:N0} combinations; EventBridge allows {most:N0}");

    public static string Long(int length, int most) => Invariant($"The pattern has {length:N0} characters; EventBridge allows {most:N0} by default");

    public static string TooLong(int length, int most) => Invariant($"The pattern has {length:N0} characters; EventBridge allows at most {most:N0}");

    public static string NotAnEventField(string name) => $"Events have no field \"{name}\"";

    public static string Repeated(string name) => $"\"{name}\" occurs more than once in this object";

    public static string TooManyDigits(string number) => $"{number} has more digits than a double can hold";

    public static string OperatorAsField(string name) => $"\"{name}\" is read as the name of a field here, not as an operator";

    public static string OrAsField() => "\"$or\" is read as the name of a field here, because it needs a list of objects";

    public static string ListAsText() => "This is a string that contains a list, and matches only the same string";

    public static string OperatorAsText(string name) => $"This is a string that contains the operator {name}, and matches only the same string";

    public static string LiteralAsterisk(string text) => $"The * in {PatternJson.Quote(text)} is taken literally";

    public static string IsString(string field) => $"\"{field}\" is a string in every event";

    public static string IsStrings(string field) => $"\"{field}\" is a list of strings in every event";

    public static string IsObject(string field) => $"\"{field}\" is an object in every event";

    public static string IsAlwaysThere(string field) => $"\"{field}\" is in every event";

    public static string NotAnAccount(string text) => $"{PatternJson.Quote(text)} is not an account ID, which has 12 digits";

    public static string NotARegion(string text) => $"{PatternJson.Quote(text)} is not the name of a Region, such as \"eu-west-1\"";

    public static string OtherCase(string text) => $"Upper and lower case matter, and AWS does not write {PatternJson.Quote(text)}";

    public static string ServiceName(string text) => $"{PatternJson.Quote(text)} is the name of a service and not the source of its events";

    // Hints: what was probably meant, or what to do, as sentences.

    public static string Use(string snippet) => $"Use {snippet}.";

    public static string UseString() => "Use a string.";

    public static string AnyValue() => "To match any value, use [{\"exists\": true}].";

    public static string NoRegularExpressions() => "A pattern has no regular expressions. To match any characters, use [{\"wildcard\": \"...\"}].";

    public static string WriteDetail() => "Name the fields: \"detail\": {\"field\": [\"value\"]}.";

    public static string OperatorInList(string field, string list) => $"An operator is part of the list of a field: \"{field}\": {list}.";

    public static string BrokenText(string reason) => $"{reason}.";

    public static string DidYouMean(string word) => $"Did you mean \"{word}\"?";

    public static string WriteObject() => "A pattern is a JSON object, such as {\"source\": [\"aws.ecr\"]}.";

    public static string WriteJson() => "This is a Terraform expression. A pattern is a JSON object, such as {\"source\": [\"aws.ecr\"]}.";

    public static string QuotesLost() => "Its quotation marks are missing. Some shells remove them from arguments: write \\\" for each one, or use a file.";

    public static string IsRule(string name) => $"This is a rule or a file of rules, not a pattern. Check it as a file of rules, or check only the value of \"{name}\".";

    public static string WriteField() => "An object in a pattern must name a field. To match any value, use [{\"exists\": true}].";

    public static string WriteValue() => "A field must list at least one value. To match any value, use [{\"exists\": true}].";

    public static string WriteList(string name, string list) => $"Use a list: {PatternJson.Quote(name)}: {list}.";

    public static string FieldCount(int fields) => $"The pattern tests {fields} fields.";

    public static string SplitRule() => "Split the pattern into several rules.";

    public static string SplitOr(int most) => Invariant($"EventBridge allows {most:N0}. Split the pattern into several rules.");

    public static string AskForQuota() => "Request a quota increase, or split the pattern into several rules.";

    public static string FieldsInsideOr() => "The alternatives of $or are objects of fields, not operators.";

    public static string WriteOr() => "Use \"$or\": [{...}, {...}].";

    public static string NeedsNoOr() => "A single alternative does not need $or.";

    public static string AllMustMatch() => "All fields of a pattern must match, and no operator is needed for that: write the fields in the same object.";

    public static string UseAnythingBut() => "To exclude values, use [{\"anything-but\": [\"value\"]}] as the list of a field. To match events without a field, use [{\"exists\": false}].";

    public static string UseValues() => "A list matches any of its values, and no operator is needed for that: [\"a\", \"b\"].";

    public static string UseWildcard() => "To match a part of a string, use [{\"wildcard\": \"*part*\"}].";

    public static string EntryField(string name) => $"\"{name}\" is a field of a PutEvents entry. Rules match events, which do not have it.";

    public static string EntryField(string name, string eventField) => $"\"{name}\" is a field of a PutEvents entry. Rules match events, where the field is named \"{eventField}\".";

    public static string FieldOfDetail() => "The fields that a sender adds to an event are inside \"detail\".";

    public static string LastOneCounts() => "Only the last one is used.";

    public static string SameDigitsOnly() => "It matches only a number that is written in exactly the same way. Consider using strings in the pattern and in the events.";

    public static string WildcardScores(string path, int score, bool orMore, int most, int driver) =>
        $"The wildcards of {path} have a complexity score of {score}{(orMore ? " or more" : "")}; EventBridge allows {most}. This one alone has {driver}.";

    public static string NoListInList() => "A list cannot contain another list.";

    public static string WriteOperator() => "Use an operator here, such as {\"prefix\": \"a\"}.";

    public static string Operators(IEnumerable<string> operators) => $"The operators are {string.Join(", ", operators)}.";

    public static string OneOperatorEach() => "Put each operator into its own object: [{...}, {...}]. One of them is enough for a match.";

    public static string IgnoreCaseOnly() => "Only {\"equals-ignore-case\": \"...\"} is allowed here.";

    public static string AnythingButOperators() => "anything-but accepts values, or one of prefix, suffix, equals-ignore-case and wildcard.";

    public static string AffixIsEmpty() => "Every string begins and ends with the empty string.";

    public static string BooleanWithoutQuotes() => Unquoted("Use true or false without quotes", "true or false");

    public static string NumberWithoutQuotes() => Unquoted("Write the number without quotes", "the number");

    // https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1414: the pattern of a rule may be text.
    private static string Unquoted(string hint, string value) =>
        $"{hint}. In a CloudFormation template, Ref returns a string: write {value} itself, or the whole pattern as text with Fn::Sub.";

    public static string OneWildcard() => "A single * already matches any number of characters.";

    public static string WildcardEscapes() => "The only escapes in a wildcard are \\* and \\\\ (in JSON: \"\\\\*\" and \"\\\\\\\\\").";

    public static string WriteCidr() => "Use a form such as \"10.0.0.0/24\".";

    public static string WriteAddress() => "To match a single address, use it as a plain string.";

    public static string WriteRange() => "Use a form such as [\">\", 0, \"<=\", 5].";

    public static string NumericOperators() => "Use one of =, <, <=, > and >=.";

    public static string RangeOrder() => "A range begins with > or >=, followed by < or <=.";

    public static string RangeTop() => "The upper bound of a range is set with < or <=.";

    public static string ExactDoubleOnly() => "Only numbers that a double holds exactly as written can be compared.";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

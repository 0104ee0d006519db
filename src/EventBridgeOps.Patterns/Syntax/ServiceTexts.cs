namespace EventBridgeOps.Patterns.Syntax;

/// <summary>
/// Why EventBridge rejects a pattern, in the words of the service's own compiler (aws/event-ruler, <c>JsonRuleCompiler</c>). They stay
/// exactly as the service has them, since users compare them with its answers and the sandbox answers with them.
/// </summary>
internal static class ServiceTexts
{
    private const string TooManyFieldsStart = "Size of rule";

    public static string NotAnObject() => "Filter is not an object";

    public static string EmptyObject() => "Empty objects are not allowed";

    public static string EmptyArray() => "Empty arrays are not allowed";

    public static string NotAField(string name) => $"\"{name}\" must be an object or an array";

    public static string TooManyFields(int most) => $"{TooManyFieldsStart} exceeds max value of {most}";

    /// <summary>Whether a reason is <see cref="TooManyFields"/>.</summary>
    public static bool IsTooManyFields(string reason) => reason.StartsWith(TooManyFieldsStart, StringComparison.Ordinal);

    public static string ReservedInOr(string name) => $"{name} is Ruler reserved fieldName which cannot be used inside $or.";

    public static string OrNotAnArray() => "It must be an Array followed with $or.";

    public static string OrNotOfObjects() => "Only JSON object is allowed in array of $or relationship.";

    public static string OrOfOne() => "There must have at least 2 Objects in $or relationship.";

    public static string ListInList() => "Match value must be String, number, true, false, or null";

    public static string NoOperator() => "Match expression name not found";

    public static string UnknownOperator(string name) => $"Unrecognized match type {name}";

    public static string OneKeyOnly() => "Only one key allowed in match expression";

    public static string ExactlyNotAString() => "exact match pattern must be a string";

    public static string NotAString(string name) => $"{name} match pattern must be a string";

    public static string AffixNotAString() => "prefix/suffix match pattern must be a string";

    public static string NoAffixOperator(string title) => $"{title} expression name not found";

    public static string UnknownAffixOperator(string name, string inner) => $"Unsupported {name} pattern: {inner}";

    public static string EmptyAffix() => "Null prefix/suffix not allowed";

    public static string ExistsNotABoolean() => "exists match pattern must be either true or false.";

    public static string TwoWildcards(int position) => $"Consecutive wildcard characters at pos {position}";

    public static string WildcardEscape(int position) => $"Invalid escape character at pos {position}";

    public static string TooComplex() => "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character";

    public static string CidrWithoutSlash() => "Malformed CIDR, one '/' required";

    public static string CidrBitsNotANumber() => "Malformed CIDR, mask bits must be an integer";

    public static string CidrBitsNegative() => "Malformed CIDR, mask bits must not be negative";

    public static string CidrBitsTooMany(bool isV4) => isV4 ? "IPv4 mask bits must be < 32" : "IPv6 mask bits must be < 128";

    public static string AddressForm(string address) => $"Nonstandard IP address: {address}";

    public static string AddressInvalid(string address) => $"Invalid IP address: {address}";

    public static string NoAnythingButOperator() => "Anything-But expression name not found";

    public static string UnknownAnythingButOperator(string inner) => $"Unsupported anything-but pattern: {inner}";

    public static string AnythingButKind() => "Value of anything-but must be an array or single string/number value.";

    public static string AnythingButElement() => "Inside anything but list, start|null|boolean is not supported.";

    public static string AnythingButIgnoreCaseElement() => "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.";

    public static string AnythingButMixed() => "Inside anything but list, either all values are number or string, mixed type is not supported";

    public static string NumericNotAnArray() => "Value of numeric must be an array.";

    public static string NumericMember(string token) => $"Invalid member in numeric match: {token}";

    public static string NumericOperator(string op) => $"Unrecognized numeric range operator: {op}";

    public static string NumericBound(string op) => $"Value of {(op == "=" ? "equals" : op)} must be numeric";

    public static string NumericTooLong() => "Too many elements in numeric expression";

    public static string RangeTooLong() => "Too many terms in numeric range expression";

    public static string RangeMember(string token) => $"Bad value in numeric range: {token}";

    public static string RangeOperator(string op) => $"Bad numeric range operator: {op}";

    public static string RangeEmpty() => "Bottom must be less than top";

    public static string NumberNotComparable(string text) => $"Cannot compare number : {text}";
}

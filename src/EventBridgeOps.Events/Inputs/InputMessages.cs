using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Inputs;

/// <summary>Why a target's input settings cannot be used, or what else is worth knowing of an input. All are clauses: they stand inside a sentence.</summary>
internal static class InputMessages
{
    public static Message PathStart() => Message.Of($"a path must start with '$'");

    public static Message PathCharacter(char character, int position) => Message.Of($"'{character}' at position {position} is neither '.' nor '['");

    public static Message DeepScan() => Message.Of($"'..' is not supported by EventBridge");

    public static Message KeyMissing() => Message.Of($"a key is missing after '.'");

    public static Message BracketNotClosed() => Message.Of($"a bracket is not closed");

    public static Message InvalidIndex(string index) => Message.Of($"'[{index}]' is not an index, '*' or a quoted key");

    public static Message StringNotClosed() => Message.Of($"a string in the template is not closed");

    /// <summary>"The placeholder cannot be used as an object key": API_InputTransformer.</summary>
    public static Message PlaceholderAsKey() => Message.Of($"a placeholder cannot be used as an object key");

    public static Message OutputNotJson(Message fault) => Message.Of($"the output of the template is not valid JSON: {fault}");

    public static Message OutputHalfSurrogate() => Message.Of($"the output of the template has half of a surrogate pair");

    public static Message NoTemplate() => Message.Of($"the InputTransformer has no InputTemplate");

    public static Message TemplateTooLong(int length, int limit) => Message.Of($"the InputTemplate has {length} characters; the maximum is {limit}");

    public static Message UnknownPlaceholder(string name, IEnumerable<string> predefined) =>
        Message.Of($"the InputTemplate contains invalid placeholder {name}: it is not in InputPathsMap and not one of {predefined}");

    public static Message InvalidTransformer() => Message.Of($"the InputTransformer is not valid");

    public static Message PathsNotAnObject() => Message.Of($"InputPathsMap is not an object");

    public static Message TooManyPaths(int count, int limit) => Message.Of($"InputPathsMap has {count:variable|variables}; the maximum is {limit}");

    public static Message VariableNotAString(string name) => Message.Of($"the path of variable {name} is not a string");

    public static Message VariablePathTooLong(string name, int length, int limit) => Message.Of($"the path of variable {name} has {length} characters; the maximum is {limit}");

    public static Message InvalidVariablePath(string path, string name, Message fault) => Message.Of($"the path {path} of variable {name} is not valid: {fault}");

    public static Message ReservedVariable(string name) => Message.Of($"variable {name} cannot be defined: names that start with AWS are reserved");

    public static Message VariableNameTooLong(int length, int limit) => Message.Of($"a variable name has {length} characters; the maximum is {limit}");

    public static Message InvalidVariableName(string name) => Message.Of($"'{name}' is not a valid variable name: use letters, digits, '_' and '-'");

    public static Message SeveralInputs() => Message.Of($"only one of Input, InputPath and InputTransformer may be specified");

    public static Message EventNotReadable() => Message.Of($"the event has a key or a string that is not valid Unicode, or is nested too deeply");

    public static Message InputNotJson(Message fault) => Message.Of($"its Input is not valid JSON: {fault}");

    public static Message InputTooLong(string field, int length, int limit) => Message.Of($"its {field} has {length} characters; the maximum is {limit}");

    public static Message InvalidInputPath(string path, Message fault) => Message.Of($"its InputPath {path} is not valid: {fault}");

    public static Message NothingAtPath(string path) => Message.Of($"the event has no value at {path}; AWS does not document what EventBridge sends in this case");

    public static Message NotAString(string field) => Message.Of($"its {field} is not a string here, so the input is unknown");
}

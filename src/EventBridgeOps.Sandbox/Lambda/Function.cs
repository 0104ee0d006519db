using System.Globalization;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>A function: its configuration, and its code, policy and settings in tables of their own.</summary>
internal sealed class Function
{
    public const string NamePattern = @"(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?";

    private readonly Operation operation;

    private Function(Operation operation, string name, RawDocument document) => (this.operation, Name, Document) = (operation, name, document);

    public string Name { get; }

    /// <summary>Its configuration, as the service shows it, and its tags.</summary>
    public RawDocument Document { get; private set; }

    public RawDocument Configuration => Document.Without("Tags");

    public string Arn => ArnOf(operation, Name);

    public string Role => Document.Text("Role")!;

    public string Runtime => Document.Text("Runtime")!;

    /// <summary>Whether the sandbox runs it: the program is its own, and not a script of a managed runtime.</summary>
    public bool IsRun => Runtime.StartsWith("provided.", StringComparison.Ordinal);

    public RawDocument Code => operation.State["lambdaCode"].Find(Name) ?? RawDocument.Empty;

    public RawDocument? Policy => operation.State["lambdaPolicies"].Find(Name);

    public RawDocument? InvokeConfig => operation.State["lambdaInvokeConfigs"].Find(Name);

    public static string ArnOf(Operation operation, string name) => operation.Arn("lambda", "function:" + name);

    /// <summary>The function that an operation names, by its name or an ARN. Versions and aliases cannot be made here, so any other than $LATEST is missing.</summary>
    public static Function At(Operation operation)
    {
        (string name, string? qualifier) = Names(operation);
        string arn = ArnOf(operation, name) + (qualifier is null ? "" : ":" + qualifier);
        return (qualifier is null or "$LATEST" ? Named(operation, name) : null) ?? throw LambdaErrors.NotFound($"Function not found: {arn}");
    }

    /// <summary>The name of the function that an operation is about, and the version or alias.</summary>
    public static (string Name, string? Qualifier) Names(Operation operation)
    {
        Constraints constraints = new();
        constraints.Text("functionName", operation.Input["FunctionName"], required: true, shortest: 1, longest: 256, pattern: NamePattern);
        constraints.Check();
        GroupCollection groups = Regex.Match(operation.Input.Text("FunctionName")!, $@"\A(?:{NamePattern})\z", RegexOptions.CultureInvariant).Groups;
        if (Group(3)?.TrimEnd(':') is { } region && region != operation.Call.Region)
            throw LambdaErrors.NotFound($"Functions from '{region}' are not reachable in this region ('{operation.Call.Region}')");
        if (Group(8)?.TrimEnd(':') is { } account && account != operation.Account.Id)
            throw LambdaErrors.NotSupported("functions of other accounts");
        string name = groups[10].Value;
        if (name.Length > 64)
            throw AwsError.Validation($"1 validation error detected: Value '{name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64");
        string? qualifier = operation.Input.Text("Qualifier"), named = Group(12);
        if (qualifier is not null && named is not null && qualifier != named)
            throw LambdaErrors.Invalid("The derived qualifier from the function name does not match the specified qualifier.");
        return (name, qualifier ?? named);

        string? Group(int number) => groups[number] is { Success: true, Length: > 0 } group ? group.Value : null;
    }

    /// <summary>The function with this ARN, if it is one of this account and Region.</summary>
    public static Function? AtArn(Operation operation, string? text)
    {
        if (!Events.Names.Arn.TryParse(text, out Arn? arn) || arn.Service != "lambda" || !operation.IsHere(arn.Partition, arn.Region, arn.AccountId))
            return null;
        string[] parts = arn.Resource.Split(':');
        return parts.Length is 2 or 3 && parts[0] == "function" && (parts.Length == 2 || parts[2] == "$LATEST") ? Named(operation, parts[1]) : null;
    }

    public static Function? Named(Operation operation, string name) =>
        operation.State["lambdaFunctions"].Find(name) is { } document ? new(operation, name, document) : null;

    public static Function Make(Operation operation, string name, RawDocument document)
    {
        Function made = new(operation, name, document);
        made.Keep(document);
        return made;
    }

    /// <summary>Stores a changed function, which then has a new revision.</summary>
    public void Keep(RawDocument document)
    {
        Document = document
            .With("LastModified", operation.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture))
            .With("RevisionId", operation.Account.Random.Id());
        operation.State["lambdaFunctions"][Name] = Document;
    }

    public void KeepTags(RawDocument tags) => operation.State["lambdaFunctions"][Name] = Document = Document.With("Tags", tags);

    public void KeepCode(byte[] zip) => operation.State["lambdaCode"][Name] = RawDocument.Empty.With("zip", Convert.ToBase64String(zip));

    public void KeepPolicy(RawDocument policy) => operation.State["lambdaPolicies"][Name] = policy;

    public void RemovePolicy() => operation.State["lambdaPolicies"].Remove(Name);

    public void KeepInvokeConfig(RawDocument config) => operation.State["lambdaInvokeConfigs"][Name] = config;

    public void RemoveInvokeConfig() => operation.State["lambdaInvokeConfigs"].Remove(Name);

    public void Delete()
    {
        foreach (string table in new[] { "lambdaFunctions", "lambdaCode", "lambdaPolicies", "lambdaInvokeConfigs" })
            operation.State[table].Remove(Name);
    }

    /// <summary>An invocation of the function as it is now.</summary>
    public Invocation Invocation(string requestId, byte[] payload) => new(requestId, operation.Call.Region, Arn, Configuration, Code, payload);
}

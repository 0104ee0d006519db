namespace EventBridgeOps.Jobs;

/// <summary>The environment variables that hold the database URL of a request, or the ARN of its secret, where none is specified.</summary>
public static class DatabaseSetting
{
    /// <summary>Their names. The first that is set applies.</summary>
    public static IReadOnlyList<string> Variables { get; } = ["FOUNDERDASH_DB_URL", "FOUNDERDASH_DATABASE_URL", "DATABASE_URL"];

    /// <summary>The names, for people.</summary>
    public static string Description { get; } = string.Join(", ", Variables.Take(Variables.Count - 1)) + " or " + Variables[Variables.Count - 1];

    /// <summary>The value that the user specifies, else that of a variable; null if there is neither.</summary>
    /// <param name="given">The URL or ARN; null if none is specified.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static string? Find(string? given, Func<string, string?> environment) => given ?? (VariableOf(environment) is { } variable ? environment(variable) : null);

    /// <summary>The variable that applies; null if none is set.</summary>
    internal static string? VariableOf(Func<string, string?> environment) => Variables.FirstOrDefault(variable => !string.IsNullOrEmpty(environment(variable)));
}

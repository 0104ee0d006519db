using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Rules;

/// <summary>The event bus of a command that names none. It is one rule for all commands but those that send deployments, which use the default event bus.</summary>
public static class DefaultBus
{
    /// <summary>The environment variable that names it.</summary>
    public const string Variable = "EVENTBRIDGE_BUS_NAME";

    /// <summary>The rule, for people.</summary>
    public const string Description = Variable + ", or else the default event bus";

    /// <summary>The event bus that the user specifies, else that of <see cref="Variable"/>; null if there is neither, which is the default event bus.</summary>
    /// <param name="given">A name or ARN; null or empty if none is specified.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static string? Find(string? given, Func<string, string?> environment) => Named(given) ?? Named(environment(Variable));

    /// <summary>Like <see cref="Find"/>, with the name of the default event bus instead of null.</summary>
    /// <param name="given">A name or ARN; null or empty if none is specified.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static string Of(string? given, Func<string, string?> environment) => Find(given, environment) ?? BusName.Default;

    private static string? Named(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

using EventBridgeOps.Automation;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Installation;

/// <summary>What an installation does with the stack that is there.</summary>
/// <param name="Updates">The stack that is updated; null if one is created.</param>
/// <param name="Removes">The stack that has to be deleted before; null for none.</param>
internal sealed record InstallPlan(Stack? Updates, Stack? Removes)
{
    /// <summary>The plan for a stack.</summary>
    /// <param name="found">The stack; null if it does not exist.</param>
    /// <param name="stuck">What to say if it can neither be updated nor replaced.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.StackFailed"/>: it can neither be updated nor replaced.</exception>
    public static InstallPlan Of(Stack? found, Func<Stack, Message> stuck) => found switch
    {
        null or { Status: "DELETE_COMPLETE" } => new(null, null),
        // A change set that was never executed leaves a stack without resources.
        { IsEmpty: true } => new(null, null),
        { IsNotCreated: true } => new(null, found),
        { IsUpdatable: true } => new(found, null),
        _ => throw new OpsException(ErrorIds.StackFailed, stuck(found)),
    };

    /// <summary>The parameters of a change set: those that are given, and for the rest the values that the stack has, or else the defaults.</summary>
    /// <param name="given">The given ones.</param>
    public Dictionary<string, string?> Parameters(IReadOnlyDictionary<string, string?> given)
    {
        Dictionary<string, string?> all = given.ToDictionary(parameter => parameter.Key, parameter => parameter.Value, StringComparer.Ordinal);
        foreach (string name in AutomationTemplate.Parameters.Where(name => !all.ContainsKey(name) && Updates?.Parameters.ContainsKey(name) == true))
            all[name] = null;
        return all;
    }

    /// <summary>Whether a deployed template is the one of this version.</summary>
    public static bool IsSameTemplate(string deployed) => Lines(deployed) == Lines(AutomationTemplate.Text);

    private static string Lines(string text) => text.Replace("\r", "").TrimEnd();
}

/// <summary>The configuration that an installation gives to the function.</summary>
internal static class InstallSettings
{
    /// <summary>Environment variables have 4 KB together: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html.</summary>
    private const int MostCharacters = 3000;

    /// <summary>Reads the file, and checks it as the function will.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidSettings"/>.</exception>
    public static string Read(string path)
    {
        string text = InputFile.ReadText(path, megabytes: 1).Trim();
        _ = SettingFields.Read(text, path, _ => null);
        return text.Length <= MostCharacters ? text : throw new OpsException(ErrorIds.InvalidSettings, InstallationMessages.SettingsTooLong(path, MostCharacters));
    }
}

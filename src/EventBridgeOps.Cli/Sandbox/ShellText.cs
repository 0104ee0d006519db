using EventBridgeOps.Cli.Showing;

namespace EventBridgeOps.Cli.Sandbox;

/// <summary>The syntax of the lines that set environment variables.</summary>
internal enum ShellKind
{
    Bash,
    Pwsh,
    Cmd,
    Json,
}

internal static class ShellText
{
    /// <summary>Writes the lines.</summary>
    /// <param name="output">Receives them.</param>
    /// <param name="shell">Whose syntax.</param>
    /// <param name="variables">The variables to set; null for those to remove.</param>
    public static void Write(TextWriter output, ShellKind shell, IReadOnlyDictionary<string, string?> variables)
    {
        if (shell == ShellKind.Json)
        {
            output.WriteLine(JsonText.Of(json =>
            {
                json.WriteStartObject();
                foreach ((string name, string? value) in variables)
                    json.WriteString(name, value); // Null is JSON's null.
                json.WriteEndObject();
            }));
        }
        else
        {
            string[] unset = [.. variables.Where(variable => variable.Value is null).Select(variable => variable.Key)];
            if (unset.Length > 0)
                output.WriteLine(Unset(shell, unset));
            foreach ((string name, string? value) in variables)
            {
                if (value is not null)
                    output.WriteLine(Line(shell, name, value));
            }
        }

        output.Flush();
    }

    /// <summary>The shell of this operating system.</summary>
    public static ShellKind Usual => OperatingSystem.IsWindows() ? ShellKind.Pwsh : ShellKind.Bash;

    /// <summary>The line that removes variables.</summary>
    public static string Unset(ShellKind shell, IEnumerable<string> names) => shell switch
    {
        ShellKind.Pwsh => $"Remove-Item -ErrorAction Ignore {string.Join(", ", names.Select(name => $"Env:{name}"))}",
        ShellKind.Cmd => string.Join("\n", names.Select(name => $"set \"{name}=\"")),
        _ => $"unset {string.Join(' ', names)}",
    };

    private static string Line(ShellKind shell, string name, string value) => shell switch
    {
        ShellKind.Pwsh => $"$env:{name} = '{value.Replace("'", "''")}'",
        ShellKind.Cmd => $"set \"{name}={value}\"",
        _ => $"export {name}='{value.Replace("'", "'\\''")}'",
    };
}

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
    public static void Write(TextWriter output, ShellKind shell, IReadOnlyDictionary<string, string> variables)
    {
        if (shell == ShellKind.Json)
        {
            output.WriteLine(JsonText.Of(json =>
            {
                json.WriteStartObject();
                foreach ((string name, string value) in variables)
                    json.WriteString(name, value);
                json.WriteEndObject();
            }));
        }
        else
        {
            foreach ((string name, string value) in variables)
                output.WriteLine(Line(shell, name, value));
        }

        output.Flush();
    }

    private static string Line(ShellKind shell, string name, string value) => shell switch
    {
        ShellKind.Pwsh => $"$env:{name} = '{value.Replace("'", "''")}'",
        ShellKind.Cmd => $"set \"{name}={value}\"",
        _ => $"export {name}='{value.Replace("'", "'\\''")}'",
    };
}

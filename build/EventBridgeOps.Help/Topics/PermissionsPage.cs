using System.Reflection;
using System.Text.RegularExpressions;
using EventBridgeOps.Help.Cmdlets;

namespace EventBridgeOps.Help.Topics;

/// <summary>The policies in the page of permissions, made of the attributes of the cmdlets. The words between them are written by hand.</summary>
internal static partial class PermissionsPage
{
    /// <summary>The path of the page, relative to the root of the repository.</summary>
    public const string File = "docs/iam.md";

    private const string Attribute = "RequiresAttribute";

    /// <summary>The updated page. A cmdlet without a section gets one at the end.</summary>
    /// <param name="text">The page.</param>
    public static string Make(string text)
    {
        foreach (CmdletDescription cmdlet in CmdletDescription.All)
        {
            if (!text.Contains($"\n## {cmdlet.Name}\n", StringComparison.Ordinal))
                text = $"{text.TrimEnd()}\n\n## {cmdlet.Name}\n\n{string.Join(", ", Actions(cmdlet).Select(action => $"`ebops {action}`"))}.\n";
            foreach (IGrouping<string?, CustomAttributeData> section in CmdletDescription.Data(cmdlet.Type, Attribute).GroupBy(data => Named(data, "With") as string))
                text = Put(text, cmdlet.Name, section.Key, Policy(section));
        }

        return text;
    }

    private static IEnumerable<string> Actions(CmdletDescription cmdlet) => CmdletDescription.Data(cmdlet.Type, "PerformsAttribute").Select(data => (string)data.ConstructorArguments[0].Value!);

    /// <summary>Replaces the policy of a section, or adds it at the end of the section.</summary>
    private static string Put(string text, string cmdlet, string? with, string policy)
    {
        int start = text.IndexOf($"\n## {cmdlet}\n", StringComparison.Ordinal) + 1;
        int end = Next(text, "\n## ", start);
        if (with is not null)
        {
            int part = text.IndexOf($"\n### {with}\n", start, end - start, StringComparison.Ordinal);
            if (part < 0)
                return $"{text[..end].TrimEnd()}\n\n### {with}\n\n{policy}\n{text[end..]}";
            start = part + 1;
        }

        end = Math.Min(end, Next(text, "\n### ", start));
        string section = text[start..end];
        return text[..start] + (Block().IsMatch(section) ? Block().Replace(section, _ => policy, 1) : $"{section.TrimEnd()}\n\n{policy}\n") + text[end..];
    }

    private static int Next(string text, string heading, int from) => text.IndexOf(heading, from, StringComparison.Ordinal) is >= 0 and int at ? at : text.Length;

    private static string Policy(IEnumerable<CustomAttributeData> statements) => $$"""
        ```json
        {
          "Version": "2012-10-17",
          "Statement": [
        {{string.Join(",\n", statements.Select(Statement))}}
          ]
        }
        ```
        """;

    private static string Statement(CustomAttributeData statement)
    {
        string[] services = Words(Named(statement, "PassedTo"));
        string passedTo = services.Length == 1 ? $"\"{services[0]}\"" : List(services);
        string condition = services.Length == 0 ? "" : ",\n      \"Condition\": {\"StringEquals\": {\"iam:PassedToService\": " + passedTo + "}}";
        return $$"""
                {
                  "Effect": "Allow",
                  "Action": {{List(Words(statement.ConstructorArguments[0].Value))}},
                  "Resource": "{{Named(statement, "On") ?? "*"}}"{{condition}}
                }
            """;
    }

    private static string List(IEnumerable<string> words) => $"[{string.Join(", ", words.Select(word => $"\"{word}\""))}]";

    private static object? Named(CustomAttributeData data, string name) => data.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;

    private static string[] Words(object? values) => values is IEnumerable<CustomAttributeTypedArgument> list ? [.. list.Select(value => (string)value.Value!)] : [];

    [GeneratedRegex("```json\n.*?\n```", RegexOptions.Singleline)]
    private static partial Regex Block();
}

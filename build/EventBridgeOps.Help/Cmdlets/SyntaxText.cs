using System.Text;
using EventBridgeOps.PowerShell.Sessions;

namespace EventBridgeOps.Help.Cmdlets;

/// <summary>The syntax of cmdlets, as shown in their pages.</summary>
internal static class SyntaxText
{
    private const int Width = 100;
    private const string Session = "[<session parameters>]";

    /// <summary>A line for each parameter set. The session parameters, which most cmdlets have, are shown as one.</summary>
    public static string Of(CmdletDescription cmdlet) => string.Join("\n\n", cmdlet.ParameterSets.Select(set => Of(cmdlet, set)));

    /// <summary>A parameter with its value, in brackets if it is optional.</summary>
    public static string Of(ParameterDescription parameter, ParameterUse use)
    {
        string name = use.Position is null || parameter.IsSwitch ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        string whole = parameter.IsSwitch ? name : $"{name} <{parameter.TypeName}>";
        return use.Mandatory ? whole : $"[{whole}]";
    }

    private static string Of(CmdletDescription cmdlet, string set)
    {
        IReadOnlyList<(ParameterDescription Parameter, ParameterUse Use)> uses = cmdlet.InSet(set);
        List<string> parts = [.. uses.Where(use => use.Parameter.DeclaringType != typeof(SessionCmdlet)).Select(use => Of(use.Parameter, use.Use))];
        if (cmdlet.SupportsShouldProcess)
            parts.AddRange(["[-WhatIf]", "[-Confirm]"]);
        if (uses.Any(use => use.Parameter.DeclaringType == typeof(SessionCmdlet)))
            parts.Add(Session);
        StringBuilder text = new(cmdlet.Name);
        int column = cmdlet.Name.Length;
        foreach (string part in parts)
        {
            if (column + 1 + part.Length > Width)
            {
                text.Append("\n   ");
                column = 3;
            }

            text.Append(' ').Append(part);
            column += 1 + part.Length;
        }

        return text.ToString();
    }
}

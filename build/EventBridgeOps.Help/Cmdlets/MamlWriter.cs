using System.Text.RegularExpressions;
using System.Xml.Linq;
using EventBridgeOps.Help.Pages;
using EventBridgeOps.Help.Views;
using EventBridgeOps.PowerShell.Sessions;

namespace EventBridgeOps.Help.Cmdlets;

/// <summary>The cmdlets' help as Get-Help reads it: https://learn.microsoft.com/powershell/scripting/developer/help/writing-help-for-windows-powershell-cmdlets.</summary>
internal static partial class MamlWriter
{
    private const string WhatIf = "WhatIf";
    private const string Confirm = "Confirm";
    private static readonly XNamespace Help = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static string Write(IReadOnlyList<CmdletPage> pages)
    {
        XElement items = new(
            Help + "helpItems",
            new XAttribute("schema", "maml"),
            pages.Select(page => new XElement(
                Command + "command",
                new XAttribute(XNamespace.Xmlns + "maml", Maml),
                new XAttribute(XNamespace.Xmlns + "command", Command),
                new XAttribute(XNamespace.Xmlns + "dev", Dev),
                Details(page),
                new XElement(Maml + "description", Paragraphs(page.Description)),
                new XElement(Command + "syntax", page.Cmdlet.ParameterSets.Select(set => SyntaxItem(page, set))),
                new XElement(Command + "parameters", page.Cmdlet.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal).Select(parameter => Parameter(page, parameter)).Concat(Risk(page))),
                Inputs(page),
                Outputs(page),
                new XElement(Maml + "alertSet", new XElement(Maml + "alert", page.Notes.SelectMany(Note))),
                new XElement(Command + "examples", page.Examples.Select(Example)),
                new XElement(Maml + "relatedLinks", page.Related.Append("about_EventBridgeOps").Append("about_EventBridgeOps_Errors").Select(name =>
                    new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", name), new XElement(Maml + "uri")))))));
        return new XDeclaration("1.0", "utf-8", null) + "\n" + items + "\n";
    }

    private static XElement Details(CmdletPage page) => new(
        Command + "details",
        new XElement(Command + "name", page.Cmdlet.Name),
        new XElement(Maml + "description", Paragraph(PlainText.Of(page.Synopsis))),
        new XElement(Command + "verb", page.Cmdlet.Verb),
        new XElement(Command + "noun", page.Cmdlet.Noun));

    private static XElement SyntaxItem(CmdletPage page, string set) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", page.Cmdlet.Name),
        page.Cmdlet.InSet(set).Select(pair => Parameter(page, pair.Parameter, pair.Use, inSyntax: true)),
        Risk(page, inSyntax: true));

    private static XElement Parameter(CmdletPage page, ParameterDescription parameter) => Parameter(
        page,
        parameter,
        new ParameterUse(
            parameter.Sets.Values.All(use => use.Mandatory),
            parameter.Sets.Values.Select(use => use.Position).FirstOrDefault(position => position is not null),
            parameter.ByValue,
            parameter.ByPropertyName));

    private static XElement Parameter(CmdletPage page, ParameterDescription parameter, ParameterUse use, bool inSyntax = false)
    {
        string[] values = [.. parameter.AcceptedValues];
        string[] unsaid = [.. values.Where(value => !page.TextOf(parameter.Name).Any(text => text.Contains($"`{value}`", StringComparison.Ordinal)))];
        return new XElement(
            Command + "parameter",
            new XAttribute("required", use.Mandatory),
            new XAttribute("variableLength", parameter.Type.IsArray),
            new XAttribute("globbing", parameter.SupportsWildcards),
            new XAttribute("pipelineInput", Pipeline(use)),
            new XAttribute("position", use.Position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            inSyntax ? null : Said(page, parameter.Name, unsaid.Length > 0 ? [Paragraph(CmdletMessages.AcceptedValues(values).ToString())] : []),
            inSyntax && values.Length > 0 ? new XElement(Command + "parameterValueGroup", values.Select(value => new XElement(Command + "parameterValue", new XAttribute("required", false), new XAttribute("variableLength", false), value))) : null,
            inSyntax && parameter.IsSwitch ? null : Value(parameter.TypeName, !parameter.IsSwitch, parameter.Type.IsArray),
            new XElement(Dev + "type", new XElement(Maml + "name", parameter.TypeName), new XElement(Maml + "uri")),
            new XElement(Dev + "defaultValue", parameter.Default ?? "None"));
    }

    /// <summary>What PowerShell itself adds to cmdlets that change something.</summary>
    private static IEnumerable<XElement> Risk(CmdletPage page, bool inSyntax = false) => !page.Cmdlet.SupportsShouldProcess ? [] : new[] { (WhatIf, "wi"), (Confirm, "cf") }.Select(risk => new XElement(
        Command + "parameter",
        new XAttribute("required", false),
        new XAttribute("variableLength", false),
        new XAttribute("globbing", false),
        new XAttribute("pipelineInput", Pipeline(new ParameterUse(false, null, false, false))),
        new XAttribute("position", "named"),
        new XAttribute("aliases", risk.Item2),
        new XElement(Maml + "name", risk.Item1),
        inSyntax ? null : Said(page, risk.Item1, []),
        inSyntax ? null : Value("switch", required: false, list: false),
        new XElement(Dev + "type", new XElement(Maml + "name", "switch"), new XElement(Maml + "uri")),
        new XElement(Dev + "defaultValue", "False")));

    private static XElement Value(string type, bool required, bool list) => new(Command + "parameterValue", new XAttribute("required", required), new XAttribute("variableLength", list), type);

    // The position is among the facts that the shell shows below.
    private static XElement Said(CmdletPage page, string parameter, IEnumerable<XElement> more) =>
        new(Maml + "description", page.TextOf(parameter).Select(text => Paragraph(Position().Replace(PlainText.Of(text), ""))), more);

    private static string Pipeline(ParameterUse use) => (use.ByValue, use.ByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static XElement Inputs(CmdletPage page)
    {
        string[] named = [.. page.Cmdlet.Parameters.Where(parameter => parameter.ByPropertyName && parameter.DeclaringType != typeof(SessionCmdlet)).SelectMany(parameter => parameter.Aliases.Prepend(parameter.Name))];
        IEnumerable<XElement> inputs = page.Cmdlet.Parameters.Where(parameter => parameter.ByValue)
            .Select(parameter => Typed(Command + "inputType", parameter.TypeName, page.TextOf(parameter.Name).Select(text => Paragraph(PlainText.Of(text)))));
        if (page.Cmdlet.Parameters.Any(parameter => parameter.ByPropertyName))
            inputs = inputs.Append(Typed(Command + "inputType", "Any object", [Paragraph(CmdletMessages.InputProperties(named.Append("Region")).ToString())]));
        return new XElement(Command + "inputTypes", inputs.DefaultIfEmpty(Typed(Command + "inputType", "None", [])));
    }

    private static XElement Outputs(CmdletPage page)
    {
        IReadOnlyList<Type> types = page.Cmdlet.OutputTypes;
        return new XElement(
            Command + "returnValues",
            types.Select((type, i) => Typed(Command + "returnValue", type == typeof(void) ? "None" : type.FullName!, [.. i == types.Count - 1 ? Paragraphs(page.Outputs) : [], .. Properties(type)])));
    }

    /// <summary>The properties of a record, from its description.</summary>
    private static IEnumerable<XElement> Properties(Type type) =>
        ViewFiles.Shapes.FirstOrDefault(shape => shape.Type == type)?.Fields.Select(field => Paragraph($"- {field.Name}: {PlainText.Of(field.Help)}")) ?? [];

    private static XElement Typed(XName name, string type, IEnumerable<XElement> description) => new(
        name,
        new XElement(Dev + "type", new XElement(Maml + "name", type), new XElement(Maml + "uri")),
        new XElement(Maml + "description", description));

    private static IEnumerable<XElement> Note(Section section) => Paragraphs(section.Blocks).Prepend(Paragraph(section.Title.ToUpperInvariant()));

    private static XElement Example(Example example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", $"-------- Example {index + 1}: {PlainText.Of(example.Title)} --------"),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks"));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<Block> blocks) => blocks.SelectMany<Block, string>(block => block switch
    {
        Paragraph paragraph => [PlainText.Of(paragraph.Text)],
        Code code => [code.Text],
        Bullets bullets => bullets.Items.Select(item => "- " + PlainText.Of(item)),
        Table table => table.Rows.Select(row => $"- {PlainText.Of(row[0])}: {string.Join("; ", row.Skip(1).Select(PlainText.Of))}"),
        _ => [],
    }).Select(Paragraph);

    private static XElement Paragraph(string text) => new(Maml + "para", text);

    [GeneratedRegex(@" Position \d\.$")]
    private static partial Regex Position();
}

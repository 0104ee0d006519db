using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace EventBridgeOps.Describing;

/// <summary>The sentences of documentation comments, with code in backticks.</summary>
internal static class Comment
{
    /// <summary>The summary of a symbol; empty if it has none.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="references">Whether what it refers to stands in braces, so that a front end can spell it.</param>
    public static string Summary(ISymbol symbol, bool references = false) => Text(Read(symbol)?.Element("summary"), references);

    /// <summary>The remarks of a symbol, with what they refer to in braces; empty if it has none.</summary>
    public static string Remarks(ISymbol symbol) => Text(Read(symbol)?.Element("remarks"), references: true);

    /// <summary>What the comment of a type says about a parameter; empty if it says nothing.</summary>
    public static string Parameter(ISymbol type, string name) => Text(Read(type)?.Elements("param").FirstOrDefault(element => (string?)element.Attribute("name") == name), references: false);

    private static XElement? Read(ISymbol symbol)
    {
        string? xml = symbol.GetDocumentationCommentXml();
        return string.IsNullOrWhiteSpace(xml) ? null : XElement.Parse($"<all>{xml}</all>").Descendants("member").FirstOrDefault() ?? XElement.Parse($"<all>{xml}</all>");
    }

    private static string Text(XElement? element, bool references) => element is null ? "" : Regex.Replace(string.Concat(element.Nodes().Select(node => Text(node, references))), @"\s+", " ").Trim();

    private static string Text(XNode node, bool references) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement see when (string?)see.Attribute("cref") is { } cref => string.Format(references ? "{{{0}}}" : "`{0}`", cref.Split('(')[0].Split('.', ':').Last()),
        XElement other => string.Concat(other.Nodes().Select(inner => Text(inner, references))),
        _ => "",
    };
}

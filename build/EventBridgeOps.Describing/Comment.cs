using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace EventBridgeOps.Describing;

/// <summary>The sentences of documentation comments, with code in backticks.</summary>
internal static class Comment
{
    /// <summary>The summary of a symbol; empty if it has none.</summary>
    public static string Summary(ISymbol symbol) => Text(Read(symbol)?.Element("summary"));

    /// <summary>What the comment of a type says about a parameter; empty if it says nothing.</summary>
    public static string Parameter(ISymbol type, string name) => Text(Read(type)?.Elements("param").FirstOrDefault(element => (string?)element.Attribute("name") == name));

    private static XElement? Read(ISymbol symbol)
    {
        string? xml = symbol.GetDocumentationCommentXml();
        return string.IsNullOrWhiteSpace(xml) ? null : XElement.Parse($"<all>{xml}</all>").Descendants("member").FirstOrDefault() ?? XElement.Parse($"<all>{xml}</all>");
    }

    private static string Text(XElement? element) => element is null ? "" : Regex.Replace(string.Concat(element.Nodes().Select(Text)), @"\s+", " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement see when (string?)see.Attribute("cref") is { } cref => $"`{cref.Split('(')[0].Split('.', ':').Last()}`",
        XElement other => string.Concat(other.Nodes().Select(Text)),
        _ => "",
    };
}

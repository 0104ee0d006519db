using System.Xml.Linq;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Events.Rules;

namespace EventBridgeOps.Help.Views;

/// <summary>The properties that lists show, those by which objects are compared, and how states are handed over: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_types.ps1xml.</summary>
internal static class TypesFile
{
    /// <summary>Its path, relative to the root of the repository.</summary>
    public const string File = "module/EventBridgeOps.Types.ps1xml";

    /// <summary>Creates its text.</summary>
    public static string Make() => ViewFiles.Write(
        "The properties that lists show, and tables of mixed types: all except the long documents, which Format-List * shows.",
        new XElement("Types", ViewFiles.Shapes.SelectMany(Properties), States().Select(State)));

    private static IEnumerable<XElement> Properties(RecordShape shape)
    {
        string[] keys = [.. shape.Fields.Where(field => field.IsKey).Select(field => field.Name)];
        return ViewFiles.NamesOf(shape).Select(type => Standard(
            type,
            OtherName(shape),
            Set("DefaultDisplayPropertySet", Listed(shape)),
            keys.Length == 0 ? null : Set("DefaultKeyPropertySet", keys)));
    }

    // A rule has the name by which AWS.Tools and the AWS CLI know it, too.
    private static XElement? OtherName(RecordShape shape) => shape.Type != typeof(RuleSummary) ? null
        : new XElement("AliasProperty", new XElement("Name", "Name"), new XElement("ReferencedMemberName", nameof(RuleSummary.RuleName)));

    /// <summary>The properties of a list, each behind the one that it follows.</summary>
    private static List<string> Listed(RecordShape shape)
    {
        List<string> listed = [.. shape.Fields.Where(field => field.IsListed).Select(field => field.Name)];
        foreach (RecordField field in shape.Fields.Where(field => field.IsListed && field.ListAfter is not null))
        {
            listed.Remove(field.Name);
            listed.Insert(listed.IndexOf(field.ListAfter!) + 1, field.Name);
        }

        return listed;
    }

    /// <summary>All types of states, also of records within records.</summary>
    private static IEnumerable<Type> States() => ViewFiles.Shapes.SelectMany(States).Distinct().OrderBy(type => type.FullName, StringComparer.Ordinal);

    private static IEnumerable<Type> States(RecordShape shape) =>
        shape.Fields.SelectMany(field => field.Element is { } element ? States(element) : field.StateType is { } type ? [type] : Enumerable.Empty<Type>());

    // By name, so that they compare in the same way after deserialization.
    private static XElement State(Type type) => Standard(type.FullName!, null, new XElement("NoteProperty", new XElement("Name", "SerializationMethod"), new XElement("Value", "String")));

    private static XElement Standard(string type, XElement? own, params XElement?[] members) => new(
        "Type",
        new XElement("Name", type),
        new XElement("Members", own, new XElement("MemberSet", new XElement("Name", "PSStandardMembers"), new XElement("Members", members))));

    private static XElement Set(string name, IEnumerable<string> properties) => new(
        "PropertySet",
        new XElement("Name", name),
        new XElement("ReferencedProperties", properties.Select(property => new XElement("Name", property))));
}

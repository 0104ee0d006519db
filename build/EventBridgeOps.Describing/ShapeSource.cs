using System.Text;
using Microsoft.CodeAnalysis;

namespace EventBridgeOps.Describing;

/// <summary>The source text of the shape of a record.</summary>
internal static class ShapeSource
{
    public static string Of(INamedTypeSymbol record)
    {
        string type = Code.FullName(record);
        bool hides = record.BaseType?.Find("RecordAttribute") is not null;
        return $$"""
            {{Code.Header}}
            namespace {{record.ContainingNamespace.ToDisplayString()}};

            partial record {{record.Name}} : {{Code.Records}}IRecord
            {
                private static {{Code.Records}}RecordShape? s_shape{{record.Name}};

                /// <summary>How the record is described.</summary>
                public static {{(hides ? "new " : "")}}{{Code.Records}}RecordShape Shape => s_shape{{record.Name}} ??= {{Shape(record, type)}};

                {{Code.Records}}RecordShape {{Code.Records}}IRecord.Describe() => Shape;
            }

            """;
    }

    private static string Shape(INamedTypeSymbol record, string type)
    {
        AttributeData described = record.Find("RecordAttribute")!;
        string view = (string)described.ConstructorArguments[0].Value!;
        IEnumerable<string> columns = record.FindAll("ColumnAttribute").Select(column => "\n            " + Column(record, type, column));
        StringBuilder text = new($"new(typeof({type}), {Code.Text(view)}, {Code.Text(Comment.Summary(record))},\n        {Fields(record, type)})\n    {{");
        if (described.Word("Suite") is { } suite)
            text.Append($"\n        Suite = {Code.Text(suite)},");
        text.Append($"\n        StateName = {Code.Text(described.Word("State"))},");
        text.Append($"\n        Quiet = {Code.Text(described.Word("Quiet"))},");
        if (described.Word("Exempt") is { } exempt)
            text.Append($"\n        Exempt = static r => (({type})r).{exempt},");
        text.Append($"\n        KnownBy = {Code.List(Attributes.Words(described.Argument("KnownBy")).Select(Code.Text))},");
        if (described.Argument("Layout") is { } layout)
            text.Append($"\n        Layout = {Code.Member(layout)},");
        if (described.Argument("Only") is { } only)
            text.Append($"\n        Only = {Code.Member(only)},");
        if (record.Find("GroupAttribute") is { } group)
            text.Append($"\n        Group = {Column(record, type, group)},");
        return text.Append($"\n        Columns = {Code.List(columns)},\n    }}").ToString();
    }

    private static string Fields(INamedTypeSymbol record, string type) =>
        Code.List(Properties(record).Where(property => !Described(record, property).Flag("Omitted")).Select(property => "\n            " + Field(record, type, property)));

    private static string Field(INamedTypeSymbol record, string type, IPropertySymbol property)
    {
        AttributeData? described = Described(record, property);
        ITypeSymbol value = Bare(property.Type);
        INamedTypeSymbol? element = Element(value);
        string kind = described.Flag("Document") ? "Document" : Kind(value);
        StringBuilder text = new($"new({Code.Text(property.Name)}, {Code.Records}FieldKind.{kind}, {Code.Text(Help(record, property))}, static r => (({type})r).{property.Name}) {{ ");
        text.Append($"IsListed = {Code.Flag(kind != "Document" && !described.Flag("Unlisted"))}, ");
        if (described.Flag("Key"))
            text.Append("IsKey = true, ");
        if (described.Word("Unit") is { } unit)
            text.Append($"Unit = {Code.Text(unit)}, ");
        if (described.Word("ListAfter") is { } after)
            text.Append($"ListAfter = {Code.Text(after)}, ");
        if (value.TypeKind == TypeKind.Enum)
            text.Append($"StateType = typeof({Code.FullName(value)}), States = {States(value)}, ");
        if (element is not null)
            text.Append($"Element = {(element.Find("RecordAttribute") is null ? Plain(element) : Code.FullName(element) + ".Shape")}, ");
        return text.Append('}').ToString();
    }

    /// <summary>The shape of a record that has no description of its own.</summary>
    private static string Plain(INamedTypeSymbol record) => $"new {Code.Records}RecordShape(typeof({Code.FullName(record)}), {Code.Text(record.Name)}, \"\", {Fields(record, Code.FullName(record))})";

    private static string Column(INamedTypeSymbol record, string type, AttributeData column)
    {
        string heading = (string)column.ConstructorArguments[0].Value!;
        IReadOnlyList<string> properties = Attributes.Words(column.ConstructorArguments[1]);
        int width = column.Number("Width"), room = column.Number("Room");
        StringBuilder text = new($"new {Code.Records}RecordColumn({Code.Text(heading)}, {Code.List(properties.Select(Code.Text))}, static r => {Code.List(properties.Select(name => $"(({type})r).{name}"))}) {{ ");
        foreach (string word in new[] { "Label", "Empty", "Good" })
        {
            if (column.Word(word) is { } value)
                text.Append($"{word} = {Code.Text(value)}, ");
        }

        foreach (string choice in new[] { "Form", "Only" })
        {
            if (column.Argument(choice) is { } value)
                text.Append($"{choice} = {Code.Member(value)}, ");
        }

        text.Append($"Width = {width}, Room = {room}, Tail = {column.Number("Tail", 8)}, Window = {column.Number("Window")}, Right = {Code.Flag(column.Flag("Right"))}, Flexible = {Code.Flag(width == 0 || room > 0 || column.Flag("Flexible"))}, ");
        if (column.Word("Faint") is { } faint)
            text.Append($"Tone = static r => (({type})r).{faint} ? {Code.Records}Tone.Faint : {Code.Records}Tone.Plain, ");
        if (column.Word("Good") is { } good)
            text.Append($"Tone = static r => (({type})r).{good} ? {Code.Records}Tone.Good : {Code.Records}Tone.Bad, ");
        if (Properties(record).FirstOrDefault(property => property.Name == properties[0]) is { } first && Bare(first.Type) is { TypeKind: TypeKind.Enum } states)
            text.Append($"States = {States(states)}, ");
        return text.Append('}').ToString();
    }

    private static string States(ITypeSymbol type) => Code.List(type.GetMembers().OfType<IFieldSymbol>().Select(member =>
    {
        AttributeData? means = member.Find("StateAttribute");
        string tone = means is null ? Code.Records + "Tone.Plain" : Code.Member(means.ConstructorArguments[0]);
        string verdict = means is null ? Code.Records + "Verdict.Passed" : Code.Member(means.ConstructorArguments[1]);
        return $"\n                new({Code.Text(member.Name)}, {tone}, {verdict}, {Code.Flag(means.Flag("Drift"))}, {Code.Text(Comment.Summary(member))})";
    }));

    private static string Help(INamedTypeSymbol record, IPropertySymbol property) =>
        Comment.Summary(property) is { Length: > 0 } summary ? summary : Comment.Parameter(record, property.Name);

    /// <summary>The attribute of a property, or of the parameter of the record that it comes from.</summary>
    private static AttributeData? Described(INamedTypeSymbol record, IPropertySymbol property) => property.Find("FieldAttribute")
        ?? record.InstanceConstructors.SelectMany(constructor => constructor.Parameters).FirstOrDefault(parameter => parameter.Name == property.Name)?.Find("FieldAttribute");

    /// <summary>The public properties, those of a base record first.</summary>
    private static IEnumerable<IPropertySymbol> Properties(INamedTypeSymbol record)
    {
        IEnumerable<IPropertySymbol> own = record.GetMembers().OfType<IPropertySymbol>()
            .Where(property => property is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsIndexer: false, GetMethod: not null });
        return record.BaseType is { SpecialType: not SpecialType.System_Object } inherited ? Properties(inherited).Concat(own) : own;
    }

    private static ITypeSymbol Bare(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type.WithNullableAnnotation(NullableAnnotation.None);

    private static INamedTypeSymbol? Element(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsGenericType: true } list && list.TypeArguments[0] is INamedTypeSymbol { IsRecord: true } element ? element : null;

    private static string Kind(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => "State",
        { SpecialType: SpecialType.System_String } => "Text",
        { SpecialType: SpecialType.System_Boolean } => "Flag",
        { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Double } => "Number",
        { Name: "DateTimeOffset" } => "Time",
        { AllInterfaces: var all } when all.Any(one => one.SpecialType == SpecialType.System_Collections_IEnumerable) => "List",
        _ => "Record",
    };
}

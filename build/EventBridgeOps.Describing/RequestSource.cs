using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace EventBridgeOps.Describing;

/// <summary>The source text of the description of a request.</summary>
internal static class RequestSource
{
    public static string Of(INamedTypeSymbol request)
    {
        string type = Code.FullName(request), shape = $"{Code.Records}RequestShape<{type}>";
        IReadOnlyList<string> without = Attributes.Words(request.Find("RequestAttribute").Argument("Without"));
        IPropertySymbol[] options = [.. Options(request).Where(option => !without.Contains(option.Name))];
        bool hides = request.BaseType?.Find("RequestAttribute") is not null;
        return $$"""
            {{Code.Header}}
            namespace {{request.ContainingNamespace.ToDisplayString()}};

            partial record {{request.Name}}
            {
                private static {{shape}}? s_request{{request.Name}};

                /// <summary>How the request is described.</summary>
                public static {{(hides ? "new " : "")}}{{shape}} Request => s_request{{request.Name}} ??= new(
                    [{{string.Concat(options.Select(option => "\n            " + Option(type, option) + ","))}}
                    ],
                    static (input, otherwise) => otherwise with
                    {{{string.Concat(options.Select(option => $"\n            {option.Name} = {Read(option)},"))}}
                    });
            }

            """;
    }

    private static IEnumerable<IPropertySymbol> Options(INamedTypeSymbol request)
    {
        IPropertySymbol[] own = [.. request.GetMembers().OfType<IPropertySymbol>().Where(property => property.Find("OptionAttribute") is not null)];
        return request.BaseType is not { SpecialType: not SpecialType.System_Object } inherited ? own
            : own.Concat(Options(inherited).Where(option => own.All(mine => mine.Name != option.Name))); // an override has a description of its own
    }

    private static string Name(IPropertySymbol property) => Code.Text(property.Find("OptionAttribute").Word("Name") ?? property.Name);

    private static string Option(string type, IPropertySymbol property)
    {
        AttributeData option = property.Find("OptionAttribute")!;
        ITypeSymbol value = Bare(property.Type);
        string kind = Kind(value);
        string read = kind == "Seconds" ? $"(({type})r).{property.Name}.TotalSeconds" : $"(({type})r).{property.Name}";
        StringBuilder text = new($"new({Name(property)}, {Code.Records}OptionKind.{kind}, {Code.Text(Comment.Summary(property, references: true))}, static r => {read}) {{ ");
        text.Append($"Member = {Code.Text($"P:{property.ContainingType.ToDisplayString()}.{property.Name}")}, ");
        text.Append($"More = {Code.Text(Comment.Remarks(property))}, Value = {Code.Text(option.ConstructorArguments[0].Value as string)}, Wildcards = {Code.Flag(option.Flag("Wildcards"))}, ");
        foreach (string word in new[] { "Setting", "Otherwise", "Names" })
        {
            if (option.Word(word) is { } given)
                text.Append($"{word} = {Code.Text(given)}, ");
        }

        foreach (string limit in new[] { "Min", "Max" })
        {
            if (option.Argument(limit)?.Value is double number)
                text.Append($"{limit} = {number.ToString("R", CultureInfo.InvariantCulture)}, ");
        }

        if (kind == "Seconds")
            text.Append($"Default = new {type}().{property.Name}.TotalSeconds, ");
        else if (kind == "Number" && property.Type.NullableAnnotation != NullableAnnotation.Annotated && SymbolEqualityComparer.Default.Equals(value, property.Type))
            text.Append($"Default = new {type}().{property.Name}, ");
        if (kind == "Choice")
            text.Append($"Choices = {Code.List(value.GetMembers().OfType<IFieldSymbol>().Select(member => Code.Text(member.Name)))}, ");
        return text.Append('}').ToString();
    }

    private static string Read(IPropertySymbol property)
    {
        ITypeSymbol value = Bare(property.Type);
        string name = Name(property), otherwise = $"otherwise.{property.Name}";
        return Kind(value) switch
        {
            "Flag" => $"input.Flag({name})",
            "Number" => $"input.Number({name}) ?? {otherwise}",
            "Seconds" => $"input.Number({name}) is {{ }} seconds{property.Name} ? global::System.TimeSpan.FromSeconds(seconds{property.Name}) : {otherwise}",
            "Choice" => $"input.Text({name}) is {{ }} word{property.Name} ? ({Code.FullName(value)})global::System.Enum.Parse(typeof({Code.FullName(value)}), word{property.Name}, true) : {otherwise}",
            "Map" => $"input.Map({name}) ?? {otherwise}",
            "List" => $"{Code.Records}RequestInput.Names(input, {name}, {Code.Text(property.Find("OptionAttribute").Word("Setting"))}) ?? {otherwise}",
            _ => $"input.Text({name}) ?? {otherwise}",
        };
    }

    private static ITypeSymbol Bare(ITypeSymbol type) => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    private static string Kind(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => "Choice",
        { SpecialType: SpecialType.System_Boolean } => "Flag",
        { SpecialType: SpecialType.System_Int32 } => "Number",
        { SpecialType: SpecialType.System_String } => "Text",
        { Name: "TimeSpan" } => "Seconds",
        { Name: "IReadOnlyDictionary" } => "Map",
        _ => "List",
    };
}

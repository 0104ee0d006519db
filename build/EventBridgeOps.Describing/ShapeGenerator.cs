using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBridgeOps.Describing;

/// <summary>Adds to each record and request with a description its shape, and to the project the lists of all shapes and of all errors.</summary>
[Generator]
public sealed class ShapeGenerator : IIncrementalGenerator
{
    private const string Record = "EventBridgeOps.Events.Records.RecordAttribute";
    private const string Error = "EventBridgeOps.Events.Messages.ErrorAttribute";
    private const string Request = "EventBridgeOps.Events.Records.RequestAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // The text itself is what is compared, so that nothing is written again that reads the same.
        IncrementalValuesProvider<(string Type, string Text)> shapes = context.SyntaxProvider.ForAttributeWithMetadataName(
            Record, static (_, _) => true, static (found, _) => (Code.FullName((INamedTypeSymbol)found.TargetSymbol), ShapeSource.Of((INamedTypeSymbol)found.TargetSymbol)));
        context.RegisterSourceOutput(shapes, static (output, shape) => output.AddSource($"{shape.Type.Replace("global::", "")}.Shape.g.cs", shape.Text));

        IncrementalValuesProvider<(string Type, string Text)> requests = context.SyntaxProvider.ForAttributeWithMetadataName(
            Request, static (_, _) => true, static (found, _) => (Code.FullName((INamedTypeSymbol)found.TargetSymbol), RequestSource.Of((INamedTypeSymbol)found.TargetSymbol)));
        context.RegisterSourceOutput(requests, static (output, shape) => output.AddSource($"{shape.Type.Replace("global::", "")}.Request.g.cs", shape.Text));

        IncrementalValuesProvider<string> errors = context.SyntaxProvider.ForAttributeWithMetadataName(Error, static (_, _) => true, static (found, _) => ErrorSource.Of((IFieldSymbol)found.TargetSymbol));
        context.RegisterSourceOutput(errors.Collect(), static (output, all) =>
        {
            if (all.Length > 0)
                output.AddSource("ErrorIds.g.cs", ErrorSource.List(all));
        });

        IncrementalValueProvider<string> name = context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName!.Split('.').Last());
        context.RegisterSourceOutput(shapes.Select(static (shape, _) => shape.Type).Collect().Combine(name), static (output, all) =>
        {
            if (all.Left.Length > 0)
                output.AddSource("Records.g.cs", List(all.Right, all.Left));
        });
        context.RegisterSourceOutput(requests.Select(static (shape, _) => shape.Type).Collect().Combine(name), static (output, all) =>
        {
            if (all.Left.Length > 0)
                output.AddSource("Requests.g.cs", Options(all.Right, all.Left));
        });
    }

    private static string List(string project, ImmutableArray<string> types) => $$"""
        {{Code.Header}}
        namespace EventBridgeOps.Records;

        /// <summary>The descriptions of the records of EventBridgeOps.{{project}}.</summary>
        public static class {{project}}Records
        {
            /// <summary>All of them, by the names of their types.</summary>
            public static global::System.Collections.Generic.IReadOnlyList<global::EventBridgeOps.Events.Records.RecordShape> All { get; } =
            [
        {{string.Join("\n", types.OrderBy(type => type, StringComparer.Ordinal).Select(type => $"        {type}.Shape,"))}}
            ];
        }

        """;

    private static string Options(string project, ImmutableArray<string> types) => $$"""
        {{Code.Header}}
        namespace EventBridgeOps.Records;

        /// <summary>The options of the requests of EventBridgeOps.{{project}}.</summary>
        public static class {{project}}Requests
        {
            /// <summary>All of them, by the names of the requests.</summary>
            public static global::System.Collections.Generic.IEnumerable<global::EventBridgeOps.Events.Records.OptionShape> Options =>
            [
        {{string.Join("\n", types.OrderBy(type => type, StringComparer.Ordinal).Select(type => $"        .. {type}.Request.Options,"))}}
            ];
        }

        """;
}

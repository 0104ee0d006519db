using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBridgeOps.Describing;

/// <summary>Adds to each record with a description its shape, and to the project the list of all shapes.</summary>
[Generator]
public sealed class ShapeGenerator : IIncrementalGenerator
{
    private const string Marker = "EventBridgeOps.Events.Records.RecordAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // The text itself is what is compared, so that nothing is written again that reads the same.
        IncrementalValuesProvider<(string Type, string Text)> shapes = context.SyntaxProvider.ForAttributeWithMetadataName(
            Marker, static (_, _) => true, static (found, _) => (Code.FullName((INamedTypeSymbol)found.TargetSymbol), ShapeSource.Of((INamedTypeSymbol)found.TargetSymbol)));
        context.RegisterSourceOutput(shapes, static (output, shape) => output.AddSource($"{shape.Type.Replace("global::", "")}.Shape.g.cs", shape.Text));

        IncrementalValueProvider<string> name = context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName!.Split('.').Last());
        context.RegisterSourceOutput(shapes.Select(static (shape, _) => shape.Type).Collect().Combine(name), static (output, all) =>
        {
            if (all.Left.Length > 0)
                output.AddSource("Records.g.cs", List(all.Right, all.Left));
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
}

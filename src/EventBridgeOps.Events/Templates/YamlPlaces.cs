using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace EventBridgeOps.Events.Templates;

/// <summary>Finds the places of values in YAML text.</summary>
public static class YamlPlaces
{
    private const int Deepest = 200;

    /// <summary>The places of all values of the first document. Of text that is not YAML, those before the fault; what aliases and merge keys add has none.</summary>
    /// <param name="yaml">The text.</param>
    public static TextPlaces Of(string yaml)
    {
        TextPlaces places = new();
        try
        {
            Read(yaml, places);
        }
        catch (FileLoadException)
        {
            // Whoever reads the text says that YAML cannot be read.
        }

        return places;
    }

    // By itself, so that the package is looked for when it is needed and not before.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Read(string yaml, TextPlaces places)
    {
        try
        {
            Parser parser = new(new StringReader(yaml));
            parser.Consume<StreamStart>();
            if (parser.TryConsume<DocumentStart>(out _))
                Node(parser, places, "", null, 0);
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException)
        {
            // Whoever reads the text says what is wrong with it.
        }
    }

    private static void Node(Parser parser, TextPlaces places, string pointer, TextPlace? key, int depth)
    {
        ParsingEvent start = parser.Current!;
        TextPlace place = new((int)start.Start.Line, (int)start.Start.Column);
        places.Add(pointer, key ?? place, place);
        if (depth > Deepest || (start is not MappingStart && start is not SequenceStart))
        {
            parser.SkipThisAndNestedEvents();
            return;
        }

        parser.MoveNext();
        if (start is SequenceStart)
        {
            for (int index = 0; !parser.TryConsume<SequenceEnd>(out _); index++)
                Node(parser, places, JsonPointers.Add(pointer, index), null, depth + 1);
            return;
        }

        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out Scalar? name))
                return; // A key that is not text ends the reading of the document as well.
            Node(parser, places, JsonPointers.Add(pointer, name.Value), new TextPlace((int)name.Start.Line, (int)name.Start.Column), depth + 1);
        }
    }
}

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
        if (depth > Deepest || (start is not MappingStart && start is not SequenceStart))
        {
            TextPlace value = YamlFaults.Place(start.Start);
            places.Add(pointer, key ?? value, value);
            places.AddEnd(pointer, YamlFaults.Place(start.End));
            parser.SkipThisAndNestedEvents();
            return;
        }

        parser.MoveNext();
        // A mapping without braces in a list, as in [a: b], begins with its key.
        TextPlace place = YamlFaults.Place(start is MappingStart && start.Start.Index == 0 && pointer.Length > 0 ? parser.Current!.Start : start.Start);
        places.Add(pointer, key ?? place, place);
        if (start is SequenceStart)
        {
            for (int index = 0; !parser.Accept<SequenceEnd>(out _); index++)
                Node(parser, places, JsonPointers.Add(pointer, index), null, depth + 1);
            End(parser, places, pointer, start is SequenceStart { Style: SequenceStyle.Flow });
            return;
        }

        while (!parser.Accept<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out Scalar? name))
                return; // A key that is not text ends the reading of the document as well.
            Node(parser, places, JsonPointers.Add(pointer, name.Value), YamlFaults.Place(name.Start), depth + 1);
        }

        End(parser, places, pointer, start is MappingStart { Style: MappingStyle.Flow });
    }

    // What is not in brackets or braces ends where the next value begins.
    private static void End(Parser parser, TextPlaces places, string pointer, bool isFlow)
    {
        TextPlace bracket = YamlFaults.Place(parser.Consume<ParsingEvent>().Start);
        if (isFlow)
            places.AddEnd(pointer, bracket with { Column = bracket.Column + 1 });
    }
}

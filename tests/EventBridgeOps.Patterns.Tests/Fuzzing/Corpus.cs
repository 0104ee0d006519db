using System.Text;
using System.Text.Json;

namespace EventBridgeOps.Patterns.Tests.Fuzzing;

/// <summary>The inputs that mutation starts from: the patterns and events of the specification, and what has led to something new since.</summary>
internal sealed class Corpus
{
    private const long MaxBytes = 16 * 1024 * 1024;

    private readonly List<FuzzInput> _inputs = [];
    private long _bytes;

    public int Count => _inputs.Count;

    public FuzzInput this[int index] => _inputs[index];

    /// <summary>The cases of the specification, which lie beside the program.</summary>
    public static Corpus OfSpecification()
    {
        Corpus corpus = new();
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "specification.jsonl")))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            corpus.Add(new FuzzInput(Bytes(document.RootElement, "pattern"), Bytes(document.RootElement, "event")));
        }

        return corpus;
    }

    /// <summary>Keeps an input, as long as all of them are few enough.</summary>
    public void Add(FuzzInput input)
    {
        if (_bytes + input.Length > MaxBytes)
            return;
        _bytes += input.Length;
        _inputs.Add(input);
    }

    private static byte[] Bytes(JsonElement of, string name) => of.TryGetProperty(name, out JsonElement text) ? Encoding.UTF8.GetBytes(text.GetString()!) : "{}"u8.ToArray();
}

using System.Text;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>Where a statement stands in the text of its policy: after the character before it, and after its last one, counted from 1.</summary>
internal static class StatementPlace
{
    public static (RawDocument Start, RawDocument End) Of(string policy, int number)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(policy);
        Utf8JsonReader reader = new(utf8);
        int found = 0, start = 0, end = 0;
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("Statement"))
                continue;
            reader.Read();
            int depth = reader.TokenType == JsonTokenType.StartArray ? 2 : 1;
            if (depth == 2)
                reader.Read();
            while (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == depth)
            {
                int begin = (int)reader.TokenStartIndex;
                reader.Skip();
                if (++found == number)
                    (start, end) = (begin, (int)reader.BytesConsumed);
                reader.Read();
            }
        }

        while (start > 0 && (char)utf8[start - 1] is ' ' or '\t' or '\r' or '\n')
            start--;
        return (At(utf8, start), At(utf8, end));
    }

    private static RawDocument At(byte[] utf8, int offset)
    {
        string before = Encoding.UTF8.GetString(utf8, 0, offset);
        return RawDocument.Empty.With("Line", before.Count(c => c == '\n') + 1).With("Column", before.Length - before.LastIndexOf('\n'));
    }
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EventBridgeOps.Patterns.Explaining;

/// <summary>An explanation as one line of JSON.</summary>
internal static class ExplanationJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Explanation explanation)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteBoolean("matches", explanation.Matches);
            json.WriteStartArray("branches");
            foreach (BranchExplanation branch in explanation.Branches)
            {
                Write(json, branch);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, BranchExplanation branch)
    {
        json.WriteStartObject();
        json.WriteBoolean("matches", branch.Matches);
        WriteText(json, "conflict", branch.Conflict);
        json.WriteStartArray("fields");
        foreach (FieldExplanation field in branch.Fields)
        {
            json.WriteStartObject();
            json.WriteString("path", field.Path);
            json.WriteBoolean("matches", field.Matches);
            WriteText(json, "nearMiss", field.NearMiss);
            json.WriteStartArray("found");
            foreach (string found in field.Found)
            {
                json.WriteRawValue(found, skipInputValidation: true);
            }

            json.WriteEndArray();
            json.WriteStartArray("alternatives");
            foreach (AlternativeExplanation alternative in field.Alternatives)
            {
                json.WriteStartObject();
                json.WritePropertyName("expected");
                json.WriteRawValue(alternative.Expected, skipInputValidation: true);
                json.WriteBoolean("matches", alternative.Matches);
                WriteText(json, "nearMiss", alternative.NearMiss);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text != null)
        {
            json.WriteString(name, text);
        }
    }
}

using System.Text;
using System.Text.Encodings.Web;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>Writes parts of a pattern as JSON on one line, letters as they are.</summary>
internal static class PatternJson
{
    public static string Write(PatternNode node)
    {
        StringBuilder text = new();
        Write(node, text);
        return text.ToString();
    }

    public static string Quote(string text) => "\"" + JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text) + "\"";

    private static void Write(PatternNode node, StringBuilder text)
    {
        switch (node.Kind)
        {
            case PatternNodeKind.String:
                text.Append(Quote(node.Text));
                break;
            case PatternNodeKind.Object:
                text.Append('{');
                for (int i = 0; i < node.Members.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",").Append(Quote(node.Members[i].Name)).Append(':');
                    Write(node.Members[i].Value, text);
                }

                text.Append('}');
                break;
            case PatternNodeKind.Array:
                text.Append('[');
                for (int i = 0; i < node.Items.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    Write(node.Items[i], text);
                }

                text.Append(']');
                break;
            default:
                text.Append(node.Text);
                break;
        }
    }
}

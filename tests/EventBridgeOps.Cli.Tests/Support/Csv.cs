using System.Text;

namespace EventBridgeOps.Cli.Tests.Support;

internal static class Csv
{
    /// <summary>Reads a whole text by RFC 4180, strictly.</summary>
    public static List<List<string>> Parse(string text)
    {
        List<List<string>> records = [];
        List<string> record = [];
        int i = 0;
        while (i < text.Length)
        {
            StringBuilder field = new();
            if (text[i] == '"')
            {
                for (i++; text[i] != '"' || (i + 1 < text.Length && text[i + 1] == '"'); i++)
                {
                    if (text[i] == '"')
                        i++;
                    field.Append(text[i]);
                }

                i++;
            }
            else
            {
                while (text[i] is not (',' or '\r'))
                {
                    Assert.True(text[i] is not ('"' or '\n'), $"'{text[i]}' outside of quotes");
                    field.Append(text[i++]);
                }
            }

            record.Add(field.ToString());
            if (text[i] == ',')
            {
                i++;
                continue;
            }

            Assert.Equal("\r\n", text.Substring(i, 2));
            i += 2;
            records.Add(record);
            record = [];
        }

        Assert.Empty(record);
        return records;
    }
}

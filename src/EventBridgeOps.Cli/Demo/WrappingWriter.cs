using System.Text;

namespace EventBridgeOps.Cli.Demo;

/// <summary>Wraps lines between words at a width.</summary>
internal sealed class WrappingWriter(TextWriter inner, int width) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void WriteLine(string? value)
    {
        foreach (string line in Wrap(value ?? "", width))
            inner.WriteLine(line);
    }

    public override void Write(char value) => inner.Write(value);

    public override void Flush() => inner.Flush();

    public static IEnumerable<string> Wrap(string text, int width)
    {
        StringBuilder line = new();
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            if (line.Length > 0)
                line.Append(' ');
            line.Append(word);
        }

        yield return line.ToString();
    }
}

using System.Text;
using EventBridgeOps.Cli.Language;

namespace EventBridgeOps.Cli.Demo;

/// <summary>Wraps lines between words at a width.</summary>
internal sealed class WrappingWriter(TextWriter inner, int width) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void WriteLine(string? value)
    {
        foreach (string line in WrappedText.Lines(value ?? "", width))
            inner.WriteLine(line);
    }

    public override void Write(char value) => inner.Write(value);

    public override void Flush() => inner.Flush();
}

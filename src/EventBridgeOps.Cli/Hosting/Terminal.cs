using System.Text;
using EventBridgeOps.Aws.Sessions;

namespace EventBridgeOps.Cli.Hosting;

/// <summary>The console as a command sees it: data on <see cref="Out"/>, everything else on <see cref="Error"/>.</summary>
internal sealed class Terminal
{
    private const int WidthWhenPiped = 80;
    private const int NarrowestWidth = 40;

    private SessionHost? _host;

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public TextReader In { private get; init; } = TextReader.Null;

    /// <summary>What <see cref="In"/> reads, as it comes, for data: it may be compressed, or larger than memory.</summary>
    public Stream InBytes { get; init => field = InputStream.Over(value); } = Stream.Null;

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public bool InIsTerminal { get; init; }

    public int Width { get; init; } = WidthWhenPiped;

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The current folder.</summary>
    public string Folder { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>What sessions are given.</summary>
    public SessionHost Host => _host ??= new SessionHost { Environment = Environment, Time = Time, Folder = Folder, Machine = Machine.Current };

    /// <summary>Whether <see cref="Out"/> shows colours, and wants them: https://no-color.org.</summary>
    public bool HasColor => OutIsTerminal && string.IsNullOrEmpty(Environment("NO_COLOR")) && Environment("TERM") != "dumb";

    /// <summary>The next line of standard input; null at its end. A read of a line cannot be cancelled, only abandoned.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken) => await Task.Run(In.ReadLine, cancellationToken).WaitAsync(cancellationToken);

    public static Terminal OfProcess()
    {
        bool outIsTerminal = !Console.IsOutputRedirected;
        if (OperatingSystem.IsWindows() && outIsTerminal)
            Console.OutputEncoding = Encoding.UTF8; // Else a Windows console shows anything beyond its code page as question marks.
        return new Terminal
        {
            Out = Writer(new OutputStream(Console.OpenStandardOutput(), isData: true), autoFlush: false),
            Error = Writer(new OutputStream(Console.OpenStandardError(), isData: false), autoFlush: true),
            In = Console.In,
            InBytes = Console.OpenStandardInput(),
            OutIsTerminal = outIsTerminal,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            InIsTerminal = !Console.IsInputRedirected,
            Width = outIsTerminal ? TerminalWidth() : WidthWhenPiped,
        };
    }

    // UTF-8 whatever the system's own encoding is, and without a mark at the start: pipes carry JSON.
    private static StreamWriter Writer(Stream stream, bool autoFlush) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = autoFlush };

    private static int TerminalWidth()
    {
        try
        {
            return Math.Max(NarrowestWidth, Console.WindowWidth);
        }
        catch (IOException)
        {
            return WidthWhenPiped;
        }
    }
}

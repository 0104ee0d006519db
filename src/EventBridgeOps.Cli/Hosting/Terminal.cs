using System.Collections;
using System.Globalization;
using System.Text;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Ci;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Settings;

namespace EventBridgeOps.Cli.Hosting;

/// <summary>The console as a command sees it: data on <see cref="Out"/>, everything else on <see cref="Error"/>.</summary>
internal sealed record Terminal
{
    private const int UsualWidth = 80;
    private const int NarrowestWidth = 40;

    // As wide as a table can be drawn: far wider than what names hold.
    private const int WidestTable = 1_000_000;

    private SessionHost? _host;
    private CiKind? _ci;

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public TextReader In { private get; init; } = TextReader.Null;

    /// <summary>What <see cref="In"/> reads, as it comes, for data: it may be compressed, or larger than memory.</summary>
    public Stream InBytes { get; init => field = InputStream.Over(value); } = Stream.Null;

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public bool InIsTerminal { get; init; }

    /// <summary>Whether standard input was closed when the process started.</summary>
    public bool InIsClosed { get; init; }

    /// <summary>The width of the window; null or 0 if it is not known.</summary>
    public int? WindowWidth { private get; init; }

    /// <summary>The width that nothing exceeds; null for none.</summary>
    public int? MaxWidth { private get; init; }

    /// <summary>The width at which text is wrapped.</summary>
    public int Width => Bounded(Columns ?? (OutIsTerminal && WindowWidth > 0 ? Math.Max(NarrowestWidth, WindowWidth.Value) : UsualWidth));

    /// <summary>The width at which tables are cut. A pipe and a file have none, so that names stay whole there.</summary>
    public int TableWidth => OutIsTerminal ? Width : Bounded(Columns ?? WidestTable);

    /// <summary>Reads what <see cref="Settings"/> have for an environment variable, or else the variable.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Reads all environment variables.</summary>
    public Func<IDictionary> Variables { get; init; } = System.Environment.GetEnvironmentVariables;

    /// <summary>The settings file of the command; null for none.</summary>
    public EnvFile? Settings { get; private init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Watches a folder.</summary>
    public Func<string, IReadOnlyList<string>, TimeProvider, IFolderWatcher> Watch { get; init; } = (folder, ignored, time) => new FolderWatcher(folder, time, ignored);

    /// <summary>The current folder; null if there is none.</summary>
    public string? Folder { get; init; } = CurrentFolder();

    /// <summary>What sessions are given.</summary>
    public SessionHost Host => _host ??= new SessionHost { Environment = Environment, Time = Time, Folder = Folder, Machine = Machine.Current };

    /// <summary>Whether <see cref="Out"/> shows colours, and wants them: https://no-color.org.</summary>
    public bool HasColor => OutIsTerminal && string.IsNullOrEmpty(Environment("NO_COLOR")) && Environment("TERM") != "dumb";

    /// <summary>The CI system that reads the output.</summary>
    public CiKind Ci => _ci ??= CiEnvironment.Read(Environment).Kind;

    /// <summary>Whether the environment asks for the details of each call.</summary>
    public bool IsDebugging => Environment("DEBUG") is "1" or "true";

    /// <summary>The same console, with the settings of a file over the environment.</summary>
    public Terminal With(EnvFile settings) => this with { Settings = settings, Environment = EnvFile.Over(settings, Environment), _host = null, _ci = null };

    /// <summary>The next line of standard input; null at its end. A read of a line cannot be cancelled, only abandoned.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken) => await Task.Run(In.ReadLine, cancellationToken).WaitAsync(cancellationToken);

    public static Terminal OfProcess()
    {
        bool outIsTerminal = !Console.IsOutputRedirected;
        if (OperatingSystem.IsWindows() && outIsTerminal)
            Console.OutputEncoding = Encoding.UTF8; // Else a Windows console shows anything beyond its code page as question marks.
        bool inIsClosed = InputStream.IsClosed();
        return new Terminal
        {
            Out = Writer(new OutputStream(Console.OpenStandardOutput(), isData: true), autoFlush: false),
            Error = Writer(new OutputStream(Console.OpenStandardError(), isData: false), autoFlush: true),
            In = inIsClosed ? TextReader.Null : Console.In,
            InBytes = inIsClosed ? Stream.Null : Console.OpenStandardInput(),
            InIsClosed = inIsClosed,
            OutIsTerminal = outIsTerminal,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            InIsTerminal = !Console.IsInputRedirected,
            WindowWidth = outIsTerminal ? WidthOfWindow() : null,
        };
    }

    // UTF-8 whatever the system's own encoding is, and without a mark at the start: pipes carry JSON.
    private static StreamWriter Writer(Stream stream, bool autoFlush) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = autoFlush };

    private static string? CurrentFolder()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It was deleted: what needs no relative path works nevertheless.
        }
    }

    // Scripts and CI systems set it for output that no window shows.
    private int? Columns => int.TryParse(Environment("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns > 0 ? Math.Clamp(columns, NarrowestWidth, WidestTable) : null;

    private int Bounded(int width) => Math.Min(width, MaxWidth ?? int.MaxValue);

    private static int? WidthOfWindow()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return null;
        }
    }
}

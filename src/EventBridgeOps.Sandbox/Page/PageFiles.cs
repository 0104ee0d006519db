using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Page;

/// <summary>The files of the page, which are a part of the assembly.</summary>
internal static class PageFiles
{
    public const string TextType = "text/plain; charset=utf-8";

    /// <summary>
    /// Nothing but the page's own files may run, be shown or be read, and no text may become HTML: what the page shows was written by others.
    /// </summary>
    /// <remarks>https://www.w3.org/TR/CSP3/ and https://www.w3.org/TR/trusted-types/</remarks>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static readonly Dictionary<string, byte[]> Contents = Load();

    public static IReadOnlyList<KeyValuePair<string, string>> Headers { get; } =
    [
        new("Content-Security-Policy", Policy),
        new("X-Content-Type-Options", "nosniff"),
        new("Referrer-Policy", "no-referrer"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("Cache-Control", "no-store"),
    ];

    public static HttpResponse? Find(string name) =>
        Contents.TryGetValue(name, out byte[]? content) ? new(200, TypeOf(name), content) { Headers = Headers } : null;

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => TextType,
    };

    private static Dictionary<string, byte[]> Load()
    {
        const string Folder = "page/";
        Dictionary<string, byte[]> contents = new(StringComparer.Ordinal);
        foreach (string name in typeof(PageFiles).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using Stream stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
            using MemoryStream content = new();
            stream.CopyTo(content);
            contents[name.Substring(Folder.Length)] = content.ToArray();
        }

        return contents;
    }
}

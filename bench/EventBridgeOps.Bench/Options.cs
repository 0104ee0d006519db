using System.Globalization;

namespace EventBridgeOps.Bench;

/// <summary>Options of the form --name value, or --name alone.</summary>
internal sealed class Options(string[] args)
{
    public bool Has(string name) => Array.IndexOf(args, name) >= 0;

    public string? Text(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    public int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}

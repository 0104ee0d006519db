using System.CommandLine;
using System.Runtime.CompilerServices;
using EventBridgeOps.Completion;

namespace EventBridgeOps.Cli.Language;

/// <summary>Which options and arguments take names of what.</summary>
internal static class NamedSymbols
{
    private static readonly ConditionalWeakTable<Symbol, object> Kinds = [];

    /// <summary>Says that an option or argument takes names.</summary>
    public static T Naming<T>(this T symbol, NameKind kind)
        where T : Symbol
    {
        Kinds.Add(symbol, kind);
        return symbol;
    }

    /// <summary>What the names are of; null where none are taken.</summary>
    public static NameKind? Of(Symbol symbol) => Kinds.TryGetValue(symbol, out object? kind) ? (NameKind)kind : null;
}

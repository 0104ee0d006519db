using System.CommandLine;
using System.Runtime.CompilerServices;
using EventBridgeOps.Completion;

namespace EventBridgeOps.Cli.Language;

/// <summary>Records which options and arguments take the name of a resource.</summary>
internal static class NamedSymbols
{
    private static readonly ConditionalWeakTable<Symbol, object> Kinds = [];

    /// <summary>Marks an option or argument as one that takes names.</summary>
    public static T Naming<T>(this T symbol, NameKind kind)
        where T : Symbol
    {
        Kinds.Add(symbol, kind);
        return symbol;
    }

    /// <summary>The kind of resource whose names it takes; null if it takes no names.</summary>
    public static NameKind? Of(Symbol symbol) => Kinds.TryGetValue(symbol, out object? kind) ? (NameKind)kind : null;
}

using System.Text;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>
/// Cuts a list into pages. A token says after which key to go on, so that an item which comes or goes between two pages
/// neither repeats nor hides another. To the client it is opaque.
/// </summary>
internal static class Paging
{
    public sealed record Page<T>(IReadOnlyList<T> Items, string? NextToken);

    /// <summary>Cuts the page that follows the token's.</summary>
    /// <param name="items">In the ordinal order of their keys.</param>
    /// <param name="key">What an item is ordered by.</param>
    /// <param name="scope">Whose token it is: one list's token is another's nonsense.</param>
    /// <param name="size">The most items on a page.</param>
    /// <param name="token">The token of the page before.</param>
    public static Page<T> Cut<T>(IEnumerable<T> items, Func<T, string> key, string scope, int size, string? token)
    {
        string? after = token is null ? null : Read(token, scope);
        List<T> rest = items.Where(item => after is null || string.CompareOrdinal(key(item), after) > 0).Take(size + 1).ToList();
        if (rest.Count <= size)
            return new(rest, null);

        rest.RemoveAt(size);
        return new(rest, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{scope}\n{key(rest[size - 1])}")));
    }

    private static string Read(string token, string scope)
    {
        try
        {
            string text = Encoding.UTF8.GetString(Convert.FromBase64String(token));
            if (text.StartsWith(scope + "\n", StringComparison.Ordinal))
                return text.Substring(scope.Length + 1);
        }
        catch (FormatException)
        {
            // Not even base64: no token of ours.
        }

        throw new InvalidTokenException();
    }
}

/// <summary>A page token that this list never gave out; each service has its own error for it.</summary>
internal sealed class InvalidTokenException() : Exception("The token is not valid.");

using System.Collections.Concurrent;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>The accounts that one world holds: that of the sandbox, and others, which are there once they are called.</summary>
/// <param name="own">The account of the sandbox.</param>
internal sealed class Accounts(Account own)
{
    private const int Digits = 12;

    private readonly ConcurrentDictionary<string, Account> others = new(StringComparer.Ordinal);

    /// <summary>The account with this ID; null if the sandbox does not have it.</summary>
    public Account? Named(string id) => id == own.Id ? own : others.TryGetValue(id, out Account? other) ? other : null;

    /// <summary>The account and the Region of a part of the world.</summary>
    public (Account Account, string Region) At(string place)
    {
        int slash = place.IndexOf('/');
        return slash < 0 ? (own, place) : (Other(place.Substring(0, slash)), place.Substring(slash + 1));
    }

    /// <summary>
    /// The account of a call. An access key that has the form of an account ID is one of that account, as in other emulators; a session is one of the account of its role,
    /// if the sandbox has it.
    /// </summary>
    public Account Of(AwsCall call, World world)
    {
        if (call.AccountId is { } known)
            return Named(known) ?? own;
        if (call.AccessKey is not { } key || key == own.Id)
            return own;
        if (key.Length == Digits && key.All(c => c is >= '0' and <= '9'))
            return Other(key);
        if (others.IsEmpty)
            return own;
        RawDocument? session = null;
        world.UseAll((_, state) => session ??= state["sessions"].Find(key));
        if (session is not { } found || !others.TryGetValue(found.Text("Account") ?? "", out Account? other))
            return own;
        // The account knows the session then, whose role is one of its own.
        world.Use(other.Place(call.Region), state => state["sessions"][key] = found);
        return other;
    }

    /// <summary>Another account. It has no functions and no images of its own.</summary>
    private Account Other(string id) => others.GetOrAdd(id, made => own with { Id = made, IsOther = true, Functions = null, Containers = null });
}

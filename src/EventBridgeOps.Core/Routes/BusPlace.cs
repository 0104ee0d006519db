using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Routes;

/// <summary>Says whether an event bus is in the account and Region of a rule.</summary>
internal static class BusPlace
{
    /// <summary>Compares where an event bus and a rule are.</summary>
    /// <param name="bus">The ARN of the event bus.</param>
    /// <param name="rule">The ARN of the rule; null when it is unknown.</param>
    /// <param name="region">The Region where the rule is if its ARN does not say; empty for none.</param>
    /// <param name="account">The account where the rule is if its ARN does not say; empty for none.</param>
    /// <returns>Null when it is not known.</returns>
    public static bool? IsHere(Arn bus, Arn? rule, string region, string account)
    {
        bool? sameRegion = AreSame(bus.Region, rule?.Region, region);
        bool? sameAccount = AreSame(bus.AccountId, rule?.AccountId, account);
        return sameRegion == false || sameAccount == false ? false : sameRegion is null || sameAccount is null ? null : true;
    }

    // The same symbol stands for the same value.
    private static bool? AreSame(string there, string? own, string otherwise)
    {
        if (there == own)
            return true;
        string here = own is null || IsOpen(own) ? otherwise : own;
        if (IsOpen(there))
            return null;
        return here.Length == 0 || there == here; // Nothing says where the rule is: where its event buses are.
    }

    private static bool IsOpen(string text) => text.Contains("${");
}

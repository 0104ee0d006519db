using Amazon.Runtime;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>The account of credentials, as far as they show it without a call. It decides who shares a quota, never where a call goes.</summary>
internal static class AccountHint
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int PrefixLength = 4;

    /// <summary>The account; the access key ID if it shows none; null if there is no key yet.</summary>
    public static string? Of(AWSCredentials credentials) => credentials switch
    {
        SourcedCredentials sourced => Of(sourced.Inner),
        RoleCredentials role => Arn.TryParse(role.RoleArn, out Arn? arn) ? arn.AccountId : role.RoleArn,
        SsoCredentials sso => sso.AccountId,
        BasicAWSCredentials or SessionAWSCredentials => OfKey(credentials.GetCredentials().AccessKey),
        _ => null,
    };

    /// <summary>
    /// The account whose number is part of an access key ID, as <c>aws sts get-access-key-info</c> shows it: bits 1 to 40 of what follows the prefix, in base 32.
    /// Older keys, and made-up ones, stand for themselves.
    /// </summary>
    internal static string OfKey(string accessKey)
    {
        if (accessKey.Length != 20 || !(accessKey.StartsWith("AKIA", StringComparison.Ordinal) || accessKey.StartsWith("ASIA", StringComparison.Ordinal)))
            return accessKey;
        ulong bits = 0;
        for (int i = PrefixLength; i < PrefixLength + 10; i++)
        {
            int digit = Letters.IndexOf(accessKey[i]);
            if (digit < 0)
                return accessKey;
            bits = (bits << 5) | (uint)digit;
        }

        ulong account = (bits >> 9) & 0xFF_FFFF_FFFF;
        return account.ToString("000000000000", System.Globalization.CultureInfo.InvariantCulture);
    }
}

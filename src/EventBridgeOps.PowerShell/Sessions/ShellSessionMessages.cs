using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.PowerShell.Sessions;

/// <summary>What cmdlets say about the session that they use.</summary>
internal static class ShellSessionMessages
{
    public static Message OtherRegion(string item, string region, string given) =>
        Message.Of($"{item} is in Region {region}, but {nameof(SessionCmdlet.Region):param} is {given}. Omit {nameof(SessionCmdlet.Region):param} to process each object in its own Region.");

    public static Message NoRegion(OpsException error) => Message.Of($"{error} In PowerShell, you can also set $StoredAWSRegion (Set-DefaultAWSRegion).");

    public static Message NoCredentials(OpsException error) =>
        Message.Of($"{error} In PowerShell, you can also pass the output of Get-AWSCredential or Use-STSRole with {nameof(SessionCmdlet.Credential):param}, or run Set-AWSCredential.");

    public static Message UsingRegion(string region) => Message.Of($"Using Region {region}.");

    public static Message UsingEndpoint(string region, string url) => Message.Of($"Using Region {region} at endpoint {url}.");

    public static Message AskMfaCode(string device) => Message.Of($"MFA code for {device}: ");
}

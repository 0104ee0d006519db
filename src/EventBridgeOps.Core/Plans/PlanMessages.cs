using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Plans;

/// <summary>Messages about saved plans.</summary>
internal static class PlanMessages
{
    public static Message NotJson(Message fault) => Message.Of($"The plan is not valid JSON: {fault:clause}. Make the plan again.");

    public static Message NotAPlan() => Message.Of($"The document is not a plan of EventBridgeOps. Make the plan again.");

    public static Message TooNew(int version) => Message.Of($"The plan has format {version}, which a later version of EventBridgeOps made. Update EventBridgeOps.");

    public static Message Modified() => Message.Of($"The plan was modified after it was made: its digest does not match its content. Make the plan again.");

    public static Message UnknownResource(string? kind) => Message.Of($"The plan contains a resource of kind '{kind}', which this version of EventBridgeOps does not know. Update EventBridgeOps.");

    public static Message OtherRegion(string region, string here) =>
        Message.Of($"The plan was made for Region {region}, but this session uses Region {here}. Run the command again with {"Region":param} {region}.");

    public static Message OtherAccount(string account, string? identity, string here) =>
        Message.Of($"The plan was made for account {account} by {identity}, but this session uses account {here}. Run the command again with credentials of account {account}.");

    public static Message FileNotTrusted(string path, Message fault) => Message.Of($"The plan {path} was not read, because {fault:clause}. Move it to a folder of your own.");

    public static Message FileNotWritable(string path, Message fault) => Message.Of($"The plan cannot be written to {path}: {fault:clause}.");

    public static Message FileExists(string path) => Message.Of($"The plan cannot be written to {path}, because the file exists. Specify another file, or delete it. A plan is for one Region.");

    public static Message AccountUnknown(OpsException error) => Message.Of($"The plan does not name the account that it is for, so the account will not be checked when the plan is applied: {error}");

    public static Message Saved(string path, int count) => Message.Of($"A plan of {count:update|updates} was saved in {path}. To apply it, run {"plan apply":cmd}.");

    public static Message Applying() => Message.Of($"Applying the plan");
}

using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.JobDefinitions;

/// <summary>Messages about registering job definition revisions.</summary>
internal static class JobDefinitionMessages
{
    public static Message NotVerified(string revision) =>
        Message.Of($"AWS Batch registered {revision}, but it could not be verified that the revision is ACTIVE. Check it with {"image list":cmd}.");

    public static Message OtherImage(string revision, IEnumerable<string> places) =>
        Message.Of($"AWS Batch registered {revision}, but the revision does not run the requested image ({places}). Check it with {"image list":cmd}. To register the previous document again, run {"change undo":cmd}.");

    public static Message StillActive(string revision) =>
        Message.Of($"AWS Batch accepted the deregistration of {revision}, but the revision is still ACTIVE. Check it with {"image list":cmd}.");

    public static Message NoActiveRevision(string name) =>
        Message.Of($"Job definition {name} has no ACTIVE revision to create a new one from. Register the job definition again, and then retry.");
}

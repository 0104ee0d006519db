using EventBridgeOps.Events.Entries;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudTrail;

/// <summary>Whether a trail logs: one that was created does not until it is started.</summary>
/// <remarks>https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartLogging.html</remarks>
internal static class TrailLogging
{
    public static bool IsLogging(RawDocument trail) => trail.Object("logging")?.Flag("IsLogging") == true;

    public static RawDocument Status(Operation operation) => RawDocument.Empty
        .With("IsLogging", false)
        .With("LatestDeliveryAttemptTime", "")
        .With("LatestNotificationAttemptTime", "")
        .With("LatestNotificationAttemptSucceeded", "")
        .With("LatestDeliveryAttemptSucceeded", "")
        .With("TimeLoggingStarted", "")
        .With("TimeLoggingStopped", "")
        .With(TrailOperations.Find(operation, "Name").Trail.Object("logging") ?? RawDocument.Empty);

    public static RawDocument Start(Operation operation) => Change(operation, isLogging: true, "StartLoggingTime", "TimeLoggingStarted");

    public static RawDocument Stop(Operation operation) => Change(operation, isLogging: false, "StopLoggingTime", "TimeLoggingStopped");

    private static RawDocument Change(Operation operation, bool isLogging, string time, string text)
    {
        (string name, RawDocument trail) = TrailOperations.Find(operation, "Name");
        operation.State["trails"][name] = trail.With("logging", (trail.Object("logging") ?? RawDocument.Empty)
            .With("IsLogging", isLogging).With(time, Json.Time(operation.Now)).With(text, EventTime.Of(operation.Now)));
        return RawDocument.Empty;
    }
}

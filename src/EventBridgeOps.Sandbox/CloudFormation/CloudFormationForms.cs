using EventBridgeOps.Sandbox.Queries;

namespace EventBridgeOps.Sandbox.CloudFormation;

/// <summary>The query protocol of CloudFormation.</summary>
/// <remarks>The service model cloudformation-2010-05-15</remarks>
internal static class CloudFormationForms
{
    public static QueryApi Api { get; } = new("cloudformation", "2010-05-15", "http://cloudformation.amazonaws.com/doc/2010-05-15/")
    {
        Members =
        [
            QueryMember.List("Parameters"),
            QueryMember.List("Capabilities"),
            QueryMember.List("Tags"),
            QueryMember.List("NotificationARNs"),
            QueryMember.List("ResourceTypes"),
            QueryMember.List("RetainResources"),
            QueryMember.List("ResourcesToSkip"),
            QueryMember.List("ResourcesToImport"),
            QueryMember.List("StackStatusFilter"),
            QueryMember.List("AccountLimits") with { IsAnswer = true },
        ],
        Numbers = ["TimeoutInMinutes"],
        Flags =
        [
            "UsePreviousValue", "UsePreviousTemplate", "DisableRollback", "EnableTerminationProtection", "RetainExceptOnCreate", "IncludeNestedStacks",
            "ImportExistingResources", "IncludePropertyValues", "TreatUnrecognizedResourceTypesAsWarnings",
        ],
        Silent = ["DeleteStack"],
    };
}

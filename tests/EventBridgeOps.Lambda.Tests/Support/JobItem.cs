namespace EventBridgeOps.Lambda.Tests.Support;

/// <summary>The record of an MVP job, as DynamoDB has it.</summary>
internal static class JobItem
{
    /// <summary>The input of a PutItem.</summary>
    /// <param name="table">The table.</param>
    /// <param name="job">The job's ID.</param>
    public static string Of(string table, string job) => $$$$"""
        {"TableName":"{{{{table}}}}","Item":{"jobId":{"S":"{{{{job}}}}"},"userId":{"S":"u1"},"productId":{"S":"p1"},"priority":{"S":"normal"},"state":{"S":"queued"},
         "createdAt":{"S":"2026-11-27T08:59:00.000Z"},"updatedAt":{"S":"2026-11-27T08:59:00.000Z"},"eventBusName":{"S":"mvp-development"},"detail":{"S":"{}"},"version":{"N":"1"},
         "history":{"L":[]}}}
        """;
}

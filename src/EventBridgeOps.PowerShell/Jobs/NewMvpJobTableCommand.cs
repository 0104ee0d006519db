using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Jobs;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;

namespace EventBridgeOps.PowerShell.Jobs;

/// <summary>Creates the DynamoDB table for MVP jobs. An existing table is checked, but not changed.</summary>
[Performs("mvp create-table")]
[Requires("dynamodb:CreateTable", "dynamodb:DescribeTable", On = "arn:aws:dynamodb:*:123456789012:table/mvp-development-jobs*")]
[Cmdlet(VerbsCommon.New, "MvpJobTable", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MvpJobTable))]
public sealed class NewMvpJobTableCommand : SessionCmdlet
{
    /// <summary>The name of the table. By default <c>DYNAMODB_TABLE_NAME</c>, or else <c>mvp-development-jobs</c>.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string? TableName { get; set; }

    /// <summary>Creates the table.</summary>
    protected override void ProcessRecord()
    {
        SessionOptions options = SessionFor(null)!;
        string name = OrEnd(() => JobStoreChoice.From(null, TableName, Setting)).TableName;
        Start(async () =>
        {
            OpsSession session = await OpenAsync(options);
            if (await session.Get<MvpJobTables>().CreateAsync(name, ApproveAsync, Observer, StopToken) is { } table)
                await WriteAsync(table);
        });
    }
}

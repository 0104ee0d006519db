using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Jobs;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;

namespace EventBridgeOps.PowerShell.Jobs;

/// <summary>Makes the DynamoDB table that MVP jobs are kept in. One that is there already is checked, and left as it is.</summary>
[Performs("mvp create-table")]
[Cmdlet(VerbsCommon.New, "MvpJobTable", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MvpJobTable))]
public sealed class NewMvpJobTableCommand : SettingsCmdlet
{
    /// <summary>The table's name. By default <c>DYNAMODB_TABLE_NAME</c>, else <c>mvp-development-jobs</c>.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string? TableName { get; set; }

    /// <summary>Makes the table.</summary>
    protected override void ProcessRecord()
    {
        SessionOptions options = SessionFor(null)!;
        string name = JobStoreChoice.From(null, TableName, Setting).TableName;
        Start(async () =>
        {
            OpsSession session = await OpenAsync(options);
            if (await session.JobTables.CreateAsync(name, ApproveAsync, Observer, StopToken) is { } table)
                await WriteAsync(table);
        });
    }
}

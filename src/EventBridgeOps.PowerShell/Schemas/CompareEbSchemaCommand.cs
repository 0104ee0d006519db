using System.Management.Automation;
using EventBridgeOps.EventSchemas;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Schemas.Comparing;

namespace EventBridgeOps.PowerShell.Schemas;

/// <summary>Shows whether a new version of a schema breaks producers or consumers. It calls no service.</summary>
[Performs("schema compare")]
[Cmdlet(VerbsData.Compare, "EbSchema")]
[OutputType(typeof(SchemaChange), typeof(bool))]
public sealed class CompareEbSchemaCommand : AsyncCmdlet
{
    /// <summary>The files of the older versions, the latest of them first.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[]? ReferencePath { get; set; }

    /// <summary>The file of the new version.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? DifferencePath { get; set; }

    /// <inheritdoc cref="SchemaCompareRequest.Compatibility"/>
    [Parameter]
    [Names(typeof(SchemaCompatibility))]
    public SchemaCompatibility Compatibility { get; set; } = SchemaCompatibility.Backward;

    /// <inheritdoc cref="SchemaCompareRequest.Policy"/>
    [Parameter]
    [Names(typeof(SchemaPolicy))]
    public SchemaPolicy Policy { get; set; } = SchemaPolicy.Lenient;

    /// <summary>Return only whether the new version is compatible.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Starts the comparison.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        IReadOnlyList<(string Path, string FullPath)> paths = [.. (ReferencePath ?? []).Append(DifferencePath!).Select(path => (path, FullPath(path)!))];
        Start(async () =>
        {
            SchemaCompareResult result = SchemaComparer.Compare(paths, new SchemaCompareRequest { Compatibility = Compatibility, Policy = Policy }, Observer, StopToken);
            if (result is { Verdict: SchemaVerdict.Undecided, IsAccepted: true })
                Observer.Warning(result.Summary);
            else
                Observer.Verbose(result.Summary);
            if (Quiet)
            {
                await WriteAsync(result.IsAccepted);
                return;
            }

            foreach (SchemaChange change in result.Changes)
                await WriteAsync(change);
        });
    }
}

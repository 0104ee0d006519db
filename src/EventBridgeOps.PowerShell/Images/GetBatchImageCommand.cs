using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Images;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Reports;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Images;

/// <summary>Gets the image, tag and digest that each job definition runs, and whether the image still exists.</summary>
[Performs("image list")]
[Requires("batch:DescribeJobDefinitions")]
[Requires("ecr:DescribeImages", On = "arn:aws:ecr:*:123456789012:repository/newsarchive-backend")]
[Cmdlet(VerbsCommon.Get, "BatchImage")]
[OutputType(typeof(BatchImage))]
public sealed class GetBatchImageCommand : SessionCmdlet
{
    private readonly List<(SessionOptions Session, ImageQuery Query)> _queries = [];
    private readonly DriftCount _drift = new();

    /// <inheritdoc cref="ImageQuery.JobDefinition"/>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("JobDefinitionName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobDefinitionPatternCompleter))]
    public string[]? JobDefinition { get; set; }

    /// <inheritdoc cref="ImageQuery.RepositoryName"/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RepositoryPatternCompleter))]
    public string[]? RepositoryName { get; set; }

    /// <inheritdoc cref="ImageQuery.SkipImageCheck"/>
    [Parameter]
    public SwitchParameter SkipImageCheck { get; set; }

    /// <summary>After everything is written, fail with the error <c>DriftFound</c> if any image is Missing.</summary>
    [Parameter]
    public SwitchParameter FailOnDrift { get; set; }

    /// <inheritdoc cref="ImageQuery.ThrottleLimit"/>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>Collects the queries.</summary>
    protected override void ProcessRecord() => _queries.Add((SessionFor(null)!, new ImageQuery
    {
        JobDefinition = JobDefinition ?? [],
        RepositoryName = RepositoryName ?? [],
        SkipImageCheck = SkipImageCheck,
        ThrottleLimit = ThrottleLimit,
    }));

    /// <summary>Reads the images, and writes each container.</summary>
    protected override void EndProcessing()
    {
        Start(async () =>
        {
            foreach ((SessionOptions options, ImageQuery query) in _queries)
            {
                OpsSession session = await OpenAsync(options);
                await ForItemAsync(query, () => WriteAllAsync(session.Get<ImageScanner>().ScanAsync(query, Observer, StopToken), each: _drift.Add, nothing: query.NothingFound()));
            }
        });
        base.EndProcessing();
        if (FailOnDrift)
            FailOn(_drift);
    }
}

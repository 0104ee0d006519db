using System.Management.Automation;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Patterns;

/// <summary>Measures what event patterns would have matched in files of events. It changes nothing.</summary>
[Performs("pattern measure")]
[Performs("pattern bench")]
[Cmdlet(VerbsDiagnostic.Measure, "EbPattern")]
[OutputType(typeof(PatternMeasure))]
public sealed class MeasureEbPatternCommand : PatternCmdlet
{
    /// <summary>Properties of events whose most frequent values in matching events are told: paths such as <c>detail.state</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Property { get; set; }

    /// <summary>How many values of each property are told.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int? Top { get; set; }

    /// <summary>How many matching events are kept.</summary>
    [Parameter]
    [ValidateRange(0, 1000)]
    public int? Sample { get; set; }

    private protected override async Task RunAsync()
    {
        MeasureOptions options = MeasureOptions.From(Sample, Property, Top);
        PatternTester tester = new(await PatternsAsync());
        foreach (PatternMeasure measure in await tester.MeasureAsync(EventsAsync, options, Observer, StopToken))
            await WriteAsync(measure);
    }
}

using System.Management.Automation;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Patterns;

/// <summary>Measures what event patterns match in files of events. It changes nothing.</summary>
[Performs("pattern measure")]
[Performs("pattern bench")]
[Cmdlet(VerbsDiagnostic.Measure, "EbPattern")]
[OutputType(typeof(PatternMeasure))]
public sealed class MeasureEbPatternCommand : PatternCmdlet
{
    /// <summary>Paths of event fields, such as <c>detail.state</c>, whose most frequent values in matching events are reported.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Property { get; set; }

    /// <summary>The number of values to report for each property.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int? Top { get; set; }

    /// <summary>The number of matching events to include as samples.</summary>
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

using System.Management.Automation;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Patterns;

/// <summary>Measures what event patterns match in files of events. It changes nothing.</summary>
[Performs("pattern measure")]
[Performs("pattern bench")]
[Requires("events:ListEventBuses", "events:ListRules", "events:DescribeRule", With = "With -RuleName or -EventBusName")]
[Cmdlet(VerbsDiagnostic.Measure, "EbPattern")]
[OutputType(typeof(PatternMeasure))]
public sealed class MeasureEbPatternCommand : PatternCmdlet
{
    /// <inheritdoc cref="MeasureOptions.Property"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Property { get; set; }

    /// <inheritdoc cref="MeasureOptions.Top"/>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int? Top { get; set; }

    /// <inheritdoc cref="MeasureOptions.Samples"/>
    [Parameter]
    [ValidateRange(0, 1000)]
    public int? Sample { get; set; }

    private protected override async Task RunAsync()
    {
        MeasureOptions usual = new();
        MeasureOptions options = new() { Samples = Sample ?? usual.Samples, Property = Property ?? [], Top = Top ?? usual.Top };
        options.Check();
        PatternTester tester = new(await PatternsAsync());
        foreach (PatternMeasure measure in await tester.MeasureAsync(EventsAsync, options, Observer, StopToken))
            await WriteAsync(measure);
    }
}

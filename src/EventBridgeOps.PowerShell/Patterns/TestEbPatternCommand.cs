using System.Management.Automation;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.PowerShell.Events;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Patterns;

/// <summary>Tests event patterns: against events, by themselves, or with a file of test cases. It changes nothing.</summary>
[Performs("pattern test")]
[Performs("pattern explain")]
[Performs("pattern lint")]
[Performs("pattern cases")]
[Cmdlet(VerbsDiagnostic.Test, "EbPattern")]
[OutputType(typeof(bool), typeof(PatternTest), typeof(PatternExplanation), typeof(PatternCheck), typeof(PatternCaseResult))]
public sealed class TestEbPatternCommand : PatternCmdlet
{
    private IReadOnlyList<string> _caseFiles = [];

    /// <summary>Explain for each pattern and event why it matches or not.</summary>
    [Parameter]
    public SwitchParameter Explain { get; set; }

    /// <summary>Find errors and possible problems in the patterns. No event is needed.</summary>
    [Parameter]
    public SwitchParameter Lint { get; set; }

    /// <summary>Files of test cases: JSON lines <c>{"name","event","pattern"[,"expect"]}</c>.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? CaseFile { get; set; }

    /// <summary>Also call TestEventPattern of EventBridge, and report differences.</summary>
    [Parameter]
    public SwitchParameter Online { get; set; }

    private protected override bool NeedsEvents => !Lint && CaseFile is null;

    /// <summary>Rejects parameters that contradict each other, and starts.</summary>
    protected override void BeginProcessing()
    {
        bool hasOthers = Pattern is not null || PatternPath is not null || RulePath is not null || RuleName is not null || EventBusName is not null;
        bool hasEvents = Event is not null || EventPath is not null;
        Message? wrong = CaseFile is not null && (hasOthers || hasEvents || Lint || Explain) ? ShellPatternMessages.CaseFileAlone()
            : Lint && (hasEvents || Explain) ? ShellPatternMessages.LintAlone()
            : null;
        if (wrong is not null)
            ThrowTerminatingError(ErrorRecords.From(new OpsException(ErrorIds.InvalidArgument, wrong), null));
        _caseFiles = InputPaths.Resolve(this, CaseFile ?? []);
        base.BeginProcessing();
    }

    private protected override async Task RunAsync()
    {
        ServicePatterns? service = Online ? (await SessionAsync()).Get<ServicePatterns>() : null;
        if (CaseFile is not null)
            await RunCasesAsync(service);
        else if (Lint)
            await WriteAllAsync(PatternCheck.RunAsync(await PatternsAsync(), service, Observer, StopToken));
        else
            await TestAsync(new PatternTester(await PatternsAsync()), service);
    }

    private async Task RunCasesAsync(ServicePatterns? service)
    {
        foreach (string path in _caseFiles)
            await ForItemAsync(path, () => WriteAllAsync(PatternCases.RunFileAsync(path, service, Observer, StopToken)));
    }

    private async Task TestAsync(PatternTester tester, ServicePatterns? service)
    {
        if (Explain)
        {
            await WriteAllAsync(tester.ExplainAsync(EventsAsync(Observer), service, Observer, StopToken));
            return;
        }

        bool isSingle = Source.IsSingle;
        await foreach (PatternTest test in tester.TestAsync(EventsAsync(Observer), service, Observer, StopToken))
        {
            if (isSingle)
                await WriteAsync(test.Matches);
            else
                await WriteAsync(test);
        }
    }
}

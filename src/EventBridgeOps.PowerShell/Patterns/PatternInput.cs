using System.Management.Automation;
using System.Text;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.PowerShell.Events;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Patterns;

/// <summary>Makes patterns of input from the shell: JSON text (whole, or line by line as from <c>Get-Content</c>), hashtables, objects, rules, files.</summary>
/// <param name="name">The name of patterns that have none of their own.</param>
/// <param name="observer">Is notified of input that is not a pattern.</param>
internal sealed class PatternInput(string name, IRunObserver observer)
{
    private readonly List<NamedPattern> _patterns = [];
    private readonly JsonLines _lines = new();

    /// <summary>Adds one object.</summary>
    public void Add(object? input)
    {
        object? plain = input is PSObject shell && shell.BaseObject is not PSCustomObject ? shell.BaseObject : input;
        if (plain is string line)
        {
            Take(_lines.Add(line, (input as PSObject)?.Properties["PSChildName"]?.Value as string ?? name, 0));
            return;
        }

        Take(_lines.Complete());
        if (plain is object[] several)
            Array.ForEach(several, Add);
        else if (plain is not null)
            AddObject(input!, plain);
    }

    /// <summary>The patterns in the input.</summary>
    public IReadOnlyList<NamedPattern> Complete()
    {
        Take(_lines.Complete());
        return _patterns;
    }

    private void AddObject(object input, object plain)
    {
        PSObject shell = PSObject.AsPSObject(input);
        try
        {
            if (plain is FileSystemInfo file)
                _patterns.Add(NamedPattern.ReadFile(file.FullName));
            else if (plain is not System.Collections.IDictionary && shell.Properties["EventPattern"] is { } pattern)
                AddRule(new PipelineItem(shell), pattern.Value?.ToString());
            else
                _patterns.Add(new NamedPattern(name, Encoding.UTF8.GetString(EventJson.Write(input))));
        }
        catch (OpsException e)
        {
            observer.Failed(new ItemFailure(e, plain));
        }
        catch (ShellJsonException e)
        {
            observer.Failed(new ItemFailure(new OpsException(ErrorIds.InvalidPattern, ShellPatternMessages.NotAPattern(e.Fault), e), plain));
        }
    }

    private void AddRule(PipelineItem rule, string? pattern)
    {
        string title = $"{rule.EventBusName ?? "default"}/{rule.RuleName}";
        if (string.IsNullOrEmpty(pattern))
            observer.Verbose(ShellPatternMessages.HasNoPattern(title));
        else
            _patterns.Add(new NamedPattern(title, pattern!) { EventBusName = rule.EventBusName, RuleName = rule.RuleName });
    }

    private void Take(IEnumerable<JsonText> texts) => _patterns.AddRange(texts.Select(text => new NamedPattern(text.Name, text.Text)));
}

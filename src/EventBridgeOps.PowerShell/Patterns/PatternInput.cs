using System.Management.Automation;
using System.Text;
using EventBridgeOps.Patterns;
using EventBridgeOps.PowerShell.Events;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Patterns;

/// <summary>Makes patterns of what a shell hands over: JSON text (whole, or line by line as <c>Get-Content</c> gives it), hashtables, objects, rules, files.</summary>
/// <param name="name">What a pattern is called that has no name of its own.</param>
/// <param name="observer">Hears of what is no pattern.</param>
internal sealed class PatternInput(string name, IRunObserver observer)
{
    private readonly List<NamedPattern> _patterns = [];
    private readonly StringBuilder _open = new();
    private string _openName = "";
    private int _brackets;

    /// <summary>Takes one object.</summary>
    public void Add(object? input)
    {
        object? plain = input is PSObject shell && shell.BaseObject is not PSCustomObject ? shell.BaseObject : input;
        if (plain is string line)
        {
            AddLine(line, (input as PSObject)?.Properties["PSChildName"]?.Value as string);
            return;
        }

        Close();
        if (plain is object[] several)
            Array.ForEach(several, Add);
        else if (plain is not null)
            AddObject(input!, plain);
    }

    /// <summary>The patterns that were taken.</summary>
    public IReadOnlyList<NamedPattern> Complete()
    {
        Close();
        return _patterns;
    }

    private void AddObject(object input, object plain)
    {
        PSObject shell = PSObject.AsPSObject(input);
        try
        {
            if (plain is FileInfo file)
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
        catch (FormatException e)
        {
            observer.Failed(new ItemFailure(new OpsException(ErrorIds.InvalidPattern, $"The object is no pattern: {e.Message}.", e), plain));
        }
    }

    private void AddRule(PipelineItem rule, string? pattern)
    {
        string title = $"{rule.EventBusName ?? "default"}/{rule.RuleName}";
        if (string.IsNullOrEmpty(pattern))
            observer.Verbose($"Rule {title} has no event pattern, so no event starts it.");
        else
            _patterns.Add(new NamedPattern(title, pattern!) { EventBusName = rule.EventBusName, RuleName = rule.RuleName });
    }

    /// <summary>A line may be a whole pattern, or one of the lines of a pattern that is written over several.</summary>
    private void AddLine(string line, string? file)
    {
        if (_open.Length == 0)
        {
            if (string.IsNullOrWhiteSpace(line))
                return;
            _openName = file ?? name;
        }
        else
        {
            _open.Append('\n');
        }

        _open.Append(line);
        _brackets += EventInput.Opened(line);
        if (_brackets <= 0)
            Close();
    }

    private void Close()
    {
        if (_open.Length > 0)
            _patterns.Add(new NamedPattern(_openName, _open.ToString()));
        _open.Clear();
        _brackets = 0;
    }
}

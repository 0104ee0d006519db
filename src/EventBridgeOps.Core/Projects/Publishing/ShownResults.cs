using EventBridgeOps.Checks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Remembers the results that were shown, so that only those that change are shown again.</summary>
internal sealed class ShownResults
{
    private readonly Dictionary<(int Depth, string Check), CheckResult> _shown = [];

    /// <summary>Those of some results that are new or differ from before.</summary>
    public IEnumerable<CheckResult> Changed(IEnumerable<CheckResult> results)
    {
        foreach (CheckResult result in results)
        {
            if (_shown.TryGetValue((result.Depth, result.Check), out CheckResult? before) && before == result)
                continue;
            _shown[(result.Depth, result.Check)] = result;
            yield return result;
        }
    }
}

using EventBridgeOps.Sandbox.CloudFormation.Rejections;

namespace EventBridgeOps.Sandbox.CloudFormation.Templates;

/// <summary>Which resources a resource waits for.</summary>
internal static class CreationOrder
{
    /// <summary>The logical IDs that each resource depends on.</summary>
    /// <exception cref="Wire.AwsError">Resources depend on each other in a circle.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyCollection<string>> Of(Template template)
    {
        Dictionary<string, IReadOnlyCollection<string>> waits = template.Resources.Values.ToDictionary(
            resource => resource.LogicalId, resource => (IReadOnlyCollection<string>)On(template, resource), StringComparer.Ordinal);
        HashSet<string> done = new(StringComparer.Ordinal);
        ILookup<string, string> waiting = waits.SelectMany(wait => wait.Value.Select(name => (Name: name, Waiter: wait.Key))).ToLookup(pair => pair.Name, pair => pair.Waiter, StringComparer.Ordinal);
        Dictionary<string, int> left = waits.ToDictionary(wait => wait.Key, wait => wait.Value.Count, StringComparer.Ordinal);
        Queue<string> ready = new(left.Where(one => one.Value == 0).Select(one => one.Key).ToList());
        while (ready.Count > 0)
        {
            string name = ready.Dequeue();
            done.Add(name);
            foreach (string waiter in waiting[name])
            {
                if (--left[waiter] == 0)
                    ready.Enqueue(waiter);
            }
        }

        if (done.Count == waits.Count)
            return waits;
        // What waits for a circle is not a part of it.
        HashSet<string> circle = new(waits.Keys.Where(name => !done.Contains(name)), StringComparer.Ordinal);
        while (circle.RemoveWhere(name => !circle.Any(other => waits[other].Contains(name))) > 0)
        {
            // Until each of them is waited for by another.
        }

        throw StackErrors.Invalid($"Circular dependency between resources: [{string.Join(", ", circle)}]");
    }

    private static HashSet<string> On(Template template, ResourceDeclaration resource)
    {
        HashSet<string> names = new(resource.DependsOn, StringComparer.Ordinal);
        names.UnionWith(TemplateReferences.In(resource.Properties).Select(reference => reference.Name).Where(template.Resources.ContainsKey));
        return names;
    }
}

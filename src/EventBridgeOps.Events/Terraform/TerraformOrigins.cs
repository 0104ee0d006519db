using System.Text.Json.Nodes;

namespace EventBridgeOps.Events.Terraform;

/// <summary>Finds what a value comes from: through variables and outputs of modules, <c>for_each</c>, and attributes of other resources.</summary>
internal sealed class TerraformOrigins(TerraformPlan plan)
{
    private const int Deepest = 32;

    /// <summary>What a field of a resource comes from.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="expression">The expression of the field.</param>
    /// <param name="type">The type of resource that is looked for, which is not looked behind; null to end at any resource.</param>
    public IReadOnlyList<TerraformOrigin> Of(TerraformResource resource, JsonNode? expression, string? type = null) =>
        [.. Follow(expression, new Scope(resource.Module, resource.Key, resource.ForEach), [], type, 0).Distinct()];

    private IEnumerable<TerraformOrigin> Follow(JsonNode? expression, Scope scope, IReadOnlyList<TerraformStep> rest, string? type, int depth) =>
        depth > Deepest ? [] : TerraformExpression.References(expression).SelectMany(reference => Follow(reference, TerraformPath.Parse(reference), scope, rest, type, depth + 1));

    private IEnumerable<TerraformOrigin> Follow(string reference, IReadOnlyList<TerraformStep> steps, Scope scope, IReadOnlyList<TerraformStep> rest, string? type, int depth)
    {
        string second = steps.ElementAtOrDefault(1)?.Name ?? "";
        switch (steps.Count > 0 ? steps[0].Name : "")
        {
            case "":
                return [];
            case "count" or "path" or "terraform" or "self":
                return [];
            case "each":
                return second == "value" ? Follow(scope.ForEach, scope with { ForEach = null }, [.. steps.Skip(2), .. rest], type, depth) : [];
            case "var":
                return Variable(second, scope, [.. steps.Skip(2), .. rest], type, depth);
            case "local":
                return [new TerraformOrigin(scope.Named(reference))]; // What a local value is, is not part of a plan.
            case "module":
                return Output(reference, steps, scope, rest, type, depth);
            case "data":
                return Attribute(reference, [.. steps.Skip(1)], scope, rest, isData: true, type, depth);
            default:
                return Attribute(reference, steps, scope, rest, isData: false, type, depth);
        }
    }

    private IEnumerable<TerraformOrigin> Variable(string name, Scope scope, IReadOnlyList<TerraformStep> rest, string? type, int depth)
    {
        TerraformModule module = scope.Module;
        JsonNode? expression = (module.Call["expressions"] as JsonObject)?[name];
        if (module.Parent is { } parent && expression is not null)
            return Follow(expression, new Scope(parent, module.Key, module.Call["for_each_expression"]), rest, type, depth);
        bool isKnown = module.Parent is null ? plan.Variable(name) is not null : ((module.Configuration["variables"] as JsonObject)?[name] as JsonObject)?["default"] is not null;
        return [new TerraformOrigin($"var.{name}", IsKnown: isKnown)];
    }

    private List<TerraformOrigin> Output(string reference, IReadOnlyList<TerraformStep> steps, Scope scope, IReadOnlyList<TerraformStep> rest, string? type, int depth)
    {
        IReadOnlyList<TerraformModule> called = scope.Module.Called(steps.ElementAtOrDefault(1)?.Name ?? "");
        List<TerraformModule> chosen = Choose(called, module => module.Key, steps.ElementAtOrDefault(1)?.Key, scope.Key);
        string? output = steps.ElementAtOrDefault(2)?.Name;
        List<TerraformOrigin> found = [];
        foreach (TerraformModule module in chosen)
        {
            JsonObject outputs = module.Configuration["outputs"] as JsonObject ?? [];
            if (output is null) // 'module.m[each.key].x' is listed as 'module.m': any of the outputs.
                found.AddRange(outputs.SelectMany(any => Follow((any.Value as JsonObject)?["expression"], new Scope(module, null, null), rest, type, depth)).Where(origin => type is null || origin.Resource?.Type == type));
            else if ((outputs[output] as JsonObject)?["expression"] is { } expression)
                found.AddRange(Follow(expression, new Scope(module, null, null), [.. steps.Skip(3), .. rest], type, depth));
        }

        return found.Count > 0 ? found : [new TerraformOrigin(scope.Named(reference))];
    }

    private IEnumerable<TerraformOrigin> Attribute(string reference, IReadOnlyList<TerraformStep> steps, Scope scope, IReadOnlyList<TerraformStep> rest, bool isData, string? type, int depth)
    {
        string kind = steps.Count > 0 ? steps[0].Name : "";
        string name = steps.ElementAtOrDefault(1)?.Name ?? "";
        List<TerraformResource> instances = [.. scope.Module.Resources.Where(resource => resource.Type == kind && resource.Name == name && resource.IsData == isData)];
        List<TerraformResource> chosen = Choose(instances, resource => resource.Key, steps.ElementAtOrDefault(1)?.Key, scope.Key);
        string? attribute = steps.Skip(2).Concat(rest).FirstOrDefault()?.Name;
        if (steps.Count <= 2 && attribute is not null && chosen.TrueForAll(resource => !resource.Body.Has(attribute)))
            attribute = null; // The name is that of an object in between, which is made of an attribute that is not listed.
        if (chosen.Count == 0) // Not in the plan, such as one with a 'count' of 0: it decides nothing.
            return [new TerraformOrigin(scope.Named(reference), IsKnown: !isData)];
        return chosen.SelectMany(resource =>
            resource.Type != type && type is not null && attribute is not null && resource.Body.IsUnknown(attribute) && TerraformExpression.References(resource.Body.Expression(attribute)).Any()
                ? Follow(resource.Body.Expression(attribute), new Scope(resource.Module, resource.Key, resource.ForEach), [], type, depth)
                : [new TerraformOrigin(attribute is null ? resource.Address : $"{resource.Address}.{attribute}", resource, attribute, attribute is not null && resource.Body.Value(attribute) is not null)]);
    }

    /// <summary>The instance with the key that is written; without one, that with the key of who refers to it, as <c>each.key</c> is not part of a plan; else all.</summary>
    private static List<T> Choose<T>(IReadOnlyList<T> all, Func<T, string?> key, string? written, string? own)
    {
        if (all.Count > 1 && written is null && own is not null && all.Any(one => key(one) == own))
            written = own;
        return [.. all.Where(one => written is null || key(one) == written)];
    }

    /// <summary>Where an expression stands.</summary>
    private sealed record Scope(TerraformModule Module, string? Key, JsonNode? ForEach)
    {
        public string Named(string reference) => Module.Address.Length > 0 ? $"{Module.Address}.{reference}" : reference;
    }
}

/// <summary>One of the things that a value comes from.</summary>
/// <param name="Symbol">What it is called: an attribute with the address of its resource, a variable, a local value.</param>
/// <param name="Resource">The resource, if it is one of the plan.</param>
/// <param name="Attribute">The attribute; null for the resource as a whole.</param>
/// <param name="IsKnown">Whether its value is known, so that it is not the reason that another one is not.</param>
internal sealed record TerraformOrigin(string Symbol, TerraformResource? Resource = null, string? Attribute = null, bool IsKnown = false);

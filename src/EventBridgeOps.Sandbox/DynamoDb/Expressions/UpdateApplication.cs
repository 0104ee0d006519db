using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.DynamoDb.Expressions;

/// <summary>Applies an update to an item. All values are those before the update, and all indexes are those of the lists before it.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html</remarks>
internal sealed class UpdateApplication
{
    private readonly Dictionary<PathStep, UpdateApplication> below = [];

    /// <summary>Makes the new value of the old one, or null to remove it; null where no path ends.</summary>
    private Func<Value?, Value?>? change;

    private UpdateApplication()
    {
    }

    /// <summary>The item after the update.</summary>
    /// <exception cref="AwsError">The update does not fit the item.</exception>
    public static MapValue Apply(UpdateExpression update, MapValue item)
    {
        UpdateApplication root = new();
        foreach (UpdateAction action in update.Actions)
        {
            UpdateApplication at = action.Path.Steps.Aggregate(root, (node, step) => node.Below(step));
            at.change = Change(action, item);
        }

        return (MapValue)root.Changed(item)!;
    }

    private static Func<Value?, Value?> Change(UpdateAction action, MapValue item)
    {
        if (action.Kind == UpdateKind.Remove)
            return _ => null;

        Value operand = UpdateOperands.Find(action.Operand!, item);
        return action.Kind switch
        {
            UpdateKind.Set => _ => operand,
            UpdateKind.Add => old => UpdateOperands.Add(old, operand),
            _ => old => UpdateOperands.Delete(old, operand),
        };
    }

    private UpdateApplication Below(PathStep step)
    {
        if (!below.TryGetValue(step, out UpdateApplication? found))
            below[step] = found = new();
        return found;
    }

    private Value? Changed(Value? old)
    {
        if (change is not null)
            return change(old);

        return (old, below.First().Key.IsName) switch
        {
            (MapValue map, true) => ChangedMap(map),
            (ListValue list, false) => ChangedList(list),
            _ => throw DynamoErrors.Validation("The document path provided in the update expression is invalid for update"),
        };
    }

    private MapValue ChangedMap(MapValue map)
    {
        Dictionary<string, Value> members = map.Members.ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);
        foreach (KeyValuePair<PathStep, UpdateApplication> step in below)
        {
            string name = step.Key.Name!;
            if (step.Value.Changed(map[name]) is { } value)
                members[name] = value;
            else
                members.Remove(name);
        }

        return new(members);
    }

    /// <summary>What is set beyond the end of a list is appended, in the order of the indexes.</summary>
    private ListValue ChangedList(ListValue list)
    {
        List<Value?> elements = [.. list.Elements];
        foreach (KeyValuePair<PathStep, UpdateApplication> step in below.OrderBy(step => step.Key.Index))
        {
            int index = step.Key.Index;
            Value? value = step.Value.Changed(index < list.Elements.Count ? list.Elements[index] : null);
            if (index < list.Elements.Count)
                elements[index] = value;
            else
                elements.Add(value);
        }

        return new([.. elements.OfType<Value>()]);
    }
}

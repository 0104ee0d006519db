using System.Text;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>Reads what operators take: elements, keys, texts and numbers, each refused in the service's words where it is not there.</summary>
/// <param name="pointer">The JSON pointer of the element that the operator stands in.</param>
internal abstract class OperandReader(string pointer)
{
    // The element at an index; past the last one, the closing bracket as the service's messages show it.
    protected PatternNode Item(PatternNode list, int index)
    {
        if (index < list.Items.Count)
        {
            return Sound(list.Items[index]);
        }

        return list.Break == null
            ? new PatternNode(PatternNodeKind.Null, list.End) { Text = "]" }
            : throw Fault(list.Break.Text, list.Break);
    }

    protected static bool IsEnd(PatternNode item) => item.Text == "]" && item.Kind == PatternNodeKind.Null;

    protected SortKey Number(PatternNode node) => NumberKey.TryOf(Encoding.ASCII.GetBytes(node.Text), out SortKey key)
        ? key
        : throw Fault(ServiceTexts.NumberNotComparable(node.Text), node, SyntaxTexts.ExactDoubleOnly());

    protected byte[] String(PatternNode node, string reason) => JsonText.ToUtf8(Text(node, reason));

    protected string Text(PatternNode node, string reason) => Sound(node).IsString ? node.Text : throw Fault(reason, node);

    protected (string Name, PatternNode Value) Key(PatternNode node, string reason, string? hint)
    {
        if (node.Members.Count == 0)
        {
            throw node.Break == null ? Fault(reason, node, hint) : Fault(node.Break.Text, node.Break);
        }

        return (node.Members[0].Name, node.Members[0].Value);
    }

    protected void OnlyKey(PatternNode node, string reason)
    {
        if (node.Members.Count > 1)
        {
            throw new PatternFault(reason, node.Members[1].NameStart, pointer, hint: SyntaxTexts.OneOperatorEach());
        }

        if (node.Break != null)
        {
            throw Fault(node.Break.Text, node.Break);
        }
    }

    protected PatternNode Sound(PatternNode node) => node.Kind == PatternNodeKind.Broken ? throw Fault(node.Text, node) : node;

    protected PatternFault Fault(string reason, PatternNode node, string? hint = null) => new(reason, node, pointer, hint);
}

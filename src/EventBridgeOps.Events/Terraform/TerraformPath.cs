using System.Text;

namespace EventBridgeOps.Events.Terraform;

/// <summary>An address or a reference in Terraform, in its steps: <c>module.a["x.y"].aws_sqs_queue.q[0].arn</c>. A key may contain dots and brackets.</summary>
/// <remarks>https://developer.hashicorp.com/terraform/cli/state/resource-addressing.</remarks>
internal static class TerraformPath
{
    /// <summary>Reads the steps. A text that is not an address gives whatever steps it has.</summary>
    public static IReadOnlyList<TerraformStep> Parse(string text)
    {
        List<TerraformStep> steps = [];
        int at = 0;
        while (at < text.Length)
        {
            int start = at;
            while (at < text.Length && text[at] is not ('.' or '['))
                at++;
            string name = text.Substring(start, at - start);
            string? key = null;
            while (at < text.Length && text[at] == '[')
                key = Key(text, ref at);
            steps.Add(new TerraformStep(name, key));
            at++; // the dot
        }

        return steps;
    }

    /// <summary>The last step: the name and the key of the instance that an address stands for.</summary>
    public static TerraformStep Last(string text)
    {
        IReadOnlyList<TerraformStep> steps = Parse(text);
        return steps.Count > 0 ? steps[steps.Count - 1] : new TerraformStep("", null);
    }

    private static string Key(string text, ref int at)
    {
        StringBuilder key = new();
        at++;
        bool isQuoted = at < text.Length && text[at] == '"';
        if (isQuoted)
            at++;
        while (at < text.Length && text[at] != (isQuoted ? '"' : ']'))
        {
            if (isQuoted && text[at] == '\\' && at + 1 < text.Length)
                at++;
            key.Append(text[at++]);
        }

        at = Math.Min(text.Length, at + (isQuoted ? 2 : 1));
        return key.ToString();
    }
}

/// <summary>A step of an address.</summary>
/// <param name="Name">The name.</param>
/// <param name="Key">The key of <c>for_each</c> or the index of <c>count</c>; null for neither.</param>
internal sealed record TerraformStep(string Name, string? Key);

using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Calls;

/// <summary>
/// The members that the inputs of all operations have, by the service models. A member that no model has, or that the sandbox does not
/// look at, is refused: it would be ignored, and the caller would believe that it had an effect.
/// </summary>
internal static class InputMembers
{
    /// <summary>What a signature adds to a form: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html, and its older versions.</summary>
    private static readonly HashSet<string> OfSignatures = ["AWSAccessKeyId", "Signature", "SignatureMethod", "SignatureVersion", "Timestamp", "Expires", "SecurityToken"];

    private static readonly Lazy<Dictionary<string, (string Code, Shape Input)>> All = new(Read);

    /// <summary>Checks the members of an input, at any depth.</summary>
    /// <exception cref="AwsError">The input has a member that would be ignored.</exception>
    public static void Check(AwsCall call)
    {
        if (!All.Value.TryGetValue($"{call.Service} {call.Operation}", out (string Code, Shape Input) known))
            return;
        foreach (KeyValuePair<string, JsonElement> member in call.Input.Members)
        {
            if (call.Protocol is Queries.QueryProtocol && (OfSignatures.Contains(member.Key) || member.Key.StartsWith("X-Amz-", StringComparison.Ordinal)))
                continue;
            known.Input.Check(member.Key, member.Value, call.Operation, known.Code);
        }
    }

    private static Dictionary<string, (string Code, Shape Input)> Read()
    {
        Dictionary<string, (string Code, Shape Input)> all = new(StringComparer.Ordinal);
        string service = "", code = "";
        using StreamReader reader = new(typeof(InputMembers).Assembly.GetManifestResourceStream("members.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line[0] == '[')
            {
                string[] head = line.Trim('[', ']').Split(' ');
                (service, code) = (head[0], head[1]);
                continue;
            }

            int colon = line.IndexOf(':'), at = colon + 1;
            all[$"{service} {line.Substring(0, colon)}"] = (code, Shape.Read(line, ref at));
        }

        return all;
    }

    /// <summary>The members of a structure, with those of the structures in them.</summary>
    private sealed class Shape
    {
        private const string AnyKey = "*";

        private readonly Dictionary<string, Shape?> members = new(StringComparer.Ordinal);

        /// <summary>Reads "A B(C D) -E" up to a closing bracket.</summary>
        public static Shape Read(string text, ref int at)
        {
            Shape shape = new();
            while (at < text.Length && text[at] != ')')
            {
                int begin = at;
                while (at < text.Length && text[at] is not (' ' or '(' or ')'))
                    at++;
                string name = text.Substring(begin, at - begin);
                Shape? below = null;
                if (at < text.Length && text[at] == '(')
                {
                    at++;
                    below = Read(text, ref at);
                    at++;
                }

                if (name.Length > 0 && name[0] != '-')
                    shape.members[name.TrimStart('+')] = below;
                if (at < text.Length && text[at] == ' ')
                    at++;
            }

            return shape;
        }

        public void Check(string name, JsonElement value, string place, string code)
        {
            if (value.ValueKind == JsonValueKind.Null)
                return; // As good as absent.
            if (!members.TryGetValue(name, out Shape? below) && !members.TryGetValue(AnyKey, out below))
                throw new AwsError(400, code, CallMessages.UnknownMember(name, place).ToString());
            below?.CheckAll(value, $"{place}.{name}", code);
        }

        /// <summary>Checks a structure, or those in a list. What is of another kind is the matter of the operation.</summary>
        private void CheckAll(JsonElement value, string place, string code)
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement item in value.EnumerateArray())
                    CheckAll(item, place, code);
            }
            else if (value.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty member in value.EnumerateObject())
                    Check(member.Name, member.Value, place, code);
            }
        }
    }
}

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>What many tests fill their sandbox with.</summary>
public abstract class SandboxTest : SandboxFixture
{
    /// <summary>A batch target, its queue being one of this account.</summary>
    internal const string Queue = "arn:aws:batch:eu-west-1:123456789012:job-queue/main";

    internal const string EventsRole = "arn:aws:iam::123456789012:role/events";

    internal static string Target(string id, string jobDefinition = "job:1", string more = "") =>
        $$"""{"Id":"{{id}}","Arn":"{{Queue}}","RoleArn":"{{EventsRole}}","BatchParameters":{"JobDefinition":"{{jobDefinition}}","JobName":"job"}{{more}}}""";

    internal async Task PutRule(string name, string bus = "default") =>
        (await Aws.Events("PutRule", $$"""{"Name":"{{name}}","EventBusName":"{{bus}}","EventPattern":"{\"source\":[\"a\"]}"}""")).Succeeded();

    internal async Task<Answer> PutTargets(string rule, params string[] targets) =>
        await Aws.Events("PutTargets", $$"""{"Rule":"{{rule}}","Targets":[{{string.Join(",", targets)}}]}""");

    internal async Task<Answer> ListTargets(string rule) =>
        (await Aws.Events("ListTargetsByRule", $$"""{"Rule":"{{rule}}"}""")).Succeeded();

    internal async Task<int> Register(string name, string image = "busybox") =>
        (await Aws.Batch("RegisterJobDefinition",
            $$$"""{"jobDefinitionName":"{{{name}}}","type":"container","containerProperties":{"image":"{{{image}}}"}}"""))
            .Succeeded().Json.GetProperty("revision").GetInt32();

    /// <summary>Makes the role that targets have, by default one that EventBridge may assume and that may do everything.</summary>
    internal async Task MakeRole(string policy = """{"Effect":"Allow","Action":"*","Resource":"*"}""", string condition = "{}")
    {
        string trust = $$$"""{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{{{condition}}} } }""";
        (await Iam("CreateRole", $"&RoleName=events&AssumeRolePolicyDocument={Uri.EscapeDataString(trust)}")).Succeeded();
        (await Iam("PutRolePolicy", $"&RoleName=events&PolicyName=p&PolicyDocument={Uri.EscapeDataString($$"""{"Statement":[{{policy}}]}""")}")).Succeeded();
    }

    internal Task<Answer> Iam(string action, string form = "") =>
        Aws.Send("iam", "/", null, $"Action={action}&Version=2010-05-08{form}", "application/x-www-form-urlencoded");

    /// <summary>Asks for page after page and collects a list.</summary>
    internal static async Task<List<string>> Pages(Func<string?, Task<Answer>> ask, string list, string member)
    {
        List<string> items = new();
        string? token = null;
        do
        {
            Answer page = (await ask(token)).Succeeded();
            items.AddRange(page.Json.GetProperty(list).EnumerateArray().Select(item =>
                item.ValueKind == System.Text.Json.JsonValueKind.String ? item.GetString()! : item.GetProperty(member).ToString()));
            token = page.NextToken;
        }
        while (token is not null);
        return items;
    }

    internal static string Continued(string member, string? token) => token is null ? "" : $",\"{member}\":\"{token}\"";
}

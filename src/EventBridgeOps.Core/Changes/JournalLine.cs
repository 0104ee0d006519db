using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Changes;

/// <summary>
/// The journal's lines: <c>started</c> once for a change, then <c>writing</c> before and <c>written</c> after each rule's writes, and
/// each revision that is registered or deregistered.
/// </summary>
internal static class JournalLine
{
    public const string Version = "v";
    public const string Change = "change";
    public const string Type = "type";
    public const string Time = "time";
    public const string Kind = "kind";
    public const string Undoes = "undoes";
    public const string Region = "region";
    public const string Account = "account";
    public const string Identity = "identity";
    public const string Bus = "eventBus";
    public const string Rule = "rule";
    public const string Revert = "revert";
    public const string Item = "item";
    public const string Definition = "jobDefinition";
    public const string From = "from";
    public const string To = "to";
    public const string Targets = "targets";
    public const string Target = "id";
    public const string Before = "before";
    public const string After = "after";
    public const string Error = "error";
    public const string Started = "started";
    public const string Writing = "writing";
    public const string Written = "written";

    public static JsonObject ForStart(string change, ChangeOrigin origin, string? account, string? identity) => new()
    {
        [Version] = 1,
        [Change] = change,
        [Type] = Started,
        [Kind] = origin.Kind.ToString(),
        [Undoes] = origin.Undoes,
        [Region] = origin.Region,
        [Account] = account,
        [Identity] = identity,
    };

    public static JsonObject ForWriting(string change, string bus, string rule, bool revert, IEnumerable<WriteOutcome> writes) =>
        ForRule(change, Writing, bus, rule, revert, writes.Select(write => new JsonObject
        {
            [Target] = write.TargetId,
            [Before] = write.Before is null ? null : DocumentRedactor.Redact(write.Before),
            [After] = DocumentRedactor.Redact(write.After!),
        }));

    public static JsonObject ForWritten(string change, string bus, string rule, bool revert, IEnumerable<WriteOutcome> writes, IVoice voice) =>
        ForRule(change, Written, bus, rule, revert, writes.Select(write => new JsonObject
        {
            [Target] = write.TargetId,
            [Error] = write.Error?.In(voice).Message,
        }));

    public static JsonObject ForRegistering(string change, RevisionWrite revision, JsonObject after) =>
        ForDefinition(change, Writing, ChangeItemKind.Registration, revision.Name, new JsonObject
        {
            [From] = revision.From,
            [Before] = DocumentRedactor.Redact(revision.Before),
            [After] = DocumentRedactor.Redact(after),
        });

    public static JsonObject ForRegistered(string change, string name, string? made, OpsException? error, IVoice voice) =>
        ForDefinition(change, Written, ChangeItemKind.Registration, name, new JsonObject
        {
            [To] = made,
            [Error] = error?.In(voice).Message,
        });

    public static JsonObject ForDeregistering(string change, RevisionWrite revision) =>
        ForDefinition(change, Writing, ChangeItemKind.Deregistration, revision.Name, new JsonObject
        {
            [From] = revision.From,
            [Before] = DocumentRedactor.Redact(revision.Before),
        });

    public static JsonObject ForDeregistered(string change, RevisionWrite revision, OpsException? error, IVoice voice) =>
        ForDefinition(change, Written, ChangeItemKind.Deregistration, revision.Name, new JsonObject
        {
            [From] = revision.From,
            [Error] = error?.In(voice).Message,
        });

    private static JsonObject ForDefinition(string change, string type, ChangeItemKind item, string name, JsonObject what) => new()
    {
        [Version] = 1,
        [Change] = change,
        [Type] = type,
        [Item] = item.ToString(),
        [Definition] = name,
        [Targets] = new JsonArray(what),
    };

    private static JsonObject ForRule(string change, string type, string bus, string rule, bool revert, IEnumerable<JsonObject> targets) => new()
    {
        [Version] = 1,
        [Change] = change,
        [Type] = type,
        [Bus] = bus,
        [Rule] = rule,
        [Revert] = revert,
        [Targets] = new JsonArray([.. targets]),
    };
}

using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Rules;

/// <summary>What is said of rules that are read from files or given by hand.</summary>
internal static class RuleFileMessages
{
    public static Message TargetsComputed(string source, string rule) => Message.Of($"{source}: the targets of rule {rule} were skipped because they are computed.");

    public static Message TargetNotAnObject(string source, string rule) => Message.Of($"{source}: a target of rule {rule} was skipped because it is not an object.");

    public static Message RuleNotInPlan(string source, string address) => Message.Of($"{source}: {address} was skipped because its rule is not in the plan.");

    public static Message DependsOnPlan(string source, string address, IEnumerable<string> values) =>
        Message.Of($"{source}: {address} depends on values that are known only after the plan is applied: {values}.");

    public static Message PlanWithoutRules(string source, int resources) =>
        Message.Of($"{source} does not contain rules: it is a Terraform plan or state with {resources:resource|resources}, and none of them is an aws_cloudwatch_event_rule.");

    public static Message PlanRemovesRules(string source, IEnumerable<string> rules) =>
        Message.Of($"{source} does not contain rules: the Terraform plan removes {rules}, and no other resource in it is an aws_cloudwatch_event_rule.");

    public static Message TargetsOfWhichRule(string name, int count) => Message.Of(
        $"{name} is a list of targets that does not name its rule, and {count:given rule has|given rules have} no targets. Name the file after the rule (my-rule.targets.json), or pass it together with the file of that rule alone.");

    public static Message FileTooLong(string path, long megabytes, long limit) => Message.Of($"{path} has {megabytes} MB; the maximum for a file of rules is {limit} MB.");

    public static Message NotJson(string name, Message fault) => Message.Of($"{name} does not contain rules: it is not valid JSON. {fault:clause}.");

    public static Message NotYaml(string name, Message fault) => Message.Of($"{name} does not contain rules: it is neither valid JSON nor valid YAML. {fault}");

    public static Message NoRules(string name) => Message.Of(
        $"{name} does not contain rules: a rule has a Name, and this is not a rule, a list of rules, a CloudFormation template or a Terraform plan.");

    public static Message NoPattern(string rule) => Message.Of($"Rule {rule} has no event pattern, so no event invokes it.");

    public static Message Scheduled(string rule, string? schedule) => Message.Of($"Rule {rule} runs on a schedule ({schedule}) and has no event pattern, so no event invokes it.");

    public static Message InvalidPattern(string rule, string fault) => Message.Of($"Rule {rule} was skipped. {fault}");

    public static Message YamlNotLoaded() => Message.Of(
        $"YAML cannot be read here because another module in this shell has loaded a different version of YamlDotNet. Use the template in JSON format, or start a new shell.");

    public static Message YamlEmpty() => Message.Of($"It is empty.");

    public static Message YamlAt(long line, long column, string fault) => Message.Of($"Line {line}, column {column}: {fault}");

    public static Message YamlTooLarge() => Message.Of($"It has too many values; aliases can multiply them.");

    public static Message YamlTooDeep(int limit) => Message.Of($"It is nested more than {limit} levels deep.");

    public static Message YamlUnknownAlias(string alias) => Message.Of($"Alias *{alias} is not preceded by its anchor.");

    public static Message YamlKeyNotText(long? line) => Message.Of($"Line {line}: a key is not a string.");

    public static Message YamlKeyTwice(long line, string key) => Message.Of($"Line {line}: the key '{key}' occurs twice.");
}

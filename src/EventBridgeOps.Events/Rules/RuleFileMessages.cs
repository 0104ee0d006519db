using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Rules;

/// <summary>What is said of rules that are read from files or given by hand.</summary>
internal static class RuleFileMessages
{
    public static Message TargetsComputed(string source, string rule) => Message.Of($"{source}: the targets of rule {rule} were skipped because they are computed.");

    public static Message TargetNotAnObject(string source, string rule) => Message.Of($"{source}: a target of rule {rule} was skipped because it is not an object.");

    public static Message RulesOfOneName(string source, string target, IEnumerable<string> rules) =>
        Message.Of($"{source}: {target} may belong to any of these rules, which have the same name: {rules}.");

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

    public static Message NoRulesInTemplate(string name) => Message.Of(
        $"{name} is a CloudFormation template without rules. These were looked for: resources of type AWS::Events::Rule, and events of type EventBridgeRule, CloudWatchEvent and Schedule of functions and state machines of AWS SAM.");

    public static Message NoRulesInPlan(string name) => Message.Of(
        $"{name} is a Terraform plan or state without rules. These were looked for: resources of type aws_cloudwatch_event_rule.");

    public static Message EmptyList(string name) => Message.Of($"{name} is an empty list of rules.");

    public static Message InvalidName(string rule) => Message.Of($"Rule '{rule}': EventBridge does not accept this name. A name has 1 to 64 letters, digits, periods, hyphens and underscores.");

    public static Message InvalidState(string rule, string state, IEnumerable<string> states) => Message.Of($"Rule {rule}: EventBridge does not accept the state {state}. Valid values, in uppercase: {states}.");

    public static Message NoneRead() => Message.Of($"No rules were read from the files; the warnings say what was not read.");

    public static Message NotUsed(IEnumerable<string> names) => Message.Of($"These parameters are not used by any of the files: {names}. A name is written as in the template, with the same case.");

    public static Message DependsOn(string source, string rule, IEnumerable<string> symbols) => Message.Of(
        $"{source}: what rule {rule} does depends on {symbols}, which the file does not specify. Specify a value with {"Parameter":param}.");

    public static Message DependsOnSecret(string source, string rule, IEnumerable<string> symbols) => Message.Of(
        $"{source}: what rule {rule} does depends on {symbols}. The value is not used because it must not be shown (NoEcho).");

    public static Message NotThere(string source, string rule) => Message.Of($"{source}: {rule} was skipped because its condition is false.");

    public static Message NoRuleIsThere(string source) => Message.Of($"{source}: the template has rules, but with these parameters none is created.");

    public static Message NotARule(string source, string logicalId) => Message.Of($"{source}: {logicalId} is a schedule of EventBridge Scheduler, not a rule, and was not read. No event invokes it.");

    public static Message NotRead(string source, string logicalId, string type) => Message.Of(
        $"{source}: {logicalId} ({type}) was not read, and may create rules. Specify its template too, or use the template that CloudFormation made of it: aws cloudformation get-template --template-stage Processed.");

    public static Message MacroNotRun(string source, string macro) => Message.Of(
        $"{source}: macro {macro} was not run, and may create or change rules. Use the template that CloudFormation made of it: aws cloudformation get-template --template-stage Processed.");

    public static Message InSource(string source, Message said) => Message.Of($"{source}: {said}");

    // Forms that are not supported, each with the way to one that is.
    public static Message TerraformState(string name) => Message.Of($"{name} does not contain rules: it is a state file of Terraform. Use the output of 'terraform show -json'.");

    public static Message TerraformCode(string name) => Message.Of(
        $"{name} does not contain rules: it is Terraform code, whose values are known only in a plan. Run 'terraform plan -out plan', and use the output of 'terraform show -json plan'.");

    public static Message TerraformPlanFile(string name) => Message.Of($"{name} does not contain rules: it is a binary file. For a saved Terraform plan, use the output of 'terraform show -json {name}'.");

    public static Message TerraformPlanLines(string name) => Message.Of(
        $"{name} does not contain rules: it is the log of 'terraform plan -json'. Run 'terraform plan -out plan', and use the output of 'terraform show -json plan'.");

    public static Message Pulumi(string name) => Message.Of($"{name} does not contain rules: it is of Pulumi. Deploy it, and use the output of 'aws events list-rules', or of {"rule list":cmd} in JSON format.");

    public static Message Serverless(string name) => Message.Of(
        $"{name} does not contain rules: it is a configuration of the Serverless Framework. Run 'serverless package', and use .serverless/cloudformation-template-update-stack.json.");

    public static Message Cdk(string name) => Message.Of($"{name} does not contain rules: it is of the AWS CDK. Run 'cdk synth', and use the templates in cdk.out: cdk.out/<stack>.template.json.");

    public static Message StackDescription(string name) => Message.Of(
        $"{name} does not contain rules: it describes a stack without its template. Use the output of 'aws cloudformation get-template --stack-name <stack> --template-stage Processed'.");

    public static Message NoPattern(string rule) => Message.Of($"Rule {rule} has no event pattern, so no event invokes it.");

    public static Message Scheduled(string rule, string? schedule) => Message.Of($"Rule {rule} runs on a schedule ({schedule}) and has no event pattern, so no event invokes it.");

    public static Message InvalidPattern(string rule, string fault) => Message.Of($"Rule {rule} was skipped. {fault}");
}

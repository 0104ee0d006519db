"""Deploys stacks as boto3 does in earnest, at each of the endpoints, and prints what it saw at each, without what differs from run to run."""
import json
import re
import sys
import urllib.error
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError

TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}]}
TEMPLATE = {
    "AWSTemplateFormatVersion": "2010-09-09",
    "Description": "d",
    "Parameters": {"Stage": {"Type": "String", "Default": "dev", "AllowedValues": ["dev", "prod"]}, "Secret": {"Type": "String", "NoEcho": True, "Default": "s"}},
    "Mappings": {"Delay": {"dev": {"Seconds": "1"}, "prod": {"Seconds": "9"}}},
    "Conditions": {"IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
    "Resources": {
        "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::Sub": "${AWS::StackName}-${Stage}"}, "DelaySeconds": {"Fn::FindInMap": ["Delay", {"Ref": "Stage"}, "Seconds"]}}},
        "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "t", "Subscription": [{"Protocol": "sqs", "Endpoint": {"Fn::GetAtt": ["Queue", "Arn"]}}]}},
        "Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "r", "AssumeRolePolicyDocument": TRUST, "Policies": [{"PolicyName": "p", "PolicyDocument": POLICY}]}},
        "Rule": {"Type": "AWS::Events::Rule", "Properties": {"Name": "rule", "Description": {"Ref": "Secret"}, "EventPattern": {"source": [{"Ref": "Stage"}]}, "Targets": [{"Id": "q", "Arn": {"Fn::GetAtt": ["Queue", "Arn"]}}]}},
        "Group": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": {"Fn::Join": ["/", ["", "aws", {"Ref": "Stage"}]]}, "RetentionInDays": 14}},
        "Table": {"Type": "AWS::DynamoDB::Table", "Properties": {"TableName": "table", "BillingMode": "PAY_PER_REQUEST", "AttributeDefinitions": [{"AttributeName": "a", "AttributeType": "S"}], "KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}]}},
        "Parameter": {"Type": "AWS::SSM::Parameter", "Properties": {"Name": "/p", "Type": "String", "Value": {"Ref": "Queue"}}},
        "OnlyProd": {"Type": "AWS::SNS::Topic", "Condition": "IsProd"},
    },
    "Outputs": {
        "Arn": {"Value": {"Fn::GetAtt": ["Queue", "Arn"]}, "Export": {"Name": {"Fn::Sub": "${AWS::StackName}-arn"}}},
        "Second": {"Value": {"Fn::Select": ["1", {"Fn::Split": [":", {"Fn::GetAtt": ["Role", "Arn"]}]}]}},
        "Either": {"Value": {"Fn::If": ["IsProd", "p", {"Fn::Sub": ["${A}!", {"A": {"Ref": "Stage"}}]}]}},
    },
}


def look(endpoint):
    seen = {}
    stacks, sqs, events, logs, iam = (boto3.client(name, endpoint_url=endpoint, config=Config(retries={"max_attempts": 0})) for name in ("cloudformation", "sqs", "events", "logs", "iam"))

    def settle(name):
        try:
            urllib.request.urlopen(urllib.request.Request(endpoint + "/_sandbox/time", json.dumps({"seconds": 60}).encode(), method="POST"))
        except urllib.error.HTTPError:
            pass  # moto deploys at once.
        return stacks.describe_stacks(StackName=name)["Stacks"][0]

    def code(call, **parameters):
        try:
            call(**parameters)
            return None
        except ClientError as error:
            return [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
        except ResponseParserError:
            return "the server failed"

    def resources(name):
        return sorted([row["LogicalResourceId"], row["ResourceType"], row["ResourceStatus"]] for row in stacks.list_stack_resources(StackName=name)["StackResourceSummaries"] if row["LogicalResourceId"])

    def state():
        queue = sqs.get_queue_attributes(QueueUrl=sqs.get_queue_url(QueueName=sqs.list_queues()["QueueUrls"][0].rsplit("/", 1)[1])["QueueUrl"], AttributeNames=["DelaySeconds", "QueueArn"])["Attributes"]
        return [queue, json.loads(events.describe_rule(Name="rule")["EventPattern"]), [target["Arn"] for target in events.list_targets_by_rule(Rule="rule")["Targets"]],
                [[group["logGroupName"], group["retentionInDays"]] for group in logs.describe_log_groups()["logGroups"]], iam.list_role_policies(RoleName="r")["PolicyNames"]]

    arguments = {"StackName": "app", "TemplateBody": json.dumps(TEMPLATE), "Capabilities": ["CAPABILITY_NAMED_IAM"], "Tags": [{"Key": "k", "Value": "v"}],
                 "Parameters": [{"ParameterKey": "Stage", "ParameterValue": "dev"}, {"ParameterKey": "Secret", "ParameterValue": "s"}]}
    seen["summary"] = {key: sorted(set(stacks.get_template_summary(TemplateBody=json.dumps(TEMPLATE))[key])) for key in ("Description", "ResourceTypes", "Version")}
    seen["parameters"] = sorted(parameter["ParameterKey"] for parameter in stacks.validate_template(TemplateBody=json.dumps(TEMPLATE))["Parameters"])
    identity = stacks.create_stack(**arguments)["StackId"]
    seen["id"] = re.sub("[0-9a-f-]{36}", "*", identity)
    stack = settle("app")
    seen["stack"] = {key: stack.get(key) for key in ("StackName", "StackStatus", "Description", "Capabilities", "Tags", "DisableRollback")}
    seen["values"] = sorted([parameter["ParameterKey"], parameter["ParameterValue"]] for parameter in stack["Parameters"])
    seen["outputs"] = sorted([output["OutputKey"], output["OutputValue"], output.get("ExportName")] for output in stack["Outputs"])
    seen["resources"] = resources("app")
    seen["state"] = state()
    seen["exports"] = [[export["Name"], export["Value"]] for export in stacks.list_exports()["Exports"]]
    seen["template"] = stacks.get_template(StackName="app")["TemplateBody"] == TEMPLATE
    seen["again"] = code(stacks.create_stack, **arguments)
    seen["last event"] = [stacks.describe_stack_events(StackName="app")["StackEvents"][0][key] for key in ("LogicalResourceId", "ResourceStatus", "ResourceType")]
    seen["by physical id"] = code(stacks.describe_stack_resources, PhysicalResourceId="rule")
    seen["no updates"] = code(stacks.update_stack, **arguments)

    stacks.update_stack(StackName="app", UsePreviousTemplate=True, Capabilities=["CAPABILITY_NAMED_IAM"],
                        Parameters=[{"ParameterKey": "Stage", "ParameterValue": "prod"}, {"ParameterKey": "Secret", "UsePreviousValue": True}])
    stack = settle("app")
    seen["update"] = [stack["StackStatus"], sorted([output["OutputKey"], output["OutputValue"]] for output in stack["Outputs"])]
    seen["updated resources"] = resources("app")
    seen["updated state"] = state()

    changed = json.loads(json.dumps(TEMPLATE))
    del changed["Resources"]["Topic"]
    changed["Resources"]["New"] = {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "new"}}
    stacks.create_change_set(ChangeSetName="c", **{**arguments, "TemplateBody": json.dumps(changed), "Parameters": [{"ParameterKey": "Stage", "ParameterValue": "prod"}]})
    change_set = stacks.describe_change_set(StackName="app", ChangeSetName="c")
    seen["change set"] = [change_set["Status"], change_set["ExecutionStatus"]]
    seen["changes"] = sorted([change["ResourceChange"]["Action"], change["ResourceChange"]["LogicalResourceId"]] for change in change_set["Changes"])
    seen["executed"] = [code(stacks.execute_change_set, StackName="app", ChangeSetName="c"), settle("app")["StackStatus"]]
    seen["executed resources"] = resources("app")

    seen.update({"code: " + key: value for key, value in {
        "describe": code(stacks.describe_stacks, StackName="none"),
        "update": code(stacks.update_stack, StackName="none", TemplateBody=json.dumps(TEMPLATE)),
        "delete": code(stacks.delete_stack, StackName="none"),
        "events": code(stacks.describe_stack_events, StackName="none"),
        "change set": code(stacks.describe_change_set, StackName="app", ChangeSetName="none"),
        "resource": code(stacks.describe_stack_resource, StackName="app", LogicalResourceId="none"),
        "no template": code(stacks.create_stack, StackName="x1"),
        "bad reference": code(stacks.create_stack, StackName="x2", TemplateBody=json.dumps({"Resources": {"A": {"Type": "AWS::SQS::Queue", "DependsOn": "B"}}})),
        "no resources": code(stacks.create_stack, StackName="x3", TemplateBody="{}"),
        "missing value": code(stacks.create_stack, StackName="x4", TemplateBody=json.dumps({"Parameters": {"P": {"Type": "String"}}, "Resources": {"A": {"Type": "AWS::SQS::Queue"}}})),
        "capability": code(stacks.create_stack, StackName="x5", TemplateBody=json.dumps(TEMPLATE)),
    }.items()})
    seen["protection"] = code(stacks.update_termination_protection, StackName="app", EnableTerminationProtection=False)
    stacks.delete_stack(StackName="app")
    seen["deleted"] = settle(identity)["StackStatus"]
    seen["left"] = [sqs.list_queues().get("QueueUrls", []), events.list_rules()["Rules"], logs.describe_log_groups()["logGroups"], code(iam.get_role, RoleName="r"), stacks.list_exports()["Exports"]]
    seen["listed"] = [[row["StackName"], row["StackStatus"]] for row in stacks.list_stacks(StackStatusFilter=["DELETE_COMPLETE"])["StackSummaries"]]
    return seen


print(json.dumps([look(endpoint.rstrip("/")) for endpoint in sys.argv[1:]]))

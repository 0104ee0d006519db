"""Stores packages, writes logs and deploys a stack as boto3 does in earnest, with its own validation and parsers, and prints what it saw."""
import hashlib
import io
import json
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

NOW = int(time.time() * 1000)
TEMPLATE = """
Parameters: {Days: {Type: Number}}
Resources:
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: made, RetentionInDays: !Ref Days}}
Outputs: {Name: {Value: !Ref Logs}}
"""
seen = {}
s3 = boto3.client("s3", endpoint_url=sys.argv[1], config=Config(s3={"addressing_style": "path"}))
logs, watch, stacks = (boto3.client(service, endpoint_url=sys.argv[1]) for service in ("logs", "cloudwatch", "cloudformation"))


def code(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]


s3.create_bucket(Bucket="packages", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
package = bytes(range(256)) * 4 * 1024 * 9  # 9 MB: boto3 uploads it in parts.
s3.upload_fileobj(io.BytesIO(package), "packages", "f/one.zip")
back = io.BytesIO()
s3.download_fileobj("packages", "f/one.zip", back)
seen["package"] = hashlib.sha256(back.getvalue()).hexdigest() == hashlib.sha256(package).hexdigest()
seen["keys"] = [entry["Key"] for entry in s3.list_objects_v2(Bucket="packages", Prefix="f/")["Contents"]]
seen["s3 codes"] = [code(s3.get_object, Bucket="packages", Key="none"), code(s3.delete_bucket, Bucket="packages"), code(s3.head_bucket, Bucket="none")]
s3.delete_object(Bucket="packages", Key="f/one.zip")
s3.delete_bucket(Bucket="packages")

stacks.create_stack(StackName="app", TemplateBody=TEMPLATE, Parameters=[{"ParameterKey": "Days", "ParameterValue": "7"}])
stacks.get_waiter("stack_create_complete").wait(StackName="app", WaiterConfig={"Delay": 0, "MaxAttempts": 100})
seen["outputs"] = stacks.describe_stacks(StackName="app")["Stacks"][0]["Outputs"]
change = stacks.create_change_set(StackName="app", ChangeSetName="c", UsePreviousTemplate=True, Parameters=[{"ParameterKey": "Days", "ParameterValue": "30"}])["Id"]
stacks.get_waiter("change_set_create_complete").wait(ChangeSetName=change, WaiterConfig={"Delay": 0, "MaxAttempts": 100})
seen["changes"] = [[each["ResourceChange"]["Action"], each["ResourceChange"]["LogicalResourceId"]] for each in stacks.describe_change_set(ChangeSetName=change)["Changes"]]
stacks.execute_change_set(ChangeSetName=change)
stacks.get_waiter("stack_update_complete").wait(StackName="app", WaiterConfig={"Delay": 0, "MaxAttempts": 100})
seen["retention"] = logs.describe_log_groups(logGroupNamePrefix="made")["logGroups"][0]["retentionInDays"]
seen["stack codes"] = [code(stacks.describe_stacks, StackName="none"), code(stacks.create_stack, StackName="app", TemplateBody=TEMPLATE)]

logs.create_log_stream(logGroupName="made", logStreamName="s")
metrics = {"_aws": {"Timestamp": NOW, "CloudWatchMetrics": [{"Namespace": "Shop", "Dimensions": [["Task"]], "Metrics": [{"Name": "Orders", "Unit": "Count"}]}]}, "Task": "sell", "Orders": [1, 2]}
logs.put_log_events(logGroupName="made", logStreamName="s", logEvents=[{"timestamp": NOW, "message": "plain"}, {"timestamp": NOW, "message": json.dumps(metrics)}])
seen["plain"] = [event["message"] for event in logs.filter_log_events(logGroupName="made", filterPattern="plain")["events"]]
seen["events"] = len(logs.get_log_events(logGroupName="made", logStreamName="s", startFromHead=True)["events"])
seen["orders"] = watch.get_metric_data(StartTime=NOW / 1000 - 600, EndTime=NOW / 1000 + 600, MetricDataQueries=[
    {"Id": "a", "MetricStat": {"Metric": {"Namespace": "Shop", "MetricName": "Orders", "Dimensions": [{"Name": "Task", "Value": "sell"}]}, "Period": 300, "Stat": "Sum"}}])["MetricDataResults"][0]["Values"]

stacks.delete_stack(StackName="app")
stacks.get_waiter("stack_delete_complete").wait(StackName="app", WaiterConfig={"Delay": 0, "MaxAttempts": 100})
seen["logs codes"] = [code(logs.filter_log_events, logGroupName="made"), code(logs.create_log_stream, logGroupName="made", logStreamName="s")]
print(json.dumps(seen))

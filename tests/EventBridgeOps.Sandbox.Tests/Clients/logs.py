"""Writes and reads logs with boto3 at each of the endpoints, and prints what it saw at each."""
import json
import sys

import boto3
from botocore.exceptions import ClientError

NOW = int(sys.argv[1]) * 1000
GROUP = "/compared/one"


def code(call, **arguments):
    try:
        call(**arguments)
        return "none"
    except ClientError as error:
        return error.response["Error"]["Code"]


def keys(value):
    return sorted(value)


def look(endpoint):
    seen = {}
    logs = boto3.client("logs", endpoint_url=endpoint)
    logs.create_log_group(logGroupName=GROUP, tags={"k": "v"})
    seen["again"] = code(logs.create_log_group, logGroupName=GROUP)
    seen["no group"] = code(logs.create_log_stream, logGroupName="none", logStreamName="s")
    for stream in ("a", "b", "c"):
        logs.create_log_stream(logGroupName=GROUP, logStreamName=stream)
    seen["stream again"] = code(logs.create_log_stream, logGroupName=GROUP, logStreamName="a")
    for number in range(10):
        answer = logs.put_log_events(logGroupName=GROUP, logStreamName="ab"[number % 2], logEvents=[
            {"timestamp": NOW - 10_000 + number * 1000, "message": f"message {number} " + ("ERROR" if number % 3 == 0 else "fine")}])
    seen["put"] = keys(answer.keys() - {"ResponseMetadata"})
    seen["old"] = logs.put_log_events(logGroupName=GROUP, logStreamName="c", logEvents=[{"timestamp": NOW - 20 * 86_400_000, "message": "x"}]).get("rejectedLogEventsInfo")
    seen["new"] = logs.put_log_events(logGroupName=GROUP, logStreamName="c", logEvents=[{"timestamp": NOW + 86_400_000, "message": "x"}]).get("rejectedLogEventsInfo")
    page = logs.get_log_events(logGroupName=GROUP, logStreamName="a", limit=2, startFromHead=True)
    seen["first"] = [event["message"] for event in page["events"]]
    page = logs.get_log_events(logGroupName=GROUP, logStreamName="a", limit=2, nextToken=page["nextForwardToken"])
    seen["second"] = [event["message"] for event in page["events"]]
    seen["first again"] = [event["message"] for event in logs.get_log_events(logGroupName=GROUP, logStreamName="a", limit=2, nextToken=page["nextBackwardToken"])["events"]]
    seen["last"] = [event["message"] for event in logs.get_log_events(logGroupName=GROUP, logStreamName="a", limit=2)["events"]]
    seen["event"] = keys(page["events"][0])
    seen["errors"] = [event["message"] for event in logs.filter_log_events(logGroupName=GROUP, filterPattern="ERROR")["events"]]
    seen["phrase"] = [event["message"] for event in logs.filter_log_events(logGroupName=GROUP, filterPattern='"7 fine"')["events"]]
    seen["all"] = [event["logStreamName"] for page in logs.get_paginator("filter_log_events").paginate(logGroupName=GROUP, PaginationConfig={"PageSize": 4}) for event in page["events"]]
    seen["streams"] = [stream["logStreamName"] for stream in logs.describe_log_streams(logGroupName=GROUP, orderBy="LastEventTime", descending=True)["logStreams"]]
    seen["stream"] = keys(logs.describe_log_streams(logGroupName=GROUP, logStreamNamePrefix="a")["logStreams"][0])
    seen["order with prefix"] = code(logs.describe_log_streams, logGroupName=GROUP, orderBy="LastEventTime", logStreamNamePrefix="a")
    logs.put_retention_policy(logGroupName=GROUP, retentionInDays=7)
    seen["group"] = keys(logs.describe_log_groups(logGroupNamePrefix="/comp")["logGroups"][0])
    seen["retention"] = logs.describe_log_groups(logGroupNamePrefix="/comp")["logGroups"][0]["retentionInDays"]
    arn = logs.describe_log_groups(logGroupNamePrefix="/comp")["logGroups"][0]["arn"]
    seen["arn"] = arn.split(":", 5)[5]
    seen["tags"] = logs.list_tags_for_resource(resourceArn=arn[:-2])["tags"]
    policy = json.dumps({"Version": "2012-10-17", "Statement": []})
    seen["policy"] = keys(logs.put_resource_policy(policyName="p", policyDocument=policy)["resourcePolicy"])
    seen["policies"] = [each["policyName"] for each in logs.describe_resource_policies()["resourcePolicies"]]
    seen["no policy"] = code(logs.delete_resource_policy, policyName="none")
    logs.delete_log_group(logGroupName=GROUP)
    seen["deleted"] = code(logs.get_log_events, logGroupName=GROUP, logStreamName="a")
    return seen


print(json.dumps([look(endpoint) for endpoint in sys.argv[2:]]))

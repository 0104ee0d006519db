"""A Lambda function that follows a push to Amazon ECR: a revision of each job definition that runs the repository, and the targets on it."""
import http.client
import json
import os
import sys
import time
import uuid

import boto3
from botocore.exceptions import ClientError

TABLE = os.environ["EBOPS_TABLE"]
DESCRIBED_ONLY = ("jobDefinitionArn", "revision", "status", "containerOrchestrationType")

ecr, batch, events, dynamodb = (boto3.client(name) for name in ("ecr", "batch", "events", "dynamodb"))


def claim(key, until, token):
    try:
        dynamodb.put_item(
            TableName=TABLE,
            Item={**key, "state": {"S": "held"}, "token": {"S": token}, "until": {"N": str(until)}, "expires": {"N": str(until // 1000 + 15 * 86400)}},
            ConditionExpression="attribute_not_exists(#id) OR (#s = :held AND #u < :now)",
            ExpressionAttributeNames={"#id": "id", "#s": "state", "#u": "until"},
            ExpressionAttributeValues={":held": {"S": "held"}, ":now": {"N": str(int(time.time() * 1000))}},
        )
        return None
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
    found = dynamodb.get_item(TableName=TABLE, Key=key, ConsistentRead=True).get("Item", {})
    if found.get("state", {}).get("S") != "done":
        raise RuntimeError("Another instance is processing the push.")
    return json.loads(found["outcome"]["S"])


def complete(key, token, outcome):
    dynamodb.update_item(
        TableName=TABLE,
        Key=key,
        UpdateExpression="SET #s = :done, #o = :outcome REMOVE #u",
        ConditionExpression="#t = :token",
        ExpressionAttributeNames={"#s": "state", "#o": "outcome", "#u": "until", "#t": "token"},
        ExpressionAttributeValues={":done": {"S": "done"}, ":outcome": {"S": json.dumps(outcome)}, ":token": {"S": token}},
    )


def latest():
    found = {}
    for page in batch.get_paginator("describe_job_definitions").paginate(status="ACTIVE"):
        for definition in page["jobDefinitions"]:
            name = definition["jobDefinitionName"]
            if name not in found or found[name]["revision"] < definition["revision"]:
                found[name] = definition
    return found


def follow(registry, repository, tag, digest):
    image = ecr.describe_images(repositoryName=repository, imageIds=[{"imageTag": tag}])["imageDetails"][0]
    if image["imageDigest"] != digest:
        return {"status": "Nothing", "revisions": {}, "targets": []}
    revisions = {}
    for name, definition in latest().items():
        container = definition["containerProperties"]
        if container["image"].partition("/")[2].partition(":")[0] != repository:
            continue
        container["image"] = f"{registry}/{repository}:{tag}"
        revisions[name] = batch.register_job_definition(**{key: value for key, value in definition.items() if key not in DESCRIBED_ONLY})["revision"]
    moved = []
    for bus in events.list_event_buses()["EventBuses"]:
        for page in events.get_paginator("list_rules").paginate(EventBusName=bus["Name"]):
            for rule in page["Rules"]:
                moved += move(bus["Name"], rule["Name"], revisions)
    return {"status": "Done", "revisions": revisions, "targets": moved}


def move(bus, rule, revisions):
    changed = []
    for target in events.list_targets_by_rule(EventBusName=bus, Rule=rule)["Targets"]:
        name = target.get("BatchParameters", {}).get("JobDefinition", "").rpartition("/")[2].partition(":")[0]
        if name in revisions:
            target["BatchParameters"]["JobDefinition"] = f"{name}:{revisions[name]}"
            changed.append(target)
    if changed:
        failed = events.put_targets(EventBusName=bus, Rule=rule, Targets=changed)
        if failed["FailedEntryCount"]:
            raise RuntimeError(json.dumps(failed["FailedEntries"]))
    return [f"{bus}/{rule}/{target['Id']}" for target in changed]


def handle(event, request_id, deadline):
    begun, detail = time.time(), event["detail"]
    repository, tag, digest = detail["repository-name"], detail["image-tag"], detail["image-digest"]
    key = {"id": {"S": "work#image-push"}, "at": {"S": f"{event['account']}/{event['region']}/{repository}:{tag}@{digest} {event['time']}"}}
    token = str(uuid.uuid4())
    outcome = claim(key, deadline + 5000, token)
    if outcome is None:
        outcome = follow(f"{event['account']}.dkr.ecr.{event['region']}.amazonaws.com", repository, tag, digest)
        complete(key, token, outcome)
    print(json.dumps({"level": "INFO", "event": "invocation.done", "requestId": request_id, "milliseconds": int((time.time() - begun) * 1000), **outcome}), flush=True)
    return outcome


def main():
    """As the managed runtime does."""
    runtime = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    while True:
        runtime.request("GET", "/2018-06-01/runtime/invocation/next")
        response = runtime.getresponse()
        request_id, event = response.headers["Lambda-Runtime-Aws-Request-Id"], json.loads(response.read())
        try:
            path, answer = "response", handle(event, request_id, int(response.headers["Lambda-Runtime-Deadline-Ms"]))
        except Exception as error:  # Whatever an event does, the next one is handled.
            print(json.dumps({"level": "ERROR", "event": "invocation.failed", "requestId": request_id, "message": str(error)}), file=sys.stderr, flush=True)
            path, answer = "error", {"errorType": type(error).__name__, "errorMessage": str(error)}
        runtime.request("POST", f"/2018-06-01/runtime/invocation/{request_id}/{path}", json.dumps(answer), {"Content-Type": "application/json"})
        runtime.getresponse().read()


main()

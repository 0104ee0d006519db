"""Uses a sandbox as boto3 does in earnest, with its own validation and paginators, and prints what it saw."""
import json
import sys

import boto3
from botocore.exceptions import ClientError

QUEUE = "arn:aws:batch:eu-west-1:123456789012:job-queue/main"
seen = {}
events, batch, ecr, sts = (boto3.client(service, endpoint_url=sys.argv[1]) for service in ("events", "batch", "ecr", "sts"))

seen["account"] = sts.get_caller_identity()["Account"]
credentials = sts.assume_role(RoleArn="arn:aws:iam::123456789012:role/deploy", RoleSessionName="me")["Credentials"]
seen["expires"] = credentials["Expiration"].tzinfo is not None

events.create_event_bus(Name="bus")
for number in range(7):
    events.put_rule(Name=f"rule-{number}", EventBusName="bus", EventPattern='{"source":["a"]}')
target = {
    "Id": "one", "Arn": QUEUE, "RoleArn": "arn:aws:iam::123456789012:role/r",
    "InputTransformer": {"InputPathsMap": {"a": "$.a"}, "InputTemplate": '"<a>"\nÄ\U0001f680'},
    "BatchParameters": {"JobDefinition": "job:1", "JobName": "job", "ArrayProperties": {"Size": 2}, "RetryStrategy": {"Attempts": 3}},
    "DeadLetterConfig": {"Arn": "arn:aws:sqs:eu-west-1:123456789012:dead"},
    "RetryPolicy": {"MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 60},
}
seen["failed"] = events.put_targets(Rule="rule-3", EventBusName="bus", Targets=[target])["FailedEntryCount"]
seen["same target"] = events.list_targets_by_rule(Rule="rule-3", EventBusName="bus")["Targets"] == [target]
seen["rules"] = [rule["Name"] for page in events.get_paginator("list_rules").paginate(EventBusName="bus") for rule in page["Rules"]]
seen["by target"] = events.list_rule_names_by_target(TargetArn=QUEUE, EventBusName="bus")["RuleNames"]
seen["events"] = events.put_events(Entries=[{"Source": "a", "DetailType": "b", "Detail": "{}"}, {"Source": "a"}])["FailedEntryCount"]

batch.create_compute_environment(computeEnvironmentName="env", type="UNMANAGED")
batch.create_job_queue(jobQueueName="main", priority=1, computeEnvironmentOrder=[{"order": 1, "computeEnvironment": "env"}])
for number in range(7):
    batch.register_job_definition(
        jobDefinitionName="job", type="container", containerProperties={"image": f"i:{number}", "vcpus": 1, "memory": 4}, tags={"n": str(number)})
batch.deregister_job_definition(jobDefinition="job:1")
pages = batch.get_paginator("describe_job_definitions").paginate(jobDefinitionName="job", status="ACTIVE")
seen["revisions"] = sorted(definition["revision"] for page in pages for definition in page["jobDefinitions"])
job = batch.submit_job(jobName="n", jobQueue="main", jobDefinition="job")["jobId"]
seen["job"] = [batch.describe_jobs(jobs=[job])["jobs"][0]["status"] for _ in range(6)][-1]
batch.tag_resource(resourceArn=QUEUE, tags={"a b": "c/d"})
seen["tags"] = batch.list_tags_for_resource(resourceArn=QUEUE)["tags"]
batch.untag_resource(resourceArn=QUEUE, tagKeys=["a b"])

ecr.create_repository(repositoryName="app")
ecr.put_image(repositoryName="app", imageManifest='{"schemaVersion":2}', imageTag="1")
seen["image"] = ecr.describe_images(repositoryName="app")["imageDetails"][0]["imageTags"]


def code(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]


seen["codes"] = [
    code(events.describe_rule, Name="nothing"),
    code(batch.deregister_job_definition, jobDefinition="nothing:1"),
    code(ecr.describe_images, repositoryName="nothing"),
    code(sts.assume_role, RoleArn="arn:aws:iam::123456789012:nobody", RoleSessionName="me"),
]
print(json.dumps(seen))

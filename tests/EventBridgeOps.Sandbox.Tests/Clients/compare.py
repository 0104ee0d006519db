"""Sends the same calls to two endpoints and prints, step by step, what each answered: status, error code and shape."""
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ACCOUNT, REGION = "123456789012", "eu-west-1"
QUEUE = f"arn:aws:batch:{REGION}:{ACCOUNT}:job-queue/compared"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/compared"
BUS = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/default"
ARCHIVE = f"arn:aws:events:{REGION}:{ACCOUNT}:archive/archive"
CONTAINER = {"image": "busybox", "vcpus": 1, "memory": 128}


def clients(endpoint):
    def client(service):
        return boto3.client(
            service, endpoint_url=endpoint, region_name=REGION, aws_access_key_id="sandbox", aws_secret_access_key="sandbox",
            config=Config(retries={"max_attempts": 1}, parameter_validation=False))
    return {service: client(service) for service in ("events", "batch", "ecr", "sts", "iam")}


def shape(value):
    if isinstance(value, dict):
        return {key: shape(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__


def batch_target(target_id, definition="compared:1", **more):
    return {"Id": target_id, "Arn": QUEUE, "RoleArn": ROLE, "BatchParameters": {"JobDefinition": definition, "JobName": "job"}, **more}


# (name of the step, service, operation, arguments); "$job" and the like are taken from an earlier answer.
STEPS = [
    ("identity", "sts", "get_caller_identity", {}),
    ("assume role", "sts", "assume_role", {"RoleArn": ROLE, "RoleSessionName": "compared"}),
    ("list buses", "events", "list_event_buses", {}),
    ("create bus", "events", "create_event_bus", {"Name": "compared"}),
    ("create bus again", "events", "create_event_bus", {"Name": "compared"}),
    ("create bus with a slash", "events", "create_event_bus", {"Name": "a/b"}),
    ("describe bus", "events", "describe_event_bus", {"Name": "compared"}),
    ("describe bus that is not there", "events", "describe_event_bus", {"Name": "nowhere"}),
    ("list buses by prefix", "events", "list_event_buses", {"NamePrefix": "comp"}),
    ("delete default bus", "events", "delete_event_bus", {"Name": "default"}),
    ("delete bus that is not there", "events", "delete_event_bus", {"Name": "nowhere"}),
    ("put rule", "events", "put_rule", {"Name": "rule", "EventBusName": "compared", "EventPattern": '{"source":["a"]}', "Description": "d"}),
    ("put rule with tags", "events", "put_rule", {"Name": "tagged", "EventPattern": "{\"source\":[\"a\"]}", "Tags": [{"Key": "k", "Value": "v"}]}),
    ("put rule without pattern and schedule", "events", "put_rule", {"Name": "empty"}),
    ("put rule with bad pattern", "events", "put_rule", {"Name": "bad", "EventPattern": "{"}),
    ("put rule with bad schedule", "events", "put_rule", {"Name": "bad", "ScheduleExpression": "whenever"}),
    ("put schedule", "events", "put_rule", {"Name": "hourly", "ScheduleExpression": "rate(1 hour)", "State": "DISABLED"}),
    ("put schedule on a custom bus", "events", "put_rule", {"Name": "s", "EventBusName": "compared", "ScheduleExpression": "rate(1 hour)"}),
    ("put rule on a bus that is not there", "events", "put_rule", {"Name": "r", "EventBusName": "nowhere", "EventPattern": '{"source":["a"]}'}),
    ("describe rule", "events", "describe_rule", {"Name": "rule", "EventBusName": "compared"}),
    ("describe rule by bus arn", "events", "describe_rule", {"Name": "rule", "EventBusName": f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/compared"}),
    ("describe rule that is not there", "events", "describe_rule", {"Name": "nothing", "EventBusName": "compared"}),
    ("list rules", "events", "list_rules", {"EventBusName": "compared"}),
    ("list rules with prefix and limit", "events", "list_rules", {"NamePrefix": "h", "Limit": 1}),
    ("list rules on a bus that is not there", "events", "list_rules", {"EventBusName": "nowhere"}),
    ("disable rule", "events", "disable_rule", {"Name": "rule", "EventBusName": "compared"}),
    ("enable rule", "events", "enable_rule", {"Name": "rule", "EventBusName": "compared"}),
    ("enable rule that is not there", "events", "enable_rule", {"Name": "nothing"}),
    ("tag rule", "events", "tag_resource", {"ResourceARN": f"arn:aws:events:{REGION}:{ACCOUNT}:rule/tagged", "Tags": [{"Key": "l", "Value": "w"}]}),
    ("untag rule", "events", "untag_resource", {"ResourceARN": f"arn:aws:events:{REGION}:{ACCOUNT}:rule/tagged", "TagKeys": ["k"]}),
    ("list tags", "events", "list_tags_for_resource", {"ResourceARN": f"arn:aws:events:{REGION}:{ACCOUNT}:rule/tagged"}),
    ("tags of what is not there", "events", "list_tags_for_resource", {"ResourceARN": f"arn:aws:events:{REGION}:{ACCOUNT}:rule/nothing"}),
    ("put targets", "events", "put_targets", {"Rule": "rule", "EventBusName": "compared", "Targets": [
        batch_target("one", InputTransformer={"InputPathsMap": {"a": "$.a"}, "InputTemplate": '"<a>"'}, RetryPolicy={"MaximumRetryAttempts": 1}),
        {"Id": "two", "Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:queue"}]}),
    ("put targets with a bad arn", "events", "put_targets", {"Rule": "rule", "EventBusName": "compared", "Targets": [{"Id": "x", "Arn": "nonsense"}]}),
    ("put fifo target without parameters", "events", "put_targets", {"Rule": "rule", "EventBusName": "compared", "Targets": [
        {"Id": "x", "Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:queue.fifo"}]}),
    ("put batch target without parameters", "events", "put_targets", {"Rule": "tagged", "Targets": [{"Id": "x", "Arn": QUEUE}]}),
    ("put eleven targets", "events", "put_targets", {"Rule": "tagged", "Targets": [batch_target(str(i)) for i in range(11)]}),
    ("put a sixth target", "events", "put_targets", {"Rule": "tagged", "Targets": [batch_target(str(i)) for i in range(6)]}),
    ("put targets of a rule that is not there", "events", "put_targets", {"Rule": "nothing", "Targets": [batch_target("x")]}),
    ("list targets", "events", "list_targets_by_rule", {"Rule": "rule", "EventBusName": "compared"}),
    ("list targets of a rule that is not there", "events", "list_targets_by_rule", {"Rule": "nothing"}),
    ("list rule names by target", "events", "list_rule_names_by_target", {"TargetArn": QUEUE, "EventBusName": "compared"}),
    ("delete rule with targets", "events", "delete_rule", {"Name": "rule", "EventBusName": "compared"}),
    ("remove targets", "events", "remove_targets", {"Rule": "rule", "EventBusName": "compared", "Ids": ["one", "two", "never"]}),
    ("remove targets of a rule that is not there", "events", "remove_targets", {"Rule": "nothing", "Ids": ["one"]}),
    ("delete rule", "events", "delete_rule", {"Name": "rule", "EventBusName": "compared"}),
    ("delete rule again", "events", "delete_rule", {"Name": "rule", "EventBusName": "compared"}),
    ("put events", "events", "put_events", {"Entries": [{"Source": "a", "DetailType": "b", "Detail": "{}"}]}),
    ("put events with a bad one", "events", "put_events", {"Entries": [{"Source": "a", "DetailType": "b", "Detail": "{"}, {"Source": "a"}]}),
    ("put events without source", "events", "put_events", {"Entries": [{"DetailType": "b", "Detail": "{}"}]}),
    ("put events without detail type", "events", "put_events", {"Entries": [{"Source": "a", "Detail": "{}"}]}),
    ("put events without detail", "events", "put_events", {"Entries": [{"Source": "a", "DetailType": "b"}]}),
    ("put events whose detail is a list", "events", "put_events", {"Entries": [{"Source": "a", "DetailType": "b", "Detail": "[1]"}]}),
    ("put events to a bus that is not there", "events", "put_events", {"Entries": [{"Source": "a", "DetailType": "b", "Detail": "{}", "EventBusName": "nowhere"}]}),
    ("put eleven events", "events", "put_events", {"Entries": [{"Source": "a", "DetailType": "b", "Detail": "{}"}] * 11}),
    ("create archive", "events", "create_archive", {"ArchiveName": "archive", "EventSourceArn": BUS, "EventPattern": '{"source":["a"]}', "Description": "d", "RetentionDays": 1}),
    ("create archive again", "events", "create_archive", {"ArchiveName": "archive", "EventSourceArn": BUS}),
    ("create archive with a long name", "events", "create_archive", {"ArchiveName": "a" * 49, "EventSourceArn": BUS}),
    ("create archive of a bus that is not there", "events", "create_archive", {"ArchiveName": "other", "EventSourceArn": BUS + "x"}),
    ("create archive with bad pattern", "events", "create_archive", {"ArchiveName": "other", "EventSourceArn": BUS, "EventPattern": "{"}),
    ("describe archive", "events", "describe_archive", {"ArchiveName": "archive"}),
    ("describe archive that is not there", "events", "describe_archive", {"ArchiveName": "nothing"}),
    ("list archives", "events", "list_archives", {"NamePrefix": "arch"}),
    ("list archives with two filters", "events", "list_archives", {"NamePrefix": "arch", "State": "ENABLED"}),
    ("list archives with a bad state", "events", "list_archives", {"State": "MAYBE"}),
    ("describe rule of archive", "events", "describe_rule", {"Name": "Events-Archive-archive"}),
    ("list targets of archive", "events", "list_targets_by_rule", {"Rule": "Events-Archive-archive"}),
    ("disable rule of archive", "events", "disable_rule", {"Name": "Events-Archive-archive"}),
    ("update archive", "events", "update_archive", {"ArchiveName": "archive", "RetentionDays": 2}),
    ("update archive that is not there", "events", "update_archive", {"ArchiveName": "nothing"}),
    ("start replay", "events", "start_replay", {"ReplayName": "replay", "EventSourceArn": ARCHIVE, "EventStartTime": "2026-01-01T00:00:00Z",
        "EventEndTime": "2026-01-02T00:00:00Z", "Destination": {"Arn": BUS}}),
    ("start replay again", "events", "start_replay", {"ReplayName": "replay", "EventSourceArn": ARCHIVE, "EventStartTime": "2026-01-01T00:00:00Z",
        "EventEndTime": "2026-01-02T00:00:00Z", "Destination": {"Arn": BUS}}),
    ("start replay of an archive that is not there", "events", "start_replay", {"ReplayName": "other", "EventSourceArn": ARCHIVE + "x",
        "EventStartTime": "2026-01-01T00:00:00Z", "EventEndTime": "2026-01-02T00:00:00Z", "Destination": {"Arn": BUS}}),
    ("start replay to a bus that is not there", "events", "start_replay", {"ReplayName": "other", "EventSourceArn": ARCHIVE,
        "EventStartTime": "2026-01-01T00:00:00Z", "EventEndTime": "2026-01-02T00:00:00Z", "Destination": {"Arn": BUS + "x"}}),
    ("start replay to another bus", "events", "start_replay", {"ReplayName": "other", "EventSourceArn": ARCHIVE,
        "EventStartTime": "2026-01-01T00:00:00Z", "EventEndTime": "2026-01-02T00:00:00Z", "Destination": {"Arn": BUS.replace("default", "compared")}}),
    ("start replay that ends first", "events", "start_replay", {"ReplayName": "other", "EventSourceArn": ARCHIVE,
        "EventStartTime": "2026-01-02T00:00:00Z", "EventEndTime": "2026-01-01T00:00:00Z", "Destination": {"Arn": BUS}}),
    ("describe replay", "events", "describe_replay", {"ReplayName": "replay"}),
    ("describe replay that is not there", "events", "describe_replay", {"ReplayName": "nothing"}),
    ("list replays", "events", "list_replays", {"NamePrefix": "rep"}),
    ("list replays with two filters", "events", "list_replays", {"NamePrefix": "rep", "State": "RUNNING"}),
    ("cancel replay", "events", "cancel_replay", {"ReplayName": "replay"}),
    ("cancel replay again", "events", "cancel_replay", {"ReplayName": "replay"}),
    ("cancel replay that is not there", "events", "cancel_replay", {"ReplayName": "nothing"}),
    ("delete archive", "events", "delete_archive", {"ArchiveName": "archive"}),
    ("delete archive that is not there", "events", "delete_archive", {"ArchiveName": "nothing"}),
    ("delete bus", "events", "delete_event_bus", {"Name": "compared"}),

    ("role for moto", "iam", "create_role", {"RoleName": "compared", "AssumeRolePolicyDocument": "{}"}),
    ("create environment", "batch", "create_compute_environment", {"computeEnvironmentName": "env", "type": "UNMANAGED", "serviceRole": ROLE}),
    ("describe environments", "batch", "describe_compute_environments", {"computeEnvironments": ["env"]}),
    ("create queue", "batch", "create_job_queue", {"jobQueueName": "compared", "priority": 1, "state": "ENABLED", "computeEnvironmentOrder": [
        {"order": 1, "computeEnvironment": "env"}]}),
    ("create queue again", "batch", "create_job_queue", {"jobQueueName": "compared", "priority": 1, "state": "ENABLED", "computeEnvironmentOrder": [
        {"order": 1, "computeEnvironment": "env"}]}),
    ("create queue on an environment that is not there", "batch", "create_job_queue", {"jobQueueName": "q2", "priority": 1, "state": "ENABLED",
        "computeEnvironmentOrder": [{"order": 1, "computeEnvironment": "nowhere"}]}),
    ("describe queues", "batch", "describe_job_queues", {"jobQueues": ["compared"]}),
    ("describe queue that is not there", "batch", "describe_job_queues", {"jobQueues": ["nowhere"]}),
    ("update queue", "batch", "update_job_queue", {"jobQueue": "compared", "priority": 5}),
    ("register", "batch", "register_job_definition", {"jobDefinitionName": "compared", "type": "container", "containerProperties": CONTAINER}),
    ("register a second", "batch", "register_job_definition", {"jobDefinitionName": "compared", "type": "container", "containerProperties": CONTAINER}),
    ("register a bad type", "batch", "register_job_definition", {"jobDefinitionName": "bad", "type": "boat", "containerProperties": CONTAINER}),
    ("register without container", "batch", "register_job_definition", {"jobDefinitionName": "bad", "type": "container"}),
    ("register without image", "batch", "register_job_definition", {"jobDefinitionName": "bad", "type": "container", "containerProperties": {"vcpus": 1, "memory": 4}}),
    ("deregister", "batch", "deregister_job_definition", {"jobDefinition": "compared:1"}),
    ("deregister what is not there", "batch", "deregister_job_definition", {"jobDefinition": "compared:99"}),
    ("describe by name", "batch", "describe_job_definitions", {"jobDefinitionName": "compared"}),
    ("describe active", "batch", "describe_job_definitions", {"jobDefinitionName": "compared", "status": "ACTIVE"}),
    ("describe inactive by list", "batch", "describe_job_definitions", {"jobDefinitions": ["compared:1"]}),
    ("describe none", "batch", "describe_job_definitions", {"jobDefinitionName": "nothing"}),
    ("register after deregister", "batch", "register_job_definition", {"jobDefinitionName": "compared", "type": "container", "containerProperties": CONTAINER}),
    ("submit", "batch", "submit_job", {"jobName": "job", "jobQueue": "compared", "jobDefinition": "compared:2"}),
    ("submit to a queue that is not there", "batch", "submit_job", {"jobName": "job", "jobQueue": "nowhere", "jobDefinition": "compared:2"}),
    ("submit of nothing", "batch", "submit_job", {"jobName": "job", "jobQueue": "compared", "jobDefinition": "nothing"}),
    ("submit of an inactive one", "batch", "submit_job", {"jobName": "job", "jobQueue": "compared", "jobDefinition": "compared:1"}),
    ("describe jobs", "batch", "describe_jobs", {"jobs": ["$jobId"]}),
    ("terminate", "batch", "terminate_job", {"jobId": "$jobId", "reason": "r"}),
    ("list jobs", "batch", "list_jobs", {"jobQueue": "compared", "jobStatus": "SUBMITTED"}),
    ("list jobs of a queue that is not there", "batch", "list_jobs", {"jobQueue": "nowhere"}),
    ("tag queue", "batch", "tag_resource", {"resourceArn": QUEUE, "tags": {"a b": "c/d"}}),
    ("tags of queue", "batch", "list_tags_for_resource", {"resourceArn": QUEUE}),
    ("untag queue", "batch", "untag_resource", {"resourceArn": QUEUE, "tagKeys": ["a b"]}),
    ("delete enabled queue", "batch", "delete_job_queue", {"jobQueue": "compared"}),
    ("disable queue", "batch", "update_job_queue", {"jobQueue": "compared", "state": "DISABLED"}),
    ("delete disabled queue", "batch", "delete_job_queue", {"jobQueue": "compared"}),

    ("create repository", "ecr", "create_repository", {"repositoryName": "team/compared"}),
    ("create repository again", "ecr", "create_repository", {"repositoryName": "team/compared"}),
    ("describe repositories", "ecr", "describe_repositories", {"repositoryNames": ["team/compared"]}),
    ("describe repository that is not there", "ecr", "describe_repositories", {"repositoryNames": ["nothing"]}),
    ("put image", "ecr", "put_image", {"repositoryName": "team/compared", "imageTag": "1",
        "imageManifest": '{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":{"digest":"sha256:0","size":1},"layers":[]}'}),
    ("put image again", "ecr", "put_image", {"repositoryName": "team/compared", "imageTag": "1",
        "imageManifest": '{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":{"digest":"sha256:0","size":1},"layers":[]}'}),
    ("describe images", "ecr", "describe_images", {"repositoryName": "team/compared", "imageIds": [{"imageTag": "1"}]}),
    ("describe image that is not there", "ecr", "describe_images", {"repositoryName": "team/compared", "imageIds": [{"imageTag": "2"}]}),
    ("list images", "ecr", "list_images", {"repositoryName": "team/compared"}),
    ("batch get image", "ecr", "batch_get_image", {"repositoryName": "team/compared", "imageIds": [{"imageTag": "1"}, {"imageTag": "2"}]}),
    ("batch delete image", "ecr", "batch_delete_image", {"repositoryName": "team/compared", "imageIds": [{"imageTag": "2"}, {}]}),
    ("batch delete image of a repository that is not there", "ecr", "batch_delete_image", {"repositoryName": "nothing", "imageIds": [{"imageTag": "2"}]}),
    ("scan findings of what is not there", "ecr", "describe_image_scan_findings", {"repositoryName": "nothing", "imageId": {"imageTag": "1"}}),
    ("authorization token", "ecr", "get_authorization_token", {}),
    ("delete full repository", "ecr", "delete_repository", {"repositoryName": "team/compared"}),
    ("delete repository by force", "ecr", "delete_repository", {"repositoryName": "team/compared", "force": True}),
]


def run(endpoint):
    made, known, answers = clients(endpoint), {}, {}
    for name, service, operation, arguments in STEPS:
        arguments = json.loads(json.dumps(arguments), object_hook=lambda o: {
            k: [known.get(x, x) if isinstance(x, str) else x for x in v] if isinstance(v, list)
            else known.get(v, v) if isinstance(v, str) else v for k, v in o.items()})
        try:
            answer = getattr(made[service], operation)(**arguments)
            status = answer.pop("ResponseMetadata")["HTTPStatusCode"]
            known.update({"$" + key: value for key, value in answer.items() if isinstance(value, str)})
            answers[name] = {"status": status, "code": None, "shape": shape(answer)}
        except ClientError as error:
            answers[name] = {"status": error.response["ResponseMetadata"]["HTTPStatusCode"], "code": error.response["Error"]["Code"], "shape": None}
        except Exception as error:  # A client that cannot read an answer is a finding too.
            answers[name] = {"status": 0, "code": type(error).__name__, "shape": None}
    return answers


print(json.dumps([run(endpoint) for endpoint in sys.argv[1:]]))

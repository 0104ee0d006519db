"""The script that is written first: one target after the other, two calls each."""
import boto3

events = boto3.client("events")
batch = boto3.client("batch")


def latest(name):
    pages = batch.get_paginator("describe_job_definitions").paginate(jobDefinitionName=name, status="ACTIVE")
    return max(definition["revision"] for page in pages for definition in page["jobDefinitions"])


def buses():
    request = {}
    while True:
        page = events.list_event_buses(**request)
        yield from (bus["Name"] for bus in page["EventBuses"])
        if "NextToken" not in page:
            return
        request["NextToken"] = page["NextToken"]


for bus in buses():
    for rules in events.get_paginator("list_rules").paginate(EventBusName=bus):
        for rule in rules["Rules"]:
            for targets in events.get_paginator("list_targets_by_rule").paginate(EventBusName=bus, Rule=rule["Name"]):
                for target in targets["Targets"]:
                    if "BatchParameters" not in target:
                        continue
                    pinned = target["BatchParameters"]["JobDefinition"]
                    head = pinned.rpartition(":")[0]
                    target["BatchParameters"]["JobDefinition"] = f"{head}:{latest(head.rpartition('/')[2])}"
                    answer = events.put_targets(EventBusName=bus, Rule=rule["Name"], Targets=[target])
                    if answer["FailedEntryCount"]:
                        raise SystemExit(answer["FailedEntries"])

"""The same, but each job definition is read again right before it is registered, and read back after."""
import boto3

REPOSITORY, TAG = "team/app", "v42"
DESCRIBED_ONLY = ("jobDefinitionArn", "revision", "status", "containerOrchestrationType")

batch = boto3.client("batch")
boto3.client("ecr").describe_images(repositoryName=REPOSITORY, imageIds=[{"imageTag": TAG}])


def latest(**query):
    found = {}
    for page in batch.get_paginator("describe_job_definitions").paginate(status="ACTIVE", **query):
        for definition in page["jobDefinitions"]:
            name = definition["jobDefinitionName"]
            if name not in found or found[name]["revision"] < definition["revision"]:
                found[name] = definition
    return found


def runs(definition):
    return definition["containerProperties"]["image"].partition("/")[2].partition(":")[0] == REPOSITORY


for name in [name for name, definition in latest().items() if runs(definition)]:
    definition = latest(jobDefinitionName=name)[name]
    head = definition["containerProperties"]["image"].partition("/")[0]
    definition["containerProperties"]["image"] = f"{head}/{REPOSITORY}:{TAG}"
    made = batch.register_job_definition(**{key: value for key, value in definition.items() if key not in DESCRIBED_ONLY})
    shown = batch.describe_job_definitions(jobDefinitions=[made["jobDefinitionArn"]])["jobDefinitions"]
    if not shown or shown[0]["containerProperties"] != definition["containerProperties"]:
        raise SystemExit(f"{name} does not hold what was registered")

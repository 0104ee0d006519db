"""The script that is written first: list, and register what runs the repository, one after the other."""
import boto3

REPOSITORY, TAG = "team/app", "v42"
DESCRIBED_ONLY = ("jobDefinitionArn", "revision", "status", "containerOrchestrationType")

batch = boto3.client("batch")
boto3.client("ecr").describe_images(repositoryName=REPOSITORY, imageIds=[{"imageTag": TAG}])

latest = {}
for page in batch.get_paginator("describe_job_definitions").paginate(status="ACTIVE"):
    for definition in page["jobDefinitions"]:
        name = definition["jobDefinitionName"]
        if name not in latest or latest[name]["revision"] < definition["revision"]:
            latest[name] = definition

for definition in latest.values():
    head, _, repository = definition["containerProperties"]["image"].partition("/")
    if repository.partition(":")[0] != REPOSITORY:
        continue
    definition["containerProperties"]["image"] = f"{head}/{REPOSITORY}:{TAG}"
    batch.register_job_definition(**{key: value for key, value in definition.items() if key not in DESCRIBED_ONLY})

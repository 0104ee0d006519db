"""Uses ECS as boto3 does in earnest, at each of the endpoints, and prints what it saw at each, without what differs from run to run."""
import json
import sys

import boto3
from botocore.exceptions import ClientError

WEB = {"name": "web", "image": "busybox", "memory": 128, "environment": [{"name": "A", "value": "b"}]}
TAGS = [{"key": "k", "value": "v"}]


def look(endpoint):
    ecs, seen = boto3.client("ecs", endpoint_url=endpoint), {}

    def step(step_name, operation, read=lambda answer: None, **arguments):
        try:
            seen[step_name] = read(getattr(ecs, operation)(**arguments))
        except ClientError as error:
            seen[step_name] = [error.response["Error"]["Code"], error.response["Error"]["Message"], error.response["ResponseMetadata"]["HTTPStatusCode"]]

    def only(path, *names):
        return lambda answer: {name: (answer[path][0] if isinstance(answer[path], list) else answer[path]).get(name) for name in names}

    cluster = only("cluster", "clusterArn", "clusterName", "status", "activeServicesCount", "runningTasksCount", "settings", "tags")
    definition = only("taskDefinition", "taskDefinitionArn", "family", "revision", "status", "networkMode", "volumes", "placementConstraints", "compatibilities", "cpu")
    service = only("service", "serviceArn", "serviceName", "clusterArn", "status", "desiredCount", "launchType", "schedulingStrategy", "tags")
    step("create cluster", "create_cluster", cluster, clusterName="c", tags=TAGS)
    step("create it again", "create_cluster", cluster, clusterName="c")
    step("create the default", "create_cluster", cluster)
    step("describe clusters", "describe_clusters", lambda answer: [len(answer["clusters"]), answer["failures"]], clusters=["c", "nowhere"])
    step("list clusters", "list_clusters", lambda answer: sorted(answer["clusterArns"]))
    step("register", "register_task_definition", definition, family="api", containerDefinitions=[WEB], tags=TAGS)
    step("register again", "register_task_definition", definition, family="api", containerDefinitions=[WEB], networkMode="host", volumes=[{"name": "v"}])
    step("register for fargate", "register_task_definition", definition, family="f", containerDefinitions=[WEB], requiresCompatibilities=["FARGATE"], cpu="256", memory="512")
    step("register without image", "register_task_definition", family="x", containerDefinitions=[{"name": "w", "memory": 1}])
    step("register without memory", "register_task_definition", family="x", containerDefinitions=[{"name": "w", "image": "i"}])
    step("describe latest", "describe_task_definition", lambda answer: [answer["taskDefinition"]["revision"], answer.get("tags")], taskDefinition="api")
    step("describe container", "describe_task_definition", lambda answer: {
        k: v for k, v in answer["taskDefinition"]["containerDefinitions"][0].items() if k != "systemControls"}, taskDefinition="api:1")
    step("describe with tags", "describe_task_definition", lambda answer: answer["tags"], taskDefinition="api:1", include=["TAGS"])
    step("describe what is not there", "describe_task_definition", taskDefinition="other")
    step("list revisions", "list_task_definitions", lambda answer: answer["taskDefinitionArns"])
    step("list a family", "list_task_definitions", lambda answer: answer["taskDefinitionArns"], familyPrefix="api")
    step("list families", "list_task_definition_families", lambda answer: answer["families"])
    step("create service", "create_service", service, cluster="c", serviceName="s", taskDefinition="api", desiredCount=2, tags=TAGS)
    step("create in no cluster", "create_service", cluster="nowhere", serviceName="s", taskDefinition="api")
    step("list services", "list_services", lambda answer: answer["serviceArns"], cluster="c")
    step("describe services", "describe_services", lambda answer: [
        len(answer["services"]), answer["services"][0]["status"], answer["services"][0]["deployments"][0]["status"], [f["reason"] for f in answer["failures"]]],
        cluster="c", services=["s", "other"])
    step("update", "update_service", lambda answer: [answer["service"]["desiredCount"], answer["service"]["taskDefinition"].split("/")[-1]],
         cluster="c", service="s", taskDefinition="api:1", desiredCount=1)
    step("update what is not there", "update_service", cluster="c", service="other", desiredCount=1)
    step("delete while it runs", "delete_service", cluster="c", service="s")
    step("scale to zero", "update_service", lambda answer: answer["service"]["desiredCount"], cluster="c", service="s", desiredCount=0)
    step("tags", "list_tags_for_resource", lambda answer: answer["tags"], resourceArn=seen["create service"]["serviceArn"])
    step("tag", "tag_resource", resourceArn=seen["create service"]["serviceArn"], tags=[{"key": "k2", "value": "v2"}])
    step("untag", "untag_resource", resourceArn=seen["create service"]["serviceArn"], tagKeys=["k"])
    step("tags then", "list_tags_for_resource", lambda answer: answer["tags"], resourceArn=seen["create service"]["serviceArn"])
    step("deregister", "deregister_task_definition", definition, taskDefinition="api:2")
    step("deregister without revision", "deregister_task_definition", taskDefinition="api")
    step("list inactive", "list_task_definitions", lambda answer: answer["taskDefinitionArns"], status="INACTIVE")
    step("latest then", "describe_task_definition", lambda answer: answer["taskDefinition"]["revision"], taskDefinition="api")
    step("delete what is not there", "delete_cluster", cluster="nowhere")
    return seen


print(json.dumps([look(endpoint) for endpoint in sys.argv[1:]]))

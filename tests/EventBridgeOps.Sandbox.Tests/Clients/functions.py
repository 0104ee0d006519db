"""Makes, invokes and removes a function with boto3; prints what it sees as one JSON object."""
import base64
import json
import sys

import boto3

client = boto3.client("lambda", endpoint_url=sys.argv[1])
zipped = base64.b64decode(sys.argv[2])
made = client.create_function(
    FunctionName="f", Runtime="provided.al2023", Handler="h", Role="arn:aws:iam::123456789012:role/f", Code={"ZipFile": zipped}, Tags={"a": "b"})
client.get_waiter("function_active_v2").wait(FunctionName="f")
client.add_permission(FunctionName="f", StatementId="s", Action="lambda:InvokeFunction", Principal="events.amazonaws.com")
answer = client.invoke(FunctionName=made["FunctionArn"], Payload=b'{"x":1}', LogType="Tail")
seen = {
    "payload": json.load(answer["Payload"]),
    "status": answer["StatusCode"],
    "version": answer["ExecutedVersion"],
    "log": "START" in base64.b64decode(answer["LogResult"]).decode(),
    "policy": json.loads(client.get_policy(FunctionName="f")["Policy"])["Statement"][0]["Sid"],
    "config": client.put_function_event_invoke_config(FunctionName="f", MaximumRetryAttempts=1)["MaximumRetryAttempts"],
    "functions": [each["FunctionName"] for page in client.get_paginator("list_functions").paginate() for each in page["Functions"]],
    "tags": client.list_tags(Resource=made["FunctionArn"])["Tags"],
    "code": client.get_function(FunctionName="f")["Configuration"]["CodeSha256"] == made["CodeSha256"],
}
iam, sqs = (boto3.client(service, endpoint_url=sys.argv[1]) for service in ("iam", "sqs"))
trust = {"Statement": {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}}
iam.create_role(RoleName="f", AssumeRolePolicyDocument=json.dumps(trust))
iam.attach_role_policy(RoleName="f", PolicyArn="arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole")
queue = sqs.create_queue(QueueName="q")["QueueUrl"]
arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
mapping = client.create_event_source_mapping(
    EventSourceArn=arn, FunctionName="f", BatchSize=5, FunctionResponseTypes=["ReportBatchItemFailures"], ScalingConfig={"MaximumConcurrency": 2})
listed = [each for page in client.get_paginator("list_event_source_mappings").paginate(FunctionName="f") for each in page["EventSourceMappings"]]
changed = client.update_event_source_mapping(UUID=mapping["UUID"], BatchSize=7, Enabled=False)
seen["mapping"] = [
    mapping["State"], [each["State"] for each in listed], listed[0]["BatchSize"], changed["BatchSize"], client.get_event_source_mapping(UUID=mapping["UUID"])["State"],
    client.delete_event_source_mapping(UUID=mapping["UUID"])["State"]]
client.remove_permission(FunctionName="f", StatementId="s")
client.delete_function_event_invoke_config(FunctionName="f")
client.delete_function(FunctionName="f")
try:
    client.get_function(FunctionName="f")
except client.exceptions.ResourceNotFoundException as e:
    seen["missing"] = e.response["Error"]["Message"]
print(json.dumps(seen))

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
client.remove_permission(FunctionName="f", StatementId="s")
client.delete_function_event_invoke_config(FunctionName="f")
client.delete_function(FunctionName="f")
try:
    client.get_function(FunctionName="f")
except client.exceptions.ResourceNotFoundException as e:
    seen["missing"] = e.response["Error"]["Message"]
print(json.dumps(seen))

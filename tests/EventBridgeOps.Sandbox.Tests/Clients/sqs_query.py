"""Uses SQS as an older boto3 does, over the query protocol: the model of today with what the older one had."""
import json
import sys

import boto3
from botocore.exceptions import ClientError
from botocore.loaders import Loader

NAMES = {"QueueAttributeMap": ("Name", "Value"), "MessageBodyAttributeMap": ("Name", "Value"), "MessageSystemAttributeMap": ("Name", "Value"),
         "MessageBodySystemAttributeMap": ("Name", "Value"), "TagMap": ("Key", "Value")}
MEMBERS = {"AttributeNameList": "AttributeName", "MessageAttributeNameList": "MessageAttributeName", "QueueUrlList": "QueueUrl", "MessageList": "Message",
           "MessageSystemAttributeList": "MessageSystemAttributeName", "TagKeyList": "TagKey"}
WIRE = {"Attributes": "Attribute", "MessageAttributes": "MessageAttribute", "MessageSystemAttributes": "MessageSystemAttribute", "tags": "Tag", "Tags": "Tag"}
load = Loader.load_service_model


def older(self, service_name, type_name, api_version=None):
    model = load(self, service_name, type_name, api_version)
    if service_name == "sqs" and type_name == "service-2":
        model = json.loads(json.dumps(model))
        model["metadata"].update(protocol="query", protocols=["query"], xmlNamespace="http://queue.amazonaws.com/doc/2012-11-05/")
        for name, operation in model["operations"].items():
            if "output" in operation:
                operation["output"]["resultWrapper"] = name + "Result"
        for name, shape in model["shapes"].items():
            if shape["type"] == "map":
                shape["key"]["locationName"], shape["value"]["locationName"] = NAMES[name]
            elif shape["type"] == "list":
                shape["member"]["locationName"] = MEMBERS.get(name, name[:-len("List")])
            elif shape["type"] == "structure":
                for member in set(WIRE) & set(shape["members"]):
                    shape["members"][member]["locationName"] = WIRE[member]
    return model


Loader.load_service_model = older
sqs = boto3.client("sqs", endpoint_url=sys.argv[1])
assert sqs.meta.service_model.resolved_protocol == "query"
seen = {}
url = sqs.create_queue(QueueName="q", Attributes={"VisibilityTimeout": "5"}, tags={"a": "b"})["QueueUrl"]
assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"] == {"VisibilityTimeout": "5"}
sqs.send_message(QueueUrl=url, MessageBody="a\r\nb\u00e4", MessageAttributes={"n": {"DataType": "Number", "StringValue": "7"}})
message = sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"], MessageSystemAttributeNames=["All"])["Messages"][0]
seen["body"] = message["Body"]
seen["attribute"] = message["MessageAttributes"]["n"]["StringValue"]
sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
answer = sqs.send_message_batch(QueueUrl=url, Entries=[{"Id": "a", "MessageBody": "1"}, {"Id": "b", "MessageBody": "2", "DelaySeconds": 1000}])
seen["entries"] = [entry["Id"] for entry in answer["Successful"]]
seen["failed"] = [entry["Id"] for entry in answer["Failed"]]
seen["tags"] = sqs.list_queue_tags(QueueUrl=url)["Tags"]
assert sqs.list_queues()["QueueUrls"] == [url]
try:
    sqs.get_queue_url(QueueName="none")
except ClientError as error:
    seen["missing"] = error.response["Error"]["Code"]
print(json.dumps(seen))

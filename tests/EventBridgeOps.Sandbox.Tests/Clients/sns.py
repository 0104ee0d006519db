"""Uses topics and queues as boto3 does in earnest, and prints what it saw, without what differs from run to run."""
import json
import sys

import boto3
from botocore.exceptions import ClientError

sns, sqs = (boto3.client(service, endpoint_url=sys.argv[1]) for service in ("sns", "sqs"))
seen = {}


def code(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]


topic = sns.create_topic(Name="t", Tags=[{"Key": "a", "Value": "b"}])["TopicArn"]
account = topic.split(":")[4]
url = sqs.create_queue(QueueName="q")["QueueUrl"]
arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
policy = {"Statement": [{"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn}]}
sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
subscription = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, ReturnSubscriptionArn=True)["SubscriptionArn"]


def received(*volatile):
    messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]).get("Messages", [])
    for message in messages:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return [{name: message[name] for name in ("Body", "MessageAttributes") if name in message} for message in messages]


attributes = {"n": {"DataType": "Number", "StringValue": "7"}, "s": {"DataType": "String", "StringValue": "x"}}
sns.publish(TopicArn=topic, Message="m\u00e4", Subject="S", MessageAttributes=attributes)
envelope = json.loads(received()[0]["Body"])
seen["envelope"] = {name: envelope[name] for name in ("Type", "TopicArn", "Subject", "Message", "MessageAttributes")}
seen["members"] = sorted(envelope)
sns.set_subscription_attributes(SubscriptionArn=subscription, AttributeName="RawMessageDelivery", AttributeValue="true")
sns.publish(TopicArn=topic, Message="raw", MessageAttributes=attributes)
seen["raw"] = received()
for filter_policy in ({"s": ["x"]}, {"s": ["y"]}, {"n": [{"numeric": [">", 5, "<=", 7]}]}, {"s": [{"anything-but": ["x"]}]}, {"none": [{"exists": False}]}):
    sns.set_subscription_attributes(SubscriptionArn=subscription, AttributeName="FilterPolicy", AttributeValue=json.dumps(filter_policy))
    sns.publish(TopicArn=topic, Message="m", MessageAttributes=attributes)
    seen[json.dumps(filter_policy)] = len(received())
sns.set_subscription_attributes(SubscriptionArn=subscription, AttributeName="FilterPolicy", AttributeValue="{}")
batch = sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=[{"Id": "a", "Message": "1"}, {"Id": "b", "Message": "2"}])
seen["batch"] = [entry["Id"] for entry in batch["Successful"]], batch["Failed"], sorted(message["Body"] for message in received())
seen["subscriptions"] = [{**entry, "SubscriptionArn": entry["SubscriptionArn"] == subscription} for entry in sns.list_subscriptions()["Subscriptions"]]
seen["topics"] = [entry["TopicArn"] for page in sns.get_paginator("list_topics").paginate() for entry in page["Topics"]]
seen["tags"] = sns.list_tags_for_resource(ResourceArn=topic)["Tags"]
sns.unsubscribe(SubscriptionArn=subscription)
seen["unsubscribed"] = sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
seen["codes"] = [
    code(sns.publish, TopicArn=topic + "x", Message="m"),
    code(sns.get_topic_attributes, TopicArn=topic + "x"),
    code(sns.subscribe, TopicArn=topic, Protocol="sqs", Endpoint="x"),
    code(sns.get_subscription_attributes, SubscriptionArn=subscription),
    code(sns.create_topic, Name="a b"),
    code(sns.list_tags_for_resource, ResourceArn=topic + "x"),
]
print(json.dumps(seen, sort_keys=True))

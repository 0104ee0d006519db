"""The other end of the events test: makes a bus whose rule leads to a queue, and reads back what arrived, with a client that is not ours."""
import json
import sys

import boto3

url, action, *rest = sys.argv[1:]
account = {"region_name": "eu-west-1", "endpoint_url": url, "aws_access_key_id": "test", "aws_secret_access_key": "test"}
events, sqs = boto3.client("events", **account), boto3.client("sqs", **account)

if action == "setup":
    events.create_event_bus(Name="events-and-jobs")
    for name in ["ebops-arrived", "ebops-dlq"]:
        sqs.create_queue(QueueName=name)
    sqs.send_message(QueueUrl=sqs.get_queue_url(QueueName="ebops-dlq")["QueueUrl"], MessageBody="dead")
    events.put_rule(Name="arrived", EventBusName="events-and-jobs", EventPattern=json.dumps({"source": ["founderdash.web"]}))
    arn = "arn:aws:sqs:eu-west-1:123456789012:"
    events.put_targets(Rule="arrived", EventBusName="events-and-jobs", Targets=[{"Id": "q", "Arn": arn + "ebops-arrived", "DeadLetterConfig": {"Arn": arn + "ebops-dlq"}}])
else:
    queue = sqs.get_queue_url(QueueName="ebops-arrived")["QueueUrl"]
    arrived = []
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        arrived += [json.loads(message["Body"]) for message in messages]
        for message in messages:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    table = boto3.resource("dynamodb", **account).Table(rest[0])
    print(json.dumps({"events": arrived, "items": table.scan()["Items"]}, default=str))

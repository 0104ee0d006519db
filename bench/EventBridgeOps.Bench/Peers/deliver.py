"""Sends events onto rules over four queues of an emulator, and counts what arrives: deliver.py ENDPOINT EVENTS RULES.

Each event matches one rule. The queues are read to the end; each event must be there once.
"""
import collections, json, sys, time
from concurrent.futures import ThreadPoolExecutor
import boto3
from botocore.config import Config

endpoint, events, rules = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
config = Config(max_pool_connections=16, retries={"max_attempts": 1}, read_timeout=300)
bus = boto3.client("events", endpoint_url=endpoint, config=config)
sqs = boto3.client("sqs", endpoint_url=endpoint, config=config)
pool = ThreadPoolExecutor(8)

queues = []
for index in range(4):
    arn = "arn:aws:sqs:%s:123456789012:q%d" % (sqs.meta.region_name, index)
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn}]}
    queues.append((sqs.create_queue(QueueName="q%d" % index, Attributes={"Policy": json.dumps(policy), "VisibilityTimeout": "3600"})["QueueUrl"], arn))


def make(index):
    name = "rule-%04d" % index
    bus.put_rule(Name=name, EventPattern=json.dumps({"source": ["bench"], "detail": {"rule": [index]}}))
    bus.put_targets(Rule=name, Targets=[{"Id": "t", "Arn": queues[index % 4][1]}])


list(pool.map(make, range(rules)))


def send(start):
    entries = [{"Source": "bench", "DetailType": "d", "Detail": json.dumps({"n": n, "rule": n % rules, "text": "x" * 200})} for n in range(start, min(start + 10, events))]
    answer = bus.put_events(Entries=entries)
    assert answer["FailedEntryCount"] == 0, answer


def drain(url):
    found = collections.Counter()
    while True:
        messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        if not messages:
            return found
        found.update(json.loads(message["Body"])["detail"]["n"] for message in messages)
        sqs.delete_message_batch(QueueUrl=url, Entries=[{"Id": str(i), "ReceiptHandle": m["ReceiptHandle"]} for i, m in enumerate(messages)])


begun = time.monotonic()
list(pool.map(send, range(0, events, 10)))
sent = time.monotonic()
found = sum(pool.map(drain, (url for url, _ in queues)), collections.Counter())
print(json.dumps({"send": sent - begun, "receive": time.monotonic() - sent, "lost": sum(1 for n in range(events) if n not in found), "twice": sum(1 for count in found.values() if count > 1)}))

"""Sends a file of entries by PutEvents in batches of ten: python3 putevents.py FILE THREADS MAX_CALLS"""
import itertools
import json
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

path, threads, most = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
events = boto3.client("events", config=Config(max_pool_connections=threads))


def batches():
    with open(path, encoding="utf-8") as lines:
        while batch := [json.loads(line) for line in itertools.islice(lines, 10)]:
            yield [entry | {"Detail": json.dumps(entry["Detail"])} for entry in batch]


def send(batch):
    answer = events.put_events(Entries=batch)
    return len(batch) - answer["FailedEntryCount"]


work = itertools.islice(batches(), most)
if threads == 1:
    print(sum(map(send, work)))
else:
    with ThreadPoolExecutor(threads) as pool:
        # In slices, since map() would read the whole file at once.
        print(sum(sum(pool.map(send, some)) for some in iter(lambda: list(itertools.islice(work, 64 * threads)), [])))

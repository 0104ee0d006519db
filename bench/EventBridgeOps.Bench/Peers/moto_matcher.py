"""moto_matcher.py EVENTS RULES SECONDS: moto's own event pattern matcher, JSON text in, rule names out."""
import gzip
import json
import sys
import time

from moto.events.models import EventPattern

events_path, rules_path, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
with (gzip.open if events_path.endswith(".gz") else open)(events_path, "rt") as lines:
    events = [line for _, line in zip(range(20000), lines)]
with open(rules_path) as lines:
    given = [json.loads(line) for line in lines]
begin = time.perf_counter()
rules = [(rule["name"], EventPattern.load(rule["pattern"])) for rule in given]
build = time.perf_counter() - begin
matched = count = 0
begin = time.perf_counter()
while time.perf_counter() - begin < seconds:
    event = json.loads(events[count % len(events)])
    matched += len([name for name, pattern in rules if pattern.matches_event(event)])
    count += 1
elapsed = time.perf_counter() - begin
print(json.dumps({"rate": count / elapsed, "build": len(rules) / build, "matches": matched, "events": count}))

"""Sixty random rules on an event bus over four queues, with every kind of input, and two hundred random events.

Uses boto3 alone: what each queue must hold is worked out by a matcher and a transformer of this file, which follow
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html and
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html and share no code with the product.
"""
import collections, datetime, ipaddress, json, random, re, sys
import boto3

seed = int(sys.argv[2])
rnd = random.Random(seed)
events = boto3.client("events", endpoint_url=sys.argv[1])
sqs = boto3.client("sqs", endpoint_url=sys.argv[1])

BUS = "orders"
SOURCES = ["shop.orders", "shop.returns", "shop.stock"]
TYPES = ["Order Placed", "Order Paid", "Order Sent"]
REGIONS = ["north", "south", "South-East", ""]


def random_detail():
    detail = {
        "id": "o-%d" % rnd.randrange(50),
        "total": rnd.choice([0, 5, 10, 10.5, 99, 1000, -3]),
        "region": rnd.choice(REGIONS),
        "tags": rnd.sample(["new", "gift", "express", "fragile"], rnd.randrange(4)),
        "ip": rnd.choice(["10.0.0.7", "10.0.1.9", "192.168.3.4"]),
        "paid": rnd.choice([True, False, None]),
        "customer": {"name": rnd.choice(["Ada", "Bob \"B\" <b>", "Čeněk\nN"]), "level": rnd.randrange(4)},
    }
    for name in sorted(set(detail) - {"total", "customer"}):  # What AWS makes of a path that finds nothing is not documented, so inputs use what is there.
        if rnd.random() < 0.15:
            del detail[name]
    return detail


def random_condition(name):
    if name == "total":
        low = rnd.choice([0, 5, 10])
        return rnd.choice([[10], [{"numeric": [">", low]}], [{"numeric": [">=", low, "<", low + 90]}], [{"anything-but": [0, 5]}], [{"numeric": ["=", 10.5]}]])
    if name == "region":
        return rnd.choice([["north"], [{"prefix": "So"}], [{"suffix": "th"}], [{"equals-ignore-case": "SOUTH"}], [{"anything-but": ["north"]}],
                           [{"anything-but": {"prefix": "s"}}], [{"wildcard": "s*th"}], [""], [{"prefix": {"equals-ignore-case": "SO"}}]])
    if name == "tags":
        return rnd.choice([["gift"], ["new", "express"], [{"prefix": "f"}], [{"exists": True}], [{"exists": False}]])
    if name == "ip":
        return [{"cidr": rnd.choice(["10.0.0.0/24", "10.0.0.0/8", "192.168.0.0/16"])}]
    if name == "paid":
        return rnd.choice([[True], [False, None], [{"exists": False}], [{"exists": True}]])
    return rnd.choice([["o-1", "o-2", "o-3"], [{"wildcard": "o-*1"}], [{"prefix": "o-2"}], [{"exists": True}]])


def random_pattern():
    pattern = {}
    if rnd.random() < 0.7:
        pattern["source"] = rnd.choice([[rnd.choice(SOURCES)], [{"prefix": "shop."}], [{"anything-but": rnd.choice(SOURCES)}]])
    if rnd.random() < 0.5:
        pattern["detail-type"] = rnd.sample(TYPES, rnd.randrange(1, 3))
    detail = {name: random_condition(name) for name in rnd.sample(["total", "region", "tags", "ip", "paid", "id"], rnd.randrange(3))}
    if rnd.random() < 0.25:
        detail["customer"] = {"level": [{"numeric": [">", 1]}]}
    if rnd.random() < 0.4 and not {"total", "region"} & set(detail):  # Each field stands on one side of $or alone.
        detail["$or"] = [{"total": random_condition("total")}, {"region": random_condition("region")}]
    if detail:
        pattern["detail"] = detail
    return pattern or {"source": [{"prefix": "shop"}]}


# --- an independent matcher ---------------------------------------------------------------------------------------
MISSING = object()


def values_of(value):
    return list(value) if isinstance(value, list) else [value]


def matches_value(test, value):
    if not isinstance(test, dict):
        if isinstance(test, bool) or isinstance(value, bool) or test is None or value is None:
            return test is value
        if isinstance(test, str) != isinstance(value, str):
            return False
        return test == value
    (kind, wanted), = test.items()
    if kind in ("prefix", "suffix"):
        fold = isinstance(wanted, dict)
        text = wanted["equals-ignore-case"] if fold else wanted
        if not isinstance(value, str):
            return False
        a, b = (value.lower(), text.lower()) if fold else (value, text)
        return a.startswith(b) if kind == "prefix" else a.endswith(b)
    if kind == "equals-ignore-case":
        return isinstance(value, str) and value.lower() == wanted.lower()
    if kind == "wildcard":
        return isinstance(value, str) and re.fullmatch(".*".join(map(re.escape, wanted.split("*"))), value, re.S) is not None
    if kind == "cidr":
        return isinstance(value, str) and ipaddress.ip_address(value) in ipaddress.ip_network(wanted)
    if kind == "numeric":
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return False
        ok = {"<": lambda x: value < x, "<=": lambda x: value <= x, ">": lambda x: value > x, ">=": lambda x: value >= x, "=": lambda x: value == x}
        return all(ok[wanted[i]](wanted[i + 1]) for i in range(0, len(wanted), 2))
    if kind == "anything-but":
        if isinstance(wanted, dict):
            return not matches_value(wanted, value) if isinstance(value, str) else False
        return not any(matches_value(one, value) for one in values_of(wanted))
    raise ValueError(kind)


def matches_field(tests, value):
    for test in tests:
        if isinstance(test, dict) and "exists" in test:
            there = value is not MISSING and value != []
            if test["exists"] == there:
                return True
        elif value is not MISSING and any(matches_value(test, one) for one in values_of(value)):
            return True
    return False


def matches(pattern, event):
    for name, wanted in pattern.items():
        if name == "$or":
            if not any(matches(branch, event) for branch in wanted):
                return False
        elif isinstance(wanted, dict):
            inner = event.get(name, MISSING)
            if not matches(wanted, inner if isinstance(inner, dict) else {}):
                return False
        elif not matches_field(wanted, event.get(name, MISSING)):
            return False
    return True


# --- an independent transformer -----------------------------------------------------------------------------------
INPUTS = {
    "whole": {},
    "constant": {"Input": '{"fixed": [1, 2.50, "ü"]}'},
    "path": {"InputPath": "$.detail.customer"},
    "detail": {"InputPath": "$.detail"},
    "json": {"InputTransformer": {"InputPathsMap": {"source": "$.source", "total": "$.detail.total", "who": "$.detail.customer.name", "customer": "$.detail.customer"},
                                  "InputTemplate": '{"source": <source>, "total": <total>, "text": "for <who> of <source>", "customer": <customer>, "rule": <aws.events.rule-name>}'}},
    "text": {"InputTransformer": {"InputPathsMap": {"type": "$.detail-type", "level": "$.detail.customer.level"}, "InputTemplate": '"<type> at level <level>"'}},
}


def filled(template, texts):
    """A value inside quotation marks is put there as it is; what is then not JSON fails, and nothing arrives."""
    for name, text in texts.items():
        template = template.replace("<%s>" % name, text)
    try:
        return json.loads(template, strict=True)
    except ValueError:
        return MISSING


def expected(kind, event, rule):
    """What the target receives, as JSON; MISSING for nothing."""
    detail = event["detail"]
    if kind == "whole":
        return event
    if kind == "constant":
        return {"fixed": [1, 2.5, "ü"]}
    if kind == "path":
        return detail["customer"]
    if kind == "detail":
        return detail
    if kind == "text":
        return "%s at level %d" % (event["detail-type"], detail["customer"]["level"])
    text = filled('"for <who> of <source>"', {"who": detail["customer"]["name"], "source": event["source"]})
    return text if text is MISSING else {"source": event["source"], "total": detail["total"], "text": text, "customer": detail["customer"], "rule": rule}


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


events.create_event_bus(Name=BUS)
queues = []
for index in range(4):
    name = "q%d" % index
    arn = "arn:aws:sqs:%s:123456789012:%s" % (sqs.meta.region_name, name)
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn}]}
    queues.append((sqs.create_queue(QueueName=name, Attributes={"Policy": json.dumps(policy)})["QueueUrl"], arn))

rules = []
for index in range(60):
    name, pattern, kind, queue = "rule-%02d" % index, random_pattern(), rnd.choice(list(INPUTS)), rnd.randrange(4)
    events.put_rule(Name=name, EventBusName=BUS, EventPattern=json.dumps(pattern))
    events.put_targets(Rule=name, EventBusName=BUS, Targets=[dict({"Id": "t", "Arn": queues[queue][1]}, **INPUTS[kind])])
    rules.append((name, pattern, kind, queue))

wanted = collections.Counter()
for start in range(0, 200, 10):
    entries = [{"Source": rnd.choice(SOURCES), "DetailType": rnd.choice(TYPES), "Detail": json.dumps(random_detail()), "EventBusName": BUS,
                "Time": 1700000000 + start, "Resources": rnd.sample(["arn:aws:s3:::a", "b"], rnd.randrange(3))} for _ in range(10)]
    answer = events.put_events(Entries=entries)
    assert answer["FailedEntryCount"] == 0, answer
    for entry, made in zip(entries, answer["Entries"]):
        event = {"version": "0", "id": made["EventId"], "detail-type": entry["DetailType"], "source": entry["Source"], "account": "123456789012",
                 "time": datetime.datetime.fromtimestamp(1700000000 + start, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"), "region": events.meta.region_name, "resources": entry["Resources"], "detail": json.loads(entry["Detail"])}
        for name, pattern, kind, queue in rules:
            if matches(pattern, event):
                made_input = expected(kind, event, name)
                if made_input is not MISSING:
                    wanted[queue, canonical(made_input)] += 1

found = collections.Counter()
for queue, (url, _) in enumerate(queues):
    while True:
        messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        if not messages:
            break
        for message in messages:
            found[queue, canonical(json.loads(message["Body"]))] += 1
        sqs.delete_message_batch(QueueUrl=url, Entries=[{"Id": str(i), "ReceiptHandle": m["ReceiptHandle"]} for i, m in enumerate(messages)])

missing, extra = wanted - found, found - wanted
for (queue, body), count in list(missing.items())[:5]:
    print("missing", queue, count, body)
for (queue, body), count in list(extra.items())[:5]:
    print("extra", queue, count, body)
print(json.dumps({"messages": sum(found.values()) > 300, "missing": sum(missing.values()), "extra": sum(extra.values())}))

"""Sends the same random calls of DynamoDB to two endpoints and prints where the answers differ: code of the error, or items."""
import base64
import json
import random
import sys
from decimal import Decimal

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

TABLE = "compared"
TEXTS = ["", "a", "ab", "abc", "b", "ba", "ä", "zz"]
EXACT = ["0", "1", "2", "-1", "1.5", "10", "-2.25"]  # moto adds binary fractions
NUMBERS = ["0", "1", "2", "-1", "1.5", "10", "0.1", "-2.25", "99999999999999999999", "0.00000000000000000001"]


def client(endpoint):
    return boto3.client(
        "dynamodb", endpoint_url=endpoint, region_name="eu-west-1", aws_access_key_id="sandbox", aws_secret_access_key="sandbox",
        config=Config(retries={"max_attempts": 1}, parameter_validation=False))


def normal(value):
    """An answer without what may differ: the form of numbers, and the order of sets and members."""
    if isinstance(value, dict):
        if set(value) == {"N"}:
            return {"N": str(Decimal(value["N"]).normalize())}
        if set(value) <= {"SS", "NS", "BS"} and value:
            (kind, elements), = value.items()
            return {kind: sorted(str(Decimal(e).normalize()) if kind == "NS" else str(e) for e in elements)}
        return {key: normal(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [normal(element) for element in value]
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


class Maker:
    """Makes random calls. What moto is known to do otherwise than AWS is left out, with the reason beside it."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.values = {}
        self.names = {}

    def one(self, *choices):
        return self.dice.choice(choices)

    def text(self):
        return self.dice.choice(TEXTS)

    def scalar(self):
        return self.one({"S": self.text()}, {"N": self.dice.choice(NUMBERS)}, {"BOOL": self.one(True, False)}, {"NULL": True},
                        {"B": bytes([self.dice.randrange(256) for _ in range(self.dice.randrange(1, 4))])})

    def collection(self, depth):
        kind = self.dice.randrange(4)
        if kind == 0:
            return {"L": [self.value(depth + 1) for _ in range(self.dice.randrange(4))]}
        if kind == 1:
            return {"M": {name: self.value(depth + 1) for name in self.dice.sample(["x", "y", "z"], self.dice.randrange(4))}}
        if kind == 2:
            return {"SS": self.dice.sample(TEXTS[1:], self.dice.randrange(1, 4))}
        return {"NS": self.dice.sample(NUMBERS[:6], self.dice.randrange(1, 4))}

    def value(self, depth=0):
        return self.collection(depth) if depth < 2 and self.dice.random() < 0.35 else self.scalar()

    def key(self):
        return {"p": {"S": self.one("a", "b", "c")}, "r": {"N": self.one("1", "2", "3", "10", "-5", "1.5")}}

    def item(self):
        item = self.key()
        for name in self.dice.sample(["a", "b", "c", "d"], self.dice.randrange(5)):
            item[name] = self.value()
        if self.dice.random() < 0.6:
            item["n"] = {"N": self.dice.choice(EXACT)}
        if self.dice.random() < 0.6:
            item["g"] = {"S": self.one("x", "y")}
        if self.dice.random() < 0.5:
            item["l"] = {"L": [self.value(1) for _ in range(self.dice.randrange(4))]}
        if self.dice.random() < 0.5:
            item["m"] = {"M": {name: self.value(1) for name in self.dice.sample(["x", "y", "z"], self.dice.randrange(1, 4))}}
        if self.dice.random() < 0.5:
            item["s"] = {"SS": self.dice.sample(TEXTS[1:], self.dice.randrange(1, 4))}
        return item

    # Expressions

    def placed(self, value):
        name = f":v{len(self.values)}"
        self.values[name] = value
        return name

    def named(self, name):
        if self.dice.random() < 0.5:
            return name
        self.names["#" + name] = name
        return "#" + name

    def attribute(self):
        return self.named(self.one("a", "b", "c", "d", "n", "g", "l", "m", "s"))

    def path(self):
        kind = self.dice.randrange(5)
        if kind == 0:
            return f"{self.named('m')}.{self.named(self.one('x', 'y', 'z'))}"
        if kind == 1:
            return f"{self.named('l')}[{self.dice.randrange(4)}]"
        return self.attribute()

    def ordered(self):
        return self.placed(self.one({"S": self.text()}, {"N": self.dice.choice(NUMBERS)}))

    def compared(self):
        """moto takes what is missing for NULL and 1 for true, and compares sets and numbers in collections as they were written."""
        return self.one({"S": self.text()}, {"N": self.dice.choice(NUMBERS)}, {"L": []}, {"L": [{"S": "a"}]}, {"M": {}})

    def condition(self, depth=0):
        kind = self.dice.randrange(9)
        if depth < 2 and kind == 0:
            return f"{self.condition(depth + 1)} {self.one('AND', 'OR')} {self.condition(depth + 1)}"
        if depth < 2 and kind == 1:
            return f"NOT ({self.condition(depth + 1)})"
        if depth < 2 and kind == 2:
            return f"({self.condition(depth + 1)} {self.one('and', 'or')} {self.condition(depth + 1)})"
        return self.simple(kind)

    def simple(self, kind):
        if kind == 3:
            return f"{self.one('attribute_exists', 'attribute_not_exists')}({self.path()})"
        if kind == 4:
            return f"begins_with({self.path()}, {self.placed({'S': self.text()})})"
        if kind == 5:
            # moto does not look for an element of a list by its type.
            return f"contains({self.named('s')}, {self.placed({'S': self.dice.choice(TEXTS[1:])})})"
        if kind == 6:
            return f"attribute_type({self.path()}, {self.placed({'S': self.one('S', 'N', 'BOOL', 'L', 'M', 'SS', 'NS', 'NULL', 'B')})})"
        if kind == 7:
            low, high = sorted([self.one("a", "x", "y"), self.one("x", "y", "z")])
            return f"g BETWEEN {self.placed({'S': low})} AND {self.placed({'S': high})}"  # moto takes 0 for what is missing
        if kind == 8:
            return f"{self.path()} IN ({', '.join(self.placed(self.compared()) for _ in range(self.dice.randrange(1, 4)))})"
        if self.dice.random() < 0.3:
            return f"size({self.named(self.one('l', 'm', 's'))}) {self.one('=', '<>', '<', '<=', '>', '>=')} {self.placed({'N': str(self.dice.randrange(4))})}"
        if self.dice.random() < 0.5:
            return f"{self.path()} {self.one('=', '<>')} {self.placed(self.compared())}"
        return f"n {self.one('<', '<=', '>', '>=')} {self.placed({'N': self.dice.choice(NUMBERS)})}"

    def source(self):
        """No list or map, of which moto takes no copy: it would read what another part of the same update has changed."""
        return self.named(self.one("n", "g"))

    def operand(self):
        kind = self.dice.randrange(5)
        if kind == 0:
            return f"if_not_exists({self.source()}, {self.placed(self.value())})"
        if kind == 1:
            return f"if_not_exists(n, {self.placed({'N': '7'})}) {self.one('+', '-')} {self.placed({'N': self.dice.choice(EXACT)})}"
        if kind == 2:
            return f"list_append(if_not_exists(q, {self.placed({'L': [self.scalar()]})}), {self.placed({'L': [self.scalar()]})})"
        if kind == 3:
            return self.source()
        return self.placed(self.value())

    def update(self):
        targets = ["a", "b", "c", "d", "n", "g", "l", "m", "s"]
        self.dice.shuffle(targets)
        sets, removes, adds, deletes = [], [], [], []
        for target in targets[:self.dice.randrange(1, 5)]:
            kind = self.dice.randrange(6)
            name = self.named(target)
            if target == "n" and kind < 3:
                adds.append(f"n {self.placed({'N': self.dice.choice(EXACT)})}")
            elif target == "s" and kind < 2:
                adds.append(f"{name} {self.placed({'SS': self.dice.sample(TEXTS[1:], 2)})}")
            elif target == "s" and kind < 4:
                deletes.append(f"{name} {self.placed({'SS': self.dice.sample(TEXTS[1:], 2)})}")
            elif target == "m" and kind < 3:
                sets.append(f"{name}.{self.named(self.one('x', 'y', 'z'))} = {self.placed(self.value(1))}")
            elif target == "l" and kind < 2:
                sets.append(f"{name}[{self.dice.randrange(6)}] = {self.placed(self.value(1))}")
            elif target == "l" and kind < 4:
                removes.append(f"{name}[{self.dice.randrange(4)}]")
            elif kind == 5:
                removes.append(name)
            elif target == "n":
                sets.append(f"{name} = {self.placed({'N': self.dice.choice(EXACT)})}")
            elif target in "lms":  # moto ignores a member that is set in a list, and the like.
                sets.append(f"{name} = {self.placed({'l': {'L': [self.scalar()]}, 'm': {'M': {'x': self.scalar()}}, 's': {'SS': ['a', 'b']}}[target])}")
            elif target == "g":
                sets.append(f"{name} = {self.placed({'S': self.one('x', 'y')})}")
            else:
                sets.append(f"{name} = {self.operand()}")
        parts = [f"{self.one(word, word.lower())} {', '.join(part)}"
                 for word, part in (("SET", sets), ("REMOVE", removes), ("ADD", adds), ("DELETE", deletes)) if part]
        self.dice.shuffle(parts)
        return " ".join(parts)

    def projection(self):
        # Of one list, moto projects one element.
        paths = self.dice.sample(["p", "r", "a", "n", "l[1]", "m.x", "m.y", "s"], self.dice.randrange(1, 5))
        return ", ".join(paths)

    # Calls

    def call(self):
        self.values, self.names = {}, {}
        operation, arguments = getattr(self, self.one(
            "put", "put", "put", "change", "change", "change", "change", "remove", "get", "query", "query", "scan", "gets", "writes", "transact"))()
        if self.values:
            arguments["ExpressionAttributeValues"] = self.values
        if self.names:
            arguments["ExpressionAttributeNames"] = self.names
        return operation, arguments

    def put(self):
        arguments = {"TableName": TABLE, "Item": self.item(), "ReturnValues": self.one("NONE", "ALL_OLD")}
        if self.dice.random() < 0.4:
            arguments["ConditionExpression"] = self.condition()
        return "put_item", arguments

    def change(self):
        arguments = {"TableName": TABLE, "Key": self.key(), "UpdateExpression": self.update(),
                     "ReturnValues": self.one("NONE", "ALL_OLD", "ALL_NEW")}
        if self.dice.random() < 0.3:
            arguments["ConditionExpression"] = self.condition()
        return "update_item", arguments

    def remove(self):
        arguments = {"TableName": TABLE, "Key": self.key(), "ReturnValues": self.one("NONE", "ALL_OLD")}
        if self.dice.random() < 0.4:
            arguments["ConditionExpression"] = self.condition()
        return "delete_item", arguments

    def get(self):
        arguments = {"TableName": TABLE, "Key": self.key()}
        if self.dice.random() < 0.5:
            arguments["ProjectionExpression"] = self.projection()
        return "get_item", arguments

    def query(self):
        if self.dice.random() < 0.4:
            arguments = {"TableName": TABLE, "IndexName": "by-g", "KeyConditionExpression": f"g = {self.placed({'S': self.one('x', 'y')})}"}
            ranged = "n"
        else:
            arguments = {"TableName": TABLE, "KeyConditionExpression": f"p = {self.placed({'S': self.one('a', 'b', 'c')})}"}
            ranged = "r"
        if self.dice.random() < 0.5:
            if self.dice.random() < 0.3:
                low, high = sorted([Decimal(self.dice.choice(NUMBERS)), Decimal(self.dice.choice(NUMBERS))])
                arguments["KeyConditionExpression"] += f" AND {ranged} BETWEEN {self.placed({'N': str(low)})} AND {self.placed({'N': str(high)})}"
            else:
                arguments["KeyConditionExpression"] += f" AND {ranged} {self.one('=', '<', '<=', '>', '>=')} {self.placed({'N': self.dice.choice(NUMBERS)})}"
        if "IndexName" not in arguments and self.dice.random() < 0.5:
            arguments["FilterExpression"] = self.condition()
        if self.dice.random() < 0.5:
            arguments["ScanIndexForward"] = False
        if self.dice.random() < 0.4:
            arguments["Limit"] = self.dice.randrange(1, 4)
        return "query", arguments

    def scan(self):
        return "scan", {"TableName": TABLE, "FilterExpression": self.condition()}

    def gets(self):
        keys = {json.dumps(key): key for key in (self.key() for _ in range(4))}
        return "batch_get_item", {"RequestItems": {TABLE: {"Keys": list(keys.values())}}}

    def writes(self):
        requests = {}
        for _ in range(3):
            item = self.item()
            key = {name: item[name] for name in ("p", "r")}
            requests[json.dumps(key)] = self.one({"PutRequest": {"Item": item}}, {"DeleteRequest": {"Key": key}})
        return "batch_write_item", {"RequestItems": {TABLE: list(requests.values())}}

    def transact(self):
        items = {}
        for _ in range(3):
            self.values, self.names = {}, {}
            item = self.item()
            key = {name: item[name] for name in ("p", "r")}
            kind = self.dice.randrange(4)
            one = {"TableName": TABLE}
            if kind == 0:
                one.update(Item=item)
            else:
                one.update(Key=key)
            if kind == 2:
                one.update(UpdateExpression=self.update())
            if kind == 3 or self.dice.random() < 0.3:
                one.update(ConditionExpression=self.condition(1))
            if self.values:
                one.update(ExpressionAttributeValues=self.values)
            if self.names:
                one.update(ExpressionAttributeNames=self.names)
            items[json.dumps(key)] = {("Put", "Delete", "Update", "ConditionCheck")[kind]: one}
        self.values, self.names = {}, {}
        return "transact_write_items", {"TransactItems": list(items.values())}


def create(dynamo):
    dynamo.create_table(
        TableName=TABLE, BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "r", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": kind} for name, kind in (("p", "S"), ("r", "N"), ("g", "S"), ("n", "N"))],
        GlobalSecondaryIndexes=[{"IndexName": "by-g", "Projection": {"ProjectionType": "ALL"}, "KeySchema": [
            {"AttributeName": "g", "KeyType": "HASH"}, {"AttributeName": "n", "KeyType": "RANGE"}]}])


def ordered(items):
    return sorted(items, key=lambda item: json.dumps(normal({"p": item.get("p"), "r": item.get("r")})))


def answer(dynamo, operation, arguments):
    try:
        answered = getattr(dynamo, operation)(**arguments)
        answered.pop("ResponseMetadata")
        if operation == "query":
            items, last = list(answered["Items"]), answered.get("LastEvaluatedKey")
            while last:  # Whether a full page that ends the query has a key differs; what all pages have together does not.
                page = dynamo.query(**arguments, ExclusiveStartKey=last)
                items += page["Items"]
                last = page.get("LastEvaluatedKey")
            answered = items if "IndexName" not in arguments else ordered(items)
        elif operation == "scan":
            answered = ordered(answered["Items"])
        elif operation == "batch_get_item":
            answered = ordered(answered["Responses"].get(TABLE, []))
        elif operation in ("put_item", "update_item", "delete_item"):
            answered = answered.get("Attributes", {})
        elif operation == "get_item":
            answered = answered.get("Item", {})
        else:
            answered = {}
        return {"code": None, "answer": normal(answered)}
    except ClientError as error:
        reasons = [reason["Code"] for reason in error.response.get("CancellationReasons", [])]
        return {"code": error.response["Error"]["Code"], "answer": reasons, "message": error.response["Error"]["Message"]}


def stored(dynamo):
    return normal(ordered(dynamo.scan(TableName=TABLE)["Items"]))


def known(operation, arguments, answers):
    """Where moto does otherwise than AWS; None if this is not such a place."""
    ours, theirs = answers
    if theirs["code"] == "500":
        return "moto fails with an internal error"
    if operation == "update_item" and (ours["code"], theirs["code"]) == ("ConditionalCheckFailedException", "ValidationException"):
        return "moto applies an update before it looks at the condition"
    if operation == "transact_write_items" and "ValidationError" in ours["answer"] and theirs["code"] == "ValidationException":
        return "moto does not tell of an update that fails as a reason of the transaction"
    if "size(" in repr(arguments) and ("ValueError" in theirs["answer"] or "Invalid attribute name" in theirs.get("message", "")):
        return "moto fails on the size of what is missing"
    return None


def aligned(ours, theirs):
    """Gives moto the items of the sandbox, after a call that it did otherwise."""
    here, there = ({json.dumps(normal(item)): item for item in dynamo.scan(TableName=TABLE)["Items"]} for dynamo in (ours, theirs))
    for text, item in there.items():
        if text not in here:
            theirs.delete_item(TableName=TABLE, Key={name: item[name] for name in ("p", "r")})
    for text, item in here.items():
        if text not in there:
            theirs.put_item(TableName=TABLE, Item=item)


def main(endpoints, seed, calls):
    dynamos = [client(endpoint) for endpoint in endpoints]
    for dynamo in dynamos:
        create(dynamo)
    maker, different, counted = Maker(seed), [], {}
    for number in range(calls):
        operation, arguments = maker.call()
        answers = [answer(dynamo, operation, arguments) for dynamo in dynamos]
        same = all(answers[0][part] == answers[1][part] for part in ("code", "answer"))
        reads = operation in ("get_item", "query", "scan", "batch_get_item")
        states = [[], []] if same and reads else [stored(dynamo) for dynamo in dynamos]
        outcome = f"{operation} {answers[0]['code'] or 'succeeded'}"
        if not same or states[0] != states[1]:
            outcome = known(operation, arguments, answers)
            if outcome is None:
                only = [[item for item in states[one] if item not in states[1 - one]] for one in (0, 1)]
                different.append({"number": number, "operation": operation, "arguments": repr(arguments), "answers": answers, "only": only})
                outcome = "different"
            aligned(*dynamos)
        counted[outcome] = counted.get(outcome, 0) + 1
    print(json.dumps({"different": different, "outcomes": counted}))


main(sys.argv[1:3], int(sys.argv[3]), int(sys.argv[4]))

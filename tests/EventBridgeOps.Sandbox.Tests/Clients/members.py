"""Prints the members of a list of inputs that the service models of botocore do not have."""
import re
import sys

import botocore.session

NAMES = {"monitoring": "cloudwatch", "servicequotas": "service-quotas"}


def read(tokens):
    members = {}
    while tokens and tokens[0] != ")":
        name = tokens.pop(0).lstrip("-")
        if name.startswith("+"):
            continue
        members[name] = None
        if tokens and tokens[0] == "(":
            tokens.pop(0)
            members[name] = read(tokens)
            tokens.pop(0)
    return members


def compare(members, shape, place):
    while shape.type_name == "list":
        shape = shape.member
    for name, below in members.items():
        if shape.type_name == "map":
            inner = shape.value
        elif name == "*":
            continue
        elif name in shape.members:
            inner = shape.members[name]
        else:
            unknown.append(place + "." + name)
            continue
        if below is not None:
            compare(below, inner, place + "." + name)


unknown, session, model = [], botocore.session.get_session(), None
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        line = line.strip()
        if line.startswith("["):
            service = line.strip("[]").split(" ")[0]
            model = session.get_service_model(NAMES.get(service, service))
        elif line and not line.startswith("#"):
            operation, _, members = line.partition(":")
            if operation not in model.operation_names:
                continue  # An older botocore.
            shape = model.operation_model(operation).input_shape
            found = read(re.findall(r"[^\s()]+|[()]", members))
            if shape is None:
                unknown += [operation + "." + name for name in found]
            else:
                compare(found, shape, service + "." + operation)
print(unknown)

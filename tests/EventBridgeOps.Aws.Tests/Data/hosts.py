"""Writes every host name that botocore would call, for the test that compares ours with them: python3 hosts.py hosts.json"""

import json
import sys

import botocore
from botocore.endpoint_provider import EndpointProvider
from botocore.session import Session

loader = Session().get_component("data_loader")
partitions = loader.load_data("partitions")
regions = {name for partition in partitions["partitions"] for name in partition["regions"] if not name.endswith("-global")}
for partition in loader.load_data("endpoints")["partitions"]:
    regions.update(partition["regions"])

rows = []
for service in ["events", "batch", "ecr", "sqs", "sts"]:
    provider = EndpointProvider(loader.load_service_model(service, "endpoint-rule-set-1"), partitions)
    for region in sorted(regions):
        row = {"service": service, "region": region}
        for variant, fips, dual_stack in [("plain", False, False), ("fips", True, False), ("dualstack", False, True), ("both", True, True)]:
            endpoint = provider.resolve_endpoint(Region=region, UseFIPS=fips, UseDualStack=dual_stack, **({"UseGlobalEndpoint": False} if service == "sts" else {}))
            row[variant] = endpoint.url.removeprefix("https://")
        rows.append(json.dumps(row, separators=(",", ":")))

with open(sys.argv[1], "w", encoding="utf-8", newline="\n") as file:
    file.write('{"source":"endpoint rule sets of botocore %s","hosts":[\n%s\n]}\n' % (botocore.__version__, ",\n".join(rows)))

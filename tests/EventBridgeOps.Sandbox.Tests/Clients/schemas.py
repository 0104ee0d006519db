"""Keeps schemas in a registry as boto3 does in earnest, with its own validation and parsers, and prints what it saw."""
import datetime
import json
import sys

import boto3
from botocore.exceptions import ClientError

NAME = "shop.orders@OrderPlaced"
seen = {}
schemas = boto3.client("schemas", endpoint_url=sys.argv[1])


def code(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]


registry = {"RegistryName": "shop"}
schema = {**registry, "SchemaName": NAME}
seen["registry"] = schemas.create_registry(**registry, Description="d", Tags={"a": "1"})["RegistryArn"]
arn = schemas.create_schema(**schema, Content="{}", Type="JSONSchemaDraft4")["SchemaArn"]
schemas.update_schema(**schema, Content='{"title":"fruit"}', Type="JSONSchemaDraft4")
seen["versions"] = [one["SchemaVersion"] for page in schemas.get_paginator("list_schema_versions").paginate(**schema) for one in page["SchemaVersions"]]
newest = schemas.describe_schema(**schema)
seen["newest"] = newest["SchemaVersion"]
seen["listed"] = [[one["SchemaName"], one["VersionCount"]] for one in schemas.list_schemas(**registry)["Schemas"]]
seen["dates"] = all(isinstance(newest[name], datetime.datetime) for name in ("LastModified", "VersionCreatedDate"))
seen["found"] = [one["SchemaName"] for one in schemas.search_schemas(**registry, Keywords="fruit")["Schemas"]]
seen["exported"] = schemas.export_schema(**schema, SchemaVersion="1", Type="JSONSchemaDraft4")["Content"]
schemas.tag_resource(ResourceArn=arn, Tags={"a": "1", "b": "2"})
schemas.untag_resource(ResourceArn=arn, TagKeys=["a"])
seen["tags"] = schemas.list_tags_for_resource(ResourceArn=arn)["Tags"]
policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "210987654321"}, "Action": "schemas:*", "Resource": "*"}]}
schemas.put_resource_policy(**registry, Policy=json.dumps(policy))
kept = schemas.get_resource_policy(**registry)["Policy"]
seen["policy"] = (json.loads(kept) if isinstance(kept, str) else kept)["Version"]
seen["codes"] = [
    code(schemas.create_schema, **registry, SchemaName="new", Content='{"$schema":"http://json-schema.org/draft-07/schema#"}', Type="JSONSchemaDraft4"),
    code(schemas.delete_registry, **registry),
    code(schemas.describe_registry, RegistryName="none"),
    code(schemas.create_registry, **registry),
]
schemas.delete_resource_policy(**registry)
schemas.delete_schema_version(**schema, SchemaVersion="1")
schemas.delete_schema(**schema)
schemas.delete_registry(**registry)
seen["left"] = schemas.list_registries()["Registries"]
print(json.dumps(seen))

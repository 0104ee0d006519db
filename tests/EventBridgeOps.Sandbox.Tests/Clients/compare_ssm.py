"""Uses Parameter Store as boto3 does in earnest, at each of the endpoints, and prints what it saw at each, without what differs from run to run."""
import json
import sys

import boto3
from botocore.exceptions import ClientError


def look(endpoint):
    ssm, seen = boto3.client("ssm", endpoint_url=endpoint), {}

    def step(step_name, operation, read=lambda answer: None, **arguments):
        try:
            seen[step_name] = read(getattr(ssm, operation)(**arguments))
        except ClientError as error:
            seen[step_name] = [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]

    def one(answer):
        return {key: value for key, value in answer["Parameter"].items() if key not in ("LastModifiedDate", "Selector")}

    def put(answer):
        return [answer["Version"], answer["Tier"]]

    def names(answer):
        return sorted(parameter["Name"] for parameter in answer["Parameters"])

    step("put", "put_parameter", put, Name="/a/1", Value="one", Type="String", Description="d", Tags=[{"Key": "k", "Value": "v"}])
    step("put again", "put_parameter", Name="/a/1", Value="two", Type="String")
    step("overwrite", "put_parameter", put, Name="/a/1", Value="two", Overwrite=True)
    step("put a list", "put_parameter", put, Name="/a/b/2", Value="x,y", Type="StringList")
    step("put a secret", "put_parameter", put, Name="plain", Value="secret", Type="SecureString")
    step("put large", "put_parameter", put, Name="/large", Value="x" * 5000, Type="String", Tier="Advanced")
    step("put too large", "put_parameter", Name="/larger", Value="x" * 5000, Type="String")
    step("put without type", "put_parameter", Name="/untyped", Value="x")
    step("put reserved", "put_parameter", Name="/aws/x", Value="x", Type="String")
    step("put prefixed", "put_parameter", Name="ssmx", Value="x", Type="String")
    step("put nothing", "put_parameter", Name="/empty", Value="", Type="String")
    step("get", "get_parameter", one, Name="/a/1")
    step("get a version", "get_parameter", one, Name="/a/1:1")
    step("get by arn", "get_parameter", lambda answer: answer["Parameter"]["Value"], Name=seen["get"]["ARN"])
    step("get no version", "get_parameter", Name="/a/1:9")
    step("get nothing", "get_parameter", Name="/nothing")
    step("get the secret", "get_parameter", one, Name="plain", WithDecryption=True)
    step("get many", "get_parameters", lambda answer: [names(answer), answer["InvalidParameters"]], Names=["/a/1", "plain", "/x"])
    step("by path", "get_parameters_by_path", names, Path="/a")
    step("by path below", "get_parameters_by_path", names, Path="/a", Recursive=True)
    step("describe", "describe_parameters", lambda answer: [
        {key: parameter.get(key) for key in ("Name", "Type", "Version", "Tier", "Description", "DataType")} for parameter in answer["Parameters"]],
        ParameterFilters=[{"Key": "Path", "Option": "Recursive", "Values": ["/a"]}])
    step("history", "get_parameter_history", lambda answer: [[parameter["Version"], parameter["Value"]] for parameter in answer["Parameters"]], Name="/a/1")
    step("tags", "list_tags_for_resource", lambda answer: answer["TagList"], ResourceType="Parameter", ResourceId="/a/1")
    step("tags of nothing", "list_tags_for_resource", ResourceType="Parameter", ResourceId="/nothing")
    step("delete", "delete_parameter", Name="/a/1")
    step("delete nothing", "delete_parameter", Name="/a/1")
    step("delete many", "delete_parameters", lambda answer: [answer["DeletedParameters"], answer["InvalidParameters"]], Names=["plain", "/x"])
    return seen


print(json.dumps([look(endpoint) for endpoint in sys.argv[1:]]))

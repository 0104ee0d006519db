"""Puts and gets metrics with boto3 at each of the endpoints, and prints what it saw at each."""
import json
import sys
from datetime import datetime, timedelta, timezone

import boto3
from botocore.exceptions import ClientError

NOW = datetime.fromtimestamp(int(sys.argv[1]) // 60 * 60, timezone.utc)
METRIC = {"Namespace": "Shop", "MetricName": "Orders", "Dimensions": [{"Name": "Kind", "Value": "a"}]}


def code(call, **arguments):
    try:
        call(**arguments)
        return "none"
    except ClientError as error:
        return error.response["Error"]["Code"]


def look(endpoint):
    seen = {}
    watch = boto3.client("cloudwatch", endpoint_url=endpoint)
    watch.put_metric_data(Namespace="Shop", MetricData=[
        {"MetricName": "Orders", "Dimensions": METRIC["Dimensions"], "Value": number % 7 + 0.5, "Unit": "Count", "Timestamp": NOW - timedelta(minutes=number % 5)}
        for number in range(60)])
    watch.put_metric_data(Namespace="Shop", MetricData=[{
        "MetricName": "Sizes", "Timestamp": NOW, "StatisticValues": {"SampleCount": 2, "Sum": 5, "Minimum": 1, "Maximum": 4}}])
    span = {"StartTime": NOW - timedelta(minutes=4), "EndTime": NOW + timedelta(minutes=1)}
    data = watch.get_metric_data(ScanBy="TimestampAscending", **span, MetricDataQueries=[
        {"Id": stat.lower(), "Label": stat, "MetricStat": {"Metric": METRIC, "Period": 60, "Stat": stat, "Unit": "Count"}}
        for stat in ("Sum", "SampleCount", "Average", "Minimum", "Maximum")])
    seen["data"] = {result["Id"]: [[(time - NOW).total_seconds(), round(value, 9)] for time, value in zip(result["Timestamps"], result["Values"])]
                    for result in data["MetricDataResults"]}
    seen["label"] = watch.get_metric_data(**span, MetricDataQueries=[
        {"Id": "a", "MetricStat": {"Metric": METRIC, "Period": 300, "Stat": "Sum"}}])["MetricDataResults"][0]["Label"]
    points = watch.get_metric_statistics(Namespace="Shop", MetricName="Sizes", Period=300, Statistics=["Sum", "Average", "SampleCount", "Minimum", "Maximum"], **span)
    seen["statistics"] = [{key: value for key, value in point.items() if key != "Timestamp"} for point in points["Datapoints"]]
    seen["metrics"] = sorted(metric["MetricName"] for page in watch.get_paginator("list_metrics").paginate(Namespace="Shop") for metric in page["Metrics"])
    seen["both"] = code(watch.put_metric_data, Namespace="Shop", MetricData=[{"MetricName": "m", "Value": 1.0, "Values": [1.0]}])
    seen["sizes"] = code(watch.put_metric_data, Namespace="Shop", MetricData=[{"MetricName": "m", "Values": [1.0], "Counts": [1.0, 2.0]}])
    seen["no time"] = code(watch.get_metric_data, StartTime=NOW, EndTime=NOW, MetricDataQueries=[{"Id": "a", "MetricStat": {"Metric": METRIC, "Period": 60, "Stat": "Sum"}}])
    return seen


# More than 10,240 bytes, so that boto3 compresses it, which moto cannot read.
boto3.client("cloudwatch", endpoint_url=sys.argv[2]).put_metric_data(
    Namespace="Large", MetricData=[{"MetricName": "Compressed" * 20, "Value": float(number)} for number in range(300)])
print(json.dumps([look(endpoint) for endpoint in sys.argv[2:]]))

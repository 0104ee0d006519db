"""Uses alarms and dashboards as boto3 does in earnest, at each of the endpoints, and prints what it saw at each, without what differs from run to run."""
import json
import sys

import boto3
from botocore.exceptions import ClientError

TOPIC = "arn:aws:sns:eu-west-1:123456789012:t"
SHOWN = ["AlarmName", "AlarmArn", "AlarmDescription", "ActionsEnabled", "OKActions", "AlarmActions", "InsufficientDataActions", "MetricName", "Namespace", "Statistic", "Dimensions",
         "Period", "EvaluationPeriods", "DatapointsToAlarm", "Threshold", "ComparisonOperator", "TreatMissingData"]


def look(endpoint):
    cloudwatch, seen = boto3.client("cloudwatch", endpoint_url=endpoint, region_name="eu-west-1"), {}

    def step(step_name, operation, read=lambda answer: None, **arguments):
        try:
            seen[step_name] = read(getattr(cloudwatch, operation)(**arguments))
        except ClientError as error:
            seen[step_name] = [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]

    def alarms(answer):
        return [{name: str(alarm.get(name)).replace("123456789012", "A") for name in SHOWN} for alarm in answer["MetricAlarms"]]

    alarm = {"AlarmName": "a", "Namespace": "N", "MetricName": "m", "Dimensions": [{"Name": "x", "Value": "y"}], "Statistic": "Sum", "Period": 300, "EvaluationPeriods": 3, "DatapointsToAlarm": 2,
             "Threshold": 1.5, "ComparisonOperator": "GreaterThanThreshold", "AlarmDescription": "d", "AlarmActions": [TOPIC], "TreatMissingData": "notBreaching"}
    step("put", "put_metric_alarm", Tags=[{"Key": "k", "Value": "v"}], **alarm)
    step("put another", "put_metric_alarm", **dict(alarm, AlarmName="b", MetricName="n"))
    step("describe", "describe_alarms", alarms, AlarmNames=["a"])
    step("describe by prefix", "describe_alarms", alarms, AlarmNamePrefix="b")
    step("describe for metric", "describe_alarms_for_metric", lambda answer: [alarm["AlarmName"] for alarm in answer["MetricAlarms"]], Namespace="N", MetricName="n", Dimensions=alarm["Dimensions"])
    step("disable", "disable_alarm_actions", AlarmNames=["a"])
    step("disabled", "describe_alarms", lambda answer: answer["MetricAlarms"][0]["ActionsEnabled"], AlarmNames=["a"])
    step("set", "set_alarm_state", AlarmName="a", StateValue="ALARM", StateReason="r")
    step("in alarm", "describe_alarms", lambda answer: [(alarm["AlarmName"], alarm["StateReason"]) for alarm in answer["MetricAlarms"]], StateValue="ALARM")
    step("set missing", "set_alarm_state", AlarmName="none", StateValue="ALARM", StateReason="r")
    arn = cloudwatch.describe_alarms(AlarmNames=["a"])["MetricAlarms"][0]["AlarmArn"]
    step("tags", "list_tags_for_resource", lambda answer: answer["Tags"], ResourceARN=arn)
    step("tag", "tag_resource", ResourceARN=arn, Tags=[{"Key": "l", "Value": "w"}])
    step("untag", "untag_resource", ResourceARN=arn, TagKeys=["k"])
    step("tags after", "list_tags_for_resource", lambda answer: answer["Tags"], ResourceARN=arn)
    step("delete", "delete_alarms", AlarmNames=["a", "b"])
    step("deleted", "describe_alarms", alarms)
    body = json.dumps({"widgets": [{"type": "text", "x": 0, "y": 0, "width": 6, "height": 2, "properties": {"markdown": "# a"}}]})
    step("put dashboard", "put_dashboard", DashboardName="d", DashboardBody=body)
    step("dashboard", "get_dashboard", lambda answer: [answer["DashboardName"], json.loads(answer["DashboardBody"]), answer["DashboardArn"].split(":")[-1]], DashboardName="d")
    step("dashboards", "list_dashboards", lambda answer: [(entry["DashboardName"], entry["Size"]) for entry in answer["DashboardEntries"]], DashboardNamePrefix="d")
    step("delete dashboard", "delete_dashboards", DashboardNames=["d"])
    step("missing dashboard", "get_dashboard", DashboardName="d")
    return seen


print(json.dumps([look(endpoint) for endpoint in sys.argv[1:]]))

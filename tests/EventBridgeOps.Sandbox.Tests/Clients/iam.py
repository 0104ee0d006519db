"""Uses roles as boto3 does in earnest, and prints what it saw, without what differs from run to run."""
import json
import sys

import boto3
from botocore.exceptions import ClientError

iam = boto3.client("iam", endpoint_url=sys.argv[1])
seen = {}
TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "batch:SubmitJob", "Resource": "*"}]}


def code(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]


role = iam.create_role(RoleName="r", Path="/a/", AssumeRolePolicyDocument=json.dumps(TRUST), Description="d", Tags=[{"Key": "k", "Value": "v"}])["Role"]
seen["role"] = role["Path"], role["Arn"].split(":")[-1], role["AssumeRolePolicyDocument"], role["RoleId"][:4], role["CreateDate"].tzinfo is not None
iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=json.dumps(POLICY))
seen["inline"] = iam.get_role_policy(RoleName="r", PolicyName="p")["PolicyDocument"], iam.list_role_policies(RoleName="r")["PolicyNames"]
policy = iam.create_policy(PolicyName="m", PolicyDocument=json.dumps(POLICY))["Policy"]
iam.attach_role_policy(RoleName="r", PolicyArn=policy["Arn"])
seen["attached"] = [entry["PolicyName"] for entry in iam.list_attached_role_policies(RoleName="r")["AttachedPolicies"]]
seen["policy"] = [iam.get_policy(PolicyArn=policy["Arn"])["Policy"][name] for name in ("PolicyName", "Path", "DefaultVersionId", "AttachmentCount", "IsAttachable")]
seen["version"] = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId="v1")["PolicyVersion"]["Document"]
iam.update_assume_role_policy(RoleName="r", PolicyDocument=json.dumps(TRUST))
iam.update_role(RoleName="r", Description="e", MaxSessionDuration=7200)
seen["updated"] = [iam.get_role(RoleName="r")["Role"][name] for name in ("Description", "MaxSessionDuration")]
second = iam.create_policy_version(PolicyArn=policy["Arn"], PolicyDocument=json.dumps(POLICY), SetAsDefault=True)["PolicyVersion"]
seen["second"] = second["VersionId"], second["IsDefaultVersion"]
seen["versions"] = sorted((entry["VersionId"], entry["IsDefaultVersion"]) for entry in iam.list_policy_versions(PolicyArn=policy["Arn"])["Versions"])
iam.set_default_policy_version(PolicyArn=policy["Arn"], VersionId="v1")
iam.delete_policy_version(PolicyArn=policy["Arn"], VersionId="v2")
seen["left"] = [entry["VersionId"] for entry in iam.list_policy_versions(PolicyArn=policy["Arn"])["Versions"]]
iam.tag_policy(PolicyArn=policy["Arn"], Tags=[{"Key": "x", "Value": "y"}])
seen["policy tags"] = iam.list_policy_tags(PolicyArn=policy["Arn"])["Tags"]
seen["policies"] = [entry["PolicyName"] for entry in iam.list_policies(Scope="Local", OnlyAttached=True)["Policies"]]
seen["profiles"] = iam.list_instance_profiles_for_role(RoleName="r")["InstanceProfiles"]
iam.tag_role(RoleName="r", Tags=[{"Key": "x", "Value": "y"}])
iam.untag_role(RoleName="r", TagKeys=["k"])
seen["tags"] = iam.list_role_tags(RoleName="r")["Tags"], iam.get_role(RoleName="r")["Role"]["Tags"]
seen["roles"] = [entry["RoleName"] for page in iam.get_paginator("list_roles").paginate(PathPrefix="/a/") for entry in page["Roles"]]
seen["codes"] = [
    code(iam.get_role, RoleName="none"),
    code(iam.create_role, RoleName="r", AssumeRolePolicyDocument=json.dumps(TRUST)),
    code(iam.delete_role, RoleName="r"),
    code(iam.get_role_policy, RoleName="r", PolicyName="none"),
    code(iam.get_policy, PolicyArn=policy["Arn"] + "x"),
    code(iam.attach_role_policy, RoleName="r", PolicyArn=policy["Arn"] + "x"),
    code(iam.put_role_policy, RoleName="r", PolicyName="q", PolicyDocument="{}"),
    code(iam.delete_policy_version, PolicyArn=policy["Arn"], VersionId="v1"),
    code(iam.get_policy_version, PolicyArn=policy["Arn"], VersionId="v2"),
]
print(json.dumps(seen, sort_keys=True))

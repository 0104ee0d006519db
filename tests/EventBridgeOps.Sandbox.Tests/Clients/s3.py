"""Uses buckets and objects as boto3 does in earnest, at each of the endpoints, and prints what it saw, without what differs from run to run."""
import hashlib
import io
import json
import subprocess
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

if len(sys.argv) > 2:
    print("[" + ",".join(subprocess.check_output([sys.executable, __file__, endpoint], text=True) for endpoint in sys.argv[1:]) + "]")
    sys.exit()

s3 = boto3.client("s3", endpoint_url=sys.argv[1], region_name="eu-west-1", config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}))
HERE = {"LocationConstraint": "eu-west-1"}
seen = {}


def code(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]


def setting(call):
    answer = call(Bucket="one-bucket")
    del answer["ResponseMetadata"]
    return answer


s3.create_bucket(Bucket="one-bucket", CreateBucketConfiguration=HERE)
seen["buckets"] = [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]], s3.get_bucket_location(Bucket="one-bucket")["LocationConstraint"]
seen["head bucket"] = s3.head_bucket(Bucket="one-bucket")["ResponseMetadata"]["HTTPStatusCode"]
put = s3.put_object(Bucket="one-bucket", Key="a/ü + &.txt", Body=b"hello", ContentType="text/plain", Metadata={"k": "v"}, CacheControl="no-cache")
seen["put"] = put["ETag"], put["ChecksumCRC32"]
seen["sha"] = s3.put_object(Bucket="one-bucket", Key="sha", Body=b"hello", ChecksumAlgorithm="SHA256")["ChecksumSHA256"]
got = s3.get_object(Bucket="one-bucket", Key="a/ü + &.txt", ChecksumMode="ENABLED")
seen["get"] = [got["Body"].read().decode(), got["ContentType"], got["Metadata"], got["CacheControl"], got["ContentLength"], got["ETag"], got["ChecksumCRC32"]]
seen["range"] = [(answer["Body"].read().decode(), answer["ContentRange"]) for answer in (s3.get_object(Bucket="one-bucket", Key="sha", Range=wanted) for wanted in ("bytes=1-2", "bytes=-2", "bytes=3-"))]
head = s3.head_object(Bucket="one-bucket", Key="sha")
seen["head"] = head["ContentLength"], head["ETag"], head["ContentType"]
s3.copy_object(Bucket="one-bucket", Key="b/copy", CopySource={"Bucket": "one-bucket", "Key": "a/ü + &.txt"})
seen["copy"] = s3.head_object(Bucket="one-bucket", Key="b/copy")["Metadata"]
for number in range(5):
    s3.put_object(Bucket="one-bucket", Key=f"list/{number}", Body=b"")
seen["list"] = [entry["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket="one-bucket", PaginationConfig={"PageSize": 3}) for entry in page["Contents"]]
folders = s3.list_objects_v2(Bucket="one-bucket", Delimiter="/")
seen["folders"] = [entry["Prefix"] for entry in folders["CommonPrefixes"]], [entry["Key"] for entry in folders["Contents"]], folders["KeyCount"]
seen["old list"] = [entry["Key"] for page in s3.get_paginator("list_objects").paginate(Bucket="one-bucket", Prefix="list/", PaginationConfig={"PageSize": 2}) for entry in page["Contents"]]
seen["deleted"] = sorted(entry["Key"] for entry in s3.delete_objects(Bucket="one-bucket", Delete={"Objects": [{"Key": "list/0"}, {"Key": "none"}]})["Deleted"])

big = bytes(range(256)) * 4 * 1024 * 12
s3.upload_fileobj(io.BytesIO(big), "one-bucket", "big")
back = io.BytesIO()
s3.download_fileobj("one-bucket", "big", back)
seen["big"] = hashlib.md5(back.getvalue()).hexdigest() == hashlib.md5(big).hexdigest(), s3.head_object(Bucket="one-bucket", Key="big")["ETag"]
upload = s3.create_multipart_upload(Bucket="one-bucket", Key="parts")["UploadId"]
part = s3.upload_part(Bucket="one-bucket", Key="parts", UploadId=upload, PartNumber=1, Body=b"part")["ETag"]
seen["parts"] = [(entry["PartNumber"], entry["Size"], entry["ETag"]) for entry in s3.list_parts(Bucket="one-bucket", Key="parts", UploadId=upload)["Parts"]]
seen["uploads"] = [entry["Key"] for entry in s3.list_multipart_uploads(Bucket="one-bucket")["Uploads"]]
seen["wrong part"] = code(s3.complete_multipart_upload, Bucket="one-bucket", Key="parts", UploadId=upload, MultipartUpload={"Parts": [{"PartNumber": 2, "ETag": part}]})
seen["completed"] = s3.complete_multipart_upload(Bucket="one-bucket", Key="parts", UploadId=upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part}]})["ETag"]
gone = s3.create_multipart_upload(Bucket="one-bucket", Key="gone")["UploadId"]
s3.abort_multipart_upload(Bucket="one-bucket", Key="gone", UploadId=gone)
seen["aborted"] = code(s3.upload_part, Bucket="one-bucket", Key="gone", UploadId=gone, PartNumber=1, Body=b"x")

s3.put_bucket_tagging(Bucket="one-bucket", Tagging={"TagSet": [{"Key": "k", "Value": "v"}]})
seen["tags"] = setting(s3.get_bucket_tagging)
s3.put_bucket_encryption(Bucket="one-bucket", ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]})
seen["encryption"] = setting(s3.get_bucket_encryption)["ServerSideEncryptionConfiguration"]["Rules"][0]["ApplyServerSideEncryptionByDefault"]
s3.put_public_access_block(Bucket="one-bucket", PublicAccessBlockConfiguration={"BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True})
seen["block"] = setting(s3.get_public_access_block)
s3.put_bucket_lifecycle_configuration(Bucket="one-bucket", LifecycleConfiguration={"Rules": [{"ID": "r", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 7}}]})
seen["lifecycle"] = setting(s3.get_bucket_lifecycle_configuration)["Rules"]
s3.put_bucket_policy(Bucket="one-bucket", Policy=json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::one-bucket/*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}))
seen["policy"] = json.loads(s3.get_bucket_policy(Bucket="one-bucket")["Policy"])["Statement"][0]["Effect"]
s3.delete_bucket_policy(Bucket="one-bucket")
s3.delete_bucket_lifecycle(Bucket="one-bucket")
seen["settings"] = [code(s3.get_bucket_policy, Bucket="one-bucket"), code(s3.get_bucket_lifecycle_configuration, Bucket="one-bucket")]

s3.create_bucket(Bucket="two-bucket", CreateBucketConfiguration=HERE)
s3.put_object(Bucket="two-bucket", Key="k", Body=b"0")
s3.put_bucket_versioning(Bucket="two-bucket", VersioningConfiguration={"Status": "Enabled"})
seen["versioning"] = s3.get_bucket_versioning(Bucket="two-bucket")["Status"]
first = s3.put_object(Bucket="two-bucket", Key="k", Body=b"1")["VersionId"]
second = s3.put_object(Bucket="two-bucket", Key="k", Body=b"2")["VersionId"]
seen["version"] = [s3.get_object(Bucket="two-bucket", Key="k", **wanted)["Body"].read().decode() for wanted in ({}, {"VersionId": first}, {"VersionId": second}, {"VersionId": "null"})]
marker = s3.delete_object(Bucket="two-bucket", Key="k")
seen["marker"] = marker["DeleteMarker"], code(s3.get_object, Bucket="two-bucket", Key="k"), code(s3.get_object, Bucket="two-bucket", Key="k", VersionId=marker["VersionId"])
versions = s3.list_object_versions(Bucket="two-bucket")
seen["versions"] = len(versions["Versions"]), len(versions["DeleteMarkers"]), [entry["IsLatest"] for entry in versions["Versions"]]
seen["not empty"] = code(s3.delete_bucket, Bucket="two-bucket")
s3.delete_object(Bucket="two-bucket", Key="k", VersionId=marker["VersionId"])
seen["back"] = s3.get_object(Bucket="two-bucket", Key="k")["Body"].read().decode()
for entry in s3.list_object_versions(Bucket="two-bucket")["Versions"]:
    s3.delete_object(Bucket="two-bucket", Key="k", VersionId=entry["VersionId"])
s3.delete_bucket(Bucket="two-bucket")

seen["digests"] = [
    code(s3.put_object, Bucket="one-bucket", Key="x", Body=b"x", ContentMD5="AAAAAAAAAAAAAAAAAAAAAA=="),
    code(s3.put_object, Bucket="one-bucket", Key="x", Body=b"x", ChecksumCRC32="AAAAAA=="),
]
seen["codes"] = [
    code(s3.get_object, Bucket="one-bucket", Key="none"),
    code(s3.head_object, Bucket="one-bucket", Key="none"),
    code(s3.get_object, Bucket="no-bucket", Key="none"),
    code(s3.head_bucket, Bucket="no-bucket"),
    code(s3.create_bucket, Bucket="one-bucket", CreateBucketConfiguration=HERE),
    code(s3.create_bucket, Bucket="three-bucket"),
    code(s3.create_bucket, Bucket="three-bucket", CreateBucketConfiguration={"LocationConstraint": "ap-south-1"}),
    code(s3.delete_bucket, Bucket="one-bucket"),
    code(s3.delete_bucket, Bucket="two-bucket"),
    code(s3.get_object, Bucket="one-bucket", Key="sha", Range="bytes=9-"),
    code(s3.get_object, Bucket="one-bucket", Key="sha", IfMatch='"x"'),
    code(s3.get_object, Bucket="one-bucket", Key="sha", IfNoneMatch=head["ETag"]),
    code(s3.put_object, Bucket="one-bucket", Key="sha", Body=b"", IfNoneMatch="*"),
    code(s3.copy_object, Bucket="one-bucket", Key="y", CopySource="one-bucket/none"),
]
print(json.dumps(seen, sort_keys=True, default=str))

# Installs the automation by its CloudFormation template, so that there is one description of it.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "package" {
  description = "The ZIP file with the compiled function"
  type        = string
}

variable "bucket" {
  description = "The S3 bucket for the package"
  type        = string
}

variable "parameters" {
  description = "Parameters of the template, for example { DriftMode = \"Repair\" }"
  type        = map(string)
  default     = {}
}

resource "aws_s3_object" "package" {
  bucket = var.bucket
  key    = "ebops-${filesha256(var.package)}.zip"
  source = var.package
}

resource "aws_cloudformation_stack" "automation" {
  name          = "ebops"
  template_body = file("${path.module}/../automation.yaml")
  capabilities  = ["CAPABILITY_IAM"]
  parameters    = merge(var.parameters, { CodeBucket = aws_s3_object.package.bucket, CodeKey = aws_s3_object.package.key })
}

output "outputs" {
  value = aws_cloudformation_stack.automation.outputs
}

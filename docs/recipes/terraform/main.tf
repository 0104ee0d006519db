variable "image" {
  type        = string
  description = "The image URI with its tag or digest."
}

resource "aws_batch_job_definition" "agent" {
  name                       = "mvp-agent"
  type                       = "container"
  platform_capabilities      = ["EC2"]
  deregister_on_new_revision = false

  container_properties = jsonencode({
    image = var.image
    resourceRequirements = [
      { type = "VCPU", value = "1" },
      { type = "MEMORY", value = "2048" },
    ]
  })
}

resource "terraform_data" "targets_follow" {
  triggers_replace = [aws_batch_job_definition.agent.revision]

  provisioner "local-exec" {
    command = "ebops target sync --event-bus-name '*' --job-definition \"$JOB_DEFINITION\" --revert-on-failure --no-progress"
    environment = {
      JOB_DEFINITION = aws_batch_job_definition.agent.name
    }
  }
}

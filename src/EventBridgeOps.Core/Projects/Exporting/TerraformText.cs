using System.Text;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Projects.Exporting;

/// <summary>A Terraform configuration that deploys a project by its CloudFormation template, so that there is one description of it.</summary>
internal static class TerraformText
{
    public const string FileName = "main.tf";

    public static string Of(ProjectTemplate template, IReadOnlyList<KeyValuePair<string, string>> files)
    {
        // The limit of a template in a call: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html.
        bool needsBucket = files.Count > 1 || Encoding.UTF8.GetByteCount(files[0].Value) > ProjectLimits.InlineTemplateBytes;
        StringBuilder text = new("""
            # Deploys the project by its CloudFormation template, so that there is one description of it.
            terraform {
              required_providers {
                aws = {
                  source  = "hashicorp/aws"
                  version = ">= 5.0"
                }
              }
            }


            """);
        if (needsBucket)
        {
            text.Append("""
                variable "bucket" {
                  description = "The S3 bucket for the templates, in the Region of the stack"
                  type        = string
                }

                resource "aws_s3_object" "template" {
                  for_each = toset(FILES)
                  bucket   = var.bucket
                  key      = "PREFIX${each.key}"
                  source   = "${path.module}/${each.key}"
                  etag     = filemd5("${path.module}/${each.key}")
                }


                """.Replace("FILES", $"[{string.Join(", ", files.Select(file => Quoted(file.Key)))}]").Replace("PREFIX", template.StackName + "/"));
        }

        text.Append("resource \"aws_cloudformation_stack\" \"project\" {\n");
        text.Append($"  name         = {Quoted(template.StackName)}\n");
        text.Append($"  capabilities = [{string.Join(", ", template.Capabilities.Select(Quoted))}]\n");
        if (needsBucket)
            text.Append($"  template_url = \"https://${{aws_s3_object.template[\"{ProjectExport.TemplateFile}\"].bucket}}.s3.amazonaws.com/${{aws_s3_object.template[\"{ProjectExport.TemplateFile}\"].key}}?${{aws_s3_object.template[\"{ProjectExport.TemplateFile}\"].etag}}\"\n");
        else
            text.Append($"  template_body = file(\"${{path.module}}/{ProjectExport.TemplateFile}\")\n");
        Dictionary<string, string> parameters = template.Parameters.ToDictionary(parameter => parameter.Key, parameter => Quoted(parameter.Value), StringComparer.Ordinal);
        if (template.Nested.Count > 0)
        {
            parameters[TemplateSplit.Bucket] = "var.bucket";
            parameters[TemplateSplit.Prefix] = Quoted(template.StackName + "/");
        }

        text.Append("  parameters = {\n").Append(string.Concat(parameters.Select(parameter => $"    {parameter.Key} = {parameter.Value}\n"))).Append("  }\n");
        text.Append("  tags = {\n").Append(string.Concat(template.Tags.Select(tag => $"    {Quoted(tag.Key)} = {Quoted(tag.Value)}\n"))).Append("  }\n");
        if (template.Nested.Count > 0)
            text.Append("  depends_on = [aws_s3_object.template]\n");
        return text.Append("}\n\noutput \"outputs\" {\n  value = aws_cloudformation_stack.project.outputs\n}\n").ToString();
    }

    // A template of Terraform begins with '${' or '%{': https://developer.hashicorp.com/terraform/language/expressions/strings.
    private static string Quoted(string text) => Document.Write(text).Replace("${", "$${").Replace("%{", "%%{");
}

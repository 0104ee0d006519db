using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Checks the resources of the project's own files: their names, and what they refer to.</summary>
internal sealed class ResourceCheck(ProjectReferences references) : IProjectCheck
{
    private static readonly string[] s_sections = ["Conditions", "Resources", "Outputs"];

    public void Run(Project project, Findings findings)
    {
        foreach (ProjectResourceFile file in project.ResourceFiles)
        {
            foreach (string id in StackNames.Made(project.Settings).Where(id => project.Resources.TryGetValue(id, out string? path) && path == file.File.Path))
                findings.Fail(ProjectCheck.Resource, id, file.File.FaultOfKey("/Resources/" + id, ProjectTestMessages.ReservedResource(id)));
            // A transform makes resources that are not in the file.
            if (file.Document["Transform"] is not null)
                continue;
            foreach (string section in s_sections)
                Check(file, file.Document[section], "/" + section, findings);
        }
    }

    private void Check(ProjectResourceFile file, JsonNode? node, string pointer, Findings findings)
    {
        string item = JsonPointers.Names(pointer).ElementAtOrDefault(1) ?? file.File.Path;
        switch (node)
        {
            case JsonArray elements:
                for (int i = 0; i < elements.Count; i++)
                    Check(file, elements[i], JsonPointers.Add(pointer, i), findings);
                break;
            case JsonObject { Count: 1 } function when function.First().Key is "Ref" or "Fn::GetAtt" or "Fn::Sub":
                Message? fault = references.Fault(function);
                foreach (Message reason in fault is not null ? [fault] : references.Parameters(function).SelectMany(references.Missing))
                    findings.Fail(ProjectCheck.Resource, item, file.File.Fault(pointer, reason));
                break;
            case JsonObject fields:
                foreach (KeyValuePair<string, JsonNode?> field in fields)
                    Check(file, field.Value, JsonPointers.Add(pointer, field.Key), findings);
                break;
        }
    }
}

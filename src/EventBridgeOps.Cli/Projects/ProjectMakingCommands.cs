using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Making;

namespace EventBridgeOps.Cli.Projects;

/// <summary>The commands that make a project and change it.</summary>
internal static class ProjectMakingCommands
{
    public static Command New(Terminal terminal)
    {
        RequestOptions<NewProjectRequest> options = new(NewProjectRequest.Request);
        OutputArguments output = new();
        Command command = new("new", "Makes a project folder, from a sample or empty.");
        command.AddAll([.. options.All, .. output.All]);
        command.At("--path");
        Act(command, terminal, output, async (parsed, screen, cancellationToken) =>
        {
            NewProjectRequest request = options.Read(parsed, terminal.Environment);
            string folder = Folder(terminal, request);
            return ProjectMaker.Make(folder, await ProjectQuestions.AskAsync(request, folder, Ask(terminal, screen), cancellationToken));
        });
        return command.WithExamples(
            """
            ebops project new shop --sample orchestrator
            ebops project new contracts --name contracts --sample empty
            """,
            """
            In a terminal, the command asks for the sample and the name. Files that exist
            are not overwritten. The folder .ebops has JSON Schemas, by which editors
            complete ebproject.yaml and the files of rules.
            """);
    }

    public static Command Add(Terminal terminal) => new("add", "Adds a schema, a rule or a consumer to a project.")
    {
        AddOne(terminal, "schema", "Adds a version of a schema, with examples.", ProjectAdder.AddSchema, [nameof(AddToProjectRequest.Schema), nameof(AddToProjectRequest.AccountId), nameof(AddToProjectRequest.BusArn)],
            """
            ebops project add schema order-placed --path shop
            """,
            """
            A schema without a version becomes version 1, or the next version as a copy of
            the last.
            """),
        AddOne(terminal, "rule", "Adds a rule, with tests.", ProjectAdder.AddRule, [nameof(AddToProjectRequest.AccountId), nameof(AddToProjectRequest.BusArn)],
            """
            ebops project add rule count-uploads --path shop --schema audio-uploaded.v1
            """,
            """
            The target is a queue, to be replaced by the one that is meant.
            """),
        AddOne(terminal, "consumer", "Adds another account that receives events.", ProjectAdder.AddConsumer, [],
            """
            ebops project add consumer analytics --account-id 444455556666 --path shop
            """,
            """
            Without --bus-arn, the account is allowed to create rules on the event bus.
            """),
    };

    public static Command Configure(Terminal terminal)
    {
        RequestOptions<ConfigureProjectRequest> options = new(ConfigureProjectRequest.Request);
        OutputArguments output = new();
        Command command = new("configure", "Sets the account, the Region and the parameters of an environment, and writes .env.");
        command.AddAll([.. options.All, .. output.All]);
        command.At("--path");
        Act(command, terminal, output, async (parsed, screen, cancellationToken) =>
        {
            ConfigureProjectRequest request = options.Read(parsed, terminal.Environment);
            return await ProjectConfigurer.ConfigureAsync(Folder(terminal, request), request, Ask(terminal, screen), cancellationToken);
        });
        return command.WithExamples(
            """
            ebops project configure shop --account-id 123456789012
            """,
            """
            In a terminal, the command asks for what is not specified. It can be run again:
            what is not specified stays as it is. The file .env has the settings for other
            tools: PROJECT_NAME, AWS_DEFAULT_REGION, EVENTBRIDGE_BUS_NAME, and others that
            are known.
            """);
    }

    public static Command Retire(Terminal terminal)
    {
        RequestOptions<RetireSchemaRequest> options = new(RetireSchemaRequest.Request);
        OutputArguments output = new();
        Command command = new("retire", "Retires a version of a schema, unless a rule or a consumer still wants it.");
        command.AddAll([.. options.All, .. output.All]);
        command.At("--name");
        Act(command, terminal, output, (parsed, _, _) =>
        {
            RetireSchemaRequest request = options.Read(parsed, terminal.Environment);
            return Task.FromResult(SchemaRetirer.Retire(Folder(terminal, request), request));
        });
        return command.WithExamples(
            """
            ebops schema retire order-placed.v1 --path shop
            """,
            """
            The version is recorded under schemas.retired in ebproject.yaml.
            """);
    }

    private static Command AddOne(Terminal terminal, string kind, string description, Func<string, AddToProjectRequest, IReadOnlyList<ProjectFile>> add, string[] without, string examples, string more)
    {
        RequestOptions<AddToProjectRequest> options = new(AddToProjectRequest.Request, without);
        OutputArguments output = new();
        Command command = new(kind, description);
        command.AddAll([.. options.All, .. output.All]);
        command.At("--name");
        Act(command, terminal, output, (parsed, _, _) =>
        {
            AddToProjectRequest request = options.Read(parsed, terminal.Environment);
            return Task.FromResult(add(Folder(terminal, request), request));
        });
        return command.WithExamples(examples, more);
    }

    private static void Act(Command command, Terminal terminal, OutputArguments output, Func<ParseResult, Screen, CancellationToken, Task<IReadOnlyList<ProjectFile>>> work) => command.SetAction(async (parsed, cancellationToken) =>
    {
        using Screen screen = output.Screen(parsed, terminal);
        IReadOnlyList<ProjectFile> files = await work(parsed, screen, cancellationToken);
        await RecordWriter<ProjectFile>.For(output.Format(parsed), screen, ProjectFile.Shape).WriteAllAsync(Streams.From(files));
        return screen.FailureCode ?? ExitCode.Done;
    });

    private static string Folder(Terminal terminal, ProjectQuery query) => terminal.Host.FullPath(query.Path ?? ".");

    private static AskUser? Ask(Terminal terminal, Screen screen) => terminal.InIsTerminal ? screen.AskAsync : null;
}

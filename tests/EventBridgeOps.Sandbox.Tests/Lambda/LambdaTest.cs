using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Lambda;

/// <summary>What tests of functions need: a bootstrap that is a script for bash, and a pipe that shows what it got.</summary>
public abstract class LambdaTest : SandboxTest
{
    internal const string Functions = "arn:aws:lambda:eu-west-1:123456789012:function:";

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    internal ManualTimeProvider Clock { get; } = new();

    internal DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("ebops-test-");

    internal string Pipe => Path.Combine(Folder.FullName, "pipe");

    protected override SandboxOptions Options => new() { Seed = 1, TimeProvider = Clock, StateFile = Path.Combine(Folder.FullName, "state.json") };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        http.Dispose();
        Folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    internal static string Zip(string handler, string init = "", int mode = 0x1ED) => BashFunction.Zip(handler, init, mode);

    internal static string Definition(string name, string zip, string more = "") =>
        $$"""{"FunctionName":"{{name}}","Runtime":"provided.al2023","Handler":"h","Role":"arn:aws:iam::123456789012:role/f","Code":{"ZipFile":"{{zip}}"}{{more}}}""";

    internal async Task Create(string name, string handler, string more = "", string init = "")
    {
        if (!File.Exists("/bin/bash"))
            Assert.Skip("SKIPPED: bash is needed for the bootstrap of the test.");
        Assert.Equal(201, (await Lambda(HttpMethod.Post, "2015-03-31/functions", Definition(name, Zip(handler, init), more))).Status);
    }

    internal Task<Answer> Lambda(HttpMethod method, string path, string body = "") => Aws.Send("lambda", "/" + path, null, body, "application/json", method);

    /// <summary>Invokes a function, and gives the answer with its headers.</summary>
    internal async Task<(int Status, string Text, string? Error, string? Log)> Invoke(string name, string payload = "", string type = "RequestResponse")
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(Server.Endpoint, $"2015-03-31/functions/{name}/invocations"));
        request.Headers.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256", "Credential=test/20260101/eu-west-1/lambda/aws4_request");
        request.Headers.Add("X-Amz-Invocation-Type", type);
        request.Headers.Add("X-Amz-Log-Type", "Tail");
        request.Content = new StringContent(payload);
        using HttpResponseMessage response = await http.SendAsync(request, Token);
        string? log = First("X-Amz-Log-Result");
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Token), First("X-Amz-Function-Error"), log is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(log)));

        string? First(string header) => response.Headers.TryGetValues(header, out IEnumerable<string>? values) ? values.First() : null;
    }

    internal async Task MakePipe() => Assert.Equal(0, (await Child.TryRun("mkfifo", [Pipe], new Dictionary<string, string>())).ExitCode);

    /// <summary>What the handler writes into the pipe next.</summary>
    internal async Task<string> ReadPipe()
    {
        using StreamReader reader = await Task.Run(() => new StreamReader(Pipe), Token); // Opening waits for the other end.
        return (await reader.ReadToEndAsync(Token)).TrimEnd();
    }

    internal string PipeVariable => $$$""","Environment":{"Variables":{"PIPE":{{{JsonSerializer.Serialize(Pipe)}}}} }""";
}

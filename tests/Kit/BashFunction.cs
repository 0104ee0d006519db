using System.IO.Compression;

namespace EventBridgeOps.Tests;

/// <summary>A function whose bootstrap is a script for bash, for the sandbox's Lambda.</summary>
public static class BashFunction
{
    /// <summary>A runtime: it asks for the next invocation, and the handler of the test answers it.</summary>
    private const string Bootstrap =
        """
        #!/bin/bash
        export LC_ALL=C
        call() {
          exec 3<>"/dev/tcp/${AWS_LAMBDA_RUNTIME_API%:*}/${AWS_LAMBDA_RUNTIME_API#*:}"
          printf '%s /2018-06-01/runtime/%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' "$1" "$2" "$AWS_LAMBDA_RUNTIME_API" "${#3}" "$3" >&3
          answer=$(tr -d '\r' <&3)
          exec 3>&-
        }
        respond() { call POST "invocation/$id/response" "$1"; }
        fail() { call POST "invocation/$id/error" "$1"; }
        . ./init.sh
        while :; do
          call GET invocation/next ''
          id=$(sed -n 's/^Lambda-Runtime-Aws-Request-Id: //p' <<<"$answer")
          event=$(sed '1,/^$/d' <<<"$answer")
          . "$LAMBDA_TASK_ROOT/handler.sh"
        done
        """;

    /// <summary>Whether it can run here.</summary>
    public static bool CanRun => File.Exists("/bin/bash");

    /// <summary>Makes the package, as Base64.</summary>
    /// <param name="handler">What is done with <c>$event</c>; it ends with <c>respond</c> or <c>fail</c>.</param>
    /// <param name="init">What is done once, before the first event.</param>
    /// <param name="mode">The mode of the bootstrap.</param>
    public static string Zip(string handler, string init = "", int mode = 0x1ED)
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create))
        {
            Add("bootstrap", Bootstrap);
            Add("handler.sh", handler);
            Add("init.sh", init);

            void Add(string name, string text)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name);
                entry.ExternalAttributes = (0x8000 | mode) << 16;
                using StreamWriter writer = new(entry.Open());
                writer.Write(text.ReplaceLineEndings("\n") + "\n");
            }
        }

        return Convert.ToBase64String(zip.ToArray());
    }
}

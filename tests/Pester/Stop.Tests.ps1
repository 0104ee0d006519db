#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Ctrl+C' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        $promised = 200
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()
        $import = [powershell]::Create().AddScript("Import-Module '$manifest'")
        $import.Runspace = $runspace
        $null = $import.Invoke()
        $import.Dispose()

        # A server that takes connections and never answers.
        $silent = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $silent.Start()
        $dead = "http://127.0.0.1:$($silent.LocalEndpoint.Port)"

        # Two files that take long to read.
        $events = Join-Path $scratch 'events.jsonl'
        $line = '{"id":"1","source":"mvp.uploads","detail-type":"Object Created","account":"1","time":"2026-01-01T00:00:00Z","region":"eu-west-1","resources":[],"detail":{"size":1}}'
        [IO.File]::WriteAllLines($events, [string[]] (, $line * 400000))
        $entries = Join-Path $scratch 'entries.jsonl'
        [IO.File]::WriteAllLines($entries, [string[]] (, '{"Source":"s","DetailType":"t","Detail":"{}"}' * 200000))
        $requests = Join-Path $scratch 'requests.csv'
        [IO.File]::WriteAllLines($requests, [string[]] (@('UserId,ProductId') + (, 'u,p' * 20000)))

        $profiles = Join-Path $scratch 'profiles'
        @('[slow]', 'credential_process = sleep 30', 'region = eu-west-1') | Set-Content -LiteralPath $profiles
        $store = Join-Path $scratch 'jobs.jsonl'

        # Starts a script, waits until it is at what is slow, stops it, and tells how many milliseconds that took.
        function Measure-Stop([string] $Script) {
            $shell = [powershell]::Create()
            $shell.Runspace = $runspace
            $null = $shell.AddScript($Script)
            $running = $shell.BeginInvoke()
            try {
                Start-Sleep -Milliseconds 800
                if ($running.IsCompleted) { throw "It ended by itself: $($shell.Streams.Error) $($shell.InvocationStateInfo.Reason)" }
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $shell.Stop()
                $watch.ElapsedMilliseconds
                $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            }
            finally { $shell.Dispose() }
        }

        # The machine may be busy with something else, so the best of three counts.
        function Assert-Stop([string] $Script) {
            $taken = @(foreach ($try in 1..3) {
                    $milliseconds = Measure-Stop $Script
                    $milliseconds
                    if ($milliseconds -lt $promised) { break }
                })
            ($taken | Measure-Object -Minimum).Minimum | Should -BeLessThan $promised
        }
    }
    AfterAll {
        $silent.Stop()
        $runspace.Dispose()
        Stop-Sample
    }
    BeforeEach { Start-Sample }

    It 'stops <Script> within 200 ms when it waits for <Operation>' -ForEach @(
        @{ Operation = 'ListEventBuses'; Script = 'Get-EbRule *' }
        @{ Operation = 'ListRules'; Script = 'Get-EbRule *' }
        @{ Operation = 'ListTargetsByRule'; Script = 'Get-EbRule *' }
        @{ Operation = 'ListRules'; Script = 'Get-EbTargetRevision *' }
        @{ Operation = 'ListTargetsByRule'; Script = 'Get-EbTargetRevision * -Thorough' }
        @{ Operation = 'DescribeJobDefinitions'; Script = 'Get-EbTargetRevision *' }
        @{ Operation = 'ListTargetsByRule'; Script = 'Sync-EbBatchTarget * -Thorough' }
        @{ Operation = 'DescribeJobDefinitions'; Script = 'Sync-EbBatchTarget *' }
        @{ Operation = 'GetCallerIdentity'; Script = 'Sync-EbBatchTarget *' }
        @{ Operation = 'PutTargets'; Script = 'Sync-EbBatchTarget *' }
        @{ Operation = 'PutTargets'; Script = 'Get-EbTargetRevision * | Sync-EbBatchTarget' }
        @{ Operation = 'DescribeRule'; Script = '[pscustomobject]@{ RuleName = "mvp-nightly-report" } | Sync-EbBatchTarget' }
        @{ Operation = 'DescribeJobDefinitions'; Script = 'Get-BatchImage' }
        @{ Operation = 'DescribeImages'; Script = 'Get-BatchImage' }
        @{ Operation = 'DescribeJobDefinitions'; Script = 'Update-BatchImage -RepositoryName mvp-agent -ImageTag v9 -SkipImageCheck' }
        @{ Operation = 'DescribeImages'; Script = 'Update-BatchImage -RepositoryName mvp-agent -ImageTag v9' }
        @{ Operation = 'RegisterJobDefinition'; Script = 'Update-BatchImage -RepositoryName mvp-agent -ImageTag v9 -SkipImageCheck' }
        @{ Operation = 'ListRules'; Script = 'Get-EbRoute -Event @{ source = "s"; "detail-type" = "t"; detail = @{} }' }
        @{ Operation = 'ListTargetsByRule'; Script = 'Get-EbRoute -EventBusName mvp-development -Event @{ source = "mvp.reports"; "detail-type" = "t"; detail = @{} }' }
        @{ Operation = 'ListRules'; Script = 'Test-EbPattern -RuleName * -EventBusName mvp-development -Lint' }
        @{ Operation = 'ListRules'; Script = 'Measure-EbPattern -RuleName * -EventBusName mvp-development -Event @{ source = "s"; "detail-type" = "t"; detail = @{} }' }
        @{ Operation = 'PutEvents'; Script = 'Send-EbEvent s t' }
        @{ Operation = 'PutEvents'; Script = 'Send-EbDeployment app v1 -Source ci -Branch b -Commit c' }
        @{ Operation = 'GetCallerIdentity'; Script = 'Test-EbConnection mvp-development -SkipJobStore' }
        @{ Operation = 'ListRules'; Script = 'Test-EbConnection mvp-development -SkipJobStore' }
    ) {
        Add-Fault ('{"operation":"' + $Operation + '","fault":{"kind":"slow","delay":"00:01:00"}}')
        Assert-Stop $Script
    }

    It 'stops an undo within 200 ms when it waits for <Operation>' -ForEach @(@{ Operation = 'ListTargetsByRule' }, @{ Operation = 'PutTargets' }) {
        Sync-EbBatchTarget mvp-production mvp-agent-on-upload
        $id = (Get-EbChange).Id
        Add-Fault ('{"operation":"' + $Operation + '","fault":{"kind":"slow","delay":"00:01:00"}}')
        Assert-Stop "Undo-EbChange $id"
    }

    It 'stops <Script> within 200 ms when jobs wait for PutEvents' -ForEach @(
        @{ Script = 'Send-MvpRequest u p -StorePath "{0}"' }
        @{ Script = 'Import-Csv "{1}" | Send-MvpRequest -StorePath "{0}"' }
        @{ Script = 'Repair-MvpJob -MinimumAge 0 -StorePath "{0}"' }
    ) {
        Remove-Item -LiteralPath $store -ErrorAction Ignore
        if ($Script -like 'Repair*') {
            Add-Fault '{"operation":"PutEvents","fault":{"kind":"error","status":400,"code":"ValidationException","message":"no"}}'
            Send-MvpRequest u p -StorePath $store -ErrorAction SilentlyContinue
            $null = Invoke-RestMethod -Uri "$env:AWS_ENDPOINT_URL/_sandbox/faults" -Method Delete
        }

        Add-Fault '{"operation":"PutEvents","fault":{"kind":"slow","delay":"00:01:00"}}'
        Assert-Stop ($Script -f $store, $requests)
    }

    It 'stops <Script> within 200 ms at a server that never answers' -ForEach @(
        @{ Script = 'Get-MvpJob some -EndpointUrl {0}' }
        @{ Script = 'Get-MvpJob -EndpointUrl {0}' }
        @{ Script = 'Stop-MvpJob some -EndpointUrl {0}' }
        @{ Script = '''{{"id":"1","source":"aws.batch","detail-type":"Batch Job State Change","time":"2026-01-01T00:00:00Z","detail":{{"jobId":"j","status":"RUNNING","jobName":"n","parameters":{{"jobId":"some"}}}}}}'' | Update-MvpJob -EndpointUrl {0}' }
        @{ Script = 'Send-MvpRequest u p -EndpointUrl {0}' }
        @{ Script = 'Repair-MvpJob -EndpointUrl {0}' }
        @{ Script = 'New-MvpJobTable -EndpointUrl {0}' }
        @{ Script = 'Get-EbRule -EndpointUrl {0}' }
        @{ Script = 'Get-BatchImage -EndpointUrl {0}' }
    ) { Assert-Stop ($Script -f $dead) }

    It 'stops within 200 ms when it waits <For>' -ForEach @(
        @{ For = 'for its turn under the quota'; Script = 'Get-EbTargetRevision * -Thorough -RequestsPerSecond 0.1' }
        @{ For = 'in a retry''s backoff'; Script = 'Get-EbRule *'; Fault = '{"operation":"*","fault":{"kind":"throttle"}}' }
        @{ For = 'for credentials'; Script = 'Get-EbRule -ProfileName slow -ProfileLocation "{3}"' }
        @{ For = 'for an image'; Script = 'Update-BatchImage -RepositoryName mvp-agent -ImageTag never -WaitForImage' }
        @{ For = 'for a job''s end'; Script = 'Get-MvpJob (Send-MvpRequest u p -StorePath "{4}" -PassThru).JobId -StorePath "{4}" -Wait' }
        @{ For = 'for a Batch job'; Script = 'Test-EbConnection mvp-development -Send -SkipJobStore -Source mvp.reports -DetailType t -Detail @{{ a = 1 }}' }
        @{ For = 'for a big file of events'; Script = 'Measure-EbPattern -Pattern @{{ source = @("mvp.uploads") }} -EventPath "{0}", "{0}", "{0}", "{0}"' }
        @{ For = 'for the pattern of a big file'; Script = 'Test-EbPattern -Pattern @{{ source = @("mvp.uploads") }} -EventPath "{0}"' }
        @{ For = 'for the routes of a big file'; Script = 'Get-EbRoute -EventPath "{0}" -EventBusName mvp-development' }
        @{ For = 'for a big pipeline'; Script = 'Get-Content "{0}" | Get-EbRoute -EventBusName mvp-development' }
        @{ For = 'for a big file of entries'; Script = 'Send-EbEvent -EntryFile "{1}"' }
        @{ For = 'for a big conversion'; Script = 'ConvertTo-EbEvent -Path "{1}"' }
    ) {
        $null = Push-Image mvp-agent v1
        if ($Fault) { Add-Fault $Fault }
        Assert-Stop ($Script -f $events, $entries, $requests, $profiles, $store)
    }

    It 'leaves an interactive shell at its prompt, and what was in flight in the journal' -Skip:($IsWindows -or -not (Get-Command python3 -ErrorAction Ignore)) {
        Add-Fault '{"operation":"PutTargets","fault":{"kind":"slow","delay":"00:01:00"}}'
        $typist = Join-Path $scratch 'typist.py'
        Set-Content -LiteralPath $typist -Value @'
# Types into an interactive shell on a terminal of its own: a command, Ctrl+C when it hangs, and what comes next.
import fcntl, os, pty, select, struct, sys, termios, time
shell, manifest = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    os.environ["TERM"] = "dumb"
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 200, 0, 0))
    os.execv(shell, [shell, "-NoProfile", "-NoLogo"])
seen = b""
def wait(words, limit):
    global seen
    end = time.monotonic() + limit
    while words not in seen and time.monotonic() < end:
        if select.select([terminal], [], [], 0.05)[0]:
            try: part = os.read(terminal, 65536)
            except OSError: break
            seen += part
            for _ in range(part.count(b"\x1b[6n")): os.write(terminal, b"\x1b[1;1R")
    return words in seen
def say(line): os.write(terminal, line.encode() + b"\r")
wait(b">", 30)
say("Import-Module '%s'; 'rea' + 'dy'" % manifest)
assert wait(b"ready", 60), seen
say("Sync-EbBatchTarget mvp-production mvp-agent-on-upload; 'never ' + 'reached'")
time.sleep(3)
before, seen, begun = seen, b"", time.monotonic()
os.write(terminal, b"\x03")
assert wait(b"PS ", 20), (before, seen)
print(b"never reached" not in seen, round(time.monotonic() - begun, 2))
say("exit")
wait(b"nothing", 1)
'@
        $said = & python3 $typist (Get-ShellPath) $manifest 2>&1
        "$said" | Should -Match '^True '
        Get-EbChange | ForEach-Object Status | Should -Be 'InFlight'
    }
}

#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Ctrl+C' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()
        $import = [powershell]::Create().AddScript("Import-Module '$manifest'")
        $import.Runspace = $runspace
        $null = $import.Invoke()
        $import.Dispose()

        # Two files that take long to read.
        $events = Join-Path $scratch 'events.jsonl'
        $line = '{"id":"1","source":"mvp.uploads","detail-type":"Object Created","account":"1","time":"2026-01-01T00:00:00Z","region":"eu-west-1","resources":[],"detail":{"size":1}}'
        [IO.File]::WriteAllLines($events, [string[]] (, $line * 400000))
        $entries = Join-Path $scratch 'entries.jsonl'
        [IO.File]::WriteAllLines($entries, [string[]] (, '{"Source":"s","DetailType":"t","Detail":"{}"}' * 200000))
        $requests = Join-Path $scratch 'requests.csv'
        [IO.File]::WriteAllLines($requests, [string[]] (@('UserId,ProductId') + (, 'u,p' * 20000)))

        $store = Join-Path $scratch 'jobs.jsonl'

        # Starts a script, waits until it hangs, and stops it.
        function Assert-Stop([string] $Script, [scriptblock] $Hangs = { $gate.Held }) {
            $shell = [powershell]::Create()
            $shell.Runspace = $runspace
            $null = $shell.AddScript($Script)
            try { Stop-Hanging $shell $Hangs }
            finally { $shell.Dispose() }
        }
    }
    AfterAll {
        Remove-Gate
        $runspace.Dispose()
        Stop-Sample
    }
    BeforeEach {
        Start-Sample
        Add-Gate
    }
    AfterEach { Remove-Gate }

    It 'stops <Script> while it waits for <Operation>' -ForEach @(
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
        $gate.Hold($Operation)
        $null = Assert-Stop $Script
    }

    It 'stops an undo while it waits for <Operation>' -ForEach @(@{ Operation = 'ListTargetsByRule' }, @{ Operation = 'PutTargets' }) {
        Sync-EbBatchTarget mvp-production mvp-agent-on-upload
        $id = (Get-EbChange).Id
        $gate.Hold($Operation)
        $null = Assert-Stop "Undo-EbChange $id"
    }

    It 'stops <Script> while jobs wait for PutEvents' -ForEach @(
        @{ Script = 'Send-MvpRequest u p -EventBusName mvp-development -StorePath "{0}"' }
        @{ Script = 'Import-Csv "{1}" | Send-MvpRequest -EventBusName mvp-development -StorePath "{0}"' }
        @{ Script = 'Repair-MvpJob -MinimumAge 0 -StorePath "{0}"' }
    ) {
        Remove-Item -LiteralPath $store -ErrorAction Ignore
        if ($Script -like 'Repair*') {
            Add-Fault '{"operation":"PutEvents","fault":{"kind":"error","status":400,"code":"ValidationException","message":"no"}}'
            Send-MvpRequest u p -EventBusName mvp-development -StorePath $store -ErrorAction SilentlyContinue
            $null = Invoke-RestMethod -Uri "$env:AWS_ENDPOINT_URL/_sandbox/faults" -Method Delete
        }

        $gate.Hold('PutEvents')
        $null = Assert-Stop ($Script -f $store, $requests)
    }

    It 'stops <Script> at a server that never answers' -ForEach @(
        @{ Script = 'Get-MvpJob some -EndpointUrl {0}' }
        @{ Script = 'Get-MvpJob -EndpointUrl {0}' }
        @{ Script = 'Stop-MvpJob some -EndpointUrl {0}' }
        @{ Script = '''{{"id":"1","source":"aws.batch","detail-type":"Batch Job State Change","time":"2026-01-01T00:00:00Z","detail":{{"jobId":"j","status":"RUNNING","jobName":"n","parameters":{{"jobId":"some"}}}}}}'' | Update-MvpJob -EndpointUrl {0}' }
        @{ Script = 'Send-MvpRequest u p -EndpointUrl {0}' }
        @{ Script = 'Repair-MvpJob -EndpointUrl {0}' }
        @{ Script = 'New-MvpJobTable -EndpointUrl {0}' }
        @{ Script = 'Get-EbRule -EndpointUrl {0}' }
        @{ Script = 'Get-BatchImage -EndpointUrl {0}' }
    ) {
        $gate.Hold('*')
        $null = Assert-Stop ($Script -f $gate.Url)
    }

    It 'stops while it waits <For>' -ForEach @(
        @{ For = 'for its turn under the quota'; Script = 'Get-EbTargetRevision * -Thorough -RequestsPerSecond 0.1'; Hangs = { $gate.After(5) } }
        @{ For = 'in a retry''s backoff'; Script = 'Get-EbRule *'; Fault = '{"operation":"*","fault":{"kind":"throttle"}}'; Hangs = { $gate.After(3) } }
        @{ For = 'for an image'; Script = 'Update-BatchImage -RepositoryName mvp-agent -ImageTag never -WaitForImage'; Hangs = { param($shell) [EbTest.Signal]::OnProgress($shell.Streams.Progress, '*image*') } }
        @{ For = 'for a job''s end'; Script = 'Get-MvpJob (Send-MvpRequest u p -EventBusName mvp-development -StorePath "{2}" -PassThru).JobId -StorePath "{2}" -Wait'; Hangs = { param($shell) [EbTest.Signal]::OnProgress($shell.Streams.Progress, '*for jobs*') } }
        @{ For = 'for a Batch job'; Script = 'Test-EbConnection mvp-development -Send -SkipJobStore -Source mvp.reports -DetailType t -Detail @{{ a = 1 }}'; Fault = '{"service":"delivery","fault":{"kind":"slow","delay":"01:00:00"}}'; Hangs = { param($shell) [EbTest.Signal]::OnProgress($shell.Streams.Progress, '*Batch job*') } }
    ) {
        $null = Push-Image mvp-agent v1
        if ($Fault) { Add-Fault $Fault }
        $null = Assert-Stop ($Script -f $events, $entries, $store) $Hangs
    }

    It 'stops while it waits for credentials' {
        # The shell that is asked for them hangs at the gate.
        $process = Join-Path $scratch 'credentials.ps1'
        Set-Content -LiteralPath $process -Value "(New-Object Net.Sockets.TcpClient '127.0.0.1', $(([uri]$gate.Url).Port)).GetStream() | ForEach-Object { `$_.Write([Text.Encoding]::ASCII.GetBytes(`"GET / HTTP/1.1``r``n``r``n`"), 0, 18); `$_.ReadByte() }"
        $profiles = Join-Path $scratch 'profiles'
        @('[slow]', "credential_process = $(Get-ShellPath) -NoProfile -File $process", 'region = eu-west-1') | Set-Content -LiteralPath $profiles
        $gate.Hold('*')
        $null = Assert-Stop "Get-EbRule -ProfileName slow -ProfileLocation '$profiles'"
    }

    It 'stops in the middle of <For>' -ForEach @(
        @{ For = 'the pattern of a big file'; Script = 'Test-EbPattern -Pattern @{{ source = @("mvp.uploads") }} -EventPath "{0}"' }
        @{ For = 'the routes of a big file'; Script = 'Get-EbRoute -EventPath "{0}" -EventBusName mvp-development' }
        @{ For = 'a big pipeline'; Script = 'Get-Content "{0}" | Get-EbRoute -EventBusName mvp-development' }
        @{ For = 'a big conversion'; Script = 'ConvertTo-EbEvent -Path "{1}"' }
    ) {
        $written = @(Assert-Stop ($Script -f $events, $entries) { param($shell, $output) [EbTest.Signal]::OnOutput($output) })
        $written.Count | Should -BeLessThan 200000
    }

    It 'stops in the middle of a big file of events that are measured' {
        $written = @(Assert-Stop "Measure-EbPattern -Pattern @{ source = @('mvp.uploads') } -EventPath '$events', '$events', '$events', '$events'" { param($shell) [EbTest.Signal]::OnProgress($shell.Streams.Progress, '*') })
        $written | Should -BeNullOrEmpty
    }

    It 'stops in the middle of a big file of entries' {
        $null = Assert-Stop "Send-EbEvent -EntryFile '$entries'" { $gate.After(1) }
        @(Get-Call | Where-Object { $_ -eq 'PutEvents' }).Count | Should -BeLessThan 20000
    }

    It 'leaves an interactive shell at its prompt, and what was in flight in the journal' -Skip:($IsWindows -or -not (Get-Command python3 -ErrorAction Ignore)) {
        $gate.Hold('PutTargets')
        $typist = Join-Path $scratch 'typist.py'
        Set-Content -LiteralPath $typist -Value @'
# Types into an interactive shell on a terminal of its own: a command, Ctrl+C when it hangs, and what comes next.
import fcntl, os, pty, select, signal, struct, sys, termios
shell, manifest = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    signal.signal(signal.SIGINT, signal.SIG_DFL) # A run in the background ignores it, and so would the shell.
    os.environ["TERM"] = "dumb"
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 200, 0, 0))
    os.execv(shell, [shell, "-NoProfile", "-NoLogo"])
seen = b""
def wait(words):
    "Reads what the shell shows until the words are there; None waits for a line on standard input."
    global seen
    while words is None or words not in seen:
        ready = select.select([terminal, sys.stdin], [], [], None)[0] if words is None else [terminal]
        if sys.stdin in ready:
            sys.stdin.readline()
            return
        try: part = os.read(terminal, 65536)
        except OSError: part = b""
        assert part, seen # the shell has ended
        seen += part
        for _ in range(part.count(b"\x1b[6n")): os.write(terminal, b"\x1b[1;1R")
def say(line): os.write(terminal, line.encode() + b"\r")
wait(b">")
say("Import-Module '%s'; 'rea' + 'dy'" % manifest)
wait(b"ready")
say("Sync-EbBatchTarget mvp-production mvp-agent-on-upload; 'never ' + 'reached'")
wait(None)
seen = b""
os.write(terminal, b"\x03")
wait(b"PS ")
print(b"never reached" not in seen)
say("exit")
os.waitpid(child, 0)
'@
        $start = New-Object -TypeName Diagnostics.ProcessStartInfo -ArgumentList python3, "`"$typist`" `"$(Get-ShellPath)`" `"$manifest`""
        $start.UseShellExecute = $false
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $typing = [Diagnostics.Process]::Start($start)
        try {
            $complaint = $typing.StandardError.ReadToEndAsync()
            $said = $typing.StandardOutput.ReadToEndAsync()
            $ended = ([IAsyncResult] $said).AsyncWaitHandle
            (Wait-Signal $gate.Held, $ended) | Should -Be 0 -Because 'the shell types the command'
            $typing.StandardInput.WriteLine('interrupt')
            $null = Wait-Signal $ended
            $said = "$($said.Result)$($complaint.Result)"
        }
        finally {
            if (-not $typing.HasExited) { $typing.Kill() }
            $typing.Dispose()
        }

        "$said" | Should -Match '^True\s*$'
        Get-EbChange | ForEach-Object Status | Should -Be 'InFlight'
    }
}

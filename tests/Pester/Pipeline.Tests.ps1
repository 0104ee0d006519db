#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'The pipeline' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')

        # Starts a script elsewhere, stops it once it waits for a slow call, and tells how many milliseconds stopping took.
        function Stop-Midway([string] $Script, [string] $Operation, [scriptblock] $Until) {
            Add-Fault ('{"operation":"' + $Operation + '","fault":{"kind":"slow","delay":"00:01:00"}}')
            $null = Get-Call
            $shell = [powershell]::Create().AddScript("Import-Module '$manifest'; $Script")
            $running = $shell.BeginInvoke()
            try {
                $watch = [Diagnostics.Stopwatch]::StartNew()
                while (-not (& $Until) -and $watch.Elapsed.TotalSeconds -lt 30) { Start-Sleep -Milliseconds 50 }

                # What comes before the slow call is done; the call itself is logged only when it has been answered.
                Start-Sleep -Milliseconds 200
                $running.IsCompleted | Should -BeFalse
                $watch.Restart()
                $shell.Stop()
                $watch.ElapsedMilliseconds
                $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            }
            finally { $shell.Dispose() }
        }
    }
    AfterAll { Stop-Sample }
    BeforeEach { Start-Sample }

    It 'keeps in the journal what was in flight when it was stopped, for the undo' {
        $null = Stop-Midway -Script 'Sync-EbBatchTarget mvp-production mvp-agent-on-upload' -Operation PutTargets -Until { Get-EbChange }
        Get-EbChange | ForEach-Object Status | Should -Be 'InFlight'
    }

    It 'stops the work when nobody wants more' {
        Add-Fault '{"operation":"ListTargetsByRule","after":1,"fault":{"kind":"slow","delay":"00:01:00"}}'
        $watch = [Diagnostics.Stopwatch]::StartNew()
        @(Get-EbTargetRevision * -ThrottleLimit 1 | Select-Object -First 1).Count | Should -Be 1
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
    }

    It 'writes each object as soon as it is there' {
        Add-Fault '{"operation":"ListTargetsByRule","bodyContains":"mvp-report-on-request","fault":{"kind":"slow","delay":"00:00:01"}}'
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $seen = Get-EbTargetRevision mvp-development | ForEach-Object { $watch.ElapsedMilliseconds }
        $seen[0] | Should -BeLessThan $seen[-1]
        ($seen[-1] - $seen[0]) | Should -BeGreaterThan 500
    }

    It 'ends the work when something further down the pipeline fails' {
        { Get-EbTargetRevision * | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
        { Get-EbTargetRevision * -Thorough | Sync-EbBatchTarget -PassThru -WarningAction SilentlyContinue | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
    }

    It 'makes an item''s failure terminating with -ErrorAction Stop' {
        { Get-EbRule nowhere -ErrorAction Stop } | Should -Throw -ErrorId 'EventBusNotFound,*'
        { Sync-EbBatchTarget mvp-production -ErrorAction Stop } | Should -Throw -ErrorId 'JobDefinitionMissing,*'
    }

    It 'shows progress, and takes it away' {
        Add-Fault '{"operation":"ListTargetsByRule","fault":{"kind":"slow","delay":"00:00:00.3"}}'
        $shell = [powershell]::Create().AddScript("Import-Module '$manifest'; Get-EbTargetRevision * -ThrottleLimit 1 -Thorough")
        try {
            $null = $shell.Invoke()
            $records = @($shell.Streams.Progress | Where-Object Activity -EQ 'Reading targets')
            $records.Count | Should -BeGreaterThan 2
            $records[0].StatusDescription | Should -Match '^\d+ of \d+$'
            $records[-1].RecordType | Should -Be 'Completed'
        }
        finally { $shell.Dispose() }
    }

    It 'works in several runspaces at once' {
        $shells = @(1..4 | ForEach-Object { [powershell]::Create().AddScript("Import-Module '$manifest'; Get-EbTargetRevision *; Get-EbRule nowhere") })
        try {
            $running = @($shells | ForEach-Object { $_.BeginInvoke() })
            for ($i = 0; $i -lt $shells.Count; $i++) {
                $shells[$i].EndInvoke($running[$i]).Count | Should -Be 13
                $shells[$i].Streams.Error.Count | Should -Be 1
            }
        }
        finally { $shells | ForEach-Object { $_.Dispose() } }
    }

    It 'leaves the sandbox alone when another runspace removes the module' {
        $shell = [powershell]::Create().AddScript("Import-Module '$manifest'; Remove-Module EventBridgeOps")
        try { $null = $shell.Invoke() }
        finally { $shell.Dispose() }
        @(Get-EbRule).Count | Should -Be 3
    }
}

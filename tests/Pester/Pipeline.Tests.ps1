#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'The pipeline' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
    }
    AfterAll { Stop-Sample }
    BeforeEach {
        Start-Sample
        Add-Gate
    }
    AfterEach { Remove-Gate }

    It 'keeps in the journal what was in flight when it was stopped, for the undo' {
        $gate.Hold('PutTargets')
        $shell = [powershell]::Create().AddScript("Import-Module '$manifest'; Sync-EbBatchTarget mvp-production mvp-agent-on-upload")
        try { $null = Stop-Hanging $shell { $gate.Held } }
        finally { $shell.Dispose() }
        Get-EbChange | ForEach-Object Status | Should -Be 'InFlight'
    }

    It 'stops the work when nobody wants more' {
        $gate.Hold('ListTargetsByRule', 'mvp-production') # it would hang at the last event bus
        @(Get-EbTargetRevision * -ThrottleLimit 1 | Select-Object -First 1).Count | Should -Be 1
    }

    It 'writes each object as soon as it is there' {
        $gate.Hold('ListTargetsByRule', 'mvp-report-on-request') # the first object lets the last ones through
        @(Get-EbTargetRevision mvp-development | ForEach-Object { $gate.Release(); $_ }).Count | Should -BeGreaterThan 1
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
                $shells[$i].EndInvoke($running[$i]).Count | Should -Be 15
                $shells[$i].Streams.Error.Count | Should -Be 1
            }
        }
        finally { $shells | ForEach-Object { $_.Dispose() } }
    }

    It 'leaves the sandbox alone when another runspace removes the module' {
        $shell = [powershell]::Create().AddScript("Import-Module '$manifest'; Remove-Module EventBridgeOps")
        try { $null = $shell.Invoke() }
        finally { $shell.Dispose() }
        @(Get-EbRule).Count | Should -Be 4
    }
}

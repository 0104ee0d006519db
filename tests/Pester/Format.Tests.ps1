#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'What a person sees' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        Start-Sample
        $targets = Get-EbTargetRevision *
        Sync-EbBatchTarget mvp-development
        $rules = Get-EbRule *
        $change = Get-EbChange
        $results = Get-EbTargetRevision * | Sync-EbBatchTarget -WhatIf -PassThru -WarningAction SilentlyContinue -ErrorAction SilentlyContinue

        # What a shell of 80 columns without colours shows.
        function Get-Shown($Object) {
            if ($PSStyle) { $PSStyle.OutputRendering = 'PlainText' }
            ($Object | Out-String -Width 80) -split '\r?\n' | ForEach-Object { $_.TrimEnd() }
        }
    }
    AfterAll { Stop-Sample }

    It 'groups targets by bus, with short job definitions and the state' {
        $shown = Get-Shown $targets
        $shown | Should -Contain '   Event bus: mvp-development'
        $shown | Where-Object { $_ -match '^Rule +Target +JobDefinition +Latest State$' } | Should -HaveCount 3
        $shown | Where-Object { $_ -match '^mvp-agent-on-upload +agent-inactive +mvp-agent:1 +3 Inactive$' } | Should -HaveCount 1
    }

    It 'shows <Name> in a table of 80 columns' -ForEach @(
        @{ Name = 'rules'; Header = '^Rule +State +Targets Schedule or pattern$' }
        @{ Name = 'results'; Header = '^Rule +Target +From -> To +Status$' }
        @{ Name = 'change'; Header = '^Id +Kind +Status +Targets Region +Buses$' }
        @{ Name = 'items'; Header = '^Rule +Target +From -> To +Status$' }
        @{ Name = 'ruleTargets'; Header = '^Target +JobDefinition +Arn$' }
    ) {
        $items = $change.Items
        $ruleTargets = $rules[0].Targets
        $shown = Get-Shown (Get-Variable -Name $Name -ValueOnly)
        @($shown | Where-Object { $_ -match $Header }).Count | Should -BeGreaterThan 0
        $shown | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
    }

    It 'says shortly what a result changes' {
        Get-Shown $results | Where-Object { $_ -match 'mvp-report:1 -> :2 +WouldUpdate$' } | Should -HaveCount 1
    }

    It 'shows the sandbox on one line' {
        Stop-EbSandbox
        Get-Shown (Start-EbSandbox -Sample) | Where-Object { $_ -match '^http://127.0.0.1:\d+ +built-in eu-west-1 +9 rules on 3 buses$' } | Should -HaveCount 1
    }

    It 'leaves the documents out of lists' {
        Get-Shown ($targets[0] | Format-List) | Should -Not -Match 'BatchParameters'
        Get-Shown ($targets[0] | Format-List -Property *) | Where-Object { $_ -like 'Document*' } | Should -HaveCount 1
    }

    It 'colours states only where the shell shows colours' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $PSStyle.OutputRendering = 'PlainText'
        ($targets | Out-String) | Should -Not -Match "`e\["
    }

    It 'survives <Case>, and is shown alike afterwards' -ForEach @(@{ Case = 'Export-Clixml' }, @{ Case = 'a job' }) {
        if ($Case -eq 'a job') {
            $back = Start-Job -ArgumentList $manifest -ScriptBlock { param($manifest) Import-Module $manifest; Get-EbTargetRevision * } | Receive-Job -Wait -AutoRemoveJob
        }
        else {
            $file = Join-Path $scratch 'targets.clixml'
            $targets | Export-Clixml -LiteralPath $file
            $back = Import-Clixml -LiteralPath $file
        }

        $back[0].PSObject.TypeNames[0] | Should -Be 'Deserialized.EventBridgeOps.Targets.TargetRevision'
        Get-Shown $back | Should -Be (Get-Shown $targets)
        "$($back[0].State)" | Should -Be 'Behind'
    }

    It 'survives Export-Csv with its state as a word' {
        ($targets | ConvertTo-Csv | ConvertFrom-Csv)[0].State | Should -Be 'Behind'
    }

    It 'sorts and groups by its properties' {
        ($targets | Sort-Object -Property RevisionsBehind -Descending)[0].RevisionsBehind | Should -Be 2
        ($targets | Group-Object -Property JobDefinitionName -NoElement).Count | Should -Be 4
    }
}

#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'The five minutes of the README' {
    BeforeAll {
        $tested = $env:EBOPS_TEST_MODULE
        $env:EBOPS_TEST_MODULE = $null # the tour begins in the clone
        . (Join-Path $PSScriptRoot 'Support.ps1')
        $readme = Get-Content -LiteralPath (Join-Path $PSScriptRoot '../../README.md') -Raw
        $tour = [regex]::Match($readme, '(?s)## Five minutes in PowerShell(.*?)\n## ').Groups[1].Value
        $lines = [regex]::Matches($tour, '(?s)```powershell\n(.*?)```') | ForEach-Object { $_.Groups[1].Value -split "`n" } | Where-Object { $_.Trim() }
        Push-Location -LiteralPath (Join-Path $PSScriptRoot '../..')
    }
    AfterAll {
        Pop-Location
        Stop-Sample
        $env:EBOPS_TEST_MODULE = $tested
    }

    It 'run word for word, without an error' {
        $lines[0] | Should -Be 'dotnet build' # done already, or there would be no module to test
        $shown = @{}
        foreach ($line in $lines | Select-Object -Skip 1) {
            $errors = $null
            $shown[$line] = Invoke-Command -ScriptBlock ([scriptblock]::Create($line)) -NoNewScope -ErrorVariable errors -WarningAction Ignore | Out-String -Width 80
            $errors | Should -BeNullOrEmpty -Because $line
        }

        $shown['Get-EbTargetRevision -EventBusName *'] | Should -Match 'mvp-agent-on-upload +agent-behind +mvp-agent:2 +3 Behind'
        $shown["Sync-EbBatchTarget -EventBusName mvp-development -RuleName 'mvp-*' -PassThru"] | Should -Match 'agent-behind +mvp-agent:2 -> :3 +Updated'
        $shown['Get-EbChange -Last 5'] | Should -Match 'Sync +Applied +'
        $shown['Get-EbChange -Last 1 | Undo-EbChange -PassThru'] | Should -Match 'agent-behind +mvp-agent:3 -> :2 +Reverted'
        $env:AWS_ENDPOINT_URL | Should -BeNullOrEmpty
    }

    It 'names each cmdlet that there is' {
        foreach ($name in (Get-Command -Module EventBridgeOps).Name) { $readme + (Get-Content -LiteralPath (Join-Path $PSScriptRoot '../../CHANGELOG.md') -Raw) | Should -BeLike "*$name*" }
    }
}

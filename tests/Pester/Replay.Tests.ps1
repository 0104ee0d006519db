#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Archives and replays' {
    BeforeAll { . (Join-Path $PSScriptRoot 'Support.ps1') }
    BeforeEach {
        Start-Sample
        New-Archive
        $null = Get-Call
    }
    AfterAll { Stop-Sample }

    It 'are found by the archive' {
        (Get-EbArchive mvp-*).EventBusName | Should -Be 'mvp-development'
        Get-EbArchive none-* -WarningAction SilentlyContinue -WarningVariable said | Should -BeNullOrEmpty
        "$said" | Should -BeLike 'No archives were found.*'
    }

    It 'are started only with consent to work that is started again' {
        Start-EbReplay mvp-archive -From 2h -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'ReplayRefused,*'
        "$failure" | Should -BeLike '*a job of * is submitted to job queue * again*-RuleName*-Force*'
        Get-Call | Should -Not -Contain 'StartReplay'
    }

    It 'start nothing with -WhatIf' {
        $replay = Start-EbReplay mvp-archive -From 2h -Force -WhatIf
        $replay.State | Should -Be 'WouldStart'
        ($replay.Rules | Where-Object RuleName -EQ 'mvp-agent-on-upload').StartsWork | Should -BeTrue
        ($replay.Rules | Where-Object RuleName -Like 'Events-Archive-*').State | Should -Be 'Managed'
        Get-Call | Should -Not -Contain 'StartReplay'
    }

    It 'take times of the shell' {
        $from = Get-Date -Date '2026-11-21T09:30:00Z'
        $replay = Get-EbArchive | Start-EbReplay -From $from -To $from.AddHours(1) -Force -Confirm:$false -WarningAction SilentlyContinue
        $replay.From | Should -Be ([DateTimeOffset] '2026-11-21T09:30:00Z')
        $replay.To | Should -Be ([DateTimeOffset] '2026-11-21T10:30:00Z')
        (Start-EbReplay mvp-archive -From ([timespan]::FromHours(3)) -Force -WhatIf -WarningAction SilentlyContinue).From.UtcDateTime | Should -BeLessThan ([datetime]::UtcNow.AddHours(-2))
    }

    It 'take the rules of the pipeline into one replay' {
        $replay = Get-EbRule mvp-development mvp-import-done, mvp-report-on-request | Start-EbReplay mvp-archive -From 2h -Confirm:$false -WarningAction SilentlyContinue
        $replay | Should -HaveCount 1
        $replay.RuleName | Should -Be 'mvp-import-done', 'mvp-report-on-request'
    }

    It 'are listed and cancelled through the pipeline' {
        $name = (Start-EbReplay mvp-archive -From 2h -Force -Confirm:$false).ReplayName
        (Get-EbReplay -State Starting | Stop-EbReplay).State | Should -Be 'Cancelling'
        Stop-EbReplay $name -WarningAction SilentlyContinue -WarningVariable said | Should -Not -BeNullOrEmpty
        "$said" | Should -BeLike "Replay $name is being cancelled already."
    }

    It 'compare nothing without rules' {
        Compare-EbRoute none.json none.json -Event '{"source":"s"}' -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure | Should -HaveCount 2
    }

    It 'let an event be routed as a replayed one' {
        (Get-EbRoute mvp-development -Event '{"source":"mvp.uploads","detail-type":"Object Created","detail":{"size":1}}' -ReplayName r).RuleName | Should -Not -Contain 'Events-Archive-mvp-archive'
    }
}

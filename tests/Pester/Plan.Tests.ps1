#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Plans' {
    BeforeAll { . (Join-Path $PSScriptRoot 'Support.ps1') }
    AfterAll { Stop-Sample }
    BeforeEach {
        Start-Sample
        $plan = Join-Path $scratch "$([IO.Path]::GetRandomFileName()).json"
    }

    It 'are saved instead of made, show no secret, and are made later, once' {
        $before = (Get-EbTargetRevision mvp-development).JobDefinition
        $planned = Sync-EbBatchTarget mvp-development -PlanPath $plan -PassThru
        $planned.Status | Should -Contain 'WouldUpdate'
        (Get-EbTargetRevision mvp-development).JobDefinition | Should -Be $before
        Get-EbChange | Should -BeNullOrEmpty
        $items = (Get-Content -Raw $plan | ConvertFrom-Json).items
        $items.edits.pointer | Select-Object -Unique | Should -Be '/BatchParameters/JobDefinition'

        (Invoke-EbPlan $plan -PassThru).Status | Select-Object -Unique | Should -Be 'Updated'
        (Get-Item $plan | Invoke-EbPlan -PassThru).Status | Select-Object -Unique | Should -Be 'AlreadyCurrent'
        (Get-EbChange | Undo-EbChange -PassThru).Status | Select-Object -Unique | Should -Be 'Reverted'
    }

    It 'of images register revisions when they are made' {
        $null = Push-Image -Repository mvp-agent -Tag planned
        (Update-BatchImage -RepositoryName mvp-agent -ImageTag planned -PlanPath $plan).Status | Should -Be 'WouldUpdate'
        $made = Invoke-EbPlan $plan -PassThru
        "$($made.From) $($made.To) $($made.Status)" | Should -Be 'mvp-agent:3 mvp-agent:4 Updated'
    }

    It 'are previewed with -WhatIf' {
        Sync-EbBatchTarget mvp-development -PlanPath $plan
        (Invoke-EbPlan $plan -WhatIf -PassThru).Status | Select-Object -Unique | Should -Be 'WouldUpdate'
        Get-EbChange | Should -BeNullOrEmpty
    }

    It 'are rejected when they were edited, and never overwritten' {
        Sync-EbBatchTarget mvp-development -PlanPath $plan
        { Sync-EbBatchTarget mvp-development -PlanPath $plan } | Should -Throw -ErrorId 'ReportNotWritten,*'
        (Get-Content -Raw $plan) -replace 'mvp-agent:3', 'mvp-agent:1' | Set-Content $plan
        Invoke-EbPlan $plan -ErrorAction SilentlyContinue -ErrorVariable edited
        $edited[0].FullyQualifiedErrorId | Should -BeLike 'InvalidPlan,*'
    }
}

#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Those who come from the scripts' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        Start-Sample
        $settings = Join-Path $TestDrive '.env.eventbridge'
        Set-Content -LiteralPath $settings -Value 'EVENTBRIDGE_BUS_NAME=mvp-development', 'RULE_NAME=mvp-agent-*', "EBOPS_JOB_STORE=$(Join-Path $TestDrive 'jobs.jsonl')"
    }
    AfterAll { Stop-Sample }

    It 'give a file of settings to each cmdlet' {
        Get-Command -Module EventBridgeOps -CommandType Cmdlet | Where-Object { -not $_.Parameters.ContainsKey('EnvFile') } | Should -BeNullOrEmpty
        (Get-EbRule -EnvFile $settings).RuleName | Should -Be 'mvp-agent-on-upload'
        (Get-EbTargetRevision -EnvFile $settings).EventBusName | Sort-Object -Unique | Should -Be 'mvp-development'
        { Get-EbEventBus -EnvFile (Join-Path $TestDrive 'nowhere') } | Should -Throw -ErrorId 'FileNotReadable,*'
    }

    It 'find the bus that has a rule' {
        Get-EbRule -RuleName 'mvp-imp*' -WarningVariable said -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$said" | Should -BeLike '*: mvp-development. Specify -EventBusName, or set EVENTBRIDGE_BUS_NAME.'
        Get-EbTargetRevision -JobDefinition mvp-import -WarningVariable said -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$said" | Should -BeLike '*: mvp-development. Specify -EventBusName, or set EVENTBRIDGE_BUS_NAME.'
        { Get-EbRule -RuleName mvp-import-done -ErrorAction Stop } | Should -Throw -ErrorId 'RuleNotFound,*' -ExpectedMessage '*: mvp-development. Specify -EventBusName*'
    }

    It 'are warned of a queue or role that was not expected' {
        Get-EbTargetRevision mvp-development -ExpectedJobQueue mvp-agents -WarningVariable said -WarningAction SilentlyContinue | Out-Null
        @($said).Count | Should -Be 3
        "$($said[1])" | Should -BeLike 'Target mvp-development/mvp-report-on-request/report uses the job queue *. Expected: mvp-agents (-ExpectedJobQueue or JOB_QUEUE_ARN). The job queue is not changed.'
        Sync-EbBatchTarget mvp-development -ExpectedRole other -WhatIf -WarningVariable said -WarningAction SilentlyContinue 6> $null
        "$($said[0])" | Should -BeLike 'Target * has the role *:role/mvp-events. Expected: other (-ExpectedRole or EVENTBRIDGE_ROLE_ARN). The role is not changed.'
    }

    It 'send a handful of tests' {
        $sent = Send-MvpRequest -TestCount 3 -EstimatedDuration (New-TimeSpan -Hours 4) -EnvFile $settings -PassThru
        $sent.Status | Should -Be 'Sent', 'Sent', 'Sent'
        ($sent.UserId | Sort-Object -Unique).Count | Should -Be 3
        $sent[0].EventBusName | Should -Be 'mvp-development'
        { Send-MvpRequest -TestCount 3 -JobId j -EnvFile $settings -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'send deployments to the default event bus' {
        (Send-EbDeployment shop 1.2 -Source ci.local -Branch main -Commit 3f9a1c2 -EnvFile $settings -PassThru).EventBusName | Should -Be 'default'
        (Send-EbEvent a t -EnvFile $settings -PassThru).EventBusName | Should -Be 'mvp-development'
    }
}

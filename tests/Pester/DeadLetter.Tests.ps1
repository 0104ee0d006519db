#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Dead letters' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        Start-Sample
    }
    AfterAll { Stop-Sample }

    Context 'Get-EbDeadLetter' {
        It 'warns if there are none' {
            Get-EbDeadLetter mvp-dead-letters -WarningAction SilentlyContinue -WarningVariable said | Should -BeNullOrEmpty
            $said | Should -Be 'No dead letters were found. Queues that were read: mvp-dead-letters.'
        }

        It 'says why an event was not delivered, and that the cause still exists' {
            $null = Send-Request batch DeregisterJobDefinition @{ jobDefinition = 'mvp-pipeline-job-definition:1' }
            Send-EbEvent -Source founderdash.web -DetailType 'MVP Development Request' -Detail @{ jobId = 'j-1' } -EventBusName mvp-development
            $letter = Get-EbDeadLetter
            $letter.GetType().FullName | Should -Be 'EventBridgeOps.DeadLetters.DeadLetter'
            "$($letter.QueueName) $($letter.RuleName) $($letter.TargetId) $($letter.Cause) $($letter.State)" | Should -Be 'mvp-dead-letters mvp-pipeline-development-rule pipeline RevisionNotActive Blocked'
            $letter.Diagnosis | Should -BeLike 'The target still names mvp-pipeline-job-definition:1: * To repair the target, run Sync-EbBatchTarget.'
        }

        It 'says that the cause is gone after the repair' {
            Sync-EbBatchTarget mvp-development
            ('mvp-dead-letters' | Get-EbDeadLetter).State | Should -Be 'Ready'
        }

        It 'refuses what is not a queue' {
            { Get-EbDeadLetter 'two words' -ErrorAction Stop } | Should -Throw "two words is not the name, the ARN or the URL of an Amazon SQS queue."
        }
    }
}

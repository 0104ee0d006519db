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
            $letter.Diagnosis | Should -BeLike 'The target still names mvp-pipeline-job-definition:1: * To repair the target, run Sync-EbBatchTarget. CloudTrail: * deregistered mvp-pipeline-job-definition:1 at *'
        }

        It 'says that the cause is gone after the repair' {
            Sync-EbBatchTarget mvp-development
            ('mvp-dead-letters' | Get-EbDeadLetter).State | Should -Be 'Ready'
        }

        It 'refuses what is not a queue' {
            { Get-EbDeadLetter 'two words' -ErrorAction Stop } | Should -Throw "two words is not the name, the ARN or the URL of an Amazon SQS queue."
        }
    }

    Context 'Resume-, Export- and Remove-EbDeadLetter' {
        It 'delivers the piped dead letters whose cause is gone, and says how many' {
            $results = Get-EbDeadLetter | Where-Object State -EQ Ready | Resume-EbDeadLetter -InformationVariable said
            $results.Status | Should -Be 'Redriven'
            $results.DeliveryId | Should -Not -BeNullOrEmpty
            "$said" | Should -BeLike '1 redriven.'
            Get-EbDeadLetter -WarningAction Ignore | Should -BeNullOrEmpty
            (Get-EbChange -Last 1).Kind | Should -Be 'Redrive'
        }

        It 'keeps what is still blocked' {
            $null = Send-Request batch DeregisterJobDefinition @{ jobDefinition = 'mvp-pipeline-job-definition:2' }
            Send-EbEvent -Source founderdash.web -DetailType 'MVP Development Request' -Detail @{ jobId = 'j-2' } -EventBusName mvp-development
            (Resume-EbDeadLetter).Status | Should -Be 'Kept'
            Resume-EbDeadLetter -WhatIf | Should -Not -BeNullOrEmpty
        }

        It 'saves a copy, and does not replace a file' {
            $file = Join-Path $TestDrive 'letters.jsonl'
            Get-EbDeadLetter | Export-EbDeadLetter -Path $file
            (Get-Content $file | ConvertFrom-Json).cause | Should -Be 'RevisionNotActive'
            { Export-EbDeadLetter -Path $file -ErrorAction Stop } | Should -Throw '*already exists. Specify another file.'
        }

        It 'removes only what is piped' {
            Send-EbEvent -Source founderdash.web -DetailType 'MVP Development Request' -Detail @{ jobId = 'j-3' } -EventBusName mvp-development
            $all = @(Get-EbDeadLetter)
            $all.Count | Should -Be 2
            ($all[0] | Remove-EbDeadLetter -Confirm:$false -PassThru).MessageId | Should -Be $all[0].MessageId
            (Get-EbDeadLetter).MessageId | Should -Be $all[1].MessageId
            Remove-EbDeadLetter -WhatIf
            (Get-EbDeadLetter).MessageId | Should -Be $all[1].MessageId
        }
    }
}

#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Events and deployments' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        Start-Sample
    }
    AfterAll { Stop-Sample }

    It 'sends one event with a hashtable for its detail' {
        $result = Send-EbEvent -Source founderdash.admin -DetailType 'MVP Batch Complete' -Detail @{ batchId = 'b1'; completedCount = 5; when = [datetime]'2026-11-21Z'; some = 1, 'two', $null } -EventBusName mvp-development -PassThru
        $result | ForEach-Object { $_.GetType().FullName } | Select-Object -Unique | Should -Be 'EventBridgeOps.Publishing.EventResult'
        "$($result.Status)" | Should -Be 'Sent'
        $result.Id | Should -Match '^evt_\d+_[0-9a-z]{9}$'
        $result.EventBusName | Should -Be 'mvp-development'
    }

    It 'gives nothing without -PassThru' {
        Send-EbEvent a b | Should -BeNullOrEmpty
    }

    It 'takes entries from the pipeline: JSON text, hashtables, rows of a CSV file' {
        $results = '{"Source":"a","DetailType":"t","Detail":{"n":1}}', @{ Source = 'b'; DetailType = 't' }, ('Source,DetailType,Detail,Resources', 'c,t,"{""n"":1}",arn:x' | ConvertFrom-Csv) | Send-EbEvent -PassThru
        $results.Source | Should -Be 'a', 'b', 'c'
        $results | ForEach-Object { "$($_.Status)" } | Should -Be 'Sent', 'Sent', 'Sent'
    }

    It 'packs what comes into few calls' {
        $null = Get-Call
        (1..100 | ForEach-Object { @{ Source = 'a'; DetailType = 't'; Detail = @{ n = $_ } } } | Send-EbEvent -PassThru).Count | Should -Be 100
        @(Get-Call).Count | Should -BeLessThan 30
    }

    It 'says what is no entry, and goes on: <Case>' -ForEach @(
        @{ Case = 'an event'; Object = [pscustomobject]@{ source = 's'; 'detail-type' = 't' }; Id = 'InvalidEntry' }
        @{ Case = 'a number'; Object = 1; Id = 'InvalidArgument' }
        @{ Case = 'nonsense'; Object = 'nonsense'; Id = 'InvalidEntry' }
        @{ Case = 'an object without anything'; Object = [pscustomobject]@{ Foo = 1 }; Id = 'InvalidEntry' }
    ) {
        $results = $Object, '{"Source":"a","DetailType":"t","Detail":{}}' | Send-EbEvent -PassThru -ErrorAction SilentlyContinue -ErrorVariable failure
        @($results).Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'has the result as the target of an error' {
        Send-EbEvent aws.s3 t -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidEntry,*'
        $failure[0].TargetObject.Source | Should -Be 'aws.s3'
    }

    It 'refuses a secret in a detail' {
        $secret = [System.Security.SecureString]::new()
        Send-EbEvent a t -Detail @{ p = $secret } -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'sends a file of entries' {
        $file = Join-Path $scratch 'entries.jsonl'
        1..25 | ForEach-Object { "{`"Source`":`"a`",`"DetailType`":`"t`",`"Detail`":{`"n`":$_}}" } | Set-Content -LiteralPath $file
        (Send-EbEvent -EntryFile $file -PassThru).Count | Should -Be 25
        { Send-EbEvent -EntryFile (Join-Path $scratch 'nowhere') } | Should -Throw -ErrorId 'FileNotReadable,*'
    }

    It 'sends nothing with -WhatIf' {
        $null = Get-Call
        "$((Send-EbEvent a t -WhatIf -PassThru).Status)" | Should -Be 'WouldSend'
        Get-Call | Should -BeNullOrEmpty
    }

    It 'reads settings from a file, and never shows a value' {
        $file = Join-Path $scratch '.env'
        "export EVENTBRIDGE_BUS_NAME='mvp-production' # the bus" | Set-Content -LiteralPath $file
        (Send-EbEvent a t -EnvFile $file -PassThru).EventBusName | Should -Be 'mvp-production'
        "KEY='geheim" | Set-Content -LiteralPath $file
        { Send-EbEvent a t -EnvFile $file } | Should -Throw -ErrorId 'InvalidEnvFile,*'
        try { Send-EbEvent a t -EnvFile $file } catch { "$_" | Should -Not -Match 'geheim' }
    }

    It 'announces a deployment with what the CI says' {
        $env:TF_BUILD = 'True'; $env:BUILD_SOURCEBRANCH = 'refs/heads/main'; $env:BUILD_SOURCEVERSION = 'abc'
        try { $result = Send-EbDeployment -Repository myproject_backend -Tag abc -PassThru -InformationVariable said 6> $null }
        finally { Remove-Item Env:TF_BUILD, Env:BUILD_SOURCEBRANCH, Env:BUILD_SOURCEVERSION }
        $result.Source | Should -Be 'azure.pipelines'
        "$said" | Should -BeLike '*##vso`[task.setvariable variable=EB_EVENT_ID]*'
        Send-EbDeployment myproject_backend abc -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }

    It 'checks the whole way' {
        $checks = Test-EbConnection -EventBusName mvp-development -Source mvp.uploads -DetailType 'Object Created' -Detail @{ size = 3 } -SkipJobStore
        "$(($checks | Where-Object Check -eq 'events:PutEvents').Status)" | Should -Be 'OK'
        $wrong = @($checks | Where-Object Status -eq NG)
        $wrong.Check | Should -Contain 'target agent-inactive'
        $wrong | ForEach-Object Advice | Should -Not -BeNullOrEmpty
        if ($PSStyle) { $PSStyle.OutputRendering = 'PlainText' }
        $shown = ($checks | Out-String -Width 80) -split '\r?\n'
        $shown | Should -Contain 'OK     events:PutEvents: allowed'
        $shown | Should -Contain '           -> To repair it, run Sync-EbBatchTarget -EventBusName mvp-development'
    }
}

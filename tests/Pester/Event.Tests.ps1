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

    Context 'files of entries' {
        BeforeAll {
            $entries = 1..3 | ForEach-Object { [ordered]@{ Source = 'a'; DetailType = 't'; Detail = @{ n = $_ } } }
            $forms = Join-Path $scratch 'forms'
            $null = New-Item -ItemType Directory -Path $forms
            function Save([string] $Name, [string] $Text, [string] $Encoding = 'UTF8') { $Text | Set-Content -LiteralPath (Join-Path $forms $Name) -Encoding $Encoding }
            Save array.json (ConvertTo-Json $entries -Depth 5 -Compress)
            Save pretty.json (ConvertTo-Json $entries -Depth 5)
            Save utf16.json (ConvertTo-Json $entries -Depth 5) Unicode
            Save lines.jsonl (($entries | ForEach-Object { ConvertTo-Json $_ -Depth 5 -Compress }) -join "`n")
            Save values.json (($entries | ForEach-Object { ConvertTo-Json $_ -Depth 5 }) -join "`n")
            Save request.json (ConvertTo-Json @{ Entries = $entries } -Depth 5)
            Save entries.csv "Source,DetailType,Detail`na,t,`"{`"`"n`"`":1}`"`na,t,`"{`"`"n`"`":`n2}`"`na,t,`"{`"`"n`"`":3}`""
        }

        It 'sends all of <_>, as a file, as text and line by line' -ForEach 'array.json', 'pretty.json', 'utf16.json', 'lines.jsonl', 'values.json', 'request.json', 'entries.csv' {
            $file = Join-Path $forms $_
            @(Send-EbEvent -EntryFile $file -PassThru).Count | Should -Be 3
            @(Get-Item -LiteralPath $file | Send-EbEvent -PassThru).Count | Should -Be 3
            @(Get-Content -LiteralPath $file | Send-EbEvent -PassThru).Count | Should -Be 3
            @(Get-Content -LiteralPath $file -Raw | Send-EbEvent -PassThru).Count | Should -Be 3
        }

        It 'sends objects of JSON, enumerated or not, and a request' {
            $text = Get-Content -LiteralPath (Join-Path $forms 'pretty.json') -Raw
            @($text | ConvertFrom-Json | Send-EbEvent -PassThru).Count | Should -Be 3
            @(Send-EbEvent -InputObject ($text | ConvertFrom-Json) -PassThru).Count | Should -Be 3
            @(Get-Content -LiteralPath (Join-Path $forms 'request.json') -Raw | ConvertFrom-Json | Send-EbEvent -PassThru).Count | Should -Be 3
        }

        It 'names the line, and tells the same fault of many lines once' {
            $file = Join-Path $forms 'long.jsonl'
            1..30 | ForEach-Object { "{`"Source`":`"a`",`"DetailType`":`"$(if ($_ -in 5, 15, 25) { 'D' * 129 } else { 't' })`",`"Detail`":{}}" } | Set-Content -LiteralPath $file
            foreach ($send in { Send-EbEvent -EntryFile $file -PassThru @quiet }, { Get-Content -LiteralPath $file | Send-EbEvent -PassThru @quiet }) {
                $quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'failure' }
                $results = . $send
                @($results | Where-Object Status -eq Failed).Origin | Should -Be 'long.jsonl:5', 'long.jsonl:15', 'long.jsonl:25'
                @($failure).Count | Should -Be 2
                "$($failure[0])" | Should -BeLike 'long.jsonl:5: *'
                "$($failure[1])" | Should -BeLike '*2 more times (long.jsonl:15, long.jsonl:25)*'
            }
        }

        It 'says which forms are expected' {
            'hello', 'world' | Send-EbEvent -PassThru -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
            "$($failure[0])" | Should -BeLike '*Entries are expected as JSON lines, as a JSON array*'
        }
    }

    It 'sends nothing to an event bus that does not exist' {
        Send-EbEvent a t -EventBusName mvp-developmnt -PassThru -ErrorAction SilentlyContinue -ErrorVariable failure | ForEach-Object { "$($_.Status)" } | Should -Be 'Failed'
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'EventBusNotFound,*'
    }

    It 'keeps the text of a time: <_>' -ForEach '2025-01-01T00:00:00Z', '2025-01-01T00:00:00.500Z', '2025-01-01T00:00:00.123456Z', '2025-01-01T00:00:00' {
        $happened = "{`"source`":`"a`",`"detail-type`":`"t`",`"time`":`"$_`",`"detail`":{`"at`":`"$_`"}}" | ConvertFrom-Json
        $happened | Test-EbPattern -Pattern "{`"time`":[`"$_`"],`"detail`":{`"at`":[`"$_`"]}}" | Should -BeTrue
        $entry = "{`"Source`":`"a`",`"DetailType`":`"t`",`"Detail`":{`"at`":`"$_`"}}" | ConvertFrom-Json
        $entry | ConvertTo-EbEvent | Should -BeLike "*`"detail`":{`"at`":`"$_`"}*"
    }

    It 'takes the event out of <Case>' -ForEach @(
        @{ Case = 'the messages of a queue'; Wrap = { @{ Messages = @(@{ MessageId = 'm'; ReceiptHandle = 'h'; Body = $args[0] }) } } }
        @{ Case = 'a message of AWS Tools'; Wrap = { [pscustomobject]@{ MessageId = 'm'; MD5OfBody = 'x'; Body = $args[0] } } }
        @{ Case = 'a notification'; Wrap = { [pscustomobject]@{ Type = 'Notification'; TopicArn = 't'; Message = $args[0] } } }
    ) {
        $wrapped = & $Wrap '{"source":"a","detail-type":"t","detail":{}}'
        $wrapped | Test-EbPattern -Pattern '{"source":["a"]}' | Should -BeTrue
        ConvertTo-Json $wrapped -Depth 5 | Test-EbPattern -Pattern '{"source":["a"]}' | Should -BeTrue
    }

    It 'does not take for an event what is none' {
        [pscustomobject]@{ hello = 'world' } | Test-EbPattern -Pattern '{"source":["a"]}' -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidEvent,*'
        $failure[0].TargetObject.hello | Should -Be 'world'
    }

    It 'sends nothing with -WhatIf' {
        $null = Get-Call
        "$((Send-EbEvent a t -WhatIf -PassThru).Status)" | Should -Be 'WouldSend'
        $answered = Invoke-WithAnswer "Send-EbEvent a t '{`"batchId`":`"b1`",`"token`":`"hunter2`"}' -WhatIf" @()
        $answered.Lines -join "`n" | Should -Match 'operation "Send event a, t \(evt_\w+\) with the detail \{.*"batchId":"b1","token":"\[redacted\]"\}" on target "event bus default"'
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

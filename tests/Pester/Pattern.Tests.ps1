#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Test-EbPattern' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        Start-Sample
        $upload = '{"version":"0","id":"e-1","detail-type":"Object Created","source":"mvp.uploads","account":"123456789012","time":"2026-11-21T09:30:05Z","region":"us-west-2","resources":[],"detail":{"size":300}}'
        $import = '{"version":"0","id":"e-2","detail-type":"Import Done","source":"mvp.import","account":"123456789012","time":"2026-11-21T10:30:05Z","region":"us-west-2","resources":[],"detail":{"size":"300"}}'
        $pattern = '{"source":["mvp.uploads"]}'
        $file = Join-Path $scratch 'week.jsonl'
        Set-Content -LiteralPath $file -Value $upload, 'nonsense', $import
        $rule = Join-Path $scratch 'rule.json'
        Set-Content -LiteralPath $rule -Value '{', '  "source": [', '    "mvp.uploads"', '  ]', '}'
    }
    AfterAll { Stop-Sample }

    It 'tells an entry from an event in any order of its fields, as text, object and file' {
        foreach ($entry in [ordered] @{ Source = 's'; DetailType = 't'; Detail = '{}'; EventBusName = 'b' }, [ordered] @{ EventBusName = 'b'; Detail = '{}'; DetailType = 't'; Source = 's' }, [ordered] @{ DetailType = 't'; EventBusName = 'b'; Source = 's'; Detail = '{}' }) {
            $json = ConvertTo-Json $entry -Compress
            Set-Content -LiteralPath (Join-Path $scratch 'entry.json') -Value $json
            foreach ($given in $json, $entry, [pscustomobject] $entry, (Get-Item -LiteralPath (Join-Path $scratch 'entry.json'))) {
                $failure = @()
                , $given | ForEach-Object { $_ } | Test-EbPattern -Pattern $pattern -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
                $failure[0].FullyQualifiedErrorId | Should -BeLike 'EntryNotEvent,*'
            }
        }
    }

    It 'says in a line what is no event: <Name>' -ForEach @(
        @{ Name = 'a process'; Given = { Get-Process -Id $PID }; Says = '*are neither those of an event nor those of an entry*' }
        @{ Name = 'a number'; Given = { 5 }; Says = '*contains no event*' }
        @{ Name = 'a time'; Given = { Get-Date }; Says = '*is a string, not an object*' }
        @{ Name = 'a folder'; Given = { Get-Item -LiteralPath $scratch }; Says = '*cannot be read: it is a folder*' }
    ) {
        $failure = @()
        & $Given | Test-EbPattern -Pattern $pattern -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        "$($failure[0])" | Should -BeLike $Says
        "$($failure[0])".Length | Should -BeLessThan 400
    }

    It 'says that a file of rules is no pattern' {
        Set-Content -LiteralPath (Join-Path $scratch 'rules.json') -Value '{"Name":"a","EventPattern":"{\"source\":[\"a\"]}","State":"ENABLED"}'
        { Test-EbPattern -PatternPath (Join-Path $scratch 'rules.json') -Lint -ErrorAction Stop } | Should -Throw '*is a file of rules, not a pattern.*-RulePath*'
    }

    It 'fails if there is nothing to check: <Case>' -ForEach @(
        @{ Case = 'no event in the pipeline'; Script = { @() | Test-EbPattern $pattern -WarningAction Ignore }; Says = 'Nothing was checked: the input contains no events.' }
        @{ Case = 'no event to measure'; Script = { @() | Measure-EbPattern $pattern -WarningAction Ignore }; Says = 'Nothing was checked: the input contains no events.' }
        @{ Case = 'no such rule'; Script = { Test-EbPattern -RuleName none-* -Lint }; Says = 'Nothing was tested. No rules were found. Rules looked for: none-*. Event buses: default.' }
        @{ Case = 'a rule with a schedule'; Script = { Test-EbPattern -RuleName mvp-hourly-agent -Lint }; Says = 'Nothing was tested: 1 rule was read, *' }
    ) {
        $Script | Should -Throw $Says -ErrorId 'NothingChecked,*'
    }

    It 'says that no file has a name' {
        Test-EbPattern -CaseFile (Join-Path $scratch 'none-*') -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        "$($failure[0].FullyQualifiedErrorId) $failure" | Should -BeLike 'FileNotReadable,* No files match *none-`*.'
    }

    It 'answers for one pattern with true or false, and calls nothing' {
        $null = Get-Call
        Test-EbPattern -Pattern $pattern -Event $upload | Should -BeExactly $true
        Test-EbPattern -Pattern (Get-Content $rule -Raw) -Event $import | Should -BeExactly $false
        Test-EbPattern $pattern $upload | Should -BeOfType ([bool])
        Test-EbPattern -PatternPath $rule -EventPath $file -ErrorAction SilentlyContinue | Should -Be $true, $false
        Get-Call | Should -BeNullOrEmpty
    }

    It 'takes a pattern as <Form>' -ForEach @(
        @{ Form = 'a hashtable'; Value = @{ source = @('mvp.uploads') } }
        @{ Form = 'an object'; Value = [pscustomobject]@{ source = @('mvp.uploads') } }
        @{ Form = 'lines'; Value = '{', '"source":', '["mvp.uploads"]}' }
    ) {
        Test-EbPattern -Pattern $Value -Event $upload | Should -BeExactly $true
        Test-EbPattern -Pattern $Value -Event $import | Should -BeExactly $false
    }

    It 'takes an event as <Form>' -ForEach @(
        @{ Form = 'JSON text by the pipeline'; Script = { $upload | Test-EbPattern -Pattern $pattern } }
        @{ Form = 'an object by the pipeline'; Script = { $upload | ConvertFrom-Json | Test-EbPattern -Pattern $pattern } }
        @{ Form = 'an object as parameter'; Script = { Test-EbPattern -Pattern $pattern -Event ($upload | ConvertFrom-Json) } }
        @{ Form = 'a hashtable'; Script = { @{ source = 'mvp.uploads'; Name = @{} } | Test-EbPattern -Pattern $pattern } }
        @{ Form = 'an object with names of parameters'; Script = { [pscustomobject]@{ source = 'mvp.uploads'; Name = ''; EventBusName = 'x'; Region = 'y' } | Test-EbPattern -Pattern $pattern } }
    ) {
        & $Script | Should -BeExactly $true
    }

    It 'serves Where-Object' {
        @($upload, $import | Where-Object { $_ | Test-EbPattern -Pattern $pattern }).Count | Should -Be 1
    }

    It 'answers for rules with an object for each rule and event' {
        $tests = $upload, $import | Test-EbPattern -RuleName mvp-agent* -EventBusName mvp-production
        $tests | ForEach-Object { $_.GetType().FullName } | Select-Object -Unique | Should -Be 'EventBridgeOps.PatternTesting.PatternTest'
        $tests.RuleName | Should -Be 'mvp-agent-on-upload', 'mvp-agent-on-upload'
        $tests.EventId | Should -Be 'e-1', 'e-2'
        $tests.Matches | Should -Be $true, $false
        ($tests | Out-String -Width 80) -split '\r?\n' | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
    }

    It 'takes rules by the pipeline, where the event is a parameter: <Form>' -ForEach @(
        @{ Form = 'of Get-EbRule'; Script = { Get-EbRule mvp-production mvp-agent* -SkipTarget } }
        @{ Form = 'of AWS Tools'; Script = { Get-ToolsRule mvp-production mvp-agent-on-upload } }
    ) {
        $test = & $Script | Test-EbPattern -Event $upload
        "$($test.EventBusName) $($test.RuleName) $($test.Matches)" | Should -Be 'mvp-production mvp-agent-on-upload True'
    }

    It 'explains' {
        $why = Test-EbPattern -Pattern '{"detail":{"size":[300]}}' -Event $import -Explain
        $why | ForEach-Object { $_.GetType().FullName } | Select-Object -Unique | Should -Be 'EventBridgeOps.PatternTesting.PatternExplanation'
        $why.Matches | Should -BeFalse
        $field = $why.Explanation.Best.Fields[0]
        $field.Alternatives[0].Expected | Should -Be '300'
        $why.Explanation.Branches[0].Fields[0].Path | Should -Be 'detail.size'
        "$($field.Path) $($field.Matches) $($field.Found[0])" | Should -Be 'detail.size False "300"'
        $shown = $why | Out-String -Width 80
        $shown | Should -Match '-Pattern does not match -?\w+:1'
        $shown | Should -Match '(?m)^      found    "300"'
        ($why | ConvertTo-Json -Depth 8 | ConvertFrom-Json).Explanation.Best.Fields[0].Path | Should -Be 'detail.size'
    }

    It 'finds all that is wrong in patterns: <Form>' -ForEach @(
        @{ Form = 'a parameter'; Script = { Test-EbPattern -Pattern '{"source":"a","detailType":["x"]}' -Lint } }
        @{ Form = 'the pipeline'; Script = { '{"source":"a","detailType":["x"]}' | Test-EbPattern -Lint } }
    ) {
        $check = & $Script
        $check.IsValid | Should -BeFalse
        $check.Problems.Severity | Should -Be 'Error', 'Warning'
        $check.Problems[0].Pointer | Should -Be '/source'
        ($check | Out-String -Width 80) | Should -Match 'not valid, 1 error, 1 warning'
    }

    It 'lints the rules of an account' {
        $checks = Test-EbPattern -EventBusName * -Lint
        $checks.Count | Should -BeGreaterThan 5
        $checks.IsValid | Should -Not -Contain $false
        (Get-EbRule mvp-production -SkipTarget | Test-EbPattern -Lint).Pattern | Should -Contain 'mvp-production/mvp-agent-on-upload'
    }

    It 'runs cases, and writes an error for each that is not as expected' {
        $cases = Join-Path $scratch 'patterns.tests.jsonl'
        Set-Content -LiteralPath $cases -Value '{"name":"a","event":"{\"a\":1}","pattern":"{\"a\":[1]}","expect":"match"}', '{"name":"b","event":"{\"a\":1}","pattern":"{\"a\":1}","expect":"nomatch"}', 'nonsense', '{"name":"c","event":"{","pattern":"{\"a\":[1]}"}'
        $results = Test-EbPattern -CaseFile $cases -ErrorAction SilentlyContinue -ErrorVariable failure
        $results.Name | Should -Be 'a', 'b', 'c'
        $results.Result | Should -Be 'Match', 'Invalid', 'BadEvent'
        $results.Expect | Should -Be 'Match', 'NoMatch', $null
        $results.Passed | Should -Be $true, $false, $true
        $results[1].Message | Should -BeExactly '"a" must be an object or an array'
        $failure.FullyQualifiedErrorId | Should -Be 'CaseFailed,EventBridgeOps.PowerShell.Patterns.TestEbPatternCommand', 'InvalidCase,EventBridgeOps.PowerShell.Patterns.TestEbPatternCommand'
        $failure[0].TargetObject | Should -Be $results[1]
        $failure[1].TargetObject | Should -Be 'patterns.tests.jsonl:3'
    }

    It 'asks the service too, and says where it differs' {
        $null = Get-Call
        Test-EbPattern -Pattern $pattern -Event $upload -Online | Should -BeExactly $true
        Get-Call | Should -Be 'TestEventPattern'
        (Test-EbPattern -Pattern $pattern -Lint -Online).Service | Should -Be 'Valid'
        $wildcard = '{"source":[{"wildcard":"*:*:*:*:*:event-bus/*"}]}'
        Test-EbPattern -Pattern $wildcard -Event $upload -Online -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeExactly $false
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ServiceDiffers,*'
        $failure[0].CategoryInfo.Category | Should -Be 'InvalidResult'
    }

    It 'ends where its only pattern is not valid, and says where and what to do' {
        { Test-EbPattern -Pattern '{"source":"a"}' -Event $upload } | Should -Throw -ErrorId 'InvalidPattern,*' -ExpectedMessage '*"source" must be an object or an array (line 1, column 11, at /source). Hint: Use a list*'
    }

    It 'refuses what contradicts itself: <Name>' -ForEach @(
        @{ Name = 'no event'; Script = { Test-EbPattern -Pattern $pattern } }
        @{ Name = 'no pattern'; Script = { Test-EbPattern -Event $upload } }
        @{ Name = 'cases and a pattern'; Script = { Test-EbPattern -CaseFile $file -Pattern $pattern } }
        @{ Name = 'lint and an event'; Script = { Test-EbPattern -Pattern $pattern -Event $upload -Lint } }
    ) {
        $Script | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'says which event is none, and goes on' {
        Get-Content $file | Test-EbPattern -Pattern $pattern -ErrorAction SilentlyContinue -ErrorVariable failure | Should -Be $true, $false
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidEvent,*'
        $failure[0].TargetObject | Should -Be 'week.jsonl:2'
    }

    It 'stops at once' {
        (1..1000 | ForEach-Object { $upload } | Test-EbPattern -Pattern $pattern | Select-Object -First 2).Count | Should -Be 2
    }
}

Describe 'Measure-EbPattern' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        Start-Sample
        $upload = '{"id":"e-1","source":"mvp.uploads","detail-type":"Object Created","time":"2026-11-21T09:30:05Z","detail":{"size":300}}'
        $import = '{"id":"e-2","source":"mvp.import","detail-type":"Import Done","time":"2026-11-21T11:30:05Z","detail":{"size":"300"}}'
        $file = Join-Path $scratch 'week.jsonl.gz'
        $stream = [IO.Compression.GZipStream]::new([IO.File]::Create($file), [IO.Compression.CompressionMode]::Compress)
        $bytes = [Text.Encoding]::UTF8.GetBytes("$upload`n$import`nnonsense`n$upload`n")
        $stream.Write($bytes, 0, $bytes.Length)
        $stream.Dispose()
    }
    AfterAll { Stop-Sample }

    It 'counts what a pattern would have matched in a file' {
        $measure = Measure-EbPattern -Pattern '{"source":["mvp.uploads"]}' -EventPath $file -Property detail.size -WarningAction SilentlyContinue -WarningVariable warning
        "$($measure.Events) $($measure.Matched) $($measure.Bad) $($measure.PerHour)" | Should -Be '3 2 1 1'
        $measure.First.Hour | Should -Be 9
        "$($measure.Values)" | Should -Be 'detail.size = 300 (2)'
        $measure.Values[0].Value | Should -Be '300'
        $measure.Samples[1].Event | Should -Be 'week.jsonl.gz:4'
        $measure.Samples.Event | Should -Be 'week.jsonl.gz:1', 'week.jsonl.gz:4'
        $warning.Count | Should -Be 1
        ($measure | Out-String -Width 80) -split '\r?\n' | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
    }

    It 'counts for each rule of an account, and events by the pipeline' {
        $measures = $upload, $upload | Measure-EbPattern -EventBusName mvp-production -RuleName *
        ($measures | Where-Object RuleName -EQ 'mvp-agent-on-upload').Matched | Should -Be 2
        (Get-EbRule mvp-production -SkipTarget | Measure-EbPattern -EventPath $file -WarningAction SilentlyContinue | Where-Object RuleName -EQ 'mvp-agent-on-upload').Matched | Should -Be 2
    }
}

#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Get-EbRoute' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        Start-Sample
        $upload = '{"version":"0","id":"e-1","detail-type":"Object Created","source":"mvp.uploads","account":"123456789012","time":"2026-11-21T09:30:05Z","region":"us-west-2","resources":[],"detail":{"size":3,"bucket":{"name":"b"},"object":{"key":"a/b.csv"}}}'
        $file = Join-Path $scratch 'week.jsonl'
        Set-Content -LiteralPath $file -Value $upload, 'nonsense', $upload
        $template = Join-Path $scratch 'template.json'
        Set-Content -LiteralPath $template -Value '{"Resources":{"OnUpload":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["mvp.uploads"]},"Targets":[{"Id":"t","Arn":{"Ref":"Queue"},"InputPath":"$.detail.size"}]}}}}'
    }
    AfterAll { Stop-Sample }

    It 'tells the targets of the rules that match, with their input and revision state' {
        $found = Get-EbRoute -Event $upload -EventBusName mvp-development
        $found.TargetId | Should -Be 'agent-behind', 'agent-current', 'agent-floating', 'agent-inactive', 'audit'
        $found[0] | ForEach-Object { $_.GetType().FullName } | Select-Object -Unique | Should -Be 'EventBridgeOps.Routes.Delivery'
        "$($found[0].State) $($found[0].InputKind) $($found[0].RevisionState)" | Should -Be 'Delivered Input Behind'
        $found[1].Input | Should -BeExactly '{"size":3,"bucket":{"name":"b"},"object":{"key":"a/b.csv"}}'
        $found[2].Input | Should -BeExactly $upload
        ($found[3].Input | ConvertFrom-Json).ContainerOverrides.Command | Should -Be 'run', '--key', 'a/b.csv'
        "$($found[3].State): $($found[3].Reason)" | Should -Be 'Failing: revision 1 is deregistered'
    }

    It 'takes an event as <Form>' -ForEach @(
        @{ Form = 'JSON text by the pipeline'; Script = { $upload | Get-EbRoute mvp-production } }
        @{ Form = 'an object'; Script = { $upload | ConvertFrom-Json | Get-EbRoute mvp-production } }
        @{ Form = 'an object as parameter'; Script = { Get-EbRoute mvp-production -Event ($upload | ConvertFrom-Json) } }
        @{ Form = 'a hashtable'; Script = { @{ source = 'mvp.uploads'; 'detail-type' = 'Object Created'; detail = @{ size = 1 } } | Get-EbRoute mvp-production } }
        @{ Form = 'a hashtable as parameter'; Script = { Get-EbRoute mvp-production -Event @{ source = 'mvp.uploads'; 'detail-type' = 'Object Created' } } }
        @{ Form = 'the lines of a file'; Script = { $upload | ConvertFrom-Json | ConvertTo-Json -Depth 9 | Set-Content (Join-Path $scratch 'pretty.json'); Get-Content (Join-Path $scratch 'pretty.json') | Get-EbRoute mvp-production } }
        @{ Form = 'a file'; Script = { Set-Content (Join-Path $scratch 'one.json') $upload; Get-Item (Join-Path $scratch 'one.json') | Get-EbRoute mvp-production } }
    ) {
        (& $Script).TargetId | Should -Be 'agent'
    }

    It 'reads files with or without wildcards, and says which line is no event' {
        $found = Get-EbRoute mvp-production -EventPath (Join-Path $scratch 'week.*') -ErrorAction SilentlyContinue -ErrorVariable failure
        $found.Event | Should -Be 'week.jsonl:1', 'week.jsonl:3'
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidEvent,*'
        $failure[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $failure[0].TargetObject | Should -Be 'week.jsonl:2'
        (Get-Content $file | Get-EbRoute mvp-production -ErrorAction SilentlyContinue).Event | Should -Be 'week.jsonl:1', 'week.jsonl:3'
    }

    It 'says which file there is not, and goes on' {
        (Get-EbRoute mvp-production -EventPath (Join-Path $scratch 'none.json'), $file -ErrorAction SilentlyContinue -ErrorVariable failure).Count | Should -Be 2
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileNotReadable,*'
    }

    It 'warns if there is no rule' {
        Get-EbRoute default none-* -Event $upload -WarningAction SilentlyContinue -WarningVariable said | Should -BeNullOrEmpty
        $said | Should -Be 'No rules match: no rule with an event pattern was found on the event buses that were looked at (default).'
    }

    It 'fails if there is no event in <Case>' -ForEach @(
        @{ Case = 'the pipeline'; Script = { @() | Get-EbRoute mvp-production }; Warning = 'No events were found: the pipeline was empty.' }
        @{ Case = 'a file'; Script = { Set-Content (Join-Path $scratch 'empty.json') ''; Get-EbRoute mvp-production -EventPath (Join-Path $scratch 'empty.json') }; Warning = 'No events were found in empty.json.' }
    ) {
        $output = & { try { & $Script } catch { $_ } } 3>&1
        $output[0] | Should -Be $Warning
        $output[1].FullyQualifiedErrorId | Should -BeLike 'NothingChecked,*'
    }

    It 'says once that no file has a name, without another error' {
        Get-EbRoute mvp-production -EventPath (Join-Path $scratch 'none-*') -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        @($failure).Count | Should -Be 1
        "$($failure[0].FullyQualifiedErrorId) $failure" | Should -BeLike 'FileNotReadable,* No files match *none-`*.'
    }

    It 'works in its own region, whatever the events say of theirs' {
        ($upload | ConvertFrom-Json | Get-EbRoute mvp-production -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }).Message | Should -BeLike '*Using Region eu-west-1*'
    }

    It 'takes rules from a file, and calls nothing' {
        $null = Get-Call
        $found = Get-EbRoute -Event $upload -RulePath $template
        "$($found.RuleName) $($found.TargetArn) $($found.Input)" | Should -Be 'OnUpload ${Queue} 3'
        Get-Call | Should -BeNullOrEmpty
    }

    It 'takes parameters of a template' {
        $open = Join-Path $scratch 'open.json'
        Set-Content -LiteralPath $open -Value '{"Parameters":{"Sources":{"Type":"CommaDelimitedList"}},"Resources":{"R":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":{"Ref":"Sources"}},"Targets":[{"Id":"t","Arn":"arn:aws:sqs:us-west-2:123456789012:q"}]}}}}'
        (Get-EbRoute -Event $upload -RulePath $open -WarningVariable said -WarningAction SilentlyContinue).State | Should -Be 'Unknown'
        $said | Should -BeLike '*depends on ${Sources}*-Parameter*'
        (Get-EbRoute -Event $upload -RulePath $open -Parameter @{ Sources = 'a', 'mvp.uploads' }).State | Should -Be 'Delivered'
        (Test-EbPattern -RulePath $open -Event $upload -Parameter @{ Sources = 'a' }).Matches | Should -BeFalse
    }

    It 'takes rules by the pipeline: <Form>' -ForEach @(
        @{ Form = 'of Get-EbRule'; Script = { Get-EbRule mvp-production }; Expected = 'agent' }
        @{ Form = 'read back from JSON'; Script = { Get-EbRule mvp-production | ConvertTo-Json -Depth 5 | ConvertFrom-Json | ForEach-Object { $_ } }; Expected = 'agent' }
        @{ Form = 'of AWS Tools, without targets'; Script = { Get-ToolsRule mvp-production mvp-agent-on-upload }; Expected = $null }
        @{ Form = 'made by hand'; Script = { @{ Name = 'r'; EventPattern = '{"source":["mvp.uploads"]}'; Targets = @(@{ Id = 'x'; Arn = 'arn:x' }) } }; Expected = 'x' }
    ) {
        $rules = & $Script
        $null = Get-Call
        $found = $rules | Get-EbRoute -Event $upload
        $found.TargetId | Should -Be $Expected
        Get-Call | Where-Object { $_ -notin 'GetCallerIdentity', 'DescribeJobDefinitions' } | Should -BeNullOrEmpty
        ($rules | Get-EbRoute -Event $upload -Offline).TargetId | Should -Be $Expected
        Get-Call | Should -BeNullOrEmpty
    }

    It 'looks up the job definitions of rules from a file, unless it works offline' {
        $rules = Join-Path $scratch 'batch.json'
        Set-Content -LiteralPath $rules -Value '{"Name":"r","EventPattern":"{\"source\":[\"mvp.uploads\"]}","Targets":[{"Id":"job","Arn":"arn:aws:batch:eu-west-1:123456789012:job-queue/mvp-queue","RoleArn":"arn:aws:iam::123456789012:role/events","BatchParameters":{"JobDefinition":"arn:aws:batch:eu-west-1:123456789012:job-definition/mvp-agent:1","JobName":"n"}}]}'
        $found = Get-EbRoute -Event $upload -RulePath $rules
        "$($found.State): $($found.Reason)" | Should -Be 'Failing: revision 1 is deregistered'
        $found = Get-EbRoute -Event $upload -RulePath $rules -Offline
        "$($found.State): $($found.Reason)" | Should -Be 'Unknown: the job definition was not looked up in AWS Batch'
    }

    It 'recognises an entry, and converts it on request' {
        $entry = @{ Source = 'mvp.uploads'; DetailType = 'Object Created'; Detail = '{"size":1}' }
        $entry | Get-EbRoute mvp-production -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'EntryNotEvent,*'
        ($entry | ConvertTo-EbEvent | Get-EbRoute mvp-production).TargetId | Should -Be 'agent'
    }

    It 'refuses <Case>' -ForEach @(
        @{ Case = 'to work without an event'; Script = { Get-EbRoute mvp-production }; Id = 'InvalidArgument,*' }
        @{ Case = 'rules without an event'; Script = { Get-EbRule mvp-production | Get-EbRoute -ErrorAction Stop }; Id = 'InvalidEvent,*' }
        @{ Case = 'a rule that is none'; Script = { 1 | Get-EbRoute -Event '{"source":"s"}' -ErrorAction Stop }; Id = 'InvalidRule,*' }
        @{ Case = 'a file of rules that holds none'; Script = { Get-EbRoute -Event '{"source":"s"}' -RulePath $file -ErrorAction Stop }; Id = 'InvalidRule,*' }
        @{ Case = 'an open bracket'; Script = { Get-EbRoute 'mvp-[a' -Event '{"source":"s"}' }; Id = 'InvalidArgument,*' }
    ) {
        $Script | Should -Throw -ErrorId $Id
    }

    It 'can be stopped by who has enough' {
        (Get-EbRoute * -Event (@($upload) * 500) | Select-Object -First 3).Count | Should -Be 3
    }

    It 'is shown grouped by event and bus, in 80 columns' {
        if ($PSStyle) { $PSStyle.OutputRendering = 'PlainText' }
        $shown = (Get-EbRoute * -Event $upload | Out-String -Width 80) -split '\r?\n' | ForEach-Object { $_.TrimEnd() }
        $shown | Should -Contain '   Event: input:1  mvp-development'
        $shown | Where-Object { $_ -match '^Rule +Target +State +Input or reason$' } | Should -HaveCount 2
        $shown | Where-Object { $_ -match '^mvp-agent-on-upload +agent-inactive +Failing +revision 1 is deregistered$' } | Should -HaveCount 1
        $shown | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
    }

    It 'survives Export-Clixml with its states as words' {
        $copy = Join-Path $scratch 'route.clixml'
        Get-EbRoute mvp-production -Event $upload | Export-Clixml -LiteralPath $copy
        "$((Import-Clixml -LiteralPath $copy).State)" | Should -Be 'Failing'
    }
}

Describe 'ConvertTo-EbEvent' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        $fixed = @{ Id = 'i'; AccountId = '123456789012'; Region = 'eu-west-1'; Time = '2026-11-21T09:30:05Z' }
        $expected = '{"version":"0","id":"i","detail-type":"t","source":"s","account":"123456789012","time":"2026-11-21T09:30:05Z","region":"eu-west-1","resources":[],"detail":{"n":1}}'
        if (-not ('EbTest.PutEventsRequestEntry' -as [type])) {
            Add-Type -TypeDefinition 'namespace EbTest { public class PutEventsRequestEntry { public string Source { get; set; } public string DetailType { get; set; } public string Detail { get; set; } public System.Collections.Generic.List<string> Resources { get; set; } public System.DateTime? Time { get; set; } public string EventBusName { get; set; } public string TraceHeader { get; set; } } }'
        }
    }
    AfterAll { Stop-Sample }

    It 'takes an entry as <Form>' -ForEach @(
        @{ Form = 'JSON text'; Script = { '{"Source":"s","DetailType":"t","Detail":"{\"n\":1}"}' } }
        @{ Form = 'a hashtable with a text'; Script = { @{ Source = 's'; DetailType = 't'; Detail = '{"n":1}' } } }
        @{ Form = 'a hashtable in a hashtable'; Script = { @{ Source = 's'; DetailType = 't'; Detail = @{ n = 1 } } } }
        @{ Form = 'an object'; Script = { [pscustomobject]@{ Source = 's'; DetailType = 't'; Detail = [pscustomobject]@{ n = 1 } } } }
        @{ Form = 'an entry of AWS Tools'; Script = { New-Object -TypeName EbTest.PutEventsRequestEntry -Property @{ Source = 's'; DetailType = 't'; Detail = '{"n":1}' } } }
    ) {
        & $Script | ConvertTo-EbEvent @fixed | Should -BeExactly $expected
        ConvertTo-EbEvent (& $Script) @fixed | Should -BeExactly $expected
    }

    It 'keeps values as they are meant' {
        $detail = [ordered]@{
            whole = [long]9007199254740993; decimal = [decimal]::Parse('1.50', [cultureinfo]::InvariantCulture); double = 0.1; yes = $true; none = $null
            day = [datetime]::new(2026, 1, 2, 3, 4, 5, [DateTimeKind]::Utc); choice = [DayOfWeek]::Friday; list = 1, 'a'; empty = @(); one = @(1); deep = @{ x = [pscustomobject]@{ y = "$([char]0xFC)" } }; letter = [char]'c'
        }
        $made = @{ Source = 's'; DetailType = 't'; Detail = $detail } | ConvertTo-EbEvent
        $made | Should -BeLike ('*"detail":{"whole":9007199254740993,"decimal":1.50,"double":0.1,"yes":true,"none":null,"day":"2026-01-02T03:04:05Z","choice":"Friday","list":`[1,"a"`],"empty":`[`],"one":`[1`],"deep":{"x":{"y":"?"}},"letter":"c"}}').Replace('?', [char]0xFC)
    }

    It 'says what has no JSON, and where in it: <Case>' -ForEach @(
        @{ Case = 'a circle'; Script = { $a = @{ Source = 's' }; $a.Detail = @{ inner = $a }; $a }; Message = '*$.Detail.inner refers to an object that contains it*' }
        @{ Case = 'a circle of objects'; Script = { $a = [pscustomobject]@{ Source = 's'; self = $null }; $a.self = $a; $a }; Message = '*$.self refers to an object that contains it*' }
        @{ Case = 'a script'; Script = { @{ Source = 's'; Detail = @{ do = { 1 } } } }; Message = '*$.Detail.do is of type ScriptBlock, which cannot be converted to JSON*' }
        @{ Case = 'no number'; Script = { @{ Source = 's'; Detail = @{ n = [double]::NaN } } }; Message = '*$.Detail.n is NaN*' }
        @{ Case = 'depth'; Script = { $a = @{ }; foreach ($i in 1..150) { $a = @{ a = $a } }; @{ Source = 's'; Detail = $a } }; Message = '*nested more than 100 levels deep*' }
    ) {
        & $Script | ConvertTo-EbEvent -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidEvent,*'
        $failure[0].Exception.Message | Should -BeLike $Message
    }

    It 'takes siblings that are the same object, which is no circle' {
        $shared = [pscustomobject]@{ y = 1 }
        @{ Source = 's'; DetailType = 't'; Detail = @{ list = @($shared, $shared) } } | ConvertTo-EbEvent | Should -BeLike '*{"list":`[{"y":1},{"y":1}`]}}'
    }

    It 'reads files, and goes on after what EventBridge would not take' {
        $path = Join-Path $scratch 'entries.json'
        Set-Content -LiteralPath $path -Value '{"Entries":[{"Source":"s","DetailType":"t","Detail":"{\"n\":1}"},{"Source":"s"},{"Source":"s","DetailType":"t","Detail":"{\"n\":1}"}]}'
        ConvertTo-EbEvent -Path $path @fixed -ErrorAction SilentlyContinue -ErrorVariable failure | Should -Be $expected, $expected
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidEntry,*'
        $failure[0].Exception.Message | Should -BeLike '*Parameter DetailType is not valid*'
        $failure[0].TargetObject | Should -Be 'entries.json`[1]:1'.Replace('`', '')
    }

    It 'gives each event an id and the present time' {
        $made = @(1, 2) | ForEach-Object { @{ Source = 's'; DetailType = 't'; Detail = @{ } } } | ConvertTo-EbEvent | ConvertFrom-Json
        $made[0].id | Should -Match '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'
        $made[0].id | Should -Not -Be $made[1].id
        ([datetime]::UtcNow - ([datetime]$made[0].time).ToUniversalTime()).TotalMinutes | Should -BeLessThan 5
    }
}

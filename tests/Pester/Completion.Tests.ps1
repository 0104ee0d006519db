#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Completion' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')

        # What Tab offers at the end of a line. The first answer of a session may come late: then the next Tab has it.
        function Get-Completion([string] $Line, [switch] $Once) {
            for ($try = 0; $try -lt 200; $try++) {
                $found = (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
                if ($found -or $Once) { break }
            }
            $found
        }

        # The line with the first completion in it.
        function Complete-Line([string] $Line) {
            $null = Get-Completion $Line
            $completion = TabExpansion2 -inputScript $Line -cursorColumn $Line.Length
            $completion.CompletionMatches | Should -Not -BeNullOrEmpty -Because "Tab should complete <$Line>"
            $Line.Substring(0, $completion.ReplacementIndex) + $completion.CompletionMatches[0].CompletionText + $Line.Substring($completion.ReplacementIndex + $completion.ReplacementLength)
        }

        # Makes a name that the service itself would not take.
        function Rename-All([string] $From, [string] $To) {
            $quote = { param($text) (ConvertTo-Json -InputObject $text).Trim('"') }
            $state = (Invoke-WebRequest -Uri "$env:AWS_ENDPOINT_URL/_sandbox/state" -UseBasicParsing).Content
            $body = [Text.Encoding]::UTF8.GetBytes($state.Replace($From, (& $quote $To)))
            $null = Invoke-RestMethod -Uri "$env:AWS_ENDPOINT_URL/_sandbox/state" -Method Put -Body $body
        }
    }
    AfterAll { Stop-Sample }

    Context 'of names of an account' {
        BeforeAll {
            Start-Sample
            $null = Push-Image team/app v1
            $null = Push-Image team/app v2
            $env:EBOPS_JOB_STORE = Join-Path $scratch 'jobs.jsonl'
            $null = Send-MvpRequest -JobId job-1 -UserId u -ProductId p -EventBusName mvp-development -DatabaseUrl 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db'
        }

        It '<Line>' -ForEach @(
            @{ Line = 'Get-EbRule '; Expected = 'default', 'mvp-development', 'mvp-production' }
            @{ Line = 'Get-EbRule -EventBusName MVP-'; Expected = 'mvp-development', 'mvp-production' }
            @{ Line = 'Get-EbRule -EventBusName default,mvp-p'; Expected = 'mvp-production' }
            @{ Line = 'Get-EbRule -EventBusName default, '; Expected = 'default', 'mvp-development', 'mvp-production' }
            @{ Line = 'Get-EbRule -EventBusName *pro*'; Expected = 'mvp-production' }
            @{ Line = "Get-EbRule -EventBusName 'mvp-p"; Expected = "'mvp-production'" }
            @{ Line = 'Get-EbRule -EventBusName "mvp-p'; Expected = '"mvp-production"' }
            @{ Line = 'Send-EbEvent -EventBusName mvp-p'; Expected = 'mvp-production' }
            @{ Line = 'Send-MvpRequest -EventBusName mvp-p'; Expected = 'mvp-production' }
            @{ Line = 'Send-EbDeployment -EventBusName mvp-p'; Expected = 'mvp-production' }
            @{ Line = 'Test-EbConnection -EventBusName mvp-p'; Expected = 'mvp-production' }
            @{ Line = 'Test-EbPattern -EventBusName mvp-p'; Expected = 'mvp-production' }
            @{ Line = 'Get-EbRoute -EventBusName mvp-p'; Expected = 'mvp-production' }
            @{ Line = 'Get-EbRule mvp-development '; Expected = 'mvp-agent-on-upload', 'mvp-import-done', 'mvp-pipeline-development-rule', 'mvp-report-on-request' }
            @{ Line = 'Get-EbRule -RuleName mvp-h'; Expected = 'mvp-hourly-agent' }
            @{ Line = 'Get-EbRule -Name mvp-n'; Expected = 'mvp-nightly-report' }
            @{ Line = 'Measure-EbPattern -RuleName mvp-h'; Expected = 'mvp-hourly-agent' }
            @{ Line = 'Test-EbConnection -RuleName mvp-h'; Expected = 'mvp-hourly-agent' }
            @{ Line = 'Get-EbTargetRevision mvp-development mvp-agent-on-upload agent-'; Expected = 'agent-behind', 'agent-current', 'agent-floating', 'agent-inactive' }
            @{ Line = 'Sync-EbBatchTarget mvp-development mvp-agent-on-upload -Id agent-c'; Expected = 'agent-current' }
            @{ Line = 'Get-EbTargetRevision -JobDefinition mvp-'; Expected = 'mvp-agent', 'mvp-import', 'mvp-pipeline-job-definition', 'mvp-report' }
            @{ Line = 'Sync-EbBatchTarget -JobDefinition mvp-i'; Expected = 'mvp-import' }
            @{ Line = 'Get-BatchImage mvp-i'; Expected = 'mvp-import' }
            @{ Line = 'Update-BatchImage -JobDefinition mvp-i'; Expected = 'mvp-import' }
            @{ Line = 'Get-BatchImage -RepositoryName t'; Expected = 'team/app' }
            @{ Line = 'Update-BatchImage -RepositoryName t'; Expected = 'team/app' }
            @{ Line = 'Update-BatchImage -RepositoryName team/app -ImageTag v'; Expected = 'v1', 'v2' }
            @{ Line = 'Get-EbServiceDeployment -ClusterName mvp-c'; Expected = 'mvp-cluster' }
            @{ Line = 'Update-EbService mvp-a'; Expected = 'mvp-api' }
            @{ Line = 'Send-EbDeployment -Repository t'; Expected = 'team/app' }
            @{ Line = 'Send-EbDeployment -Repository team/app -Tag v'; Expected = 'v1', 'v2' }
            @{ Line = 'Get-MvpJob '; Expected = 'job-1' }
            @{ Line = 'Stop-MvpJob "j'; Expected = '"job-1"' }
            @{ Line = 'Repair-MvpJob '; Expected = 'job-1' }
            @{ Line = 'Get-MvpJob -State pen'; Expected = 'Pending' }
        ) {
            (Get-Completion $Line).CompletionText | Sort-Object | Should -Be $Expected
        }

        It 'tells more of each in a tooltip' {
            (Get-Completion 'Get-EbRule default mvp-n').ToolTip | Should -BeLike 'default: ENABLED, cron*'
            (Get-Completion 'Get-EbTargetRevision mvp-development mvp-agent-on-upload agent-b').ToolTip | Should -Be 'mvp-development/mvp-agent-on-upload -> mvp-agent:2'
            (Get-Completion 'Get-BatchImage mvp-i').ToolTip | Should -Be 'latest revision 1'
            (Get-Completion 'Update-BatchImage -RepositoryName team/app -ImageTag v1').ToolTip | Should -Match '^pushed \d{4}-.* UTC, sha256:'
        }

        It 'offers the newest image first' {
            Get-Completion 'Update-BatchImage -RepositoryName team/app -ImageTag ' | Select-Object -First 1 | ForEach-Object CompletionText | Should -BeIn 'v1', 'v2'
        }

        It 'takes the bus of the environment for the rules, as the cmdlets do' {
            $env:EVENTBRIDGE_BUS_NAME = 'mvp-production'
            try { (Get-Completion 'Get-EbRule -RuleName ').CompletionText | Should -Be 'mvp-agent-on-upload', 'mvp-cleanup-on-delete', 'mvp-report-on-request' }
            finally { Remove-Item Env:EVENTBRIDGE_BUS_NAME }
        }
    }

    Context 'of names with characters that mean something' {
        # A name that a line completes to must be the one that the cmdlet then works on, whatever it looks like and whatever quote was begun.
        It 'names the thing itself: <Name>' -ForEach @(
            @{ Name = 'two words' }, @{ Name = "it's" }, @{ Name = "it''s" }, @{ Name = 'a "b" c' }, @{ Name = 'a[b]c' }, @{ Name = 'a]b[c' }, @{ Name = 'all*of?it' }
            @{ Name = 'a$HOME$(exit)' }, @{ Name = 'tick`s' }, @{ Name = '`[x`]' }, @{ Name = 'a;b|c&d' }, @{ Name = 'a,b' }, @{ Name = '-Force' }, @{ Name = '--%' }, @{ Name = '@splat' }, @{ Name = '#no' }
            @{ Name = '42' }, @{ Name = '1e3' }, @{ Name = '0x10kb' }, @{ Name = '{x}' }, @{ Name = '(1)' }, @{ Name = '$true' }, @{ Name = "$([char]0x2018)curly$([char]0x2019) $([char]0x201C)q$([char]0x201D)" }, @{ Name = "$([char]0xFC)n$([char]0xEF)" }, @{ Name = '~' }, @{ Name = '%' }, @{ Name = '>out' }
        ) {
            Start-Sample
            Rename-All 'agent-behind' $Name
            foreach ($begun in '', "'", '"') {
                $line = "Get-EbTargetRevision mvp-development mvp-agent-on-upload -TargetId $begun"
                $mine = @(Get-Completion $line | Where-Object ListItemText -CEQ $Name)
                $mine | Should -HaveCount 1
                foreach ($text in $mine[0].CompletionText, "nothing,$($mine[0].CompletionText)") {
                    (& ([scriptblock]::Create("Get-EbTargetRevision mvp-development mvp-agent-on-upload -TargetId $text"))).TargetId | Should -BeExactly $Name
                }
            }
        }

        It 'completes what is begun of such a name: <Begun>' -ForEach @(
            @{ Begun = "'two w"; Name = 'two words' }, @{ Begun = '"two w'; Name = 'two words' }, @{ Begun = 'two` w'; Name = 'two words' }
            @{ Begun = 'a`[b'; Name = 'a[b]c' }, @{ Begun = "'a``[b"; Name = 'a[b]c' }, @{ Begun = "'it''"; Name = "it's" }, @{ Begun = '"a``'; Name = 'a`s' }
        ) {
            Start-Sample
            Rename-All 'agent-behind' $Name
            $line = Complete-Line "Get-EbTargetRevision mvp-development mvp-agent-on-upload -TargetId $Begun"
            (& ([scriptblock]::Create($line))).TargetId | Should -BeExactly $Name
        }

        It 'offers no name that a terminal would act on' {
            Start-Sample
            Rename-All 'mvp-import-done' "mvp-$([char]27)[31m"
            (Get-Completion 'Get-EbRule mvp-development ').CompletionText | Should -Be 'mvp-agent-on-upload', 'mvp-pipeline-development-rule', 'mvp-report-on-request'
        }
    }

    Context 'of what this machine knows' {
        BeforeAll {
            $profiles = Join-Path $scratch 'profiles'
            @('[plain]', 'aws_access_key_id = a', 'aws_secret_access_key = b', 'region = eu-west-1', "[my team's `$x]", 'aws_access_key_id = a', 'aws_secret_access_key = b') | Set-Content -LiteralPath $profiles
        }

        It 'regions, with their names' {
            $regions = Get-Completion 'Get-EbRule -Region eu-w'
            $regions.CompletionText | Should -Be 'eu-west-1', 'eu-west-2', 'eu-west-3'
            $regions[0].ToolTip | Should -BeLike 'Eu*Ireland*'
            (Get-Completion 'Start-EbSandbox -Region *-southeast-1').CompletionText | Should -Contain 'ap-southeast-1'
            (Get-Completion 'ConvertTo-EbEvent -Region me-c').CompletionText | Should -Be 'me-central-1'
        }

        It 'profiles of a file that is given' {
            (Get-Completion "Get-EbRule -ProfileLocation '$profiles' -ProfileName ").CompletionText | Should -Be "'my team''s `$x'", 'plain'
            Push-Location -LiteralPath $scratch
            try { (Get-Completion 'Get-EbRule -ProfileLocation ./profiles -AWSProfileName p').ToolTip | Should -Be 'eu-west-1' }
            finally { Pop-Location }
        }

        It 'profiles of the files that <Variable> names' -ForEach @(
            @{ Variable = 'AWS_SHARED_CREDENTIALS_FILE'; Text = "[mine]`naws_access_key_id = a`naws_secret_access_key = b" }
            @{ Variable = 'AWS_CONFIG_FILE'; Text = "[profile mine]`naws_access_key_id = a`naws_secret_access_key = b" }
        ) {
            $file = Join-Path $scratch $Variable
            Set-Content -LiteralPath $file -Value $Text
            $said = Invoke-Shell "`$env:$Variable = '$file'; Import-Module '$manifest'; (TabExpansion2 'Get-EbRule -ProfileName ' 24).CompletionMatches.CompletionText"
            $said | Should -Contain 'mine'
        }

        It 'changes, the newest first, with when, what and how far' {
            Start-Sample
            Sync-EbBatchTarget mvp-production mvp-agent-on-upload
            Get-EbChange | Undo-EbChange
            $ids = (Get-EbChange).Id
            $changes = Get-Completion 'Get-EbChange '
            $changes.CompletionText | Should -Be $ids[1], $ids[0]
            $changes[0].ToolTip | Should -Match '^\d{4}-\d\d-\d\d \d\d:\d\d UTC, Undo, Applied, 1 item$'
            $changes[0].ListItemText | Should -Be "$($ids[1])  $($changes[0].ToolTip)"
            (Get-Completion "Undo-EbChange -JournalPath '$env:EBOPS_JOURNAL' -ChangeId ").CompletionText | Should -Be $ids[1], $ids[0]
            Get-Completion "Undo-EbChange -JournalPath '$scratch/none' -Id " -Once | Should -BeNullOrEmpty
            New-JournalTable ebops
            (Get-Completion 'Undo-EbChange -JournalTable ebops -Id ').CompletionText | Should -Be $ids[1], $ids[0]
        }
    }

    Context 'as the command line says' {
        BeforeEach {
            Start-Sample
            Copy-Region
        }

        It 'asks in the region of <Case>' -ForEach @(
            @{ Case = '-Region'; Line = 'Get-EbRule mvp-development -Region us-east-1 -RuleName '; Stored = $null }
            @{ Case = 'an alias of it'; Line = 'Get-EbRule mvp-development -RegionToCall us-east-1 -RuleName '; Stored = $null }
            @{ Case = '$StoredAWSRegion'; Line = 'Get-EbRule mvp-development -RuleName '; Stored = 'us-east-1' }
            @{ Case = 'a variable'; Line = 'Get-EbRule mvp-development -Region $there -RuleName '; Stored = $null }
        ) {
            $there = 'us-east-1'
            $null = $there
            if ($Stored) { $StoredAWSRegion = $Stored }
            $state = Invoke-RestMethod -Uri "$env:AWS_ENDPOINT_URL/_sandbox/state"
            $state.regions.'us-east-1' = ($state.regions.'us-east-1' | ConvertTo-Json -Depth 50 -Compress).Replace('mvp-import-done', 'only-there') | ConvertFrom-Json
            $null = Invoke-RestMethod -Uri "$env:AWS_ENDPOINT_URL/_sandbox/state" -Method Put -Body ([Text.Encoding]::UTF8.GetBytes(($state | ConvertTo-Json -Depth 50 -Compress)))
            (Get-Completion $Line).CompletionText | Should -Contain 'only-there'
            (Get-Completion 'Get-EbRule mvp-development -Region eu-west-1 -RuleName ').CompletionText | Should -Not -Contain 'only-there'
        }

        It 'asks with the credentials of $StoredAWSCredentials, and for each anew' {
            Remove-Item Env:AWS_ACCESS_KEY_ID, Env:AWS_SECRET_ACCESS_KEY
            $StoredAWSCredentials = [pscustomobject]@{ AccessKey = 'AKIDONE'; SecretKey = 'wJalrXUtnFEMI'; Token = $null }
            (Get-Completion 'Get-EbRule ').CompletionText | Should -Contain 'mvp-production'
            $null = Get-Call
            $StoredAWSCredentials = [pscustomobject]@{ AccessKey = 'AKIDTWO'; SecretKey = 'wJalrXUtnFEMI'; Token = $null }
            (Get-Completion 'Get-EbRule ').CompletionText | Should -Contain 'mvp-production'
            Get-Call | Should -Be 'ListEventBuses'
            $StoredAWSCredentials = 'no credentials'
            Get-Completion 'Get-EbRule ' -Once | Should -BeNullOrEmpty
        }
    }

    Context 'at a prompt where nobody wants to wait' {
        BeforeEach {
            Start-Sample
            $error.Clear()
        }
        AfterEach { Remove-Gate }

        It 'asks once, and again for another question' {
            $null = Get-Completion 'Get-EbRule '
            $null = Get-Call
            1..5 | ForEach-Object { Get-Completion 'Get-EbRule mvp-p' -Once | Should -Not -BeNullOrEmpty }
            Get-Call | Should -BeNullOrEmpty
            $null = Get-Completion 'Get-EbRule mvp-production '
            Get-Call | Should -Be 'ListRules'
        }

        It 'is asked from many runspaces at once' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
            $null = Get-Completion 'Get-EbRule '
            $found = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                Import-Module $using:manifest
                for ($try = 0; $try -lt 50 -and -not $names; $try++) { $names = (TabExpansion2 'Get-EbRule mvp-production ' 26).CompletionMatches.CompletionText }
                $names.Count
            }
            $found | Should -Be (, 3 * 8)
        }

        It 'comes back at once when the account is slow, and has the answer at a later Tab' {
            Add-Gate
            $null = Get-Completion 'Get-EbRule mvp-production '
            $gate.Hold('ListRules')
            Get-Completion 'Get-EbRule mvp-development ' -Once | Should -BeNullOrEmpty # and it comes back although the account hangs
            $gate.Release()
            (Get-Completion 'Get-EbRule mvp-development ').CompletionText | Should -Contain 'mvp-import-done'
            @(Get-Call | Where-Object { $_ -eq 'ListRules' }) | Should -HaveCount 2 # one for each bus
            $error | Should -BeNullOrEmpty
        }

        It 'is silent when <Case>' -ForEach @(
            @{ Case = 'nobody listens'; Line = 'Get-EbRule -Region eu-west-1 -AK a -SK b -EndpointUrl http://127.0.0.1:1 -EventBusName ' }
            @{ Case = 'an account does not answer'; Line = 'Get-EbRule -Region eu-west-1 -AK a -SK b -EndpointUrl {0} -EventBusName ' }
            @{ Case = 'there is no such profile'; Line = 'Get-EbRule -ProfileName nobody -EventBusName ' }
            @{ Case = 'the region is none'; Line = 'Get-EbRule -Region Atlantis -EventBusName ' }
            @{ Case = 'half of the keys is there'; Line = 'Get-EbRule -AccessKey a -EventBusName ' }
            @{ Case = 'a bracket is open'; Line = "Get-EbRule 'mvp-[' -RuleName " }
            @{ Case = 'the store is not there'; Line = "Get-MvpJob -StorePath ./nowhere/jobs -JobId " }
            @{ Case = 'the settings are not there'; Line = "Get-MvpJob -EnvFile ./nowhere -JobId " }
            @{ Case = 'there are two stores'; Line = "Get-MvpJob -StorePath a -TableName b -JobId " }
        ) {
            Add-Gate
            $gate.Hold('*')
            $said = & { Get-Completion ($Line -f $gate.Url) -Once } *>&1
            $said | Should -BeNullOrEmpty
            $error | Should -BeNullOrEmpty
        }

        It 'is silent without credentials' {
            Stop-EbSandbox
            $error.Clear()
            Get-Completion 'Get-EbRule -Region eu-west-1 -EventBusName ' -Once | Should -BeNullOrEmpty
            Get-Completion 'Get-EbRule ' -Once | Should -BeNullOrEmpty
            $error | Should -BeNullOrEmpty
        }

        It 'serves nothing of a sandbox that has ended, at the same port too' {
            Stop-EbSandbox
            $port = (Start-EbSandbox -Sample).Endpoint -replace '.*:(\d+).*', '$1'
            (Get-Completion 'Get-EbRule ').CompletionText | Should -Contain 'mvp-production'
            Stop-EbSandbox
            Get-Completion 'Get-EbRule ' -Once | Should -BeNullOrEmpty
            $null = Start-EbSandbox -Port $port
            (Get-Completion 'Get-EbRule ').CompletionText | Should -Be 'default'
        }

        It 'does not fail in Constrained Language Mode' {
            $said = Invoke-Shell @"
`$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
Import-Module '$manifest'
`$null = Start-EbSandbox -Sample
for (`$try = 0; `$try -lt 50 -and -not `$names; `$try++) { `$names = (TabExpansion2 'Get-EbRule mvp-' 15).CompletionMatches.CompletionText }
`$names
`$error.Count
"@
            $said | Should -Be 'mvp-development', 'mvp-production', '0'
        }
    }

    Context 'at moto' -Skip:(-not (Get-Command moto_server -ErrorAction Ignore)) {
        BeforeAll {
            Stop-EbSandbox
            $null = Start-EbSandbox -Engine Moto -Sample
        }

        It '<Line>' -ForEach @(
            @{ Line = 'Get-EbRule mvp-'; Expected = 'mvp-development', 'mvp-production' }
            @{ Line = 'Get-EbRule mvp-development mvp-i'; Expected = 'mvp-import-done' }
            @{ Line = 'Get-EbTargetRevision mvp-development mvp-agent-on-upload agent-b'; Expected = 'agent-behind' }
            @{ Line = 'Get-EbTargetRevision -JobDefinition mvp-i'; Expected = 'mvp-import' }
        ) {
            (Get-Completion $Line).CompletionText | Should -Be $Expected
        }
    }
}

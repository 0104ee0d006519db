#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Every example of the help is run, word for word, on the sample account. What an example needs beyond it is made before (-Before), and what it
# shows is looked at where that is said here (-Then); no example may write an error that is not named here (-Throws).
BeforeDiscovery {
    $root = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
    $commands = ([xml] (Get-Content -LiteralPath (Join-Path $(if ($env:EBOPS_TEST_MODULE) { Split-Path -Parent $env:EBOPS_TEST_MODULE } else { $root }) 'en-US/EventBridgeOps.PowerShell.dll-Help.xml') -Raw)).helpItems.command
    $cmdlets = $commands | ForEach-Object { @{ Name = $_.details.name } }
    $examples = foreach ($command in $commands) {
        foreach ($example in $command.examples.example) {
            @{ Name = $command.details.name; Title = $example.title.Trim('- '); Code = $example.code; NeedsMoto = $command.details.name -eq 'New-MvpJobTable' }
        }
    }

    $withoutMoto = if (-not (Get-Command -Name moto_server -ErrorAction Ignore)) { ' SKIPPED: moto_server is not here, and the built-in sandbox has no DynamoDB' }
    $onSandbox = $examples | Where-Object { -not $_.NeedsMoto }
    $onMoto = $examples | Where-Object { $_.NeedsMoto }
    $blocks = [regex]::Matches((Get-Content -LiteralPath (Join-Path $root 'docs/about_EventBridgeOps.md') -Raw), '(?s)```powershell\n(.*?)\n```') | ForEach-Object { @{ Code = $_.Groups[1].Value } }
}

Describe 'Help' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        $culture = [cultureinfo]::CurrentUICulture
        [cultureinfo]::CurrentUICulture = 'en-US' # without a language the shell breaks lines within words
        if ($PSStyle) {
            $rendering = $PSStyle.OutputRendering
            $PSStyle.OutputRendering = 'PlainText'
        }
    }
    AfterAll {
        [cultureinfo]::CurrentUICulture = $culture
        if ($PSStyle) { $PSStyle.OutputRendering = $rendering }
        Stop-Sample
    }

    Context 'that is not installed' {
        It 'is not offered: <Name>' -ForEach $cmdlets {
            (Get-Command -Name $Name).HelpUri | Should -BeNullOrEmpty
            $text = Get-Help -Name $Name -Full | Out-String -Width 200
            $text | Should -Not -Match 'Get-Help [\w-]+ -Online' # The project has no public address yet.
            $text | Should -Not -Match '\bSee (docs/)?errors\.md'
            $text | Should -Match 'about_EventBridgeOps_Errors'
        }

        It 'is not where an error leads' {
            try { Get-EbRule -Region eu-west-1 -ProfileName none -ErrorAction Stop } catch { $_.ErrorDetails.RecommendedAction | Should -BeLike '*Get-Help about_EventBridgeOps_Errors' }
            (Get-Help about_EventBridgeOps_Errors | Out-String) | Should -BeLike '*ProfileNotFound*'
        }
    }

    Context 'of <Name>' -ForEach $cmdlets {
        BeforeAll {
            $help = Get-Help -Name $Name -Full
            $command = Get-Command -Name $Name
        }

        It 'has all parts' {
            $help.Name | Should -Be $Name
            $help.Synopsis | Should -Match '\.$'
            $help.description.Text | Should -Not -BeNullOrEmpty
            @($help.examples.example).Count | Should -BeGreaterOrEqual 3
            $help.inputTypes.inputType.type.name | Should -Not -BeNullOrEmpty
            $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
            "$($help.alertSet.alert.Text)" | Should -Match 'ERRORS'
            $help.relatedLinks.navigationLink.linkText | Should -Contain 'about_EventBridgeOps'
        }

        It 'has the syntax that the shell has' {
            $shown = @($help.syntax.syntaxItem | ForEach-Object {
                    "$($_.name) $(@($_.parameter | ForEach-Object { "$($_.name) $($_.required) $($_.position)" }) -join ', ')"
                })
            $common = [Management.Automation.Cmdlet]::CommonParameters
            $known = @(@($command.ParameterSets | Where-Object IsDefault) + @($command.ParameterSets | Where-Object { -not $_.IsDefault }) | ForEach-Object {
                    $own = @($_.Parameters | Where-Object { $_.Name -notin $common })
                    $ordered = @($own | Where-Object Position -GE 0 | Sort-Object -Property Position) + @($own | Where-Object { $_.Position -lt 0 -and $_.IsMandatory }) +
                        @($own | Where-Object { $_.Position -lt 0 -and -not $_.IsMandatory -and $_.Name -notin 'WhatIf', 'Confirm' }) + @($own | Where-Object Name -in 'WhatIf', 'Confirm' | Sort-Object -Property Name -Descending)
                    "$Name $(@($ordered | ForEach-Object { "$($_.Name) $("$($_.IsMandatory)".ToLowerInvariant()) $(if ($_.Position -lt 0) { 'named' } else { $_.Position })" }) -join ', ')"
                })
            ($shown | Sort-Object) | Should -Be ($known | Sort-Object)
            $shown[0] | Should -Be $known[0]
        }

        It 'describes each parameter as the shell knows it' {
            $own = @($command.Parameters.Values | Where-Object { $_.Name -notin [Management.Automation.Cmdlet]::CommonParameters })
            (@($help.parameters.parameter.name) | Sort-Object) | Should -Be (@($own.Name) | Sort-Object)
            foreach ($parameter in $own) {
                $described = $help.parameters.parameter | Where-Object name -EQ $parameter.Name
                "$($described.description.Text)" | Should -Match '[\w)]\.' -Because $parameter.Name
                $described.aliases | Should -Be $(if ($parameter.Aliases.Count) { $parameter.Aliases -join ', ' } else { 'none' })
                $uses = $parameter.ParameterSets.Values
                $described.pipelineInput | Should -Be $(switch ("$($uses.ValueFromPipeline -contains $true) $($uses.ValueFromPipelineByPropertyName -contains $true)") {
                        'True True' { 'True (ByValue, ByPropertyName)' } 'True False' { 'True (ByValue)' } 'False True' { 'True (ByPropertyName)' } default { 'False' }
                    }) -Because $parameter.Name
                $described.globbing | Should -Be "$($parameter.Attributes.TypeId.Name -contains 'SupportsWildcardsAttribute')" -Because $parameter.Name
            }
        }

        It 'reads well at 80 columns' {
            foreach ($text in (Get-Help -Name $Name | Out-String -Width 80), ($help | Out-String -Width 80), (Get-Help -Name $Name -Examples | Out-String -Width 80), (Get-Help -Name $Name -Parameter * -ErrorAction Ignore | Out-String -Width 80)) {
                $text -split '\r?\n' | ForEach-Object { $_.Length } | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
                $text | Should -Not -Match '`|\*\*|\]\('
            }
        }
    }

    It 'finds the cmdlets and the topics by what they are about' {
        (Get-Help -Name Undo-Eb*).Name | Should -Be 'Undo-EbChange'
        (Get-Help -Name 'dead-letter').Name | Should -Contain 'Test-EbConnection'
    }

    It 'has the topic <_>' -ForEach 'about_EventBridgeOps', 'about_EventBridgeOps_Errors' {
        $topic = Get-Help -Name $_
        "$topic" | Should -BeLike "TOPIC*$_*"
        (Get-Help -Name "$_*" | Where-Object Name -EQ $_).Synopsis.Trim() | Should -Match '\.$'
        "$topic" -split '\r?\n' | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        "$topic" | Should -Not -Match '`|\*\*|\]\('
    }

    It 'tells each error' {
        $topic = "$(Get-Help -Name about_EventBridgeOps_Errors)"
        foreach ($id in [regex]::Matches((Get-Content -LiteralPath (Join-Path $PSScriptRoot '../../docs/errors.md') -Raw), '(?m)^\| `(\w+)` \|') | ForEach-Object { $_.Groups[1].Value }) { $topic | Should -Match "(?m)^    $id\r?\n        Category: " }
    }

    It 'is there without a language too' {
        Invoke-Shell "[cultureinfo]::CurrentUICulture = ''; Import-Module '$manifest'; (Get-Help Get-EbChange).Synopsis; (Get-Help about_EventBridgeOps).Length -gt 1000" | Should -Be 'Gets changes from the journal, oldest first.', 'True'
    }

    It 'is not in the way of <_>' -ForEach 'Update-Help', 'Save-Help' {
        $destination = if ($_ -eq 'Save-Help') { @{ DestinationPath = $scratch } } else { @{ Force = $true } }
        & $_ -Module EventBridgeOps @destination -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure | Where-Object { $_ -notmatch 'EventBridgeOps|UICulture' } | Should -BeNullOrEmpty
        (Get-Help -Name Get-EbChange).Synopsis | Should -Be 'Gets changes from the journal, oldest first.'
    }

    Context 'Examples' {
        BeforeAll {
            $job = 'job_1734567890123_abc123def'
            $uploaded = '{"version":"0","id":"e1","account":"123456789012","region":"eu-west-1","resources":[],"source":"mvp.uploads","detail-type":"Object Created","time":"2026-11-21T09:30:05Z","detail":{"size":3,"state":"done"}}'
            Set-Variable -Name event -Value $uploaded # as in an example; it is the shell's own otherwise
            $moved = '{"source":"aws.batch","detail-type":"Batch Job State Change","detail":{"jobId":"b1","status":"SUCCEEDED","parameters":{"jobId":"' + $job + '"}}}'
            $folder = Join-Path $scratch 'examples'
            $null = New-Item -ItemType Directory -Path $folder

            # Before an example: the sample account, what the examples speak of, and the files that they read.
            function Start-Example([string] $Engine) {
                Get-ChildItem -LiteralPath $folder -Force | Remove-Item -Recurse -Force
                $env:EBOPS_JOB_STORE = $env:EBOPS_JOURNAL = $null
                if ($Engine) {
                    $env:EBOPS_JOURNAL = Join-Path $folder 'journal'
                    Stop-EbSandbox
                    $null = Start-EbSandbox -Engine $Engine -Sample
                }
                else {
                    $env:EBOPS_JOURNAL = Join-Path $scratch 'journal'
                    Start-Sample
                    $env:EBOPS_JOB_STORE = Join-Path $folder 'jobs.store'
                    $null = Push-Image newsarchive-backend abc1234
                }

                $entry = @{ Source = 'mvp.uploads'; DetailType = 'Object Created'; Detail = '{"size":3}' } | ConvertTo-Json -Compress
                $files = @{
                    'upload.json' = $uploaded; 'event.json' = $uploaded; 'events.jsonl' = $uploaded, $uploaded; 'rule.json' = '{"source":["mvp.uploads"]}'
                    'entry.json' = $entry; 'entries.json' = "[$entry,$entry]"; 'entries.jsonl' = $entry, $entry
                    'events.csv' = 'Source,DetailType,Detail', 'app,Done,"{""a"":1}"', 'app,Done,'; 'requests.csv' = 'UserId,ProductId', 'user1,p1', 'user2,p2'
                    'patterns.tests.jsonl' = '{"name":"uploads","event":"{\"source\":\"mvp.uploads\"}","pattern":"{\"source\":[\"mvp.uploads\"]}","expect":"match"}'
                    'template.yaml' = 'Resources:', '  Uploads:', '    Type: AWS::Events::Rule', '    Properties:', '      EventPattern:', '        source: [mvp.uploads]', '      Targets:', '        - Id: one', '          Arn: arn:aws:sqs:eu-west-1:123456789012:q'
                    '.env.eventbridge' = 'EVENTBRIDGE_BUS_NAME=mvp-production', # no rule takes requests there, so no example waits for a job
                        'DYNAMODB_TABLE_NAME=mvp-help-jobs'
                    'job-state-change.json' = $moved; 'job-state-changes.jsonl' = $moved, $moved
                }
                Copy-Item -Path (Join-Path $PSScriptRoot '../../examples/ecr-push-event.json'), (Join-Path $PSScriptRoot '../../examples/audio-*') -Destination $folder
                foreach ($file in $files.GetEnumerator()) { Set-Content -LiteralPath (Join-Path $folder $file.Key) -Value $file.Value }
                if (-not $Engine) { Sync-EbBatchTarget mvp-development -PlanPath (Join-Path $folder 'plan.json') -WarningAction Ignore }
                $packed = [IO.Compression.GZipStream]::new([IO.File]::Create((Join-Path $folder 'week.jsonl.gz')), [IO.Compression.CompressionMode]::Compress)
                $packed.Write([Text.Encoding]::UTF8.GetBytes("$uploaded`n$uploaded`n"))
                $packed.Dispose()
            }

            # What it writes, as a user sees it; what it writes to the error stream fails the test.
            function Invoke-Example([string] $Code) {
                $errors = $null
                $shown = Invoke-Command -ScriptBlock ([scriptblock]::Create($Code)) -NoNewScope -ErrorVariable errors -WarningAction Ignore *>&1 | Out-String -Width 120
                $errors | Should -BeNullOrEmpty -Because $Code
                $shown
            }

            # AWS.Tools, as far as the examples call it.
            function Get-EVBRule([string] $EventBusName) { (Get-EbRule $EventBusName).RuleName | ForEach-Object { Get-ToolsRule $EventBusName $_ } }
            function Get-EVBTargetsByRule([string] $Rule, [string] $EventBusName) { Get-ToolsTarget $EventBusName $Rule }
            function Receive-SQSMessage([string] $QueueUrl) { if ($QueueUrl) { [pscustomobject]@{ Body = $moved } } }
            $queue = 'https://sqs.eu-west-1.amazonaws.com/123456789012/q'

            function Install-Function {
                New-FunctionPackage (Join-Path $folder 'function.zip')
                $null = Install-EbAutomation (Join-Path $folder 'function.zip')
            }
            function Send-Job { $null = Send-MvpRequest -UserId user123 -ProductId prod456 -JobId $job -EventBusName mvp-development }
            function Add-Change([string] $Id) {
                Sync-EbBatchTarget mvp-production -ErrorAction Ignore -WarningAction Ignore
                $made = (Get-EbChange -Last 1).Id
                foreach ($file in Get-ChildItem -LiteralPath $env:EBOPS_JOURNAL -Filter *.jsonl) {
                    [IO.File]::WriteAllText($file.FullName, (Get-Content -LiteralPath $file.FullName -Raw).Replace($made, $Id))
                }
            }

            # A project of the account of the sandbox, with one environment more.
            function New-Shop([string] $Environment) {
                Remove-Item -Path shop -Recurse -ErrorAction Ignore
                $null = New-EbProject shop -Sample orchestrator
                $text = (Get-Content -LiteralPath shop/ebproject.yaml -Raw) -replace '111122223333', '123456789012'
                if ($Environment) { $text = $text -replace '(?m)^environments:\r?\n', "environments:`n  ${Environment}:`n    account: `"123456789012`"`n    region: eu-west-1`n    bus: shop-$Environment`n" }
                Set-Content -LiteralPath shop/ebproject.yaml -Value $text
            }

            # Who deploys projects.
            function New-Deployer {
                $trust = [uri]::EscapeDataString('{"Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}}')
                $lenient = if ($PSEdition -eq 'Core') { @{ SkipHeaderValidation = $true } } else { @{} }
                foreach ($form in "Action=CreateRole&RoleName=deployer&AssumeRolePolicyDocument=$trust", 'Action=CreateUser&UserName=ann') {
                    $null = Invoke-RestMethod @lenient -Uri $env:AWS_ENDPOINT_URL -Method Post -ContentType 'application/x-www-form-urlencoded' -Body "$form&Version=2010-05-08" -Headers @{ Authorization = 'AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0' }
                }
            }

            # By the cmdlet, or the cmdlet and the start of the example's title.
            $before = @{
                'Get-EbChange'                          = { Sync-EbBatchTarget mvp-production -ErrorAction Ignore -WarningAction Ignore }
                'Undo-EbChange'                         = { Add-Change 20261121T093005Z-3f9a1c }
                'Get-EbArchive'                         = { New-Archive }
                'Get-EbReplay'                          = { New-Archive; Start-EbReplay mvp-archive -From 1h -ReplayName mvp-replay -Force -Confirm:$false }
                'Start-EbReplay'                        = { New-Archive }
                'Stop-EbReplay'                         = { New-Archive; Start-EbReplay mvp-archive -From 1h -ReplayName mvp-replay -Force -Confirm:$false }
                'Compare-EbRoute'                       = { Get-EbRule mvp-development | ConvertTo-Json -Depth 10 | Set-Content today.json }
                'Get-MvpJob'                            = { Send-Job; $moved | Update-MvpJob }
                'Stop-MvpJob'                           = { Send-Job }
                'Update-MvpJob'                         = { Send-Job }
                'Repair-MvpJob'                         = { Add-Fault '{"operation":"PutEvents","times":1,"fault":{"kind":"partialFailure","code":"AccessDeniedException"}}'; Send-MvpRequest -UserId user123 -ProductId prod456 -JobId $job -EventBusName mvp-development -ErrorAction Ignore }
                'Start-EbSandbox'                       = { Stop-EbSandbox }
                'Install-EbAutomation'                  = { New-FunctionPackage (Join-Path $folder 'function.zip') }
                'Get-EbAutomation'                      = { Install-Function }
                'Get-EbAutomationLog'                   = { Install-Function }
                'Invoke-EbAutomation'                   = { Install-Function }
                'Test-EbAutomation'                     = { Install-Function }
                'Uninstall-EbAutomation'                = { Install-Function }
                'Export-EbProject'                      = { Remove-Item -Path shop, terraform -Recurse -ErrorAction Ignore; New-EbProject shop -Sample orchestrator }
                'New-EbProject'                         = { Remove-Item -Path shop, contracts, jobs -Recurse -ErrorAction Ignore }
                'Publish-EbProject'                     = { New-Shop }
                'Publish-EbProject/Publish an env'      = { New-Shop -Environment production }
                'Unpublish-EbProject'                   = { New-Shop; $null = Publish-EbProject shop -SkipTest -Confirm:$false }
                'Get-EbProjectStatus'                   = { New-Shop; $null = Publish-EbProject shop -SkipTest -Confirm:$false }
                'Get-EbProjectStatus/Fail a pipeline'   = { New-Shop -Environment production }
                'Grant-EbProjectPermission'             = { New-Shop; New-Deployer }
                'Get-EbProjectLog'                      = { New-Shop; $null = Publish-EbProject shop -SkipTest -Confirm:$false }
                'Test-EbProject'                        = { Remove-Item -Path shop -Recurse -ErrorAction Ignore; New-EbProject shop -Sample orchestrator; (Get-Content -LiteralPath shop/ebproject.yaml) -replace '111122223333', '123456789012' | Set-Content -LiteralPath shop/ebproject.yaml; if (-not (Test-Path -LiteralPath ebproject.yaml)) { New-EbProject . -Sample mvp } }
                'Stop-EbSandbox'                        = { Stop-EbSandbox }
                'Send-MvpRequest/Try it without'        = { Stop-EbSandbox }
                'Stop-EbSandbox/Show a message'         = { Start-EbSandbox }
                'Send-EbDeployment/Send the event from' = { $env:GITHUB_ACTIONS = 'true'; $env:GITHUB_REF_NAME = 'main'; $env:GITHUB_STEP_SUMMARY = Join-Path $folder 'summary.md' }
            }
            $then = @{
                'Sync-EbBatchTarget/Preview the changes' = { $shown | Should -Match 'agent-behind +mvp-agent:2 -> :3 +Updated' }
                'Sync-EbBatchTarget/Roll back'           = { (Get-EbTargetRevision mvp-production mvp-agent*).Revision | Should -Be 2 }
                'Sync-EbBatchTarget/Use it with'         = { (Get-EbTargetRevision mvp-development mvp-agent-on-upload).State | Should -Not -Contain 'Behind' }
                'Get-EbTargetRevision/Find targets'      = { $shown | Should -Match 'agent-inactive' }
                'Get-EbTargetRevision/Save the'          = { (Import-Csv (Join-Path $folder 'targets.csv')).Count | Should -Be 15; $shown | Should -Match '"State": "Behind"' }
                'Get-EbRoute/Test a template'            = { $shown | Should -Match 'Uploads' }
                'Get-EbRoute/Show the exact'             = { $shown | Should -Match 'GREETING' }
                'Compare-EbRoute/Show which events'      = { $shown | Should -Match 'mvp-agent-on-upload.*Removed' }
                'Start-EbReplay/Show what a replay'      = { $shown | Should -Match 'WouldStart'; Get-Call | Should -Not -Contain 'StartReplay' }
                'Stop-EbReplay/Cancel a replay'          = { $shown | Should -Match 'mvp-replay .*Cancelling' }
                'Send-EbEvent/Send events that were'     = { $shown | Should -Match 'e1 +Sent' }
                'Compare-EbSchema/Does the new version'  = { $shown | Should -Match 'Breaks +Producer .*/metadata/size must follow "minimum": 1' }
                'Test-EbSchema/Show what is wrong'       = { $shown | Should -Match '/metadata/uploadTime is "yesterday", which is not a valid date-time' }
                'ConvertTo-EbSchema/Infer a schema'            = { Get-Content (Join-Path $folder 'inferred.json') -Raw | Should -Match '"AudioUploaded"' }
                'ConvertTo-EbEvent/Create a file'        = { Get-Content (Join-Path $folder 'events.jsonl') | Should -HaveCount 2 }
                'Undo-EbChange/Preview and undo'         = { (Get-EbTargetRevision mvp-production mvp-agent-on-upload).State | Should -Be 'Inactive' }
                'Update-BatchImage/Process an event'     = { (Get-BatchImage newsarchivepro-ocr-job-definition).ImageTag | Should -Be 'v43' }
                'Update-MvpJob/Process one event'        = { $shown | Should -Match 'Succeeded' }
                'Update-MvpJob/Process the events'       = { $shown | Should -Match 'Succeeded' }
                'Repair-MvpJob/Repair one job'           = { (Get-MvpJob $job).State | Should -Be 'Queued' }
                'Stop-MvpJob/Stop one job'               = { (Get-MvpJob $job).State | Should -Be 'Cancelled' }
                'Send-EbDeployment/Send the event from'  = { Get-Content (Join-Path $folder 'summary.md') -Raw | Should -Match 'myproject_backend' }
                'Send-EbDeployment/Show the event'       = { Get-Call | Should -Not -Contain 'PutEvents' }
                'Send-EbEvent/Send a file'               = { $shown | Should -Match '2 Sent' }
                'Test-EbPattern/Does the pattern'        = { $shown | Should -Match 'True' }
                'Measure-EbPattern/Count the matching'   = { $shown | Should -Match 'done' }
                'Test-EbProject/List who takes'          = { $shown | Should -Match 'transcribe-uploads' }
                'New-MvpJobTable/Create the table that'  = { $shown | Should -Match 'Created'; $shown | Should -Match 'Sent' }
                'Push-EbSandboxImage/Push an image'      = { (Get-BatchImage newsarchivepro-ocr-job-definition).ImageTag | Should -Be 'v44' }
                'Push-EbSandboxImage/Push several'       = { $shown | Should -Match '(?s)newsarchive-backend +v45 .*myproject_backend +v45 ' }
                'Step-EbSandboxClock/Let a day'          = { $shown | Should -Match ', 1d ahead' }
                'Step-EbSandboxClock/Advance the clock'  = { (Get-EbSandbox).Time.Minute | Should -Be 0 }
                'Get-EbSandbox/Count the events'         = { $shown | Should -Match '(?m)^1\r?$' }
                'Stop-EbSandbox/Stop the sandbox'        = { $env:AWS_ENDPOINT_URL | Should -BeNullOrEmpty }
            }
            $throws = @{
                'Export-EbReport/Show a table'        = 'Drift was found in 7 of 15 items*'
                'Export-EbReport/Fail a step'         = 'Drift was found in 1 of 10 items*'
                'Get-EbTargetRevision/Fail on drift'  = 'Drift was found in 7 of 15 items*'
                'Get-EbProjectStatus/Fail a pipeline' = 'The event bus differs from the project.'
                'Test-EbConnection/Stop a script'     = 'The connection check failed.'
            }

            function Find-Word([hashtable] $Words) { $Words.Keys | Where-Object { "$Name/$($Title -replace '^Example \d+: ')" -like "$_*" -and ($_ -match '/' -or $Name -eq $_) } | Sort-Object -Property Length | ForEach-Object { $Words[$_] } }

            function Test-Example([string] $Engine) {
                if ($PSEdition -eq 'Desktop' -and $Code -match '-EnumsAsStrings') { Set-ItResult -Skipped -Because 'Windows PowerShell has no -EnumsAsStrings' }
                Start-Example $Engine
                $env:GITHUB_SHA = 'abc1234'
                Push-Location -LiteralPath $folder
                try {
                    foreach ($prepare in Find-Word $before) { $null = & $prepare }
                    if (-not $Engine -and $env:AWS_ENDPOINT_URL) { $null = Get-Call }
                    if ($message = Find-Word $throws) { { Invoke-Example $Code } | Should -Throw $message }
                    else {
                        $shown = Invoke-Example $Code
                        foreach ($look in Find-Word $then) { & $look }
                    }
                }
                finally {
                    Pop-Location
                    foreach ($variable in 'GITHUB_ACTIONS', 'GITHUB_REF_NAME', 'GITHUB_STEP_SUMMARY', 'GITHUB_SHA') { Remove-Item -LiteralPath "Env:$variable" -ErrorAction Ignore }
                }
            }
        }

        It '<Name>, <Title>' -ForEach $onSandbox { Test-Example }

        It "<Name>, <Title>$withoutMoto" -ForEach $onMoto -Skip:([bool] $withoutMoto) { Test-Example -Engine Moto }

        It 'are there for all that is said here of them' {
            $titles = ([xml] (Get-Content -LiteralPath (Join-Path (Split-Path -Parent $manifest) 'en-US/EventBridgeOps.PowerShell.dll-Help.xml') -Raw)).helpItems.command |
                ForEach-Object { $command = $_.details.name; $command; $_.examples.example | ForEach-Object { "$command/$($_.title.Trim('- ') -replace '^Example \d+: ')" } }
            foreach ($known in @($before.Keys) + @($then.Keys) + @($throws.Keys)) { @($titles | Where-Object { $_ -like "$known*" }).Count | Should -BeGreaterThan 0 -Because $known }
        }

        It 'of about_EventBridgeOps: <Code>' -ForEach $blocks {
            if (-not $env:AWS_ENDPOINT_URL -and $Code -notlike 'Start-EbSandbox*') { Start-Example }
            if ($Code -like 'Start-EbSandbox*') { Stop-EbSandbox }
            Push-Location -LiteralPath $folder
            try {
                if ($Code -match '-FailOnDrift') { { Invoke-Example $Code } | Should -Throw 'Drift was found in *' }
                else { $null = Invoke-Example $Code }
            }
            finally { Pop-Location }
        }
    }
}

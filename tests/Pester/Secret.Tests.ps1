#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Cmdlets.ps1')
    $withKeys = @($allCmdlets | Where-Object { $_.Parameters.ContainsKey('SecretKey') } | ForEach-Object Name)
    $scenarios = @(
        $readingCmdlets | ForEach-Object { @{ Name = $_; Script = [scriptblock]::Create("$_ @keys") } }
        @{ Name = 'Get-EbRule of a bus that there is not'; Script = { Get-EbRule nowhere @keys } }
        @{ Name = 'Get-EbTargetRevision'; Script = { Get-EbTargetRevision * @keys } }
        @{ Name = 'Sync-EbBatchTarget'; Script = { Sync-EbBatchTarget * @keys -PassThru } }
        @{ Name = 'Get-EbChange and Undo-EbChange'; Script = { Get-EbChange | Undo-EbChange @keys -PassThru } }
        @{ Name = 'Invoke-EbPlan'; Script = {
                $saved = Join-Path $scratch 'plan.json'
                Sync-EbBatchTarget * -PlanPath $saved @keys
                Invoke-EbPlan $saved @keys -PassThru
            }
        }
        @{ Name = 'Update-BatchImage'; Script = { Update-BatchImage -RepositoryName mvp-agent -ImageTag v9 -SkipImageCheck @keys } }
        @{ Name = 'Update-EbService'; Script = { Update-EbService mvp-cluster mvp-api @keys -PassThru } }
        @{ Name = 'Resume-, Export- and Remove-EbDeadLetter'; Script = { Resume-EbDeadLetter @keys; Export-EbDeadLetter -Path (Join-Path $scratch 'letters.jsonl') @keys; Remove-EbDeadLetter -Confirm:$false @keys } }
        @{ Name = 'the automation'; Script = { Install-EbAutomation @keys; Invoke-EbAutomation drift-check @keys; Test-EbAutomation @keys; Uninstall-EbAutomation -Confirm:$false @keys } }
        @{ Name = 'the replays'; Script = { Start-EbReplay nowhere -From 1h -Confirm:$false @keys; Stop-EbReplay nowhere -Confirm:$false @keys } }
        @{ Name = 'an event project'; Script = {
                $project = Join-Path $scratch 'shop'
                New-EbProject $project
                Publish-EbProject $project -Confirm:$false @keys
                Grant-EbProjectPermission $project -Apply nobody @keys
                Get-EbProjectStatus $project @keys
                Get-EbProjectLog $project @keys
                Test-EbProject $project -Live @keys
                Unpublish-EbProject $project -Discard Archive -Confirm:$false @keys
            }
        }
        @{ Name = 'Send-EbEvent'; Script = { Send-EbEvent -Source a.b -DetailType c -Detail @{ password = 'plantedInput' } @keys } }
        @{ Name = 'Send-EbEvent of a bad entry'; Script = { '{"Source":"a","DetailType":"b","Detail":"{\"password\":\"plantedInput\"' | Send-EbEvent @keys } }
        @{ Name = 'Send-EbDeployment'; Script = { Send-EbDeployment -Repository team/app -Tag v1 @keys } }
        @{ Name = 'Send-MvpRequest'; Script = { Send-MvpRequest -JobId one -UserId u -ProductId p -EventBusName mvp-development -DatabaseUrl $url -AllowPlainDatabaseUrl @keys -PassThru } }
        @{ Name = 'Send-MvpRequest that is refused'; Script = { Send-MvpRequest -UserId u -ProductId p -DatabaseUrl $url @keys } }
        @{ Name = 'Repair-MvpJob'; Script = { Repair-MvpJob -DatabaseUrl $url @keys } }
        @{ Name = 'Stop-MvpJob'; Script = { Stop-MvpJob one @keys } }
        @{ Name = 'Test-EbConnection'; Script = { Test-EbConnection -EventBusName mvp-development @keys } }
        @{ Name = 'Test-EbPattern'; Script = { Test-EbPattern -RuleName * -Event '{"source":"a"}' @keys } }
        @{ Name = 'Measure-EbPattern'; Script = { Measure-EbPattern -RuleName * -Event '{"source":"a"}' @keys } }
        @{ Name = 'Update-MvpJob'; Script = { '{"password":"plantedInput"' | Update-MvpJob @keys } }
        @{ Name = 'New-MvpJobTable'; Script = { New-MvpJobTable @keys } }
        @{ Name = 'Get-EbRoute'; Script = { Get-EbRoute -Event '{"source":"a","detail-type":"b","detail":{}}' @keys } }
        @{ Name = 'a file of settings'; Script = { Get-MvpJob -EnvFile $settings; Send-EbDeployment -Repository a -Tag b -EnvFile $settings } }
        @{ Name = 'an endpoint with a password in it'; Script = { Get-EbRule @keys -EndpointUrl $endpoint } }
        @{ Name = 'an endpoint with a password in the environment'; Script = {
                $before = $env:AWS_ENDPOINT_URL
                $env:AWS_ENDPOINT_URL = $endpoint
                $env:AWS_MAX_ATTEMPTS = '1'
                try { Get-EbRule @keys } finally { $env:AWS_ENDPOINT_URL = $before; Remove-Item Env:AWS_MAX_ATTEMPTS }
            }
        }
        @{ Name = 'half of the keys'; Script = { Get-EbRule -SecretKey plantedSecretKey } }
        @{ Name = 'credentials of no use'; Script = { Get-EbRule -Credential ([pscustomobject]@{ SecretKey = 'plantedSecretKey' }) } }
        @{ Name = 'completion'; Script = {
                foreach ($line in "Get-EbRule -AK AKIDPLANTEDKEY00 -SK plantedSecretKey -ST plantedSessionToken -EventBusName ", "Get-EbRule -EndpointUrl http://user:plantedUrlPassword@127.0.0.1:1/ -EventBusName ") {
                    TabExpansion2 -inputScript $line -cursorColumn $line.Length | ForEach-Object CompletionMatches
                }
            }
        }
    )
}

Describe 'Secrets' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        Start-Sample
        $null = Push-Image team/app v1

        # Each is a text of its own that nothing else contains, so that a piece of it is found wherever it may be.
        $keys = @{ AccessKey = 'AKIDPLANTEDKEY00'; SecretKey = 'plantedSecretKey/wJalrXUtnFEMI'; SessionToken = 'plantedSessionToken//FwoGZXIvYXdz' }
        $url = 'postgres://dbuser:plantedDbPassword@db.example.com:5432/mvp'
        $endpoint = 'http://user:plantedUrlPassword@127.0.0.1:1/'
        $planted = 'plantedSecretKey', 'plantedSessionToken', 'plantedDbPassword', 'plantedUrlPassword', 'plantedEnvSecret', 'plantedInput'
        $env:EBOPS_JOB_STORE = Join-Path $scratch 'jobs.jsonl'
        $env:FOUNDERDASH_DB_URL = $url
        $settings = Join-Path $scratch 'settings.env'
        Set-Content -LiteralPath $settings -Value 'AWS_SECRET_ACCESS_KEY=plantedEnvSecret', 'AWS_ACCESS_KEY_ID=AKIDENVFILE00', 'AWS_SESSION_TOKEN=plantedEnvSecretToken'

        # All that a script says on any stream, and of its errors what they hold inside. What the user typed the shell knows and shows itself
        # (a record's InvocationInfo), so that is left out.
        function Get-Said([scriptblock] $Script) {
            $error.Clear()
            $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
            $null = $VerbosePreference, $DebugPreference, $InformationPreference
            $records = @(try { & $Script *>&1 } catch { $_ }) + @($error)
            $text = foreach ($record in $records) {
                if ($record -is [Management.Automation.ErrorRecord]) {
                    "$record $($record.ErrorDetails) $($record.FullyQualifiedErrorId)"
                    "$($record.CategoryInfo)"
                    $record.TargetObject | Format-List -Property * | Out-String -Width 4096
                    if ($record.TargetObject -is [string]) { $record.TargetObject }
                    for ($cause = $record.Exception; $cause; $cause = $cause.InnerException) { "$cause $($cause.Data.Values)" }
                }
                elseif ($record -is [Management.Automation.InformationalRecord] -or $record -is [Management.Automation.InformationRecord]) { "$record" }
                else { ($record | Format-List -Property * | Out-String -Width 4096) + ($record | ConvertTo-Json -Depth 5 -WarningAction Ignore) }
            }
            $text -join "`n"
        }

        function Assert-Silence([string] $Text, [string] $Where) {
            foreach ($secret in $planted) { $Text.Contains($secret) | Should -BeFalse -Because "$secret must not be in $Where" }
        }
    }
    AfterAll { Stop-Sample }

    It 'are nowhere in what <Name> says' -ForEach $scenarios {
        Assert-Silence (Get-Said $Script) 'what is said'
    }

    It 'are looked for in what each cmdlet says that is told credentials' -ForEach @(@{ All = $withKeys; Told = "$($scenarios.Script)" }) {
        $All | Where-Object { $Told -notmatch "\b$_\b" } | Should -BeNullOrEmpty
    }

    It 'are in no file: journal, store of jobs or any other' {
        $files = Get-ChildItem -LiteralPath $scratch, $env:EBOPS_JOURNAL -Recurse -File -Force | Where-Object FullName -NE $settings
        $files.Name | Should -Contain 'jobs.jsonl'
        @($files | Where-Object FullName -Like "$env:EBOPS_JOURNAL*") | Should -Not -BeNullOrEmpty
        foreach ($file in $files) { Assert-Silence ([IO.File]::ReadAllText($file.FullName)) $file.FullName }
    }

    It 'would be found, were they there' {
        { Assert-Silence (Get-Said { Write-Verbose plantedSecretKey }) 'a verbose line' } | Should -Throw
        { Assert-Silence (Get-Said { throw [Exception]::new('outside', [Exception]::new('plantedDbPassword')) }) 'an inner error' } | Should -Throw
    }
}

#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'The README' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        $root = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
        $readme = (Get-Content -LiteralPath (Join-Path $root 'README.md') -Raw) -replace '\r'

        # Statements that are not run here, by how they begin, and why.
        $notRun = @{
            'dotnet build'                                                             = 'done already, or there would be no module to test'
            'Register-PSResourceRepository '                                           = 'Package.Tests.ps1 runs it'
            'Install-PSResource -Name EventBridgeOps -Repository EventBridgeOps'       = 'Package.Tests.ps1 runs it on the packages of the build'
            'Install-PSResource -Name EventBridgeOps '                                 = 'the package is not published'
        }

        # What a statement shows at 80 columns, by how it begins. '' is nothing.
        $shown = @{
            'Import-Module '                                                           = ''
            'Start-EbSandbox '                                                         = '(?s)Page +: http://127\.0\.0\.1:\d+/_sandbox/.*Sample +: 11 rules on 3 buses'
            'Get-EbRule '                                                              = 'mvp-import-done +ENABLED +2 \{"source":\["mvp\.import"\]'
            'Get-EbTargetRevision -EventBusName * '                                    = '(?s)newsarchive-oc\S+ +ocr +\S+:1 +1 Current.*mvp-agent-on-upload +agent-behind +mvp-agent:2 +3 Behind.*mvp-pipeline\S+ +pipeline +mvp-pipeline\S+:1 +2 Behind.*mvp-cleanup-on-delete +cleanup +mvp-cleanup:1 +Missing'
            'Get-EbTargetRevision -EventBusName * | Where-Object State -in Behind,I'   = '6 would be updated, 2 skipped\.'
            'Sync-EbBatchTarget '                                                      = '(?s)agent-behind +mvp-agent:2 -> :3 +Updated.*4 updated, 4 already current\.'
            'Get-EbChange -Last 5 '                                                    = 'Sync +Applied +'
            'Get-EbChange -Last 1 | '                                                  = '(?s)agent-behind +mvp-agent:3 -> :2 +Reverted.*4 reverted\.'
            'Get-BatchImage '                                                          = 'newsarchive\S+:1 +default +newsarchi\S+:v41 +[0-9a-f]{12} +Exists'
            'Update-BatchImage '                                                       = '(?s)1 updated\..*newsarch\S+ +ocr +newsarch\S+:1 -> :2 +Updated.*1 updated\.'
            'Get-Content examples/ecr-push-event.json '                                = '(?s)1 updated\..*newsarch\S+ +ocr +newsarch\S+:2 -> :3 +Updated'
            'Send-EbEvent '                                                            = '1 sent\.'
            'Import-Csv '                                                              = '(?s)user123 +prod456 +Queued +Sent.*3 sent\.'
            'Get-MvpJob '                                                              = 'user123 +Corner Bakery +\S+ \S+ +Queued'
            'Send-EbDeployment '                                                       = '1 sent\.'
            'Test-EbConnection '                                                       = 'NG +target pipeline: mvp-pipeline-job-definition:1 is Behind'
            'Get-EbRoute -Event '                                                      = '(?s)agent-current +Delivered \{"bucket":\{"name":"mvp-uploads.*agent-inactive +Failing +revision 1 is deregistered'
            'Get-EbRoute -EventPath '                                                  = 'mvp-agent-on-delete +agent +Failing +revision 1 is deregistered'
            'Test-EbPattern -PatternPath '                                             = '^\s*True\s*$'
            'Get-Content examples/events.jsonl '                                       = '(?s)matches events\.jsonl:1.*does not match events\.jsonl:2.*found +0'
            'Test-EbPattern -RulePath '                                                = 'mvp-agent-on-delete: valid'
            'Test-EbPattern -CaseFile '                                                = '(?s)a deletion does not +NoMatch NoMatch.*Invalid Invalid'
            'Measure-EbPattern '                                                       = 'rule\.json +104 +173 +0 60\.12 '
            'Stop-EbSandbox '                                                          = ''
        }

        function Find-Word([hashtable] $Words, [string] $Statement) {
            $Words.Keys | Where-Object { "$Statement ".StartsWith($_, [StringComparison]::Ordinal) } | Sort-Object -Property Length | Select-Object -Last 1
        }

        $blocks = [regex]::Matches($readme, '(?ms)^```(\w*)\n(.*?)^```')
        $statements = @($blocks | Where-Object { $_.Groups[1].Value -eq 'powershell' } | ForEach-Object {
                [Management.Automation.Language.Parser]::ParseInput($_.Groups[2].Value, [ref] $null, [ref] $null).EndBlock.Statements.Extent.Text
            })
        $session = @($blocks | Where-Object { $_.Groups[1].Value -eq 'console' } | ForEach-Object { $_.Groups[2].Value -split '\n' -match '^PS> ' -replace '^PS> ' })

        # What is left of a clone that is built, without what the lines create in it.
        $clone = Join-Path $scratch 'clone'
        $null = New-Item -ItemType Directory -Path $clone
        foreach ($part in 'EventBridgeOps.psd1', 'module', 'en-US', 'examples') { Copy-Item -LiteralPath (Join-Path $root $part) -Destination $clone -Recurse }

        # Runs statements one after the other in a shell of their own, and gives what each one shows, and its errors.
        function Invoke-Statement([string[]] $Statement) {
            ConvertTo-Json -InputObject @($Statement) | Set-Content -LiteralPath (Join-Path $scratch 'statements.json')
            Set-Content -LiteralPath (Join-Path $scratch 'run.ps1') -Value @'
$results = foreach ($statement in Get-Content -LiteralPath "$PSScriptRoot/statements.json" -Raw | ConvertFrom-Json) {
    $Error.Clear()
    $text = try { . ([scriptblock]::Create($statement)) 2>$null 3>&1 6>&1 | Out-String -Width 80 } catch { $null = $_ }
    [pscustomobject]@{ Statement = $statement; Text = $text; Errors = @($Error | ForEach-Object { "$_" }) }
}
[pscustomobject]@{ Results = @($results); Endpoint = $env:AWS_ENDPOINT_URL } | ConvertTo-Json -Depth 3 | Set-Content -LiteralPath "$PSScriptRoot/results.json"
'@
            Push-Location -LiteralPath $clone
            try { $null = & (Get-ShellPath) -NoProfile -NonInteractive -File (Join-Path $scratch 'run.ps1') }
            finally { Pop-Location }
            Get-Content -LiteralPath (Join-Path $scratch 'results.json') -Raw | ConvertFrom-Json
        }
    }
    AfterAll { Stop-Sample }

    It 'does what its lines of PowerShell say, without an error' {
        $run = Invoke-Statement ($statements | Where-Object { -not (Find-Word $notRun $_) })
        foreach ($result in $run.Results) {
            $result.Errors | Should -BeNullOrEmpty -Because $result.Statement
            $word = Find-Word $shown $result.Statement
            $word | Should -Not -BeNullOrEmpty -Because "it is said here what this shows: $($result.Statement)"
            if ($shown[$word]) { $result.Text | Should -Match $shown[$word] -Because $result.Statement }
            else { $result.Text.Trim() | Should -BeNullOrEmpty -Because $result.Statement }
        }

        $run.Endpoint | Should -BeNullOrEmpty
    }

    It 'does in one line what its beginning says' {
        $session | Should -HaveCount 1
        $run = Invoke-Statement ('Import-Module ./EventBridgeOps.psd1', 'Start-EbSandbox -Sample', $session[0])
        $run.Results[2].Errors | Should -BeNullOrEmpty
        $run.Results[2].Text | Should -Match '(?s)agent-inactive +mvp-agent:1 -> :3 +Updated.*6 updated, 2 skipped\.'
    }

    It 'has the lines of which something is said here' {
        foreach ($word in @($notRun.Keys) + @($shown.Keys)) { @($statements | Where-Object { "$_ ".StartsWith($word, [StringComparison]::Ordinal) }).Count | Should -BeGreaterThan 0 -Because $word }
    }

    It 'names each cmdlet that there is' {
        foreach ($name in (Get-Command -Module EventBridgeOps).Name) { $readme + (Get-Content -LiteralPath (Join-Path $root 'CHANGELOG.md') -Raw) | Should -BeLike "*$name*" }
    }
}

#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'What a person sees' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        Start-Sample
        $targets = Get-EbTargetRevision *
        Sync-EbBatchTarget mvp-development
        $rules = Get-EbRule *
        $change = Get-EbChange
        $results = Get-EbTargetRevision * | Sync-EbBatchTarget -WhatIf -PassThru -WarningAction SilentlyContinue -ErrorAction SilentlyContinue

        # What a shell of 80 columns without colours shows.
        function Get-Shown($Object) {
            if ($PSStyle) { $PSStyle.OutputRendering = 'PlainText' }
            ($Object | Out-String -Width 80) -split '\r?\n' | ForEach-Object { $_.TrimEnd() }
        }
    }
    AfterAll { Stop-Sample }

    It 'groups targets by bus, with short job definitions and the state' {
        $shown = Get-Shown $targets
        $shown | Should -Contain '   Event bus: mvp-development'
        $shown | Where-Object { $_ -match '^Rule +Target +JobDefinition +Latest State$' } | Should -HaveCount 3
        $shown | Where-Object { $_ -match '^mvp-agent-on-upload +agent-inactive +mvp-agent:1 +3 Inactive$' } | Should -HaveCount 1
    }

    It 'shows <Name> in a table of 80 columns' -ForEach @(
        @{ Name = 'rules'; Header = '^Rule +State +Targets Schedule or pattern$' }
        @{ Name = 'results'; Header = '^Rule +Target +From -> To +Status$' }
        @{ Name = 'change'; Header = '^Id +Kind +Status +Who +What$' }
        @{ Name = 'items'; Header = '^Rule +Target +From -> To +Status$' }
        @{ Name = 'ruleTargets'; Header = '^Target +JobDefinition +Arn$' }
    ) {
        $items = $change.Items
        $ruleTargets = $rules[0].Targets
        $shown = Get-Shown (Get-Variable -Name $Name -ValueOnly)
        @($shown | Where-Object { $_ -match $Header }).Count | Should -BeGreaterThan 0
        $shown | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
    }

    It 'says shortly what a result changes' {
        Get-Shown $results | Where-Object { $_ -match 'mvp-report:1 -> :2 +WouldUpdate$' } | Should -HaveCount 1
    }

    It 'shows the sandbox on lines, with its page' {
        Stop-EbSandbox
        $shown = Get-Shown (Start-EbSandbox -Sample)
        $shown | Where-Object { $_ -match '^Endpoint +: http://127\.0\.0\.1:\d+$' } | Should -HaveCount 1
        $shown | Where-Object { $_ -match '^Page +: http://127\.0\.0\.1:\d+/_sandbox/$' } | Should -HaveCount 1
        $shown | Where-Object { $_ -match '^Sample +: 11 rules on 3 buses$' } | Should -HaveCount 1
    }

    It 'leaves the documents out of lists' {
        Get-Shown ($targets[0] | Format-List) | Should -Not -Match 'BatchParameters'
        Get-Shown ($targets[0] | Format-List -Property *) | Where-Object { $_ -like 'Document*' } | Should -HaveCount 1
    }

    It 'colours states only where the shell shows colours' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $PSStyle.OutputRendering = 'PlainText'
        ($targets | Out-String) | Should -Not -Match "`e\["
    }

    It 'survives <Case>, and is shown alike afterwards' -ForEach @(@{ Case = 'Export-Clixml' }, @{ Case = 'a job' }) {
        if ($Case -eq 'a job') {
            $back = Start-Job -ArgumentList $manifest -ScriptBlock { param($manifest) Import-Module $manifest; Get-EbTargetRevision * } | Receive-Job -Wait -AutoRemoveJob
        }
        else {
            $file = Join-Path $scratch 'targets.clixml'
            $targets | Export-Clixml -LiteralPath $file
            $back = Import-Clixml -LiteralPath $file
        }

        $back[0].PSObject.TypeNames[0] | Should -Be 'Deserialized.EventBridgeOps.Targets.TargetRevision'
        Get-Shown $back | Should -Be (Get-Shown $targets)
        "$($back[0].State)" | Should -Be 'Behind'
    }

    It 'survives Export-Csv with its state as a word' {
        ($targets | ConvertTo-Csv | ConvertFrom-Csv)[0].State | Should -Be 'Behind'
    }

    It 'sorts and groups by its properties' {
        ($targets | Sort-Object -Property RevisionsBehind -Descending)[0].RevisionsBehind | Should -Be 2
        ($targets | Group-Object -Property JobDefinitionName -NoElement).Count | Should -Be 6
    }

    It 'cuts neither revision nor state of <Type> with the longest names' -ForEach @(
        @{ Type = 'Targets.TargetRevision'; Ends = '\u2026\w{2}:12345 +12346 Unresolved$' }
        @{ Type = 'Sync.TargetSyncResult'; Ends = ':12345 -> :12346 AlreadyCurrent$' }
        @{ Type = 'Changes.ChangeItem'; Ends = ':12345 -> :12346 AlreadyCurrent$' }
        @{ Type = 'Images.BatchImage'; Ends = '\u2026\w{2}:12345 .*:v1\.2\.3 0123456789ab Unresolved$' }
        @{ Type = 'Images.BatchImageUpdate'; Ends = '12345 -> 12346 .*v1\.2\.3 -> :v1\.2\.4 AlreadyCurrent$' }
    ) {
        $long = 'a-very-long-name-that-nobody-can-read-in-a-table-of-eighty-columns-by-any-means-x64'
        $registry = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'
        $one = [pscustomobject]@{
            EventBusName = 'b'; RuleName = $long; TargetId = $long; JobDefinition = "arn:aws:batch:eu-west-1:123456789012:job-definition/${long}:12345"; LatestRevision = 12346; State = 'Unresolved'
            From = "${long}:12345"; To = "${long}:12346"; Status = 'AlreadyCurrent'; JobDefinitionName = $long; Revision = 12345; ContainerName = $long; Image = "$registry/${long}:v1.2.3"
            ImageDigest = 'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'; PreviousImage = "$registry/${long}:v1.2.3"; PreviousRevision = 12345
        }
        if ($Type -like '*Update') { $one.Image = "$registry/${long}:v1.2.4"; $one.Revision = 12346 }
        $one.PSTypeNames.Insert(0, "Deserialized.EventBridgeOps.$Type")
        $shown = Get-Shown $one
        $shown | Where-Object { $_ -match $Ends } | Should -HaveCount 1
        $shown | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
    }

    It 'colours alike what is alike' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $wanted = $env:NO_COLOR
        $env:NO_COLOR = $null
        try { $said = Invoke-Shell "Import-Module '$manifest'; `$PSStyle.OutputRendering = 'Ansi'; Get-EbTargetRevision * | Out-String; Sync-EbBatchTarget mvp-development -WhatIf -PassThru | Out-String" | Out-String }
        finally { $env:NO_COLOR = $wanted }
        $said | Should -Match "`e\[33mBehind"
        $said | Should -Match "`e\[31mInactive"
        $said | Should -Match "`e\[90mAlreadyCurrent"
    }

    It 'gives ConvertTo-Json no surprise' {
        $json = $targets[0] | ConvertTo-Json -WarningVariable warned
        $warned | Should -BeNullOrEmpty
        ($json | ConvertFrom-Json).State | Should -Be 'Behind'
        (($json | ConvertFrom-Json).Document | ConvertFrom-Json).BatchParameters.JobDefinition | Should -Be 'mvp-agent:2'
        ($rules[0], $change, $results[0] | ConvertTo-Json -Depth 5).Length | Should -BeLessThan 10000
    }

    It 'sorts without being told by what, and compares' {
        ($targets | Sort-Object -Descending)[0].EventBusName | Should -Be 'mvp-production'
        $before = Get-EbTargetRevision *
        Compare-Object $before (Get-EbTargetRevision *) | Should -BeNullOrEmpty
        Sync-EbBatchTarget mvp-production mvp-agent-on-upload
        @(Compare-Object $before (Get-EbTargetRevision *) -Property EventBusName, RuleName, TargetId, State | Where-Object SideIndicator -EQ '=>').TargetId | Should -Be 'agent'
    }

    It 'is short as text: <Name>' -ForEach @(@{ Name = 'targets' }, @{ Name = 'rules' }, @{ Name = 'change' }, @{ Name = 'results' }) {
        (Get-Variable -Name $Name -ValueOnly) | ForEach-Object { "$_" | Should -Match '^[\w./-]{1,80}$' }
    }
}

#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Export-EbReport' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        Start-Sample
        function Clear-Runner { foreach ($name in 'GITHUB_ACTIONS', 'GITHUB_STEP_SUMMARY', 'TF_BUILD', 'AGENT_TEMPDIRECTORY') { [Environment]::SetEnvironmentVariable($name, $null) } }
        Clear-Runner
        $targets = Get-EbTargetRevision -EventBusName *
    }
    AfterAll { Stop-Sample }

    It 'writes <Extension> by the extension, and the objects on with -PassThru' -ForEach @(
        @{ Extension = 'xml'; Expected = '<testsuites name="EventBridgeOps" tests="15" failures="7"' }
        @{ Extension = 'md'; Expected = '\*\*15\*\* in total: 2 Inactive' }
        @{ Extension = 'json'; Expected = '"State": "Inactive"' }
        @{ Extension = 'csv'; Expected = '^Suite,Group,Name,' }
    ) {
        $file = Join-Path $scratch "new/report.$Extension"
        $passed = $targets | Export-EbReport -Path $file -PassThru
        $passed.Count | Should -Be 15
        [object]::ReferenceEquals($passed[0], $targets[0]) | Should -BeTrue
        Get-Content -LiteralPath $file -Raw | Should -Match $Expected
        @(Get-ChildItem -LiteralPath (Split-Path $file) -Filter *.partial).Count | Should -Be 0
    }

    It 'takes -Format before the extension, several paths, and paths from where the shell is' {
        Push-Location -LiteralPath $scratch
        try { $targets | Export-EbReport one.txt, two.txt -Format Csv }
        finally { Pop-Location }
        (Import-Csv (Join-Path $scratch one.txt)).Count | Should -Be 15
        Get-FileHash (Join-Path $scratch one.txt), (Join-Path $scratch two.txt) | Select-Object -ExpandProperty Hash -Unique | Should -HaveCount 1
    }

    It 'takes <Kind> read back from <Form>' -ForEach @(
        foreach ($form in 'CLIXML', 'JSON', 'JSON with words', 'CSV') {
            @{ Form = $form; Kind = 'targets'; Get = { Get-EbTargetRevision * } }
            @{ Form = $form; Kind = 'repairs'; Get = { Sync-EbBatchTarget * -WhatIf -PassThru -ErrorAction Ignore -WarningAction Ignore } }
            @{ Form = $form; Kind = 'images'; Get = { Get-BatchImage } }
            @{ Form = $form; Kind = 'checks'; Get = { Test-EbConnection mvp-development -SkipJobStore } }
            @{ Form = $form; Kind = 'deliveries'; Get = { Get-EbRoute mvp-production -Event '{"source":"mvp.uploads","detail-type":"Object Created","detail":{"size":1}}' } }
        }
    ) {
        $live = @(& $Get)
        $live.Count | Should -BeGreaterThan 0
        $live | Export-EbReport (Join-Path $scratch live.md)
        $file = Join-Path $scratch back
        $back = switch ($Form) {
            'CLIXML' { $live | Export-Clixml $file; Import-Clixml $file }
            'JSON' { $live | ConvertTo-Json | ConvertFrom-Json }
            'JSON with words' { $live | ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json }
            'CSV' { $live | ConvertTo-Csv | ConvertFrom-Csv }
        }
        $back | Export-EbReport (Join-Path $scratch back.md)
        Get-Content (Join-Path $scratch back.md) | Should -Be (Get-Content (Join-Path $scratch live.md))
    }

    It 'refuses what it cannot tell of, and reports the rest' {
        $file = Join-Path $scratch rest.csv
        $targets[0], (Get-Date), $null, [pscustomobject]@{ TargetId = 'x'; JobDefinition = 'y'; State = 'NoSuchState' }, $targets[1] | Where-Object { $_ } | Export-EbReport $file -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.FullyQualifiedErrorId | Should -Be 'InvalidArgument,EventBridgeOps.PowerShell.Reports.ExportEbReportCommand', 'InvalidArgument,EventBridgeOps.PowerShell.Reports.ExportEbReportCommand'
        (Import-Csv $file).Count | Should -Be 2
    }

    It 'ends where it is not told where to' {
        { $targets | Export-EbReport } | Should -Throw -ErrorId 'InvalidArgument,*'
        { $targets | Export-EbReport -Path report.html } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'says of a file that cannot be written so, and writes the others' {
        $targets | Export-EbReport "$scratch/one.txt/x.md", "$scratch/good.md" -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.FullyQualifiedErrorId | Should -BeLike 'ReportNotWritten,*'
        "$scratch/good.md" | Should -Exist
    }

    It 'writes nothing with -WhatIf' {
        $targets | Export-EbReport "$scratch/whatif.md" -Ci -WhatIf
        "$scratch/whatif.md" | Should -Not -Exist
    }

    It 'fails on drift when the report is there, and all objects were written on' {
        $seen = [Collections.Generic.List[object]]::new()
        { $targets | Export-EbReport "$scratch/fail.md" -FailOnDrift -PassThru | ForEach-Object { $seen.Add($_) } } | Should -Throw -ErrorId 'DriftFound,*'
        $seen.Count | Should -Be 15
        "$scratch/fail.md" | Should -Exist
        $targets | Where-Object State -eq Current | Export-EbReport "$scratch/fine.md" -FailOnDrift
    }

    It 'shows it on the run''s page of <System>' -ForEach @(
        @{ System = 'GitHub'; Environment = @{ GITHUB_ACTIONS = 'true'; GITHUB_STEP_SUMMARY = 'summary.md' }; Line = '^::error title=' }
        @{ System = 'Azure'; Environment = @{ TF_BUILD = 'True'; AGENT_TEMPDIRECTORY = '' }; Line = '^##vso\[task.logissue type=error\]' }
    ) {
        foreach ($name in $Environment.Keys) { [Environment]::SetEnvironmentVariable($name, $(if ($name -match 'SUMMARY|TEMP') { Join-Path $scratch $Environment[$name] } else { $Environment[$name] })) }
        try { $targets | Export-EbReport -Ci -InformationVariable said -InformationAction SilentlyContinue }
        finally { Clear-Runner }
        @("$said" -split '(?=::|##vso)' -match $Line).Count | Should -Be 3
        Get-ChildItem -LiteralPath $scratch -Filter *.md | Where-Object Name -in summary.md, EventBridgeOps.md | Select-Object -First 1 | Get-Content -Raw | Should -Match '### Batch targets'
    }
}

Describe '-FailOnDrift' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        Start-Sample
    }
    AfterAll { Stop-Sample }

    It 'of <Name> ends with an error when all is written' -ForEach @(
        @{ Name = 'Get-EbTargetRevision'; Script = { Get-EbTargetRevision * -FailOnDrift }; Count = 15; Message = 'Drift was found in 7 of 15 items: *1 Inactive and 1 Missing on mvp-production*' }
        @{ Name = 'Get-BatchImage'; Script = { $null = Send-Request ecr DeleteRepository @{ repositoryName = 'mvp-import'; force = $true }; Get-BatchImage -FailOnDrift }; Count = 5; Message = '*Missing on AWS Batch*' }
        @{ Name = 'Sync-EbBatchTarget'; Script = { Sync-EbBatchTarget mvp-development -WhatIf -PassThru -FailOnDrift -WarningAction Ignore }; Count = 8; Message = 'Drift was found in 4 of 8 items: 4 WouldUpdate on mvp-development*' }
    ) {
        $written = [Collections.Generic.List[object]]::new()
        $failure = try { & $Script | ForEach-Object { $written.Add($_) } } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'DriftFound,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidResult'
        $failure.Exception.Message | Should -BeLike $Message
        $written.Count | Should -Be $Count
    }

    It 'says nothing where there is no drift' {
        (Get-EbTargetRevision mvp-development mvp-import-done -FailOnDrift).State | Should -Be 'Current'
    }

    It 'ends a shell with 1' {
        $null = Invoke-Shell "Import-Module '$manifest'; Get-EbTargetRevision mvp-development -FailOnDrift" 2>&1
        $LASTEXITCODE | Should -Be 1
        $null = Invoke-Shell "Import-Module '$manifest'; Get-EbTargetRevision mvp-development mvp-import-done -FailOnDrift" 2>&1
        $LASTEXITCODE | Should -Be 0
    }

    It 'of Sync-EbBatchTarget goes with -WhatIf alone' {
        { Sync-EbBatchTarget mvp-development -FailOnDrift } | Should -Throw -ErrorId 'InvalidArgument,*'
        Get-EbChange | Should -BeNullOrEmpty
    }
}

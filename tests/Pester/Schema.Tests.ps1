#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Schemas' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        $examples = Join-Path $PSScriptRoot '../../examples'
        $schema = Join-Path $examples 'audio-uploaded.v1.json'
        $newer = Join-Path $examples 'audio-uploaded.v2.json'
        $line = Get-Content -LiteralPath (Join-Path $examples 'audio-events.jsonl') -TotalCount 1
    }
    AfterAll { Stop-Sample }

    It 'check events of the pipeline, also as objects' {
        ($line | ConvertFrom-Json), $line | Test-EbSchema $schema | ForEach-Object State | Should -Be 'Valid', 'Valid'
        '{"source":"s","detail-type":"t","detail":{}}' | Test-EbSchema $schema | ForEach-Object Pointer | Select-Object -Unique | Should -Be ''
    }

    It 'answer with a boolean for scripts' {
        Test-EbSchema $schema -Detail @{ userId = 'u'; fileId = 'f'; s3Location = @{ bucket = 'b'; key = 'k' } } -Quiet | Should -BeTrue
        Test-EbSchema $schema -Detail @{ userId = 'u' } -Quiet | Should -BeFalse
        Compare-EbSchema $schema $newer -Quiet | Should -BeFalse
        Compare-EbSchema $schema $schema -Compatibility FullTransitive -Policy Strict -Quiet | Should -BeTrue
    }

    It 'end although more events come than wait, if there is no schema, and are not taken together with a detail' {
        $none = $null
        1..200 | ForEach-Object { $line } | Test-EbSchema (Join-Path $examples 'none.json') -ErrorAction SilentlyContinue -ErrorVariable none | Should -BeNullOrEmpty
        $none[0].FullyQualifiedErrorId | Should -BeLike 'FileNotReadable,*'
        { 1..200 | ForEach-Object { $line } | Test-EbSchema $schema -Detail '{}' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'are inferred so that the events follow them' {
        $inferred = Join-Path $TestDrive 'inferred.json'
        $line | ConvertTo-EbSchema | Set-Content -LiteralPath $inferred
        $line | Test-EbSchema $inferred -Quiet | Should -BeTrue
    }
}

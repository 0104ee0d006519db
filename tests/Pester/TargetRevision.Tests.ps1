#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Get-EbTargetRevision' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        Start-Sample
    }
    AfterAll { Stop-Sample }

    It 'finds every Batch target of every bus, and its state' {
        $targets = Get-EbTargetRevision -EventBusName *
        $targets.Count | Should -Be 15
        $targets[0] | ForEach-Object { $_.GetType().FullName } | Select-Object -Unique | Should -Be 'EventBridgeOps.Targets.TargetRevision'
        $states = $targets | Group-Object -Property State -NoElement | ForEach-Object { "$($_.Name)=$($_.Count)" } | Sort-Object
        $states | Should -Be 'Behind=5', 'Current=4', 'Floating=2', 'Inactive=3', 'Missing=1'
    }

    It 'tells all that the sync needs' {
        $target = Get-EbTargetRevision mvp-development mvp-agent-on-upload agent-inactive
        $target.JobDefinition | Should -Be 'arn:aws:batch:eu-west-1:123456789012:job-definition/mvp-agent:1'
        $target.JobDefinitionName | Should -Be 'mvp-agent'
        $target.Revision | Should -Be 1
        $target.LatestRevision | Should -Be 3
        $target.RevisionsBehind | Should -Be 2
        $target.Reason | Should -Be 'revision 1 is deregistered'
        $target.Region | Should -Be 'eu-west-1'
        $target.AccountId | Should -Be '123456789012'
        $target.IsDrift() | Should -BeTrue
        ($target.Document | ConvertFrom-Json).BatchParameters.JobName | Should -Be 'agent-inactive'
    }

    It 'says what does not count as drift, and counts it when asked to' {
        $apart = Get-EbTargetRevision default -State Behind, Inactive | Where-Object Exclusion
        $apart.Exclusion | Should -Be 'the rule is managed by states.amazonaws.com', 'the rule is disabled'
        $apart | ForEach-Object { $_.IsDrift() } | Should -Be $false, $false
        $apart | Export-EbReport (Join-Path $TestDrive apart.md) -FailOnDrift
        $apart | ConvertTo-Csv | ConvertFrom-Csv | Export-EbReport (Join-Path $TestDrive apart.md) -FailOnDrift
        $null = Get-EbTargetRevision default mvp-hourly-agent -FailOnDrift
        { Get-EbTargetRevision default mvp-hourly-agent -IncludeDisabledRule -FailOnDrift } | Should -Throw -ErrorId 'DriftFound,*'
        { Get-EbTargetRevision default StepFunctions* -IncludeManaged -FailOnDrift } | Should -Throw -ErrorId 'DriftFound,*'
    }

    It 'narrows by <Case>' -ForEach @(
        @{ Case = 'rule'; Query = @{ RuleName = 'mvp-report*' }; Expected = 3 }
        @{ Case = 'target'; Query = @{ TargetId = 'agent-*' }; Expected = 4 }
        @{ Case = 'job definition'; Query = @{ JobDefinition = 'mvp-report' }; Expected = 4 }
        @{ Case = 'job definition with a wildcard'; Query = @{ JobDefinition = 'mvp-[ic]*' }; Expected = 2 }
        @{ Case = 'nothing that is there'; Query = @{ TargetId = 'nothing' }; Expected = 0 }
    ) {
        @(Get-EbTargetRevision -EventBusName * @Query).Count | Should -Be $Expected
    }

    It 'takes JOB_DEFINITION_NAME for a default' {
        $env:JOB_DEFINITION_NAME = 'mvp-import'
        try { @(Get-EbTargetRevision *).TargetId | Should -Be 'import' }
        finally { Remove-Item Env:JOB_DEFINITION_NAME }
    }

    It 'lists the targets of every rule with -Thorough' {
        $null = Get-Call
        @(Get-EbTargetRevision * -Thorough).Count | Should -Be 15
        @(Get-Call | Where-Object { $_ -eq 'ListTargetsByRule' }).Count | Should -Be 11
    }

    It 'takes rules from the pipeline, looking each job definition up once' {
        $rules = Get-ToolsRule mvp-development mvp-agent-on-upload; $other = Get-ToolsRule mvp-development mvp-import-done
        $null = Get-Call
        @($rules, $other | Get-EbTargetRevision).Count | Should -Be 5
        @(Get-Call | Where-Object { $_ -eq 'DescribeJobDefinitions' }).Count | Should -BeLessOrEqual 2
    }

    It 'reads targets again from the pipeline' {
        $again = Get-EbTargetRevision mvp-production | Get-EbTargetRevision
        $again.TargetId | Should -Be 'agent', 'cleanup', 'report'
    }

    It 'reads targets again that were exported: <Format>' -ForEach @(@{ Format = 'Csv' }, @{ Format = 'Clixml' }) {
        $file = Join-Path $scratch "targets.$Format"
        Get-EbTargetRevision mvp-production | & "Export-$Format" -Path $file
        (& "Import-$Format" -Path $file | Get-EbTargetRevision).TargetId | Should -Be 'agent', 'cleanup', 'report'
    }

    It 'warns of what it looked for if there is nothing' {
        Get-EbTargetRevision -RuleName none-* -WarningAction SilentlyContinue -WarningVariable said | Should -BeNullOrEmpty
        $said | Should -Be 'No Batch targets were found. Targets looked for: *. Job definitions: *. Rules: none-*. Event buses: default.'
    }

    It 'writes nothing to AWS, nor a journal' {
        $null = Get-Call
        $null = Get-EbTargetRevision *
        Get-Call | Where-Object { $_ -notmatch '^(List|Describe|Get)' } | Should -BeNullOrEmpty
        Test-Path -LiteralPath $env:EBOPS_JOURNAL | Should -BeFalse
    }

    It 'ends the run where nothing can succeed, and names the ways out' {
        Add-Fault '{"operation":"ListRules","times":1,"fault":{"kind":"error","status":400,"code":"UnrecognizedClientException","message":"The security token included in the request is invalid."}}'
        { Get-EbTargetRevision -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'InvalidCredentials,*'
    }
}

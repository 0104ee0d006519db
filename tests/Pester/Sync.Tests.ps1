#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Sync-EbBatchTarget' {
    BeforeAll { . (Join-Path $PSScriptRoot 'Support.ps1') }
    AfterAll { Stop-Sample }
    BeforeEach {
        Start-Sample
        $null = Get-Call
    }

    Context 'by query' {
        It 'repairs what fits, changes nothing else, and is silent about it' {
            $before = (Get-EbTargetRevision mvp-development mvp-agent-on-upload agent-inactive).Document
            Sync-EbBatchTarget -EventBusName mvp-development -RuleName 'mvp-*' | Should -BeNullOrEmpty
            $after = Get-EbTargetRevision mvp-development mvp-agent-on-upload agent-inactive
            $after.State | Should -Be 'Current'
            $after.Document | Should -BeExactly $before.Replace('job-definition/mvp-agent:1', 'job-definition/mvp-agent:3')
            @(Get-EbTargetRevision mvp-development | Where-Object { $_.IsDrift() }) | Should -BeNullOrEmpty
        }

        It 'tells what became of each target with -PassThru' {
            $results = Sync-EbBatchTarget mvp-development -PassThru
            $results[0] | ForEach-Object { $_.GetType().FullName } | Select-Object -Unique | Should -Be 'EventBridgeOps.Sync.TargetSyncResult'
            ($results | ForEach-Object { "$($_.TargetId) $($_.Status)" }) | Should -Be @(
                'agent-behind Updated', 'agent-current AlreadyCurrent', 'agent-floating AlreadyCurrent', 'agent-inactive Updated',
                'import AlreadyCurrent', 'pipeline Updated', 'report Updated', 'report-array AlreadyCurrent')
            $results | Where-Object Status -EQ Updated | ForEach-Object { $_.Verified; $_.ChangeId } | Should -Not -BeNullOrEmpty
            @($results.ChangeId | Select-Object -Unique | Where-Object { $_ }).Count | Should -Be 1
        }

        It 'narrows by target and job definition' {
            (Sync-EbBatchTarget * -JobDefinition mvp-report -PassThru).TargetId | Should -Be 'report', 'report', 'report-array', 'report'
            @(Sync-EbBatchTarget * -TargetId 'agent-i*' -PassThru).TargetId | Should -Be 'agent-inactive'
        }
    }

    Context 'by pipeline' {
        It 'takes what Get-EbTargetRevision gave, without reading rules again' {
            $targets = Get-EbTargetRevision * | Where-Object State -In Behind, Inactive
            $null = Get-Call
            $results = $targets | Sync-EbBatchTarget -PassThru -WarningAction SilentlyContinue
            @($results | Where-Object Status -EQ Updated).Count | Should -Be 6
            Get-Call | Where-Object { $_ -in 'DescribeRule', 'ListRules' } | Should -BeNullOrEmpty
        }

        It 'leaves what is current as it is' {
            $results = Get-EbTargetRevision * | Where-Object State -EQ Current | Sync-EbBatchTarget -PassThru
            $results.Status | Select-Object -Unique | Should -Be 'AlreadyCurrent'
            Get-Call | Where-Object { $_ -eq 'PutTargets' } | Should -BeNullOrEmpty
        }

        It 'does nothing for an empty pipeline' {
            Get-EbTargetRevision * | Where-Object TargetId -EQ nothing | Sync-EbBatchTarget -PassThru | Should -BeNullOrEmpty
            @() | Sync-EbBatchTarget -PassThru | Should -BeNullOrEmpty
            Get-Call | Where-Object { $_ -eq 'PutTargets' } | Should -BeNullOrEmpty
        }

        It 'takes rules of Get-EVBRule, and of Get-EbRule' {
            @(Get-ToolsRule mvp-development mvp-agent-on-upload | Sync-EbBatchTarget -PassThru | Where-Object Status -EQ Updated).TargetId | Should -Be 'agent-behind', 'agent-inactive'
            @(Get-EbRule mvp-development mvp-report-on-request | Sync-EbBatchTarget -PassThru | Where-Object Status -EQ Updated).TargetId | Should -Be 'report'
        }

        It 'takes targets of Get-EVBTargetsByRule with -RuleName' {
            $targets = Get-ToolsTarget mvp-development mvp-agent-on-upload | Where-Object BatchParameters
            @($targets | Sync-EbBatchTarget -EventBusName mvp-development -RuleName mvp-agent-on-upload -PassThru | Where-Object Status -EQ Updated).Count | Should -Be 2
        }

        It 'asks for -RuleName where the object does not know its rule' {
            $target = Get-ToolsTarget mvp-development mvp-import-done | Select-Object -First 1
            $target | Sync-EbBatchTarget -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
            $failure[0].Exception.Message | Should -BeLike '*-RuleName*'
            $failure[0].TargetObject.Id | Should -Be 'import'
        }

        It 'refuses wildcards for an object from the pipeline' {
            Get-ToolsTarget mvp-development mvp-import-done | Select-Object -First 1 | Sync-EbBatchTarget -RuleName 'mvp-*' -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        }

        It 'takes objects made by hand' {
            $results = [pscustomobject]@{ EventBusName = 'mvp-development'; Name = 'mvp-report-on-request'; Id = 'report' } | Sync-EbBatchTarget -PassThru
            $results.Status | Should -Be 'Updated'
        }

        It 'does not take the state of a reference for the state of a rule' {
            $drifted = Get-EbTargetRevision default mvp-hourly-agent | Select-Object -Property EventBusName, RuleName, TargetId, State, Document
            ($drifted | Sync-EbBatchTarget -PassThru).Status | Should -Be 'Skipped'
        }

        It 'takes back what was exported: <Format>' -ForEach @(@{ Format = 'Csv' }, @{ Format = 'Clixml' }, @{ Format = 'Json' }) {
            $file = Join-Path $scratch "targets.$Format"
            $targets = Get-EbTargetRevision mvp-development
            if ($Format -eq 'Json') {
                $targets | ConvertTo-Json | Set-Content -LiteralPath $file
                $back = Get-Content -LiteralPath $file -Raw | ConvertFrom-Json
            }
            else {
                $targets | & "Export-$Format" -Path $file
                $back = & "Import-$Format" -Path $file
            }

            $results = $back | Sync-EbBatchTarget -PassThru
            @($results | Where-Object Status -EQ Updated).TargetId | Should -Be 'agent-behind', 'agent-inactive', 'pipeline', 'report'
            @($results).Count | Should -Be 8
        }

        It 'does not write over what was changed since it was seen' {
            $seen = Get-EbTargetRevision mvp-development mvp-agent-on-upload agent-inactive
            Sync-EbBatchTarget mvp-development mvp-agent-on-upload agent-inactive -ToRevision 2
            $results = $seen | Sync-EbBatchTarget -PassThru -ErrorAction SilentlyContinue -ErrorVariable failure
            $results.Status | Should -Be 'Failed'
            $results.ErrorId | Should -Be 'TargetChanged'
            $failure.Count | Should -Be 1
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'TargetChanged,*'
            $failure[0].CategoryInfo.Category | Should -Be 'InvalidOperation'
            $failure[0].TargetObject.TargetId | Should -Be 'agent-inactive'
            (Get-EbTargetRevision mvp-development mvp-agent-on-upload agent-inactive).Revision | Should -Be 2
        }
    }

    Context 'options' {
        It 'pins to -ToRevision where that is ACTIVE' {
            (Sync-EbBatchTarget mvp-development mvp-agent-on-upload agent-inactive -ToRevision 2 -PassThru).To | Should -BeLike '*mvp-agent:2'
            Sync-EbBatchTarget mvp-development mvp-agent-on-upload agent-behind -ToRevision 1 -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'RevisionNotActive,*'
            $failure[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        }

        It 'drops the revision with -Float' {
            (Sync-EbBatchTarget mvp-development mvp-agent-on-upload agent-behind -Float -PassThru).To | Should -Be 'mvp-agent'
            (Get-EbTargetRevision mvp-development mvp-agent-on-upload agent-behind).State | Should -Be 'Floating'
        }

        It 'refuses -Float with -ToRevision' {
            { Sync-EbBatchTarget mvp-development -Float -ToRevision 2 -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'InvalidArgument,*'
            { Get-EbTargetRevision mvp-development | Sync-EbBatchTarget -Float -ToRevision 2 -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'InvalidArgument,*'
        }

        It 'skips disabled rules unless told otherwise' {
            (Sync-EbBatchTarget default mvp-hourly-agent -PassThru).Status | Should -Be 'Skipped'
            (Sync-EbBatchTarget default mvp-hourly-agent -PassThru -IncludeDisabledRule).Status | Should -Be 'Updated'
        }

        It 'leaves rules alone that a service manages, with a warning' {
            $results = Sync-EbBatchTarget default 'StepFunctions*' -PassThru -WarningVariable warning -WarningAction SilentlyContinue
            $results.Status | Should -Be 'Skipped'
            "$warning" | Should -BeLike '*states.amazonaws.com*'
        }

        It 'goes on when one target cannot be repaired' {
            $results = Sync-EbBatchTarget mvp-production -PassThru -ErrorAction SilentlyContinue -ErrorVariable failure
            ($results | ForEach-Object { "$($_.TargetId) $($_.Status)" }) | Should -Be 'agent Updated', 'cleanup Failed', 'report AlreadyCurrent'
            $failure.Count | Should -Be 1
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'JobDefinitionMissing,*'
        }

        It 'puts all back with -RevertOnFailure' {
            Add-Fault '{"operation":"PutTargets","bodyContains":"mvp-report-on-request","fault":{"kind":"error","status":400,"code":"ValidationException","message":"no"}}'
            $results = Sync-EbBatchTarget mvp-development -RevertOnFailure -PassThru -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            ($results | Where-Object Status -EQ Reverted).TargetId | Should -Be 'agent-behind', 'agent-inactive', 'pipeline'
            (Get-EbTargetRevision mvp-development mvp-agent-on-upload agent-behind).Revision | Should -Be 2
        }

        It 'ends with every target done when one call in seven is throttled or fails' {
            Add-Fault '[{"operation":"*","probability":0.1,"fault":{"kind":"throttle"}},{"operation":"*","probability":0.05,"fault":{"kind":"internalError"}}]'
            $results = Sync-EbBatchTarget mvp-development -PassThru -RequestsPerSecond 1000
            @($results | Where-Object Status -EQ Updated).Count | Should -Be 4
        }

        It 'keeps its journal where -JournalPath says, from where the shell is' {
            Push-Location -LiteralPath $scratch
            try { Sync-EbBatchTarget mvp-development mvp-report-on-request -JournalPath 'elsewhere' }
            finally { Pop-Location }
            (Get-EbChange -JournalPath (Join-Path $scratch 'elsewhere')).TargetCount | Should -Be 1
            Get-EbChange | Should -BeNullOrEmpty
            Remove-Item -LiteralPath (Join-Path $scratch 'elsewhere') -Recurse
        }

        It 'keeps it where a relative EBOPS_JOURNAL says, from where the shell is in the file system' {
            $before = $env:EBOPS_JOURNAL
            Push-Location -LiteralPath $scratch
            try {
                Set-Location -LiteralPath Env:
                $env:EBOPS_JOURNAL = 'relative'
                Sync-EbBatchTarget mvp-development mvp-report-on-request
                (Get-EbChange -JournalPath 'relative').TargetCount | Should -Be 1
            }
            finally {
                Pop-Location
                $env:EBOPS_JOURNAL = $before
            }
            (Get-EbChange -JournalPath (Join-Path $scratch 'relative')).TargetCount | Should -Be 1
            Remove-Item -LiteralPath (Join-Path $scratch 'relative') -Recurse
        }

        It 'writes nowhere when the journal cannot be kept' {
            $file = New-Item -ItemType File -Path (Join-Path $scratch 'a-file')
            { Sync-EbBatchTarget mvp-development -JournalPath $file.FullName -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'JournalUnavailable,*'
            Get-Call | Where-Object { $_ -eq 'PutTargets' } | Should -BeNullOrEmpty
            Remove-Item -LiteralPath $file.FullName
        }
    }

    Context 'asking' {
        It 'only shows what it would do with -WhatIf' {
            $results = Get-EbTargetRevision mvp-development | Sync-EbBatchTarget -WhatIf -PassThru
            @($results | Where-Object Status -EQ WouldUpdate).TargetId | Should -Be 'agent-behind', 'agent-inactive', 'pipeline', 'report'
            Get-Call | Where-Object { $_ -eq 'PutTargets' } | Should -BeNullOrEmpty
            Test-Path -LiteralPath $env:EBOPS_JOURNAL | Should -BeFalse
        }

        It 'names target and action in what it would do' {
            $answered = Invoke-WithAnswer 'Sync-EbBatchTarget mvp-development mvp-agent-on-upload agent-behind -WhatIf' @()
            $answered.Lines -join "`n" | Should -BeLike '*"Update target agent-behind of rule mvp-agent-on-upload from revision 2 to 3 of mvp-agent"*"mvp-development/mvp-agent-on-upload/agent-behind"*'
            $answered.Questions | Should -BeNullOrEmpty
        }

        It 'asks with -Confirm for one write after the other, and heeds each answer' {
            $answered = Invoke-WithAnswer 'Sync-EbBatchTarget mvp-development -Confirm -PassThru' 'n', 'y', 'n', 'n'
            $answered.Questions.Count | Should -Be 4
            $answered.Questions[0] | Should -BeLike '*Update target agent-behind of rule mvp-agent-on-upload from revision 2 to 3 of mvp-agent*'
            ($answered.Output | Where-Object Reason -EQ declined).TargetId | Should -Be 'agent-behind', 'pipeline', 'report'
            ($answered.Output | Where-Object Status -EQ Updated).TargetId | Should -Be 'agent-inactive'
        }

        It 'asks once when the answer is for all' {
            $answered = Invoke-WithAnswer 'Sync-EbBatchTarget mvp-development -Confirm -PassThru' 'a'
            $answered.Questions.Count | Should -Be 1
            @($answered.Output | Where-Object Status -EQ Updated).Count | Should -Be 4
        }

        It 'asks nothing with -Confirm:$false, whatever the preference' {
            $answered = Invoke-WithAnswer '$ConfirmPreference = "Low"; Sync-EbBatchTarget mvp-development -Confirm:$false -PassThru' @()
            $answered.Questions | Should -BeNullOrEmpty
            @($answered.Output | Where-Object Status -EQ Updated).Count | Should -Be 4
        }
    }
}

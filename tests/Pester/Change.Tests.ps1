#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Get-EbChange and Undo-EbChange' {
    BeforeAll { . (Join-Path $PSScriptRoot 'Support.ps1') }
    AfterAll { Stop-Sample }
    BeforeEach { Start-Sample }

    Context 'Get-EbChange' {
        It 'shows what was written, oldest first' {
            Get-EbChange | Should -BeNullOrEmpty
            Sync-EbBatchTarget mvp-development
            Sync-EbBatchTarget mvp-production mvp-agent-on-upload
            $changes = Get-EbChange
            $changes.TargetCount | Should -Be 4, 1
            $changes[0] | ForEach-Object { $_.GetType().FullName } | Select-Object -Unique | Should -Be 'EventBridgeOps.Changes.Change'
            $changes[0].Status | Should -Be 'Applied'
            $changes[0].Region | Should -Be 'eu-west-1'
            $changes[0].Identity | Should -Be 'arn:aws:iam::123456789012:user/sandbox'
            ($changes[0].Items | Where-Object TargetId -EQ agent-behind).From | Should -Be 'mvp-agent:2'
            (Get-EbChange -Last 1).Id | Should -Be $changes[1].Id
            @(Get-EbChange -Last 5).Count | Should -Be 2
        }

        It 'finds one by its id, the start of its id, and from the pipeline' {
            $result = Sync-EbBatchTarget mvp-production mvp-agent-on-upload -PassThru
            $id = $result.ChangeId
            (Get-EbChange $id).Id | Should -Be $id
            (Get-EbChange -Id $id.Substring(0, 8)).Id | Should -Be $id
            ($result | Get-EbChange).Id | Should -Be $id
            ($id | Get-EbChange).Id | Should -Be $id
        }

        It 'says which there is not, and goes on' {
            Sync-EbBatchTarget mvp-production mvp-agent-on-upload
            $id = (Get-EbChange).Id
            (Get-EbChange nothing, $id -ErrorAction SilentlyContinue -ErrorVariable failure).Id | Should -Be $id
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'ChangeNotFound,*'
            $failure[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
            $failure[0].TargetObject | Should -Be 'nothing'
        }

        It 'warns of where it looked if there is nothing' {
            $own = Join-Path $scratch 'unused'
            Get-EbChange -JournalPath $own -WarningAction SilentlyContinue -WarningVariable said | Should -BeNullOrEmpty
            $said | Should -BeLike "*$own*"
        }

        It 'needs no AWS, no credentials and no region' {
            $own = Join-Path $scratch 'kept'
            Sync-EbBatchTarget mvp-production mvp-agent-on-upload -JournalPath $own
            Stop-EbSandbox
            @(Get-EbChange -JournalPath $own).Count | Should -Be 1
        }

        It 'keeps what is tried in a sandbox out of the journal of the user' {
            Stop-EbSandbox
            $before = @(Get-EbChange).Count
            Start-Sample
            Sync-EbBatchTarget mvp-production mvp-agent-on-upload
            @(Get-EbChange).Count | Should -Be 1
            Stop-EbSandbox
            @(Get-EbChange).Count | Should -Be $before
        }
    }

    Context 'Undo-EbChange' {
        It 'puts back what was there, to the letter' {
            $before = (Get-EbTargetRevision mvp-development).Document
            Sync-EbBatchTarget mvp-development
            Get-EbChange -Last 1 | Undo-EbChange | Should -BeNullOrEmpty
            (Get-EbTargetRevision mvp-development).Document | Should -BeExactly $before
            (Get-EbChange | ForEach-Object { "$($_.Kind) $($_.Status)" }) | Should -Be 'Sync Undone', 'Undo Applied'
        }

        It 'takes an id by position, and tells with -PassThru' {
            $id = (Sync-EbBatchTarget mvp-production mvp-agent-on-upload -PassThru).ChangeId
            $results = Undo-EbChange $id -PassThru
            $results.Status | Should -Be 'Reverted'
            $results.To | Should -BeLike '*mvp-agent:1'
            $results.Verified | Should -BeTrue
        }

        It 'takes what Sync-EbBatchTarget gave, once for each change' {
            $results = Sync-EbBatchTarget mvp-development -PassThru | Undo-EbChange -PassThru
            $results.Count | Should -Be 4
            @(Get-EbChange).Count | Should -Be 2
        }

        It 'undoes the newest first' {
            Sync-EbBatchTarget mvp-development mvp-agent-on-upload agent-inactive -ToRevision 2
            Sync-EbBatchTarget mvp-development mvp-agent-on-upload agent-inactive -ToRevision 3
            Get-EbChange | Undo-EbChange
            (Get-EbTargetRevision mvp-development mvp-agent-on-upload agent-inactive).Revision | Should -Be 1
        }

        It 'can itself be undone' {
            Sync-EbBatchTarget mvp-production mvp-agent-on-upload
            Get-EbChange -Last 1 | Undo-EbChange
            Get-EbChange -Last 1 | Undo-EbChange
            (Get-EbTargetRevision mvp-production mvp-agent-on-upload).State | Should -Be 'Current'
        }

        It 'leaves alone what was changed since, unless forced' {
            Sync-EbBatchTarget mvp-development mvp-agent-on-upload agent-inactive -ToRevision 2
            Sync-EbBatchTarget mvp-development mvp-agent-on-upload agent-inactive
            $first = @(Get-EbChange)[0]
            $first | Undo-EbChange -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'TargetChanged,*'
            (Get-EbTargetRevision mvp-development mvp-agent-on-upload agent-inactive).Revision | Should -Be 3
            $first | Undo-EbChange -Force
            (Get-EbTargetRevision mvp-development mvp-agent-on-upload agent-inactive).Revision | Should -Be 1
        }

        It 'only shows what it would do with -WhatIf, and asks with -Confirm' {
            Sync-EbBatchTarget mvp-production mvp-agent-on-upload
            (Get-EbChange | Undo-EbChange -WhatIf -PassThru).Status | Should -Be 'WouldUpdate'
            $answered = Invoke-WithAnswer 'Get-EbChange | Undo-EbChange -WhatIf' @()
            $answered.Lines -join "`n" | Should -Match 'operation "Restore target \S+ of rule mvp-agent-on-upload from revision \d+ to \d+ of mvp-agent" on target "mvp-production/mvp-agent-on-upload/\S+"'
            $answered = Invoke-WithAnswer 'Get-EbChange | Undo-EbChange -Confirm -PassThru' 'n'
            $answered.Questions.Count | Should -Be 1
            $answered.Output.Status | Should -Be 'Skipped'
            @(Get-EbChange).Count | Should -Be 1
        }

        It 'says with -WhatIf what is undone already, and what was changed since' {
            Sync-EbBatchTarget mvp-production mvp-agent-on-upload
            $change = Get-EbChange
            $change | Undo-EbChange
            $preview = $change | Undo-EbChange -WhatIf -PassThru
            $preview.Status | Should -Be 'AlreadyCurrent'
            $preview.Reason | Should -BeLike 'already undone*'
            Sync-EbBatchTarget mvp-production mvp-agent-on-upload -ToRevision 2
            $change | Undo-EbChange -WhatIf -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'TargetChanged,*'
            Sync-EbBatchTarget mvp-production mvp-agent-on-upload
            (Get-EbChange -Last 2 | Undo-EbChange -WhatIf -PassThru).Status | Should -Be 'WouldUpdate', 'WouldUpdate'
        }

        It 'undoes in the region of the change, whatever the default region is' {
            Sync-EbBatchTarget mvp-production mvp-agent-on-upload
            $env:AWS_REGION = 'us-east-1'
            (Undo-EbChange (Get-EbChange).Id -PassThru).Status | Should -Be 'Reverted'
        }

        It 'refuses another region than the change was made in' {
            Sync-EbBatchTarget mvp-production mvp-agent-on-upload
            Undo-EbChange (Get-EbChange).Id -Region us-east-1 -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'WrongAccountOrRegion,*'
            $failure[0].TargetObject | ForEach-Object { $_.GetType().FullName } | Select-Object -Unique | Should -Be 'EventBridgeOps.Changes.Change'
        }

        It 'says which change there is not, and passes over results that have none' {
            Undo-EbChange nothing -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'ChangeNotFound,*'
            Sync-EbBatchTarget mvp-development mvp-import-done -PassThru | Undo-EbChange -PassThru -ErrorAction Stop | Should -BeNullOrEmpty
        }
    }

    Context 'The journal of the automation function, in a table' {
        # Its changes are in the table alone.
        BeforeEach {
            $before = (Get-EbTargetRevision mvp-development).Document
            Sync-EbBatchTarget mvp-development
            $id = (Get-EbChange).Id
            New-JournalTable ebops
            Remove-Item -LiteralPath $env:EBOPS_JOURNAL -Recurse
        }

        It 'is read and undone, and has the undo too' {
            $change = Get-EbChange -JournalTable ebops
            $change.Id, $change.Status, $change.TargetCount | Should -Be $id, 'Applied', 4
            (Get-EbChange $id.Substring(0, 16) -JournalTable ebops).Id | Should -Be $id
            (Get-EbChange -JournalTable ebops -Last 1 | Undo-EbChange -JournalTable ebops -PassThru).Status | Select-Object -Unique | Should -Be 'Reverted'
            (Get-EbTargetRevision mvp-development).Document | Should -BeExactly $before
            (Get-EbChange -JournalTable ebops | ForEach-Object { "$($_.Kind) $($_.Status)" }) | Should -Be 'Sync Undone', 'Undo Applied'
            Test-Path -LiteralPath $env:EBOPS_JOURNAL | Should -BeFalse
        }

        It 'says which change there is not, and goes on' {
            (Get-EbChange nothing, $id -JournalTable ebops -ErrorAction SilentlyContinue -ErrorVariable failure).Id | Should -Be $id
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'ChangeNotFound,*'
            $failure[0].TargetObject | Should -Be 'nothing'
        }

        It 'needs a table that exists, and takes no folder with it' {
            { Get-EbChange -JournalTable none } | Should -Throw -ErrorId 'JournalUnavailable,*'
            { Undo-EbChange $id -JournalTable none } | Should -Throw -ErrorId 'JournalUnavailable,*'
            { Get-EbChange -JournalTable ebops -JournalPath $scratch } | Should -Throw -ErrorId 'InvalidArgument,*'
            { Get-EbChange $id -JournalTable ebops -JournalPath $scratch } | Should -Throw -ErrorId 'InvalidArgument,*'
            { Undo-EbChange $id -JournalTable ebops -JournalPath $scratch } | Should -Throw -ErrorId 'InvalidArgument,*'
        }

        It 'needs a Region and credentials' {
            Stop-EbSandbox
            { Get-EbChange -JournalTable ebops } | Should -Throw -ErrorId 'NoRegion,*'
            { Get-EbChange -JournalTable ebops -Region eu-west-1 } | Should -Throw -ErrorId 'NoCredentials,*'
        }
    }
}

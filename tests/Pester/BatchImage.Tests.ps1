#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Batch images' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')

        function Get-PushEvent([string] $Tag, [string] $Digest) {
            [ordered]@{
                version = '0'; id = '13cde686-328b-6117-af20-0e5566167482'; 'detail-type' = 'ECR Image Action'; source = 'aws.ecr'; account = '123456789012'
                time = '2026-11-16T01:54:34Z'; region = 'eu-west-1'; resources = @()
                detail = [ordered]@{ result = 'SUCCESS'; 'repository-name' = 'mvp-agent'; 'image-digest' = $Digest; 'action-type' = 'PUSH'; 'image-tag' = $Tag }
            } | ConvertTo-Json
        }
    }
    AfterAll { Stop-Sample }
    BeforeEach {
        Start-Sample
        $digest = Push-Image mvp-agent v42
        $null = Get-Call
    }

    Context 'Get-BatchImage' {
        It 'tells what runs where, and what is missing' {
            $null = Send-Request ecr DeleteRepository @{ repositoryName = 'mvp-import'; force = $true }
            $images = Get-BatchImage
            $images[0] | ForEach-Object { $_.GetType().FullName } | Select-Object -Unique | Should -Be 'EventBridgeOps.Images.BatchImage'
            ($images | ForEach-Object { "$_ $($_.RepositoryName):$($_.ImageTag) $($_.State)" }) | Should -Be @(
                'mvp-agent:3/default mvp-agent:1.2.0 Exists', 'mvp-import:1/default mvp-import:7 Missing', 'mvp-pipeline-job-definition:2/default myproject_backend:v42 Exists'
                'mvp-report:2/default mvp-report:2024.2 Exists', 'newsarchivepro-ocr-job-definition:1/default newsarchive-backend:v41 Exists')
            $null = Update-BatchImage -RepositoryName mvp-agent -ImageTag v42
            $image = Get-BatchImage mvp-agent
            "$($image.State) $($image.ImageDigest)" | Should -Be "Exists $digest"
        }

        It 'warns of what it looked for if there is nothing' {
            Get-BatchImage -RepositoryName none-* -WarningAction SilentlyContinue -WarningVariable said | Should -BeNullOrEmpty
            $said | Should -Be 'No images were found. Job definitions looked for: *. Repositories: none-*.'
        }

        It 'narrows by repository, and asks for nothing with -SkipImageCheck' {
            (Get-BatchImage -RepositoryName 'mvp-r*').JobDefinitionName | Should -Be 'mvp-report'
            $null = Get-Call
            (Get-BatchImage 'mvp-*' -SkipImageCheck).State | Select-Object -Unique | Should -Be 'NotChecked'
            Get-Call | Should -Be 'DescribeJobDefinitions'
        }

        It 'tells of a name that is not there' {
            Get-BatchImage nothing, mvp-agent -ErrorAction SilentlyContinue -ErrorVariable failure | ForEach-Object JobDefinitionName | Should -Be 'mvp-agent'
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'JobDefinitionMissing,*'
        }

        It 'is readable at 80 columns' {
            $lines = (Get-BatchImage | Out-String -Width 80) -split '\r?\n'
            $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
            $lines -join "`n" | Should -Match 'mvp-agent:3 +default +mvp-agent:1.2.0 +[0-9a-f]{12} +Exists'
        }
    }

    Context 'Update-BatchImage' {
        It 'registers a revision, and the targets follow on all buses' {
            $synced = Update-BatchImage -JobDefinition mvp-agent -RepositoryName mvp-agent -ImageTag v42 -OutVariable update | Sync-EbBatchTarget -PassThru -WarningAction Ignore
            "$($update.PreviousRevision) $($update.Revision) $($update.Status) $($update.Verified) $($update.Digest)" | Should -Be "3 4 Updated True $digest"
            ($synced | Where-Object Status -EQ Updated | ForEach-Object { "$($_.EventBusName)/$($_.TargetId) $($_.To -replace '.*/')" }) | Should -Be @(
                'mvp-development/agent-behind mvp-agent:4', 'mvp-development/agent-current mvp-agent:4', 'mvp-development/agent-inactive mvp-agent:4', 'mvp-production/agent mvp-agent:4')
        }

        It 'says which targets are left behind, and the command that it gives repairs them' {
            $null = Update-BatchImage -RepositoryName mvp-agent -ImageTag v42 -InformationVariable said
            "$($said[-1])" | Should -Be "2 targets are now Behind. To repair them, run: Sync-EbBatchTarget -EventBusName '*' -JobDefinition mvp-agent"
            $said[-1].Tags | Should -Be 'EventBridgeOps'
            Invoke-Expression ("$($said[-1])" -replace '.*run: ')
            Get-EbTargetRevision -EventBusName * -JobDefinition mvp-agent -State Behind -WarningAction Ignore | Where-Object { -not $_.Exclusion } | Should -BeNullOrEmpty
        }

        It 'does not look for targets if <Case>' -ForEach @(
            @{ Case = 'nothing was registered'; Script = { Update-BatchImage -RepositoryName mvp-agent -ImageTag v42 -WhatIf } }
            @{ Case = 'the output goes on'; Script = { Update-BatchImage -RepositoryName mvp-agent -ImageTag v42 | ForEach-Object Status } }
        ) {
            $null = & $Script
            Get-Call | Where-Object { $_ -in 'ListEventBuses', 'ListRules', 'ListTargetsByRule' } | Should -BeNullOrEmpty
        }

        It 'warns once if the targets may not be listed' {
            Add-Fault '{"operation":"ListEventBuses","fault":{"kind":"error","status":400,"code":"AccessDeniedException","message":"no"}}'
            (Update-BatchImage -RepositoryName mvp-agent -ImageTag v42 -WarningAction SilentlyContinue -WarningVariable said -ErrorVariable failure).Status | Should -Be 'Updated'
            $said | Should -BeLike 'Which targets are now Behind was not checked: *'
            $failure | Should -BeNullOrEmpty
        }

        It 'passes nothing on that was not done' {
            Update-BatchImage -RepositoryName mvp-agent -ImageTag v42 -WhatIf 6>$null | Sync-EbBatchTarget -PassThru | Should -BeNullOrEmpty
            Update-BatchImage -RepositoryName mvp-agent -ImageTag v99 -ErrorAction Ignore | Sync-EbBatchTarget -PassThru | Should -BeNullOrEmpty
            Get-Call | Where-Object { $_ -in 'RegisterJobDefinition', 'PutTargets' } | Should -BeNullOrEmpty
        }

        It 'takes the event <Name>' -ForEach @(
            @{ Name = 'line by line'; Read = { Get-Content -LiteralPath $file } }
            @{ Name = 'whole'; Read = { Get-Content -LiteralPath $file -Raw } }
            @{ Name = 'as an object'; Read = { Get-Content -LiteralPath $file -Raw | ConvertFrom-Json } }
            @{ Name = 'as a hashtable'; Read = { , (Get-Content -LiteralPath $file -Raw | ConvertFrom-Json -AsHashtable) } }
            @{ Name = 'of a file'; Read = { Get-Item -LiteralPath $file } }
            @{ Name = 'in an array'; Read = { "[$(Get-Content -LiteralPath $file -Raw)]" } }
            @{ Name = 'twice'; Read = { Get-Content -LiteralPath $file; Get-Content -LiteralPath $file } }
        ) {
            $file = Join-Path $scratch 'event.json'
            Get-PushEvent v42 $digest | Set-Content -LiteralPath $file
            $update = & $Read | Update-BatchImage -WarningVariable warnings
            "$($update.JobDefinitionName) $($update.Status) $($update.Image)" | Should -Be 'mvp-agent Updated 123456789012.dkr.ecr.eu-west-1.amazonaws.com/mvp-agent:v42'
            $warnings | Should -BeNullOrEmpty
        }

        It 'leaves other events out with the reason, and goes on' {
            $other = (Get-PushEvent v42 $digest) -replace 'PUSH', 'DELETE'
            $update = $other, 'no JSON', (Get-PushEvent v42 $digest) | Update-BatchImage -WarningAction SilentlyContinue -WarningVariable warnings -ErrorAction SilentlyContinue -ErrorVariable failure
            $update.Status | Should -Be 'Updated'
            $warnings | Should -BeLike "Event 13cde686* its action-type is 'DELETE', not PUSH."
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidEvent,*'
        }

        It 'works on an event in its own region, unless -Region is given' {
            $env:AWS_REGION = 'us-east-1'
            try { (Get-PushEvent v42 $digest | Update-BatchImage).Region | Should -Be 'eu-west-1' }
            finally { $env:AWS_REGION = 'eu-west-1' }
            Get-PushEvent v42 $digest | Update-BatchImage -Region us-east-1 -WarningAction SilentlyContinue -WarningVariable warnings | Should -BeNullOrEmpty
            $warnings | Should -BeLike '*in Region us-east-1 runs an image of mvp-agent*'
        }

        It 'takes what Get-BatchImage gives' {
            (Get-BatchImage -RepositoryName mvp-agent | Update-BatchImage -ImageTag v42).Status | Should -Be 'Updated'
        }

        It 'pins the digest' {
            (Update-BatchImage -ImageUri 123456789012.dkr.ecr.eu-west-1.amazonaws.com/mvp-agent:v42 -PinDigest).Image | Should -Be "123456789012.dkr.ecr.eu-west-1.amazonaws.com/mvp-agent@$digest"
        }

        It 'refuses what says too little or contradicts itself' {
            { Update-BatchImage -RepositoryName mvp-agent } | Should -Throw -ErrorId 'InvalidArgument,*'
            { Update-BatchImage -RepositoryName mvp-agent -ImageTag a -ImageDigest sha256:b } | Should -Throw -ErrorId 'InvalidArgument,*'
            { Update-BatchImage -ImageUri mvp-agent } | Should -Throw -ErrorId 'InvalidArgument,*'
            { Update-BatchImage -ImageUri 'https://nonsense' } | Should -Throw -ErrorId 'InvalidArgument,*'
            { Update-BatchImage -RepositoryName mvp-agent -ImageTag v42 -SkipImageCheck -WaitForImage } | Should -Throw -ErrorId 'InvalidArgument,*'
            { Update-BatchImage -RepositoryName mvp-agent -ImageTag v42 -KeepRevisions 0 } | Should -Throw
        }

        It 'deregisters what nobody uses, and is undone as a whole' {
            $update = Update-BatchImage -RepositoryName mvp-agent -ImageTag v42 -KeepRevisions 1 -WarningAction SilentlyContinue -WarningVariable warnings
            $update.Deregistered | Should -BeNullOrEmpty
            $warnings | Should -BeLike 'Revision mvp-agent:? was kept because it is in use by target *'
            $update | Sync-EbBatchTarget -IncludeDisabledRule -WarningAction Ignore
            $undone = Get-EbChange $update.ChangeId | Undo-EbChange -PassThru
            "$($undone[0]) $($undone[0].Status) $($undone[0].To)" | Should -Be 'job-definition/mvp-agent Reverted mvp-agent:5'
            (Get-EbTargetRevision mvp-development -JobDefinition mvp-agent).JobDefinition -replace '.*/' | Select-Object -Unique | Should -Be 'mvp-agent:5', 'mvp-agent'
            (Get-BatchImage mvp-agent).ImageTag | Should -Be '1.2.0'
            ($undone | Out-String -Width 80) | Should -Match 'job definition +mvp-agent:4 -> :5 +Reverted'
        }

        It 'asks with -WhatIf, and is readable at 80 columns' {
            $said = Invoke-Shell "Import-Module '$manifest'; Update-BatchImage -RepositoryName mvp-agent -ImageTag v42 -WhatIf | Out-String -Width 80"
            "$said" | Should -Match 'What if: Performing the operation "Register a new revision of job definition mvp-agent \(default: mvp-agent:1.2.0 -> :v42\)" on target "job-definition/mvp-agent:3"'
            "$said" | Should -Match 'mvp-agent +3 +mvp-agent:1.2.0 -> :v42 +WouldUpdate'
            $said | ForEach-Object { $_ -split '\r?\n' } | Where-Object { $_ -notmatch 'What if' } | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        }
    }
}

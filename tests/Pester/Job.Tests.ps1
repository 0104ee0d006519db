#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'MVP jobs' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        Start-Sample
        $env:EBOPS_JOB_STORE = Join-Path $scratch 'jobs.jsonl'
        $env:EVENTBRIDGE_BUS_NAME = 'mvp-development'

        function Send-Request { (Send-MvpRequest user123 prod456 -PassThru).JobId }
        function Get-StateChange([string] $Id, [string] $Status) { @{ 'detail-type' = 'Batch Job State Change'; detail = @{ jobId = "b-$Id"; status = $Status; parameters = @{ jobId = $Id } } } }
    }
    AfterAll { Stop-Sample }

    It 'sends a request and knows its job' {
        $result = Send-MvpRequest -UserId user1 -ProductId prod456 -BusinessName 'My Startup MVP' -Feature auth, dashboard -Priority High -PassThru
        "$($result.Status) $($result.State)" | Should -Be 'Sent Queued'
        $job = Get-MvpJob -UserId user1
        $job.JobId | Should -Be $result.JobId
        ($job.Detail | ConvertFrom-Json).metadata.features | Should -Be 'auth', 'dashboard'
        $job.History | ForEach-Object { "$($_.State)" } | Should -Be 'Pending', 'Queued'
        (Get-MvpJob $result.JobId).BusinessName | Should -Be 'My Startup MVP'
    }

    It 'warns of what it looked for if there is nothing' {
        Get-MvpJob -UserId nobody -State Failed -WarningAction SilentlyContinue -WarningVariable said | Should -BeNullOrEmpty
        $said | Should -BeLike 'No jobs of user nobody in state failed were found in *.'
    }

    It 'brings a job from the pipeline to the store that it came from' {
        $other = Join-Path $scratch 'other.jsonl'
        $sent = Send-MvpRequest -UserId u-other -ProductId p -StorePath $other -PassThru
        $sent.StorePath | Should -Be $other
        (($sent | Get-MvpJob).StorePath) | Should -Be $other
        "$((Get-MvpJob -StorePath $other | Stop-MvpJob -WarningAction SilentlyContinue).State)" | Should -Be 'Cancelled'
        "$((Get-MvpJob -StorePath $other).State)" | Should -Be 'Cancelled'
        { Get-MvpJob -StorePath $other | Get-MvpJob -StorePath $env:EBOPS_JOB_STORE -ErrorAction Stop } | Should -Throw -ErrorId 'JobNotFound,*'
    }

    It 'sends the rows of a CSV file, and says which cannot be used' {
        $rows = 'UserId,ProductId,BusinessName,Features,Priority', 'u2,p1,Shop,auth;billing,high', 'u2,p2,,,', 'u2,,,,low' | ConvertFrom-Csv
        $results = $rows | Send-MvpRequest -PassThru -ErrorAction SilentlyContinue -ErrorVariable failure
        $results | ForEach-Object { "$($_.Status)" } | Should -Be 'Sent', 'Sent', 'Failed'
        @($failure).Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$($failure[0])" | Should -BeLike '*ProductId is missing*'
        @(Get-MvpJob -UserId u2).Count | Should -Be 2
    }

    It 'refuses the same id twice' {
        Send-MvpRequest u3 p -JobId twice
        Send-MvpRequest u3 other -JobId twice -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'JobExists,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        (Get-MvpJob twice).ProductId | Should -Be 'p'
    }

    It 'keeps a database URL to itself' {
        $secret = [System.Security.SecureString]::new()
        'postgres://u:geheim@h/db'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
        Send-MvpRequest u4 p -DatabaseUrl $secret -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $said = Send-MvpRequest u4 p -DatabaseUrl $secret -AllowPlainDatabaseUrl -PassThru -Verbose -WarningVariable warning 4>&1 3>$null
        @($warning).Count | Should -Be 1
        "$failure $warning $($said | Out-String) $(Get-MvpJob -UserId u4 | Format-List -Property * | Out-String) $(Get-Content -LiteralPath $env:EBOPS_JOB_STORE -Raw)" | Should -Not -Match 'geheim'
        Send-MvpRequest u4 p -DatabaseUrl 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-x'
        (Get-MvpJob -UserId u4)[0].Detail | Should -BeLike '*secret:db-x*'
    }

    It 'moves jobs by events of Batch, forward only' {
        $id = Send-Request
        "$((Get-StateChange $id 'RUNNING' | Update-MvpJob -PassThru).State)" | Should -Be 'Running'
        Get-StateChange $id 'SUBMITTED' | Update-MvpJob -PassThru | Should -BeNullOrEmpty
        $file = Join-Path $scratch 'event.json'
        Get-StateChange $id 'SUCCEEDED' | ConvertTo-Json -Depth 5 | Set-Content -LiteralPath $file
        Get-Content -LiteralPath $file | Update-MvpJob
        Get-Item -LiteralPath $file | Update-MvpJob -PassThru | Should -BeNullOrEmpty
        "$((Get-MvpJob $id -Wait).State)" | Should -Be 'Succeeded'
        @{ 'detail-type' = 'other' } | Update-MvpJob -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidEntry,*'
    }

    It 'moves jobs by events in a queue, and not by those of another account or source' {
        $id = Send-Request
        $happened = Get-StateChange $id 'RUNNING'
        foreach ($wrong in @{ account = '999999999999' }, @{ region = 'us-gov-west-1' }, @{ source = 'acme' }) {
            $happened + $wrong | Update-MvpJob -PassThru -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
            @($failure).Count | Should -Be 1
        }
        $message = [pscustomobject]@{ MessageId = 'm'; Body = ConvertTo-Json ($happened + @{ account = '123456789012'; source = 'aws.batch' }) -Depth 5 }
        "$(($message | Update-MvpJob -PassThru).State)" | Should -Be 'Running'
    }

    It 'sends no request to an event bus that does not exist' {
        Send-MvpRequest u7 p -EventBusName mvp-developmnt -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'EventBusNotFound,*'
        Get-MvpJob -UserId u7 | Should -BeNullOrEmpty
    }

    It 'stops jobs and says what it did' {
        $id = Send-Request
        Get-MvpJob $id | Stop-MvpJob -WhatIf | Should -BeNullOrEmpty
        $job = Get-MvpJob $id | Stop-MvpJob -Reason enough -WarningAction SilentlyContinue
        "$($job.State): $($job.Reason)" | Should -Be 'Cancelled: enough (no Batch job was known)'
        Stop-MvpJob $id, nope -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] } | Should -Be 'JobStateConflict', 'JobNotFound'
    }

    It 'finishes what is pending' {
        Add-Fault '{"operation":"PutEvents","times":1,"fault":{"kind":"partialFailure","code":"AccessDeniedException"}}'
        Send-MvpRequest u5 p -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'EventRefused,*'
        $pending = Get-MvpJob -State Pending
        $pending.UserId | Should -Be 'u5'
        Repair-MvpJob | Should -BeNullOrEmpty # too young to be given up
        "$((Repair-MvpJob -MinimumAge 0 -WhatIf).Status)" | Should -Be 'WouldSend'
        "$(($pending | Repair-MvpJob).Status)" | Should -Be 'Sent'
        @() | Repair-MvpJob -MinimumAge 0 | Should -BeNullOrEmpty
    }

    It 'waits only so long' {
        $id = Send-Request
        "$((Get-MvpJob $id -Wait -TimeoutSeconds 1 -IntervalSeconds 1 -ErrorAction SilentlyContinue -ErrorVariable failure).State)" | Should -Be 'Queued'
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'WaitTimeout,*'
    }

    It 'says where tables are not' {
        { Get-MvpJob -TableName none } | Should -Throw -ErrorId 'JobStoreUnavailable,*'
        { Get-MvpJob -TableName t -StorePath x } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'shows <Name> in a table of 80 columns' -ForEach @(
        @{ Name = 'jobs'; Header = '^JobId +UserId +BusinessName +Created +State$' }
        @{ Name = 'results'; Header = '^JobId +UserId +ProductId +State +Status$' }
    ) {
        if ($PSStyle) { $PSStyle.OutputRendering = 'PlainText' }
        $jobs = Get-MvpJob
        $results = Send-MvpRequest u6 p -PassThru
        $shown = (Get-Variable -Name $Name -ValueOnly | Out-String -Width 80) -split '\r?\n' | ForEach-Object { $_.TrimEnd() }
        @($shown | Where-Object { $_ -match $Header }).Count | Should -BeGreaterThan 0
        $shown | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
    }
}

#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Start-EbSandbox and Stop-EbSandbox' {
    BeforeAll { . (Join-Path $PSScriptRoot 'Support.ps1') }
    AfterAll { Stop-Sample }
    AfterEach { Stop-EbSandbox }

    It 'tells where it is and what it holds' {
        $sandbox = Start-EbSandbox -Sample
        $sandbox | ForEach-Object { $_.GetType().FullName } | Select-Object -Unique | Should -Be 'EventBridgeOps.PowerShell.Sandbox.SandboxInfo'
        $sandbox.Endpoint | Should -Match '^http://127\.0\.0\.1:\d+$'
        $sandbox.Engine | Should -Be 'built-in'
        $sandbox.Region | Should -Be 'eu-west-1'
        $sandbox.AccountId | Should -Be '123456789012'
        $sandbox.Sample.BatchTargets | Should -Be 15
        @(Get-EbTargetRevision *).Count | Should -Be 15
    }

    It 'is empty without -Sample' {
        (Start-EbSandbox).Sample | Should -BeNullOrEmpty
        Get-EbRule * | Should -BeNullOrEmpty
    }

    It 'points the process to it, and puts everything back' {
        $env:AWS_ACCESS_KEY_ID = 'AKIAOLD'
        $env:AWS_SESSION_TOKEN = 'old-token'
        $env:AWS_ENDPOINT_URL_BATCH = 'http://127.0.0.1:1'
        $env:AWS_ENDPOINT_URL_LAMBDA = 'http://127.0.0.1:1'
        $env:AWS_PROFILE = 'old'
        try {
            $before = Get-ChildItem Env: | Where-Object Name -Like AWS_* | ForEach-Object { "$($_.Name)=$($_.Value)" }
            $sandbox = Start-EbSandbox -Region us-west-2
            $env:AWS_ENDPOINT_URL | Should -Be $sandbox.Endpoint
            $env:AWS_REGION | Should -Be 'us-west-2'
            $env:AWS_DEFAULT_REGION | Should -Be 'us-west-2'
            $env:AWS_ACCESS_KEY_ID | Should -Be 'sandbox'
            $env:AWS_SESSION_TOKEN, $env:AWS_ENDPOINT_URL_BATCH, $env:AWS_ENDPOINT_URL_LAMBDA, $env:AWS_PROFILE | Should -Be $null, $null, $null, $null
            Stop-EbSandbox
            Get-ChildItem Env: | Where-Object Name -Like AWS_* | ForEach-Object { "$($_.Name)=$($_.Value)" } | Should -Be $before
        }
        finally { Remove-Item Env:AWS_ACCESS_KEY_ID, Env:AWS_SESSION_TOKEN, Env:AWS_ENDPOINT_URL_BATCH, Env:AWS_ENDPOINT_URL_LAMBDA, Env:AWS_PROFILE -ErrorAction Ignore }
    }

    It 'takes $StoredAWSRegion for its region, so that the cmdlets find it there' {
        $StoredAWSRegion = 'ap-south-1'
        (Start-EbSandbox -Sample).Region | Should -Be $StoredAWSRegion
        @(Get-EbTargetRevision *).Region | Select-Object -Unique | Should -Be 'ap-south-1'
    }

    It 'runs once in a runspace' {
        $sandbox = Start-EbSandbox
        { Start-EbSandbox -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'SandboxFailed,*' -ExpectedMessage "*$($sandbox.Endpoint)*Stop-EbSandbox*"
        Get-EbRule * | Should -BeNullOrEmpty
    }

    It 'can be started again after it was stopped, and stopped when it does not run' {
        $null = Start-EbSandbox
        Stop-EbSandbox
        Stop-EbSandbox
        (Start-EbSandbox).Endpoint | Should -Not -BeNullOrEmpty
    }

    It 'belongs to its runspace: cmdlets reach their own at the same time, and those of a runspace without one reach none' {
        $barrier = New-Object -TypeName Threading.Barrier -ArgumentList 3
        $work = {
            param($Manifest, $Region, $Barrier)
            Import-Module -Name $Manifest
            $sandbox = if ($Region) { Start-EbSandbox -Sample -Region $Region }
            if (-not $Barrier.SignalAndWait(120000)) { throw 'Another runspace did not start.' }
            $targets = @(); $failed = $null
            try {
                $targets = @(Get-EbTargetRevision * -ErrorAction Stop)
                $written = @(Sync-EbBatchTarget mvp-development -PassThru -ErrorAction Stop)
            }
            catch { $failed = $_.FullyQualifiedErrorId }
            if (-not $Barrier.SignalAndWait(120000)) { throw 'Another runspace did not end.' }
            $left = if ($Region) { @(Get-EbTargetRevision mvp-development | Where-Object { $_.IsDrift() }).Count }
            $calls = if ($Region) { @(Invoke-RestMethod -Uri "$($sandbox.Endpoint)/_sandbox/calls" | ForEach-Object { $_ } | Where-Object operation -EQ PutTargets).Count }
            [pscustomobject] @{ Region = @($targets | ForEach-Object Region | Select-Object -Unique); Count = $targets.Count; Written = $written.Count; Left = $left; Calls = $calls; Failed = $failed; Variable = $env:AWS_ENDPOINT_URL }
            Stop-EbSandbox
        }
        $shells = @(foreach ($region in 'eu-central-1', 'us-gov-west-1', $null) {
            $shell = [powershell]::Create().AddScript($work).AddArgument($manifest).AddArgument($region).AddArgument($barrier)
            [pscustomobject] @{ Shell = $shell; Running = $shell.BeginInvoke() }
        })
        $results = @(foreach ($one in $shells) { $one.Shell.EndInvoke($one.Running); $one.Shell.Dispose() })
        $results[0].Region, $results[1].Region | Should -Be 'eu-central-1', 'us-gov-west-1'
        foreach ($result in $results[0..1]) {
            $result.Failed | Should -BeNullOrEmpty
            $result.Count, $result.Left | Should -Be 15, 0
            $result.Written | Should -BeGreaterThan 0
            $result.Calls | Should -Be $results[0].Calls
        }
        $results[2].Count | Should -Be 0
        $results[2].Failed | Should -BeLike 'NoRegion,*'
        @($results | ForEach-Object Variable | Where-Object { $_ }) | Should -BeNullOrEmpty
    }

    It 'sets the environment of the process from another runspace on request, and restores it when that runspace closes' {
        $shell = [powershell]::Create()
        $endpoint = $shell.AddScript("Import-Module -Name '$manifest'; (Start-EbSandbox -SetEnvironment).Endpoint").Invoke()
        $shell.HadErrors | Should -BeFalse
        $env:AWS_ENDPOINT_URL | Should -Be $endpoint
        { Start-EbSandbox -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'SandboxFailed,*' -ExpectedMessage "*$endpoint*-SetEnvironment*"
        $own = Start-EbSandbox -Sample -SetEnvironment:$false
        $env:AWS_ENDPOINT_URL | Should -Be $endpoint
        @(Get-EbTargetRevision *).Count | Should -Be $own.Sample.BatchTargets
        $shell.Runspace.Close()
        $env:AWS_ENDPOINT_URL | Should -BeNullOrEmpty
        { Invoke-RestMethod -Uri "$endpoint/_sandbox/calls" } | Should -Throw
        $shell.Dispose()
    }

    It 'says that a port is taken, and leaves nothing behind' {
        $listener = New-Object Net.Sockets.TcpListener ([Net.IPAddress]::Loopback), 0
        $listener.Start()
        try { { Start-EbSandbox -Port $listener.LocalEndpoint.Port -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'SandboxFailed,*' }
        finally { $listener.Stop() }
        $env:AWS_ENDPOINT_URL | Should -BeNullOrEmpty
        (Start-EbSandbox).Endpoint | Should -Not -BeNullOrEmpty
    }

    It 'listens where -Port says' {
        $listener = New-Object Net.Sockets.TcpListener ([Net.IPAddress]::Loopback), 0
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
        (Start-EbSandbox -Port $port).Endpoint | Should -Be "http://127.0.0.1:$port"
    }

    It 'keeps its state in a file' {
        $file = Join-Path $scratch 'state.json'
        $null = Start-EbSandbox -Sample -StateFile $file
        Sync-EbBatchTarget mvp-development
        Stop-EbSandbox
        (Start-EbSandbox -StateFile $file).StateFile | Should -Be $file
        @(Get-EbTargetRevision mvp-development | Where-Object { $_.IsDrift() }).Count | Should -Be 0
    }

    It 'is slow, pages and throttles on request' {
        $null = Start-EbSandbox -Sample -LatencyMilliseconds 100 -PageSize 2
        $null = Get-Call
        $null = Get-EbRule -SkipTarget
        $started = @(Invoke-RestMethod -Uri "$env:AWS_ENDPOINT_URL/_sandbox/calls" | ForEach-Object { $_ } | ForEach-Object { [datetimeoffset] $_.startedAt })
        $started.Count | Should -BeGreaterThan 1
        ($started[-1] - $started[0]).TotalMilliseconds | Should -BeGreaterOrEqual (90 * ($started.Count - 1)) # a page is asked for when the one before has come
        @(Get-EbRule mvp-development).Count | Should -Be 4
    }

    It 'does nothing with -WhatIf' {
        Start-EbSandbox -WhatIf | Should -BeNullOrEmpty
        $env:AWS_ENDPOINT_URL | Should -BeNullOrEmpty
        $sandbox = Start-EbSandbox
        Stop-EbSandbox -WhatIf
        $env:AWS_ENDPOINT_URL | Should -Be $sandbox.Endpoint
    }

    It 'says where it is, and advances its clock by what is written or given' {
        $sandbox = Start-EbSandbox
        $status = Get-EbSandbox
        $status.Endpoint, $status.Page, $status.Region, $status.AccountId, $status.Engine | Should -Be $sandbox.Endpoint, $sandbox.Page, 'eu-west-1', '123456789012', 'built-in'
        $status.AheadSeconds, $status.ProcessId | Should -Be 0, $PID
        (Step-EbSandboxClock 1d12h).AheadSeconds | Should -Be 129600
        (Step-EbSandboxClock (New-TimeSpan -Minutes 1)).AheadSeconds | Should -Be 129660
        (Step-EbSandboxClock 40 -EndpointUrl $sandbox.Endpoint).Time | Should -BeGreaterThan $status.Time
        Step-EbSandboxClock 2h -WhatIf | Should -BeNullOrEmpty
        (Get-EbSandbox).AheadSeconds | Should -Be 129700
    }

    It 'does not advance its clock by <Span>' -ForEach @(
        @{ Span = 'soon'; Reason = "'soon' is not a valid duration.*" }, @{ Span = '-2h'; Reason = '-2h is negative.*' }, @{ Span = '400d'; Reason = '400d is too far.*' }
    ) {
        $null = Start-EbSandbox
        { Step-EbSandboxClock $Span -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'InvalidArgument,*' -ExpectedMessage $Reason
        (Get-EbSandbox).AheadSeconds | Should -Be 0
    }

    It 'takes images, whose events are delivered, and refuses one that is none without the others' {
        $null = Start-EbSandbox
        $null = Send-Request events PutRule @{ Name = 'pushes'; EventPattern = '{"source":["aws.ecr"]}' }
        $null = Send-Request events PutTargets @{ Rule = 'pushes'; Targets = @(@{ Id = 'one'; Arn = 'arn:aws:sqs:eu-west-1:123456789012:none' }) }
        $images = 'acme:v2', 'ACME:v2', 'team/acme' | Push-EbSandboxImage -ErrorAction SilentlyContinue -ErrorVariable refused
        $images | ForEach-Object { "$_ $($_.MatchingRules)" } | Should -Be 'acme:v2 1', 'team/acme:latest 1'
        $images[0].Digest | Should -Match '^sha256:[0-9a-f]{64}$'
        @($refused).Count, $refused[0].FullyQualifiedErrorId, $refused[0].TargetObject | Should -Be 1, 'InvalidArgument,EventBridgeOps.PowerShell.Sandbox.PushEbSandboxImageCommand', 'ACME:v2'
        ($images[0] | Get-EbSandboxDelivery).RuleName | Should -Be 'pushes'
        Push-EbSandboxImage acme:v3 -WhatIf | Should -BeNullOrEmpty
        (Push-EbSandboxImage acme:v2 -Region us-east-1).MatchingRules | Should -Be 0
        @(Get-EbSandboxDelivery).Count | Should -Be 2
    }

    It 'is not there: <Code>' -ForEach @{ Code = 'Get-EbSandbox' }, @{ Code = 'Push-EbSandboxImage acme:v2' }, @{ Code = 'Step-EbSandboxClock 2h' }, @{ Code = 'Get-EbSandboxDelivery' } {
        { & ([scriptblock]::Create("$Code -ErrorAction SilentlyContinue")) } | Should -Throw -ErrorId 'SandboxFailed,*' -ExpectedMessage 'No sandbox is running in this PowerShell session.'
    }

    It 'refuses for moto what moto does not know' {
        { Start-EbSandbox -Engine Moto -PageSize 2 } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'ends when the module is removed, and puts the environment back' {
        $said = Invoke-Shell "`$env:AWS_REGION = 'before'; Import-Module '$manifest'; `$url = (Start-EbSandbox).Endpoint; Remove-Module EventBridgeOps; `"`$env:AWS_REGION|`$env:AWS_ENDPOINT_URL`"; try { Invoke-WebRequest -UseBasicParsing `$url } catch { 'gone' }"
        $said | Should -Be 'before|', 'gone'
    }

    It 'saves its state when the shell just exits' {
        $file = Join-Path $scratch 'exit.json'
        $null = Invoke-Shell "Import-Module '$manifest'; `$null = Start-EbSandbox -Sample -StateFile '$file'; exit"
        Get-Content -LiteralPath $file -Raw | Should -BeLike '*mvp-nightly-report*'
    }

    Context 'moto' -Skip:(-not (Get-Command moto_server -ErrorAction Ignore)) {
        It 'tells the same story' {
            $sandbox = Start-EbSandbox -Engine Moto -Sample
            $sandbox.Engine | Should -Be 'moto'
            $status = Get-EbSandbox
            $status.Endpoint, $status.Engine, $status.Page, $status.Time | Should -Be $sandbox.Endpoint, 'moto', $null, $null
            { Step-EbSandboxClock 2h -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'SandboxFailed,*' -ExpectedMessage '*moto does not*'
            $targets = Get-EbTargetRevision * | Where-Object State -In Behind, Inactive
            $targets.Count | Should -BeGreaterThan 3
            $results = $targets | Sync-EbBatchTarget -PassThru -WarningAction SilentlyContinue
            @($results | Where-Object Status -EQ Updated).Count | Should -BeGreaterThan 3
            Get-EbChange -Last 1 | Undo-EbChange -PassThru | ForEach-Object Status | Select-Object -Unique | Should -Be 'Reverted'
            @(Get-EbTargetRevision * | Where-Object State -In Behind, Inactive).Count | Should -Be $targets.Count
            Stop-EbSandbox
            $env:AWS_ENDPOINT_URL | Should -BeNullOrEmpty
        }
    }
}

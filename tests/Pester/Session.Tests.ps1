#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Where and as whom' {
    BeforeAll { . (Join-Path $PSScriptRoot 'Support.ps1') }
    AfterAll { Stop-Sample }

    Context 'without any AWS settings' {
        BeforeAll { Stop-EbSandbox }

        It '<Cmdlet> ends with <ErrorId>' -ForEach @(
            @{ Cmdlet = 'Get-EbRule'; With = @{}; ErrorId = 'NoRegion'; Category = 'InvalidArgument' }
            @{ Cmdlet = 'Get-EbTargetRevision'; With = @{ Region = 'eu-west-1' }; ErrorId = 'NoCredentials'; Category = 'AuthenticationError' }
            @{ Cmdlet = 'Sync-EbBatchTarget'; With = @{ Region = 'eu-west-1' }; ErrorId = 'NoCredentials'; Category = 'AuthenticationError' }
            @{ Cmdlet = 'Get-EbRule'; With = @{ ProfileName = 'nobody'; Region = 'eu-west-1' }; ErrorId = 'ProfileNotFound'; Category = 'ObjectNotFound' }
            @{ Cmdlet = 'Get-EbRule'; With = @{ AK = 'AKIA'; Region = 'eu-west-1' }; ErrorId = 'InvalidArgument'; Category = 'InvalidArgument' }
            @{ Cmdlet = 'Get-EbRule'; With = @{ Region = 'Atlantis' }; ErrorId = 'InvalidArgument'; Category = 'InvalidArgument' }
            @{ Cmdlet = 'Get-EbRule'; With = @{ RequestsPerSecond = 0 }; ErrorId = 'InvalidArgument'; Category = 'InvalidArgument' }
        ) {
            $failure = { & $Cmdlet @With -ErrorAction SilentlyContinue } | Should -Throw -ErrorId "$ErrorId,*" -PassThru
            $failure.CategoryInfo.Category | Should -Be $Category
        }

        It 'says within moments that nobody listens at the endpoint' {
            $env:AWS_MAX_ATTEMPTS = '1'
            try { Get-EbRule -Region eu-west-1 -AK a -SK b -EndpointUrl http://127.0.0.1:1 -ErrorAction SilentlyContinue -ErrorVariable failure }
            finally { Remove-Item Env:AWS_MAX_ATTEMPTS }
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'Unreachable,*'
            $failure[0].CategoryInfo.Category | Should -Be 'ConnectionError'
        }
    }

    Context 'at the sandbox' {
        BeforeEach { Start-Sample }

        It 'takes $StoredAWSRegion before the environment, and -Region before that' {
            $StoredAWSRegion = 'us-east-1'
            Copy-Region
            (Get-EbTargetRevision default mvp-nightly-report).Region | Should -Be 'us-east-1'
            (Get-EbTargetRevision default mvp-nightly-report -Region eu-west-1).Region | Should -Be 'eu-west-1'
            (Get-EbTargetRevision default mvp-nightly-report -RegionToCall eu-west-1).Region | Should -Be 'eu-west-1'
        }

        It 'reads $StoredAWSCredentials' {
            $StoredAWSCredentials = 'not credentials'
            { Get-EbRule } | Should -Throw -ErrorId 'InvalidArgument,*' -ExpectedMessage '*StoredAWSCredentials*'
        }

        It 'takes credentials as <Case>' -ForEach @(
            @{ Case = 'an object of another kind'; Wrap = { param($key) [pscustomobject]@{ AccessKey = $key.AccessKeyId; SecretKey = $key.SecretAccessKey; Token = $key.SessionToken } } }
            @{ Case = 'what STS answers'; Wrap = { param($key) [pscustomobject]@{ Credentials = [pscustomobject]@{ AccessKeyId = $key.AccessKeyId; SecretAccessKey = $key.SecretAccessKey; SessionToken = $key.SessionToken } } } }
        ) {
            $lenient = if ($PSVersionTable.PSVersion.Major -ge 6) { @{ SkipHeaderValidation = $true } } else { @{} }
            $answer = Invoke-RestMethod @lenient -Uri $env:AWS_ENDPOINT_URL -Method Post -Body 'Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::123456789012:role/ops&RoleSessionName=pester' -Headers @{
                Authorization = 'AWS4-HMAC-SHA256 Credential=sandbox/20260101/eu-west-1/sts/aws4_request, SignedHeaders=host, Signature=none'
            } -ContentType 'application/x-www-form-urlencoded'
            $key = ([xml]$answer.OuterXml).AssumeRoleResponse.AssumeRoleResult.Credentials
            $credential = & $Wrap $key
            Sync-EbBatchTarget mvp-production mvp-agent-on-upload -Credential $credential
            (Get-EbChange).Identity | Should -BeLike '*assumed-role/ops/pester*'
        }

        It 'lets what is given to the cmdlet win over the sandbox' {
            $env:AWS_MAX_ATTEMPTS = '1'
            try { Get-EbRule -EndpointUrl http://127.0.0.1:1 -ErrorAction SilentlyContinue -ErrorVariable failure }
            finally { Remove-Item Env:AWS_MAX_ATTEMPTS }
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'Unreachable,*'
        }

        It 'works on each object in its own region' {
            Copy-Region
            $targets = @('eu-west-1', 'us-east-1' | ForEach-Object { Get-EbTargetRevision mvp-development -Region $_ })
            $results = $targets | Sync-EbBatchTarget -PassThru
            @($results | Where-Object Status -EQ Updated).Count | Should -Be 6
            Get-EbChange | ForEach-Object Region | Sort-Object | Should -Be 'eu-west-1', 'us-east-1'
            'eu-west-1', 'us-east-1' | ForEach-Object { Get-EbTargetRevision mvp-development -Region $_ } | Where-Object { $_.IsDrift() } | Should -BeNullOrEmpty
        }

        It 'reads the region of a rule from its ARN' {
            Copy-Region
            $rule = Get-EbRule default mvp-nightly-report -Region us-east-1
            ($rule | Get-EbTargetRevision).Region | Should -Be 'us-east-1'
            $rule | Sync-EbBatchTarget
            (Get-EbChange).Region | Should -Be 'us-east-1'
        }

        It 'refuses an object of another region than -Region' {
            $target = Get-EbTargetRevision default mvp-nightly-report
            $target | Sync-EbBatchTarget -Region us-east-1 -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'WrongAccountOrRegion,*'
            $failure[0].TargetObject | Should -Be $target
        }

        It 'shows each call under -Debug, and nothing secret' {
            $DebugPreference = 'Continue'
            $lines = Get-EbRule default mvp-nightly-report -AccessKey AKIAIOSFODNN7EXAMPLE -SecretKey wJalrXUtnFEMI 5>&1 | Where-Object { $_ -is [Management.Automation.DebugRecord] }
            $lines.Count | Should -Be 2
            "$($lines[0])" | Should -Match '^events:DescribeRule HTTP 200, \d+ ms, attempt 1, request id \S+$'
            "$lines" | Should -Not -Match 'AKIA|wJalr'
        }

        It 'tells its decisions under -Verbose' {
            Get-EbTargetRevision * -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | Out-String | Should -BeLike '*Working in eu-west-1 at http://127.0.0.1:*'
        }

        It 'asks for an MFA code where a profile wants one' {
            $profiles = Join-Path $scratch 'profiles'
            @('[mfa]', 'role_arn = arn:aws:iam::123456789012:role/ops', 'source_profile = base', 'mfa_serial = arn:aws:iam::123456789012:mfa/me', 'region = eu-west-1',
                '[base]', 'aws_access_key_id = a', 'aws_secret_access_key = b') | Set-Content -LiteralPath $profiles
            $answered = Invoke-WithAnswer "Sync-EbBatchTarget mvp-production mvp-agent-on-upload -ProfileName mfa -ProfileLocation '$profiles'; Get-EbChange" '123456'
            $answered.Errors | Should -BeNullOrEmpty
            $answered.Lines -join '' | Should -BeLike '*mfa/me*'
            $answered.Output.Identity | Should -BeLike '*assumed-role/ops*'
        }
    }
}

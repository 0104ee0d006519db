#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery { . (Join-Path $PSScriptRoot 'Cmdlets.ps1') }

Describe 'Session parameters' {
    BeforeAll { . (Join-Path $PSScriptRoot 'Support.ps1') }
    AfterAll { Stop-Sample }

    Context 'without any AWS settings' {
        BeforeAll { Stop-EbSandbox }

        It '<Cmdlet> ends with <ErrorId>' -ForEach @(
            $readingCmdlets | ForEach-Object {
                @{ Cmdlet = $_; With = @{}; ErrorId = 'NoRegion'; Category = 'InvalidArgument' }
                @{ Cmdlet = $_; With = @{ Region = 'eu-west-1' }; ErrorId = 'NoCredentials'; Category = 'AuthenticationError' }
            }
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
            @($results | Where-Object Status -EQ Updated).Count | Should -Be 8
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
            "$($lines[0])" | Should -Match '^events:DescribeRule HTTP 200, \d+ ms, attempt 1, request ID \S+$'
            "$lines" | Should -Not -Match 'AKIA|wJalr'
        }

        It 'tells its decisions under -Verbose' {
            Get-EbTargetRevision * -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | Out-String | Should -BeLike '*Using Region eu-west-1 at endpoint http://127.0.0.1:*'
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

        It 'does not ask whether to go on under -Debug, warnings or not' {
            $answered = Invoke-WithAnswer 'Sync-EbBatchTarget default StepF* -Debug' @()
            $answered.Questions | Should -BeNullOrEmpty
            @($answered.Lines | Where-Object { $_ -like 'WARNING: *states.amazonaws.com*' }).Count | Should -Be 1
            @($answered.Lines | Where-Object { $_ -like 'DEBUG: events:ListRules *' }).Count | Should -Be 1
            @((Invoke-WithAnswer 'Sync-EbBatchTarget default StepF* -Debug -WarningAction SilentlyContinue' @()).Lines | Where-Object { $_ -like 'WARNING: *' }).Count | Should -Be 0
            @((Invoke-WithAnswer '$WarningPreference = "SilentlyContinue"; Sync-EbBatchTarget default StepF* -Debug' @()).Lines | Where-Object { $_ -like 'WARNING: *' }).Count | Should -Be 0
        }

        It 'shows bodies under -Debug only where EBOPS_DEBUG_BODIES is 1, and never a secret' {
            $null = Send-Request -Service batch -Operation RegisterJobDefinition -Body @{
                jobDefinitionName = 'secretive'; type = 'container'
                containerProperties = @{ image = 'mvp-agent:1'; environment = @(@{ name = 'DSN'; value = 'planted-1' }, @{ name = 'DB'; value = 'postgres://u:planted-2@h/db' }); command = @('--password', 'planted-3') }
            }
            $look = { param($tag) Update-BatchImage -RepositoryName mvp-agent -ImageTag $tag -SkipImageCheck -JobDefinition secretive -Debug 5>&1; Send-EbEvent s t @{ password = 'planted-4'; note = 'seen' } -Debug 5>&1 }
            $DebugPreference = 'Continue'
            & $look v9 | Out-String -Width 9999 | Should -Not -Match 'request: |response: '
            $env:EBOPS_DEBUG_BODIES = '1'
            try { $said = & $look v10 | Out-String -Width 9999 }
            finally { Remove-Item Env:EBOPS_DEBUG_BODIES }
            $said | Should -Match 'batch:RegisterJobDefinition request: .*"jobDefinitionName":"secretive"'
            $said | Should -Match 'events:PutEvents request: .*seen'
            $said | Should -Match '\[redacted\]'
            $said | Should -Not -Match 'planted'
        }

        It 'sums up what it wrote on the information stream, which is silent by default' {
            $all = Sync-EbBatchTarget mvp-production -ErrorAction SilentlyContinue -InformationVariable said *>&1
            @($all | Where-Object { "$_" -like '*To undo*' -and $_ -isnot [Management.Automation.InformationRecord] }) | Should -BeNullOrEmpty
            $said.Tags | Should -Be 'EventBridgeOps'
            "$said" | Should -Match '^1 updated, 1 already current, 1 failed\. Change (\S+)\. To undo: Undo-EbChange \1$'
            Undo-EbChange (Get-EbChange).Id -InformationVariable said
            "$said" | Should -BeLike '1 reverted. Change *'
            1..3 | ForEach-Object { @{ Source = 's'; DetailType = 't' } } | Send-EbEvent -InformationVariable said
            "$said" | Should -Be '3 sent.'
        }

        It 'names parameters and help topics as PowerShell does in an error that ends the cmdlet: <Case>' -ForEach @(
            @{ Case = 'before the pipeline'; Script = { Sync-EbBatchTarget default -FailOnDrift }; Message = '-FailOnDrift requires -WhatIf. *' }
            @{ Case = 'for an object'; Script = { Get-EbTargetRevision -Region eu_west -AccessKey a -SecretKey b }; Message = '* (from -Region) is not a valid AWS Region. *' }
            @{ Case = 'at work'; Script = { Sync-EbBatchTarget default -Float -ToRevision 3 }; Message = '-Float cannot be combined with -ToRevision: *' }
        ) {
            $failure = try { & $Script } catch { $_ }
            $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
            $failure.Exception.Message | Should -BeLike $Message
            "$failure" | Should -Be $failure.Exception.Message
            $failure.ErrorDetails.RecommendedAction | Should -Be 'For causes and solutions of InvalidArgument, run: Get-Help about_EventBridgeOps_Errors'
        }

        It 'says in sentences what it does not change, and why' {
            $said = Sync-EbBatchTarget mvp-development -WhatIf -Verbose 4>&1 | Out-String -Width 999
            $said | Should -Match 'mvp-development/mvp-import-done/import is not changed, because it already names mvp-import:1\.'
            $said | Should -Match 'agent-floating is not changed: the reference has no revision'
            $said | Should -Match 'agent-inactive names \S+mvp-agent:1 \(revision 1 is deregistered\)\. It will be updated to \S+mvp-agent:3\.'
        }

        It 'takes $StoredAWSRegion of <Case>' -ForEach @(
            @{ Case = 'the global scope'; Script = { param($name) Set-Variable -Name StoredAWSRegion -Scope Global -Value $name } }
            @{ Case = 'an object with SystemName'; Script = { param($name) Set-Variable -Name StoredAWSRegion -Scope Global -Value ([pscustomobject]@{ SystemName = $name; DisplayName = 'There' }) } }
            @{ Case = 'what Get-AWSRegion gives'; Script = { param($name) Set-Variable -Name StoredAWSRegion -Scope Global -Value ([pscustomobject]@{ Region = $name; Name = 'There' }) } }
        ) {
            Copy-Region
            & $Script 'us-east-1'
            try { (Get-EbTargetRevision default mvp-nightly-report).Region | Should -Be 'us-east-1' }
            finally { Remove-Variable -Name StoredAWSRegion -Scope Global }
            (Get-EbTargetRevision default mvp-nightly-report).Region | Should -Be 'eu-west-1'
        }
    }

    Context 'objects of AWS.Tools' {
        BeforeAll {
            # Types of the names and shapes of AWSSDK.EventBridge, AWSSDK.Batch, AWSSDK.ECR and AWS.Tools.Common; ours share nothing with them.
            if (-not ('Amazon.EventBridge.Model.Rule' -as [type])) {
                Add-Type -TypeDefinition @"
namespace Amazon.Runtime { public class ConstantClass { public ConstantClass(string v) { Value = v; } public string Value { get; private set; } public override string ToString() { return Value; } } }
namespace Amazon.EventBridge { public class RuleState : Amazon.Runtime.ConstantClass { public RuleState(string v) : base(v) { } } }
namespace Amazon.EventBridge.Model {
  public class Rule { public string Arn { get; set; } public string Description { get; set; } public string EventBusName { get; set; } public string EventPattern { get; set; } public string ManagedBy { get; set; } public string Name { get; set; } public string RoleArn { get; set; } public string ScheduleExpression { get; set; } public Amazon.EventBridge.RuleState State { get; set; } }
  public class BatchParameters { public string JobDefinition { get; set; } public string JobName { get; set; } }
  public class Target { public string Arn { get; set; } public BatchParameters BatchParameters { get; set; } public string Id { get; set; } public string Input { get; set; } public string RoleArn { get; set; } }
  public class EventBus { public string Arn { get; set; } public string Name { get; set; } public string Policy { get; set; } }
}
namespace Amazon.Batch.Model { public class JobDefinition { public string JobDefinitionArn { get; set; } public string JobDefinitionName { get; set; } public int Revision { get; set; } public string Status { get; set; } } }
namespace Amazon.ECR.Model {
  public class ImageIdentifier { public string ImageDigest { get; set; } public string ImageTag { get; set; } }
  public class ImageDetail { public string RegistryId { get; set; } public string RepositoryName { get; set; } public string ImageDigest { get; set; } public System.Collections.Generic.List<string> ImageTags { get; set; } }
}
namespace Amazon.PowerShell.Common {
  public class Immutable { public string AccessKey { get; set; } public string SecretKey { get; set; } public string Token { get; set; } }
  public class AWSPSCredentials { public int Asked; public Immutable GetCredentials() { Asked++; return new Immutable { AccessKey = "AKIDFOREIGN" + Asked, SecretKey = "secret" }; } }
}
"@
            }

            function Get-ClrRule([string] $Bus, [string] $Name) {
                $rule = Get-EbRule $Bus $Name
                [Amazon.EventBridge.Model.Rule]@{ Arn = $rule.Arn; EventBusName = $rule.EventBusName; EventPattern = $rule.EventPattern; Name = $rule.RuleName; ScheduleExpression = $rule.ScheduleExpression; State = [Amazon.EventBridge.RuleState]::new($rule.State) }
            }
        }
        BeforeEach { Start-Sample }

        It 'are rules to every cmdlet that takes rules' {
            $rule = Get-ClrRule mvp-development mvp-report-on-request
            ($rule | Get-EbRule).RuleName | Should -Be 'mvp-report-on-request'
            ($rule | Get-EbTargetRevision).TargetId | Should -Be 'report', 'report-array'
            ($rule | Sync-EbBatchTarget -PassThru).Status | Should -Be 'Updated', 'AlreadyCurrent'
            $happened = @{ source = 'mvp.reports'; 'detail-type' = 't'; detail = @{} }
            $rule | Test-EbPattern -Event $happened | Should -BeTrue
            ($rule | Measure-EbPattern -Event $happened).Matched | Should -Be 1
            ($rule | Get-EbRoute -Event $happened).RuleName | Should -Be 'mvp-report-on-request'
        }

        It 'are targets, with -RuleName' {
            $target = [Amazon.EventBridge.Model.Target]@{ Id = 'report'; Arn = 'arn:aws:batch:eu-west-1:123456789012:job-queue/mvp'; BatchParameters = [Amazon.EventBridge.Model.BatchParameters]@{ JobDefinition = 'mvp-report:1' } }
            ($target | Get-EbTargetRevision -EventBusName mvp-development -RuleName mvp-report-on-request).State | Should -Be 'Behind'
            ($target | Sync-EbBatchTarget -EventBusName mvp-development -RuleName mvp-report-on-request -PassThru).Status | Should -Be 'Updated'
        }

        It 'are buses, whose name is not a rule''s' {
            $bus = [Amazon.EventBridge.Model.EventBus]@{ Name = 'mvp-production'; Arn = 'arn:aws:events:eu-west-1:123456789012:event-bus/mvp-production' }
            @($bus | Get-EbRule).Count | Should -Be 3
            @($bus | Get-EbTargetRevision).Count | Should -Be 3
            @($bus | Get-EbTargetRevision -RuleName 'mvp-cleanup*').Count | Should -Be 1
            $bus | Sync-EbBatchTarget -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].Exception.Message | Should -BeLike '*is an event bus*-EventBusName mvp-production*'
        }

        It 'are job definitions, wherever they are named' {
            $definition = [Amazon.Batch.Model.JobDefinition]@{ JobDefinitionName = 'mvp-agent'; Revision = 3; Status = 'ACTIVE'; JobDefinitionArn = 'arn:aws:batch:eu-west-1:123456789012:job-definition/mvp-agent:3' }
            @($definition | Get-EbTargetRevision).Count | Should -Be @(Get-EbTargetRevision * -JobDefinition mvp-agent).Count
            ($definition | Get-BatchImage).JobDefinitionName | Should -Be 'mvp-agent'
            ($definition | Update-BatchImage -RepositoryName mvp-agent -ImageTag v9 -SkipImageCheck).Status | Should -Be 'Updated'
        }

        It 'are images to Update-BatchImage' {
            $detail = [Amazon.ECR.Model.ImageDetail]@{ RepositoryName = 'mvp-agent'; ImageDigest = 'sha256:' + 'a' * 64; ImageTags = [Collections.Generic.List[string]] @('v9') }
            ($detail | Update-BatchImage -SkipImageCheck -WhatIf).Image | Should -BeLike '*mvp-agent:v9'
            $identifier = [Amazon.ECR.Model.ImageIdentifier]@{ ImageTag = 'v9'; ImageDigest = 'sha256:' + 'a' * 64 }
            ($identifier | Update-BatchImage -RepositoryName mvp-agent -SkipImageCheck -WhatIf).Image | Should -BeLike '*mvp-agent:v9'
            $identifier | Update-BatchImage -SkipImageCheck -WhatIf -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].Exception.Message | Should -BeLike '*-RepositoryName*'
        }

        It 'are credentials, asked again for each call, through their public members' {
            $StoredAWSCredentials = [Amazon.PowerShell.Common.AWSPSCredentials]::new()
            @(Get-EbTargetRevision mvp-development).Count | Should -Be 8
            $StoredAWSCredentials.Asked | Should -BeGreaterThan 3
        }
    }
}

#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# The views and the property lists are made of the descriptions of the records. A sample of each record is compared with Views.approved.txt;
# to accept a change, set EBOPS_ACCEPT_VIEWS=1, run this file, and look at the difference.
Describe 'The views of the records' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        $approvedFile = Join-Path $PSScriptRoot 'Views.approved.txt'
        $registry = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'
        $digest = 'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'
        $job = 'arn:aws:batch:eu-west-1:123456789012:job-definition/mvp-agent-with-a-long-name:12'
        $document = '{"Id":"agent"}'
        $early = [datetimeoffset]'2026-11-21T09:30:05Z'
        $late = [datetimeoffset]'2026-11-22T18:00:00Z'
        $target = [ordered]@{ EventBusName = 'mvp-development'; RuleName = 'mvp-agent-on-upload-of-a-file'; RuleState = 'ENABLED'; ManagedBy = $null; TargetId = 'agent'; JobQueueArn = 'arn:aws:batch:eu-west-1:123456789012:job-queue/q'; RoleArn = 'arn:aws:iam::123456789012:role/start'; JobDefinition = $job; JobDefinitionName = 'mvp-agent-with-a-long-name'; Revision = 12; LatestRevision = 13; RevisionsBehind = 1; State = 'Behind'; Reason = $null; Region = 'eu-west-1'; AccountId = '123456789012'; Document = $document }
        $result = [ordered]@{ EventBusName = 'mvp-development'; RuleName = 'mvp-agent-on-upload-of-a-file'; TargetId = 'agent'; JobDefinitionName = $null; From = $job; To = ($job -replace '12$', '13'); Status = 'Updated'; Verified = $true; ChangeId = '20261121T093005Z-3f9a1c'; Reason = $null; ErrorId = $null }
        $item = [ordered]@{ Kind = 'Target'; EventBusName = 'mvp-development'; RuleName = 'mvp-report'; TargetId = 'report'; JobDefinitionName = $null; From = 'mvp-report:1'; To = 'mvp-report'; Status = 'Written'; Error = $null; Before = '{}'; After = '{}' }
        $test = [ordered]@{ Pattern = 'default/mvp-import-done'; EventBusName = 'default'; RuleName = 'mvp-import-done'; Event = 'week.jsonl:12'; EventId = '6a7e8feb-b491'; Matches = $true; Service = $null }
        $samples = [ordered]@{
            'Targets.TargetRevision'             = $target, ($target + @{} | ForEach-Object { $_.State = 'Missing'; $_.LatestRevision = $null; $_.JobDefinition = 'short'; $_.RuleName = 'r'; $_ })
            'Buses.EventBusSummary'              = @([ordered]@{ EventBusName = 'mvp-development-of-the-whole-team'; Arn = 'arn'; Description = 'd'; IsShared = $true; Policy = '{}'; DeadLetterArn = 'arn:aws:sqs:eu-west-1:123456789012:dead'; KmsKeyIdentifier = $null; LogLevel = 'ERROR'; Document = '{}' })
            'Events.Rules.RuleSummary'           = @([ordered]@{ EventBusName = 'default'; RuleName = 'mvp-import-done'; State = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'; ScheduleExpression = $null; EventPattern = '{"source":["mvp.uploads"]}'; Description = 'd'; ManagedBy = $null; Arn = 'arn:aws:events:eu-west-1:123456789012:rule/mvp-import-done'; Targets = @('one', 'two'); Document = '{}' }, [ordered]@{ EventBusName = 'default'; RuleName = 'nightly'; State = 'DISABLED'; ScheduleExpression = 'rate(1 day)'; EventPattern = $null; Targets = @(); Document = '{}' })
            'Events.Rules.RuleTarget'            = @([ordered]@{ TargetId = 'agent-with-a-very-long-name-x64'; Arn = 'arn:aws:batch:eu-west-1:123456789012:job-queue/q'; JobDefinition = $job; Document = $document })
            'Sync.TargetSyncResult'              = $result, ($result + @{} | ForEach-Object { $_.EventBusName = $_.RuleName = $_.TargetId = ''; $_.JobDefinitionName = 'mvp-agent'; $_.From = 'mvp-agent:3'; $_.To = 'mvp-other:4'; $_.Status = 'Failed'; $_.Reason = 'why'; $_ }), ($result + @{} | ForEach-Object { $_.EventBusName = $_.RuleName = $_.TargetId = ''; $_.OtherResource = 'service web'; $_.From = 'web:3'; $_.To = 'web:2'; $_.Status = 'Reverted'; $_ })
            'Changes.Change'                     = @([ordered]@{ Id = '20261121T093005Z-3f9a1c'; Time = $early; Kind = 'ImageUpdate'; Status = 'PartlyApplied'; Undoes = $null; Region = 'eu-west-1'; AccountId = '123456789012'; Identity = 'arn:aws:iam::123456789012:user/u'; TargetCount = 2; EventBusName = @('default', 'mvp-development'); Items = @('one', 'two') })
            'Changes.ChangeItem'                 = $item, ($item + @{} | ForEach-Object { $_.EventBusName = $_.RuleName = $_.TargetId = ''; $_.Kind = 'Registration'; $_.JobDefinitionName = 'mvp-agent'; $_.From = $null; $_.To = 'mvp-agent:3'; $_.Status = 'InFlight'; $_ })
            'Images.BatchImage'                  = @([ordered]@{ JobDefinitionName = 'newsarchive-backend-of-the-archive'; Revision = 12; JobDefinitionArn = 'arn'; ContainerName = 'main-container'; TargetNodes = '0:3'; Image = "$registry/team/newsarchive-backend"; RegistryId = '123456789012'; RepositoryName = 'team/newsarchive-backend'; ImageTag = $null; ImageDigest = $digest; PushedAt = $early; State = 'NotChecked'; Reason = $null; Region = 'eu-west-1' })
            'Images.BatchImageUpdate'            = @([ordered]@{ JobDefinitionName = 'news'; PreviousRevision = 12; Revision = 13; JobDefinitionArn = 'arn'; PreviousImage = "$registry/news:v41"; Image = "$registry/news:v42"; Digest = $digest; Containers = @('main'); Deregistered = @(3, 4); Status = 'Updated'; Verified = $true; ChangeId = '20261121T093005Z-3f9a1c'; Reason = $null; ErrorId = $null; Region = 'eu-west-1' }, [ordered]@{ JobDefinitionName = 'olds'; PreviousRevision = 3; Revision = 3; PreviousImage = "$registry/news:v41"; Image = "$registry/olds@$digest"; Status = 'WouldUpdate' })
            'DeadLetters.DeadLetter'             = @([ordered]@{ QueueName = 'mvp-dead-letters'; QueueArn = 'arn'; MessageId = '644e8b19'; EventId = '36c2875c'; Source = 'founderdash.web'; DetailType = 'MVP Development Request'; EventBusName = 'mvp-development'; RuleName = 'mvp-pipeline-development-rule'; TargetId = 'pipeline'; TargetArn = 'arn:aws:batch:eu-west-1:123456789012:job-queue/q'; ErrorCode = 'ERROR_FROM_TARGET'; ErrorMessage = 'not found'; Cause = 'RevisionNotActive'; State = 'NotRedrivable'; Diagnosis = 'why'; RetryAttempts = 0; ExhaustedRetryCondition = $null; SentAt = $early; ReceiveCount = 2; Body = '{}' })
            'DeadLetters.DeadLetterResult'       = @([ordered]@{ QueueName = 'mvp-dead-letters'; QueueArn = 'arn'; MessageId = '644e8b19'; EventId = '36c2875c'; Source = 'founderdash.web'; DetailType = 'MVP Development Request'; EventBusName = 'mvp-development'; RuleName = 'mvp-pipeline-development-rule'; TargetId = 'pipeline'; TargetArn = 'arn:aws:batch:eu-west-1:123456789012:job-queue/q'; Cause = 'RevisionNotActive'; Status = 'NotRedrivable'; DeliveryId = $null; ChangeId = $null; Reason = 'why'; ErrorId = $null }, [ordered]@{ QueueName = 'mvp-dead-letters'; QueueArn = 'arn'; MessageId = '7e0401a0'; DetailType = 'short'; RuleName = 'r'; TargetId = $null; Cause = 'Throttled'; Status = 'Redriven'; DeliveryId = 'job'; ChangeId = '20261121T093005Z-3f9a1c' })
            'Installation.AutomationStack'       = @([ordered]@{ StackName = 'ebops'; Status = 'Installed'; PackageVersion = '9f86d081884c'; FunctionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:ebops'; RuleName = @('ebops-ImagePushRule-1ABC', 'ebops-DriftScheduleRule-2DEF'); TableName = 'ebops-Table-3GHI'; DeadLetterQueueArn = 'arn:aws:sqs:eu-west-1:123456789012:ebops-DeadLetterQueue-4JKL'; ParkedQueueUrl = 'https://sqs.eu-west-1.amazonaws.com/123456789012/ebops-ParkedQueue-5MNO'; LogGroupName = 'ebops-Logs-6PQR'; DashboardName = 'ebops'; TopicArn = $null }, [ordered]@{ StackName = 'ebops'; Status = 'WouldInstall'; RuleName = @() })
            'Installation.FunctionRun'           = @([ordered]@{ FunctionName = 'ebops'; Task = 'DriftCheck'; Status = 'Done'; Message = '15 targets were checked. None has drifted.'; ChangeIds = @('20261121T093005Z-3f9a1c'); Answer = '{}' })
            'Installation.AutomationLogLine'     = @([ordered]@{ Time = $early; Level = 'Info'; Event = 'invocation.done'; Message = 'a message that is much longer than what is left of the width of a window'; RequestId = 'r'; Text = '{}' }, [ordered]@{ Time = $late; Level = 'Error'; Event = $null; Message = 'short'; RequestId = $null; Text = 'short' })
            'Installation.RemovedResource'       = @([ordered]@{ Resource = 'DeadLetterQueue'; Kind = 'AWS::SQS::Queue'; Status = 'Deleted'; Name = 'ebops-DeadLetterQueue-4JKL'; Reason = $null }, [ordered]@{ Resource = 'Table'; Kind = 'AWS::DynamoDB::Table'; Status = 'Kept'; Name = 'ebops-Table-3GHI'; Reason = 'asked for' })
            'ServiceDeployments.ServiceDeployment' = @([ordered]@{ ClusterName = 'production'; ServiceName = 'newsarchive-web'; ServiceArn = 'arn'; DeploymentId = 'ecs-svc/1234567890123456789'; TaskDefinition = 'newsarchive-web:12'; Image = @("$registry/news:v42", 'public.ecr.aws/x/side:1'); IsPrimary = $true; State = 'Deploying'; RolloutState = 'IN_PROGRESS'; Reason = 'ECS deployment in progress.'; IsRolledBack = $false; DesiredCount = 3; RunningCount = 1; FailedCount = 0; CreatedAt = $early; UpdatedAt = $late; Region = 'eu-west-1' })
            'ServiceDeployments.ServiceUpdateResult' = @([ordered]@{ ClusterName = 'production'; ServiceName = 'newsarchive-web'; PreviousTaskDefinition = 'newsarchive-web:12'; TaskDefinition = 'newsarchive-web:13'; PreviousImage = "$registry/news:v41"; Image = "$registry/news:v42"; Digest = $digest; DeploymentId = 'ecs-svc/1234567890123456789'; State = 'RolledBack'; IsRolledBack = $true; CreatedAt = $early; Status = 'Failed'; Verified = $true; ChangeId = '20261121T093005Z-3f9a1c'; Reason = 'why'; ErrorId = 'DeploymentFailed'; Region = 'eu-west-1' })
            'Routes.Delivery'                    = @([ordered]@{ Event = 'week.jsonl:12'; EventId = 'e'; Route = 'default > mvp-development'; EventBusName = 'mvp-development'; RuleName = 'mvp-agent-on-upload'; RuleState = 'ENABLED'; TargetId = 'agent'; TargetArn = 'arn'; State = 'Delivered'; Reason = $null; InputKind = 'InputPath'; Input = "{`n `"a`": 1}"; JobDefinition = $null; RevisionState = $null; LatestRevision = $null; Document = '{}' }, [ordered]@{ Event = 'week.jsonl:12'; Route = 'default > mvp-development'; EventBusName = 'mvp-development'; RuleName = 'none'; TargetId = $null; State = 'NoTarget'; Reason = 'The rule has no targets.' })
            'PatternTesting.PatternTest'         = $test, ($test + @{} | ForEach-Object { $_.RuleName = $_.EventBusName = $null; $_.Pattern = 'rule.json'; $_.Matches = $false; $_ })
            'PatternTesting.PatternExplanation'  = @($test + @{ Title = 'default/mvp-import-done: match'; Text = "source`n  is a" })
            'PatternTesting.PatternCheck'        = @([ordered]@{ Pattern = 'rule.json'; EventBusName = $null; RuleName = $null; IsValid = $true; Problems = @(); Length = 12; Combinations = 1; WildcardScore = 0; Service = $null; Text = 'rule.json: valid, 12 characters' })
            'PatternTesting.PatternCaseResult'   = @([ordered]@{ Name = 'a case with a name that is longer than what fits'; Result = 'NoMatch'; Expect = 'Match'; Passed = $false; Message = 'a message that is longer than thirty columns'; Service = $null; Origin = 'patterns.tests.jsonl:12' }, [ordered]@{ Name = $null; Result = 'Match'; Expect = $null; Passed = $true; Message = $null; Service = $null; Origin = 'patterns.tests.jsonl:13' })
            'PatternTesting.PatternMeasure'      = @([ordered]@{ Pattern = 'default/mvp-import-done'; EventBusName = 'default'; RuleName = 'mvp-import-done'; Events = 120; Matched = 7; Bad = 1; Percent = 5.83333; PerHour = 0.25; First = $early; Last = $late; Samples = @('s'); Values = @('v') }, [ordered]@{ Pattern = 'a/very/long/path/of/a/pattern/rule.json'; RuleName = $null; Events = 0; Matched = 0; Bad = 0; Percent = $null; First = $null; Last = $null })
            'PatternTesting.EventSample'         = @([ordered]@{ Event = 'week.jsonl:12'; EventId = '6a7e8feb-b491'; Time = '2026-11-21T09:30:05Z'; Document = '{"source":"a"}' })
            'PatternTesting.ValueCount'          = @([ordered]@{ Property = 'detail.state'; Value = 'running'; Count = 12 }, [ordered]@{ Property = 'detail.state'; Value = 'a value that goes on and on and on until it is longer than what fits in a column'; Count = 3 })
            'PowerShell.Sandbox.SandboxInfo'     = @([ordered]@{ Endpoint = 'http://127.0.0.1:4010'; Engine = 'built-in'; Region = 'eu-west-1'; AccountId = '123456789012'; StateFile = $null; Sample = '9 rules on 3 buses' }, [ordered]@{ Endpoint = 'http://127.0.0.1:4011'; Engine = 'moto'; Region = 'us-east-1'; AccountId = '123456789012'; StateFile = 'state.json'; Sample = $null })
            'Sandbox.Administration.SandboxStatus' = @([ordered]@{ Endpoint = 'http://127.0.0.1:4010'; Page = 'http://127.0.0.1:4010/_sandbox/'; Engine = 'built-in'; Region = 'eu-west-1'; AccountId = '123456789012'; ProcessId = 4711; Time = $early; AheadSeconds = 7200; Deliveries = 12; NotDelivered = 1; StateFile = $null; Clock = '2026-11-21 09:30:05, 2h ahead' })
            'Sandbox.Ecr.SandboxImage'           = @([ordered]@{ Repository = 'newsarchive-backend-with-a-long-name'; Tag = 'v44'; Digest = $digest; EventId = '11710aed-6a7e'; MatchingRules = 1 }, [ordered]@{ Repository = 'acme'; Tag = 'latest'; Digest = $digest; EventId = $null; MatchingRules = 0 })
            'Sandbox.Deliveries.SandboxDelivery' = @([ordered]@{ Number = 1; EventId = '11710aed-6a7e'; EventBusName = 'mvp-development'; RuleName = 'mvp-agent-on-upload'; TargetId = 'agent'; TargetArn = 'arn'; Region = 'eu-west-1'; Attempts = 1; Outcome = 'Delivered'; ErrorCode = $null; Reason = $null; StartedAt = $early; ChangedAt = $early; NextAttemptAt = $null; Input = '{}' }, [ordered]@{ Number = 2; EventId = '11710aed-6a7e'; EventBusName = 'mvp-development'; RuleName = 'mvp-cleanup-on-delete'; TargetId = 'cleanup'; TargetArn = 'arn'; Region = 'eu-west-1'; Attempts = 186; Outcome = 'DeadLettered'; ErrorCode = 'NO_PERMISSIONS'; Reason = 'The queue does not let EventBridge send.'; StartedAt = $early; ChangedAt = $late; NextAttemptAt = $null; Input = '{}' })
            'Publishing.EventResult'             = @([ordered]@{ EventBusName = 'default'; Source = 'founderdash.admin'; DetailType = 'MVP Batch Complete'; Id = 'job_1734567890123_abc123def'; EventId = '11710aed'; Status = 'Sent'; Attempts = 1; ErrorCode = $null; Reason = $null; ErrorId = $null })
            'Jobs.MvpSendResult'                 = @([ordered]@{ JobId = 'job_1734567890123_abc123def'; UserId = 'user123'; ProductId = 'mvp'; EventBusName = 'mvp-development'; Status = 'WouldSend'; State = 'Pending'; EventId = $null; Reason = $null; ErrorId = $null })
            'Jobs.MvpJob'                        = @([ordered]@{ JobId = 'job_1734567890123_abc123def'; UserId = 'user123'; ProductId = 'mvp'; BusinessName = 'Bakery'; Priority = 'normal'; State = 'Running'; CreatedAt = $early; UpdatedAt = $late; EventBusName = 'default'; EventId = 'e'; BatchJobId = 'b'; BatchStatus = 'RUNNING'; LogStreamName = 'l'; Reason = $null; History = @('h'); Detail = '{}'; NeedsDatabaseUrl = $false; RecordId = 'r'; Version = 1 })
            'Jobs.MvpJobStep'                    = @([ordered]@{ State = 'Running'; Time = $early; Reason = 'started' })
            'Jobs.MvpJobTable'                   = @([ordered]@{ TableName = 'mvp-jobs'; Status = 'Exists'; Arn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/mvp-jobs-with-a-long-name' })
            'Checks.CheckResult'                 = @([ordered]@{ Check = 'Identity'; Depth = 0; Status = 'OK'; Result = 'user u'; Advice = $null; ErrorId = $null }, [ordered]@{ Check = 'Event bus'; Depth = 1; Status = 'NG'; Result = 'not found'; Advice = 'Create it.'; ErrorId = 'EventBusNotFound' })
        }

        function Get-Sample([string] $Type) {
            foreach ($properties in $samples[$Type]) {
                $sample = [pscustomobject]$properties
                $sample.PSTypeNames.Insert(0, "Deserialized.EventBridgeOps.$Type")
                $sample
            }
        }

        # What a shell of 80 columns without colours shows, as a view and as a list.
        if ($PSStyle) { $PSStyle.OutputRendering = 'PlainText' }
        $shown = foreach ($type in $samples.Keys) {
            "## $type"
            $view = Get-Sample $type | Out-String -Width 80
            $list = Get-Sample $type | Select-Object -First 1 | Format-List | Out-String -Width 80
            "$view`n$list" -split '\r?\n' | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ }
        }
        if ($env:EBOPS_ACCEPT_VIEWS -or $environment['EBOPS_ACCEPT_VIEWS']) { [IO.File]::WriteAllText($approvedFile, ($shown -join "`n") + "`n") }
    }
    AfterAll { Stop-Sample }

    It 'show what is approved' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $shown | Should -Be @([IO.File]::ReadAllLines($approvedFile))
    }

    It 'fit in 80 columns' {
        $shown | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
    }

    It 'has a sample of each record that has a view' {
        Get-FormatData -TypeName 'EventBridgeOps.*' -PowerShellVersion $PSVersionTable.PSVersion | ForEach-Object TypeNames | Where-Object { $_ -notlike 'Deserialized.*' } | Sort-Object -Unique | Should -Be ($samples.Keys | ForEach-Object { "EventBridgeOps.$_" } | Sort-Object)
    }
}

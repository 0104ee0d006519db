#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# A new cmdlet needs a section in docs/iam.md and a scenario here: a script that makes it do all that it can do. What an option needs more
# stands in a section of its own, '### With ...' below the cmdlet's, and is 'Cmdlet/With ...' here.
BeforeDiscovery {
    $scenarios = [ordered]@{
        'Get-EbEventBus'                             = { Get-EbEventBus }
        'Get-EbRule'                                 = { Get-EbRule -EventBusName *; Get-EbRule -EventBusName mvp-development -RuleName mvp-import-done }
        'Get-EbRoute'                                = { Get-EbRoute * -Event '{"source":"mvp.uploads","detail-type":"Object Created","detail":{"size":1}}'; Get-EbRoute mvp-production mvp-agent-on-upload -Event '{"source":"s"}' }
        'Compare-EbRoute'                            = { Compare-EbRoute (Join-Path $PSScriptRoot '../../examples/template.yaml') (Join-Path $PSScriptRoot '../../examples/template.yaml') -Event '{"source":"s"}' -WarningAction Ignore }
        'Get-EbArchive'                              = { Get-EbArchive }
        'Get-EbReplay'                               = { Get-EbReplay }
        'Start-EbReplay'                             = { Start-EbReplay mvp-archive -From 1h -Force -Confirm:$false }
        'Start-EbReplay/With -Wait'                  = { Start-EbReplay mvp-archive -From 1h -Force -Wait -TimeoutSeconds 0 -Confirm:$false -ErrorAction Ignore }
        'Stop-EbReplay'                              = { Stop-EbReplay mvp-replay }
        'ConvertTo-EbEvent'                          = { ConvertTo-EbEvent '{"Source":"s","DetailType":"t","Detail":"{}"}' }
        'Compare-EbSchema'                           = { Compare-EbSchema (Join-Path $PSScriptRoot '../../examples/audio-uploaded.v1.json') (Join-Path $PSScriptRoot '../../examples/audio-uploaded.v2.json') }
        'ConvertTo-EbSchema'                         = { ConvertTo-EbSchema -EventPath (Join-Path $PSScriptRoot '../../examples/audio-events.jsonl') }
        'Test-EbSchema'                              = { Test-EbSchema (Join-Path $PSScriptRoot '../../examples/audio-uploaded.v1.json') }
        'Export-EbProject'                           = { $null = New-EbProject (Join-Path $scratch 'exported') -Sample mvp; Export-EbProject (Join-Path $scratch 'exported') }
        'New-EbProject'                              = { New-EbProject (Join-Path $scratch 'project') -Sample orchestrator }
        'Publish-EbProject'                          = { Publish-EbProject $shop -SkipTest -Confirm:$false; Publish-EbProject $shop -SkipTest -Confirm:$false }
        'Publish-EbProject/With Batch targets that name their roles' = { Publish-EbProject $shop -SkipTest -Confirm:$false }
        'Publish-EbProject/With the live test'       = { Publish-EbProject $shop -Confirm:$false }
        'Publish-EbProject/After a deployment that failed' = { Publish-EbProject $shop -FreshStart -Discard EventBus, Archive -SkipTest -Confirm:$false }
        'Publish-EbProject/With a template above 51,200 bytes' = { Publish-EbProject $shop -SkipTest -Confirm:$false }
        'Grant-EbProjectPermission'                  = { 'role/mvp-events', 'user/sandbox' | ForEach-Object { Grant-EbProjectPermission $shop -Apply $_ }; Grant-EbProjectPermission $other -Apply mvp-events }
        'Get-EbProjectStatus'                        = { Get-EbProjectStatus $shop }
        'Get-EbProjectStatus/With -Watch'            = { Get-EbProjectStatus $shop -Watch }
        'Get-EbProjectLog'                           = { Get-EbProjectLog $shop }
        'Unpublish-EbProject'                        = { Unpublish-EbProject $shop -Discard Archive -Confirm:$false }
        'Unpublish-EbProject/With buckets'           = { Unpublish-EbProject $shop -Discard Archive -Confirm:$false }
        'Test-EbProject'                             = { $null = New-EbProject (Join-Path $scratch 'tested') -Sample mvp; Test-EbProject (Join-Path $scratch 'tested') }
        'Test-EbProject/With -Live'                  = { Test-EbProject (New-LiveProject) -Live -InvokeTarget welcome-users -Confirm:$false }
        'Export-EbReport'                            = { $null | Export-EbReport -Ci -ErrorAction Ignore }
        'Get-EbTargetRevision'                       = { Get-EbTargetRevision -EventBusName *; Get-EbTargetRevision mvp-development mvp-import-done }
        'Sync-EbBatchTarget'                         = { Sync-EbBatchTarget -EventBusName mvp-d*, default; Get-EbRule mvp-development mvp-import-done -SkipTarget | Sync-EbBatchTarget }
        'Get-EbChange'                               = { Get-EbChange }
        'Get-EbChange/With -JournalTable'            = { Get-EbChange -JournalTable ebops }
        'Undo-EbChange'                              = { Get-EbChange $synced | Undo-EbChange }
        'Undo-EbChange/With an image update to undo' = { Get-EbChange $updated | Undo-EbChange }
        'Undo-EbChange/With a deployment of services to undo' = { Get-EbChange $deployed | Undo-EbChange }
        'Undo-EbChange/With -JournalTable'           = { Undo-EbChange $synced -JournalTable ebops }
        'Invoke-EbPlan'                              = { Invoke-EbPlan $plan }
        'Invoke-EbPlan/With a plan of an image update' = { Invoke-EbPlan $imagePlan }
        'Get-BatchImage'                             = { Get-BatchImage }
        'Update-BatchImage'                          = { Update-BatchImage -RepositoryName mvp-agent -ImageTag multi }
        'Update-BatchImage/With -MaxSeverity'        = { Update-BatchImage -RepositoryName mvp-agent -ImageTag multi -MaxSeverity High }
        'Update-BatchImage/With -KeepRevisions'      = { Update-BatchImage -RepositoryName mvp-import -ImageTag multi -KeepRevisions 1 }
        'Get-EbDeadLetter'                           = { Get-EbDeadLetter }
        'Get-EbDeadLetter/With other causes than a revision' = { Get-EbDeadLetter mvp-dead-letters }
        'Export-EbDeadLetter/With other causes than a revision' = { Export-EbDeadLetter mvp-dead-letters -Path (Join-Path $scratch 'causes.jsonl') }
        'Resume-EbDeadLetter/With other causes and targets' = { Resume-EbDeadLetter mvp-dead-letters -Force -ErrorAction Ignore }
        'Sync-EbBatchTarget/With -ResumeDeadLetter'  = { Sync-EbBatchTarget mvp-development -ResumeDeadLetter -WarningAction Ignore }
        'Export-EbDeadLetter'                        = { Export-EbDeadLetter -Path (Join-Path $scratch 'letters.jsonl') }
        'Remove-EbDeadLetter'                        = { Remove-EbDeadLetter -Cause RevisionNotActive -Confirm:$false }
        'Resume-EbDeadLetter'                        = { Resume-EbDeadLetter }
        'Install-EbAutomation'                       = { Install-EbAutomation $package; Install-EbAutomation $package; Install-EbAutomation $package -Parameter @{ DriftMode = 'Repair' }; Install-EbAutomation $package -WhatIf }
        'Get-EbAutomation'                           = { Get-EbAutomation }
        'Get-EbAutomationLog'                        = { Get-EbAutomationLog }
        'Invoke-EbAutomation'                        = { Invoke-EbAutomation event-log @{ source = 's'; 'detail-type' = 't'; detail = @{} } }
        'Test-EbAutomation'                          = { Test-EbAutomation }
        'Test-EbAutomation/With -Push'               = { Test-EbAutomation -Push }
        'Uninstall-EbAutomation'                     = { Uninstall-EbAutomation -Confirm:$false }
        'Get-EbServiceDeployment'                    = { Get-EbServiceDeployment }
        'Update-EbService'                           = { Update-EbService mvp-api; Update-EbService * -Image mvp-api:multi }
        'Update-EbService/With -Wait'                = { Update-EbService mvp-api -Image mvp-api:multi -Wait -TimeoutSeconds 0 -ErrorAction Ignore }
        'Test-EbPattern'                             = { Test-EbPattern '{"source":["a"]}' '{"source":"a"}' }
        'Test-EbPattern/With -RuleName or -EventBusName' = { Test-EbPattern -EventBusName * -Lint; Test-EbPattern -RuleName mvp-import-done -EventBusName mvp-development -Lint }
        'Test-EbPattern/With -Online'                = { Test-EbPattern '{"source":["a"]}' -Lint -Online }
        'Measure-EbPattern'                          = { Measure-EbPattern '{"source":["a"]}' '{"source":"a"}' }
        'Measure-EbPattern/With -RuleName or -EventBusName' = { Measure-EbPattern -EventBusName * -Event '{"source":"a"}'; Measure-EbPattern -RuleName mvp-import-done -EventBusName mvp-development -Event '{"source":"a"}' }
        'Send-EbEvent'                               = { Send-EbEvent -Source s -DetailType t -Detail @{ a = 1 } -EventBusName mvp-development }
        'Send-EbDeployment'                          = { Send-EbDeployment shop/api v42 -Source github.actions -Branch main -Commit abc -EventBusName mvp-development }
        'Send-MvpRequest'                            = { Send-MvpRequest u p -EventBusName mvp-development }
        'Send-MvpRequest/Without -EventBusName'      = { Send-MvpRequest u p -EventBusName mvp-development; Send-MvpRequest u p -ErrorAction Ignore }
        'Get-MvpJob'                                 = { Get-MvpJob }
        'Stop-MvpJob'                                = { Stop-MvpJob $early, $late }
        'Update-MvpJob'                              = { Get-StateChange -Id $early -BatchJob $null -Status RUNNING | Update-MvpJob }
        'Repair-MvpJob'                              = { Repair-MvpJob -MinimumAge 0 }
        'New-MvpJobTable'                            = { New-MvpJobTable -Region us-west-2 } # The sample has it in its own Region.
        'Test-EbConnection'                          = { Test-EbConnection mvp-development -Source mvp.uploads -DetailType 'Object Created' -Detail @{ size = 3 } }
        'Test-EbConnection/With an event that no rule matches' = { Test-EbConnection mvp-development -Source mvp.uploads -DetailType 'Object Created' -Detail @{ size = 3 }; Test-EbConnection mvp-development -Source none }
        'Test-EbConnection/Without iam:SimulatePrincipalPolicy' = { Add-Fault '{"operation":"SimulatePrincipalPolicy","fault":{"kind":"error","code":"AccessDenied","status":403}}'; Test-EbConnection mvp-development -Source mvp.uploads -DetailType 'Object Created' -Detail @{ size = 3 } }
        'Test-EbConnection/With -Send'               = { Test-EbConnection mvp-development -Source mvp.uploads -DetailType 'Object Created' -Detail @{ size = 3 } -Send -TimeoutSeconds 1 }
        'Start-EbSandbox'                            = { Stop-EbSandbox; Start-EbSandbox }
        'Stop-EbSandbox'                             = { }
        'Get-EbSandboxDelivery'                      = { Get-EbSandboxDelivery }
        'Get-EbSandbox'                              = { Get-EbSandbox }
        'Push-EbSandboxImage'                        = { Push-EbSandboxImage acme:v2 }
        'Step-EbSandboxClock'                        = { Step-EbSandboxClock 60 }
    }
    $cases = $scenarios.GetEnumerator() | ForEach-Object { @{ Name = $_.Key; Scenario = $_.Value } }
}

Describe 'The page of permissions' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')

        # Needed without a call of their own: IAM checks them when the call that names a role, or carries tags, is made.
        # The jobs of these scenarios are in a file.
        # The tasks of a service, and its former deployments, are asked for only if the service itself does not say enough.
        $silent = 'iam:PassRole', 'batch:TagResource', 'ecs:TagResource', 'events:TagResource', 'sqs:TagQueue', 'ecs:ListTasks', 'ecs:DescribeTasks', 'ecs:ListServiceDeployments', 'dynamodb:*'

        # The actions of each section's policies, by 'Cmdlet' or 'Cmdlet/With ...'.
        $page = @{}
        $section = $null
        $text = Get-Content -LiteralPath (Join-Path $PSScriptRoot '../../docs/iam.md') -Raw
        foreach ($part in [regex]::Matches($text, '(?sm)^(?<level>##+) (?<title>[^\n]+)\n(?<body>.*?)(?=^##+ |\z)')) {
            $title = $part.Groups['title'].Value
            $section = if ($part.Groups['level'].Length -eq 2) { $cmdlet = $title; $title } else { "$cmdlet/$title" }
            $page[$section] = @([regex]::Matches($part.Groups['body'].Value, '(?s)```json\n(.*?)```') | ForEach-Object {
                    $policy = $_.Groups[1].Value | ConvertFrom-Json
                    $policy.Version | Should -Be '2012-10-17'
                    $policy.Statement | ForEach-Object { $_.Effect | Should -Be 'Allow'; $_.Resource | Should -Not -BeNullOrEmpty; $_.Action }
                } | Sort-Object -Unique)
        }

        function Test-Silent([string] $Action) { @($silent | Where-Object { $Action -like $_ }).Count -gt 0 }

        # An MVP job with a Batch job of its own.
        function New-Job {
            $id = (Send-MvpRequest u p -EventBusName mvp-development -PassThru).JobId
            $batch = Send-Request batch SubmitJob @{ jobName = 'n'; jobQueue = 'mvp-agents'; jobDefinition = 'mvp-agent' }
            $null = Get-StateChange -Id $id -BatchJob $batch.jobId -Status SUBMITTED | Update-MvpJob
            $id
        }
        function Get-StateChange([string] $Id, [string] $BatchJob, [string] $Status) {
            @{ 'detail-type' = 'Batch Job State Change'; detail = @{ jobId = if ($BatchJob) { $BatchJob } else { "b-$Id" }; status = $Status; parameters = @{ jobId = $Id } } }
        }

        # Dead letters of targets of each kind, which lacked a permission, and of a job queue with fair share.
        function Send-OtherLetter {
            $account = 'eu-west-1:123456789012'
            $role = "arn:aws:iam::123456789012:role/mvp-events"
            $targets = @(
                @{ Id = 'topic'; Arn = "arn:aws:sns:${account}:other" }
                @{ Id = 'function'; Arn = "arn:aws:lambda:${account}:function:other" }
                @{ Id = 'queue'; Arn = "arn:aws:sqs:${account}:mvp-audit" }
                @{ Id = 'bus'; Arn = "arn:aws:events:${account}:event-bus/mvp-production"; RoleArn = $role })
            $null = Send-Request events PutRule @{ Name = 'others'; EventPattern = '{"source":["others"]}' }
            $null = Send-Request events PutTargets @{ Rule = 'others'; Targets = @($targets) }
            $zip = [System.IO.MemoryStream]::new()
            $archive = [System.IO.Compression.ZipArchive]::new($zip, 'Create', $true)
            $file = $archive.CreateEntry('bootstrap').Open()
            $file.Write([byte[]](35, 33), 0, 2)
            $file.Dispose()
            $archive.Dispose()
            $lenient = if ($PSEdition -eq 'Core') { @{ SkipHeaderValidation = $true } } else { @{} }
            $code = @{ FunctionName = 'other'; Runtime = 'provided.al2023'; Handler = 'h'; Role = 'arn:aws:iam::123456789012:role/f'; Code = @{ ZipFile = [Convert]::ToBase64String($zip.ToArray()) } } | ConvertTo-Json
            $null = Invoke-RestMethod @lenient -Uri "$env:AWS_ENDPOINT_URL/2015-03-31/functions" -Method Post -ContentType 'application/json' -Body $code -Headers @{ Authorization = 'AWS4-HMAC-SHA256 Credential=test/20250101/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=0' }
            $rules = @($targets | ForEach-Object { , @("arn:aws:events:${account}:rule/others", $_.Arn, 'NO_PERMISSIONS', 'no') })
            $pipeline = "arn:aws:batch:${account}:job-queue/mvp-pipeline-job-queue"
            $rules += , @("arn:aws:events:${account}:rule/mvp-development/mvp-pipeline-development-rule", $pipeline, 'ERROR_FROM_TARGET', 'shareIdentifier must be specified')
            foreach ($one in $rules) {
                $attributes = @{}
                'RULE_ARN', 'TARGET_ARN', 'ERROR_CODE', 'ERROR_MESSAGE' | ForEach-Object -Begin { $i = 0 } -Process { $attributes[$_] = @{ DataType = 'String'; StringValue = $one[$i++] } }
                $null = Send-Request sqs SendMessage @{ QueueUrl = "$env:AWS_ENDPOINT_URL/123456789012/mvp-dead-letters"; MessageBody = '{"id":"e","source":"others","detail-type":"d","detail":{}}'; MessageAttributes = $attributes }
            }
        }

        # A project of the account of the sandbox, with a rule that is deployed.
        function New-LiveProject {
            $folder = Join-Path $scratch 'live'
            $null = New-EbProject $folder -Sample orchestrator
            $settings = Join-Path $folder 'ebproject.yaml'
            (Get-Content -LiteralPath $settings) -replace '111122223333', '123456789012' | Set-Content -LiteralPath $settings
            $policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"}]}'
            $null = Send-Request sqs CreateQueue @{ QueueName = 'welcome'; Attributes = @{ Policy = $policy } }
            $null = Send-Request events CreateEventBus @{ Name = 'development-application-events' }
            $null = Send-Request events PutRule @{ Name = 'welcome-users'; EventBusName = 'development-application-events'; EventPattern = '{"detail-type":["UserRegistered"]}' }
            $null = Send-Request events PutTargets @{ Rule = 'welcome-users'; EventBusName = 'development-application-events'; Targets = @(@{ Id = 'welcome'; Arn = 'arn:aws:sqs:eu-west-1:123456789012:welcome'; DeadLetterConfig = @{ Arn = 'arn:aws:sqs:eu-west-1:123456789012:mvp-dead-letters' } }) }
            $null = Get-Action
            $folder
        }

        # A project of the account of the sandbox.
        function New-Shop([string] $Folder) {
            $null = New-EbProject $Folder -Sample orchestrator
            $settings = Join-Path $Folder 'ebproject.yaml'
            (Get-Content -LiteralPath $settings) -replace '111122223333', '123456789012' | Set-Content -LiteralPath $settings
            $Folder
        }

        # What a former run may have left: a policy of a role with five versions, and a second one with two, which a user has too.
        function New-FormerPolicy([string] $Policy) {
            $document = [uri]::EscapeDataString('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:ListQueues","Resource":"*"}]}')
            foreach ($name in $Policy, "$Policy-2", "$Policy-3") {
                $arn = "arn:aws:iam::123456789012:policy/ebops/$name"
                Send-Iam "Action=CreatePolicy&PolicyName=$name&Path=/ebops/&PolicyDocument=$document"
                1..$(if ($name -eq $Policy) { 4 } else { 1 }) | ForEach-Object { Send-Iam "Action=CreatePolicyVersion&PolicyArn=$arn&PolicyDocument=$document" }
                Send-Iam "Action=AttachRolePolicy&RoleName=mvp-events&PolicyArn=$arn"
            }
            Send-Iam "Action=AttachUserPolicy&UserName=sandbox&PolicyArn=$arn"
        }

        function Send-Iam([string] $Form) {
            $lenient = if ($PSEdition -eq 'Core') { @{ SkipHeaderValidation = $true } } else { @{} }
            $null = Invoke-RestMethod @lenient -Uri $env:AWS_ENDPOINT_URL -Method Post -ContentType 'application/x-www-form-urlencoded' -Body "$Form&Version=2010-05-08" -Headers @{ Authorization = 'AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0' }
        }

        function New-FailedStack([string] $Stack) {
            $lenient = if ($PSEdition -eq 'Core') { @{ SkipHeaderValidation = $true } } else { @{} }
            $template = [uri]::EscapeDataString('{"Description":"EventBridgeOps automation","Resources":{"Other":{"Type":"AWS::Nothing::AtAll"}}}')
            $null = Invoke-RestMethod @lenient -Uri $env:AWS_ENDPOINT_URL -Method Post -ContentType 'application/x-www-form-urlencoded' -Body "Action=CreateStack&Version=2010-05-15&StackName=$Stack&TemplateBody=$template" -Headers @{ Authorization = 'AWS4-HMAC-SHA256 Credential=test/20250101/eu-west-1/cloudformation/aws4_request, SignedHeaders=host, Signature=0' }
        }

        # The actions of the calls at the wire since the last time.
        function Get-Action {
            $calls = Invoke-RestMethod -Uri "$env:AWS_ENDPOINT_URL/_sandbox/calls"
            $null = Invoke-RestMethod -Uri "$env:AWS_ENDPOINT_URL/_sandbox/calls" -Method Delete
            # The action of a batch call of SQS is that of the single one: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html.
            @($calls | Where-Object service -NE 'sts' | ForEach-Object { "$($_.service):$($_.operation)" -replace '^(sqs:\w+)Batch$', '$1' -replace '^lambda:Invoke$', 'lambda:InvokeFunction' -replace '^monitoring:', 'cloudwatch:' -replace '^s3:ListObjectsV2$', 's3:ListBucket' -replace '^s3:ListObjectVersions$', 's3:ListBucketVersions' -replace '^s3:DeleteObject$', 's3:DeleteObjectVersion' } | Sort-Object -Unique)
        }
    }
    AfterAll { Stop-Sample }

    It 'says what <Name> calls, no less and no more' -ForEach $cases {
        Start-Sample
        $null = Push-Image -Repository mvp-agent -Tag multi -MediaType application/vnd.oci.image.index.v1+json
        $null = Push-Image mvp-import multi
        foreach ($i in 1..12) { $null = Send-Request -Service events -Operation PutRule -Body @{ Name = "filler-$i"; ScheduleExpression = 'rate(1 day)' } }
        if ($Name -like '*EbService*' -or $Name -like '*of services*') { 'multi', 'latest' | ForEach-Object { $null = Push-Image -Repository mvp-api -Tag $_ -MediaType application/vnd.oci.image.index.v1+json } }
        if ($Name -like '*of services*') { $deployed = (Update-EbService mvp-api -Image mvp-api:multi).ChangeId }
        if ($Name -like 'Undo-EbChange*') {
            $updated = (Update-BatchImage -RepositoryName mvp-agent -ImageTag multi).ChangeId
            $synced = (Sync-EbBatchTarget mvp-d* -PassThru -WarningAction Ignore).ChangeId | Where-Object { $_ } | Select-Object -First 1
        }
        if ($Name -like '*-EbDeadLetter' -or $Name -like 'Sync-EbBatchTarget*ResumeDeadLetter') {
            $null = Send-Request batch DeregisterJobDefinition @{ jobDefinition = 'mvp-pipeline-job-definition:1' }
            Send-EbEvent -Source founderdash.web -DetailType 'MVP Development Request' -Detail @{ jobId = 'j-1' } -EventBusName mvp-development
            $null = Send-Request sqs SendMessage @{ QueueUrl = "$env:AWS_ENDPOINT_URL/123456789012/mvp-dead-letters"; MessageBody = 'of another sender' }
            if ($Name -eq 'Resume-EbDeadLetter') { Sync-EbBatchTarget mvp-development -WarningAction Ignore }
        }

        if ($Name -like '*-EbArchive' -or $Name -like '*-EbReplay*') {
            New-Archive
            if ($Name -in 'Get-EbReplay', 'Stop-EbReplay') { $null = Start-EbReplay mvp-archive -From 1h -Force -ReplayName mvp-replay -Confirm:$false -WarningAction Ignore }
        }

        if ($Name -like '*other causes*') { Send-OtherLetter }
        if ($Name -like '*-EbAutomation*') {
            $package = Join-Path $scratch "$($Name -replace '\W').zip"
            New-FunctionPackage $package
            # A stack whose creation failed is deleted first.
            if ($Name -eq 'Install-EbAutomation') { New-FailedStack ebops } else { $null = Install-EbAutomation $package }
        }


        if ($Name -match '^(Publish|Unpublish|Get|Grant)-EbProject') {
            $shop = New-Shop (Join-Path $scratch "shop-$($Name -replace '\W')")
            # Its template is uploaded to a bucket.
            if ($Name -like '*51,200 bytes' -or $Name -like '*With buckets') { Set-Content (Join-Path $shop 'resources/large.yaml') "Resources:`n  Large:`n    Type: AWS::SQS::Queue`n    Metadata: {Text: $('x' * 60000)}" }
            if ($Name -like '*deployment that failed') {
                $null = Publish-EbProject $shop -SkipTest -Confirm:$false
                $null = Send-Request sqs DeleteQueue @{ QueueUrl = "$env:AWS_ENDPOINT_URL/123456789012/development-application-events-index" }
                $queues = Join-Path $shop 'resources/queues.yaml'
                (Get-Content $queues -Raw).Replace('${EventBusName}-index"', '${EventBusName}-index", VisibilityTimeout: 77') | Set-Content $queues
                $null = Publish-EbProject $shop -SkipTest -Confirm:$false -ErrorAction Ignore -WarningAction Ignore
            }

            if ($Name -match '^(Unpublish|Get)-') { $null = Publish-EbProject $shop -SkipTest -Confirm:$false }
        }

        if ($Name -like '*Batch targets*') {
            Set-Content -LiteralPath (Join-Path $shop 'rules/submit-jobs.yaml') -Value @'
pattern: {source: [com.example.jobs]}
targets:
  job:
    arn: arn:aws:batch:eu-west-1:123456789012:job-queue/mvp-agents
    roleArn: arn:aws:iam::123456789012:role/mvp-events
    batchParameters: {jobDefinition: mvp-agent, jobName: job}
'@
        }

        if ($Name -like '*Without iam:*') { Send-Iam 'Action=AttachRolePolicy&RoleName=mvp-events&PolicyArn=arn:aws:iam::aws:policy/service-role/AWSBatchServiceEventTargetRole' }
        if ($Name -like 'Grant-*') {
            New-FormerPolicy orchestrator-development-deploy
            $other = New-Shop (Join-Path $scratch 'other')
            $settings = Join-Path $other 'ebproject.yaml'
            (Get-Content -LiteralPath $settings) -replace '^name: orchestrator', 'name: other' | Set-Content -LiteralPath $settings
        }

        if ($Name -like '*-JournalTable') { New-JournalTable ebops }
        if ($Name -like '*-KeepRevisions' -or $Name -like 'Invoke-EbPlan*') {
            $null = Send-Request -Service batch -Operation RegisterJobDefinition -Body @{ jobDefinitionName = 'mvp-import'; type = 'container'; containerProperties = @{ image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/mvp-import:7' } }
        }

        if ($Name -like 'Invoke-EbPlan*') {
            $plan, $imagePlan = 'targets', 'images' | ForEach-Object { Join-Path $scratch "$($Name -replace '\W')-$_.json" }
            Sync-EbBatchTarget mvp-d* -PlanPath $plan -WarningAction Ignore
            Update-BatchImage -RepositoryName mvp-import -ImageTag multi -KeepRevisions 1 -PlanPath $imagePlan -WarningAction Ignore
        }

        if ($Name -like '*-MvpJob' -or $Name -like 'Send-Mvp*' -or $Name -like 'Test-EbConnection*') {
            $env:EBOPS_JOB_STORE = Join-Path $scratch "$($Name -replace '\W').jsonl"
            # One job runs for long, and the next waits to run.
            $null = Invoke-RestMethod "$env:AWS_ENDPOINT_URL/_sandbox/jobs" -Method Post -Body '{"seconds":3600}'
            $late = New-Job
            $null = Invoke-RestMethod "$env:AWS_ENDPOINT_URL/_sandbox/time" -Method Post -Body '{"seconds":2}'
            $null = Invoke-RestMethod "$env:AWS_ENDPOINT_URL/_sandbox/jobs" -Method Post -Body '{"stay":"RUNNABLE"}'
            $early = New-Job
            if ($Name -like 'Repair*') {
                Add-Fault '{"operation":"PutEvents","times":1,"fault":{"kind":"partialFailure","code":"AccessDeniedException"}}'
                Send-MvpRequest u5 p -EventBusName mvp-development -ErrorAction Ignore
            }
        }

        $null = Get-Action
        $null = & $Scenario 3>$null
        $called = Get-Action
        if ($Name -like '*-EbAutomation*') {
            # What the function calls, and not the cmdlet.
            $ofFunction = 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'ecr:DescribeImages', 'events:ListEventBuses', 'events:ListRules', 'events:ListRuleNamesByTarget'
            $called = @($called | Where-Object { $_ -notin $ofFunction })
        }

        $page.Keys | Should -Contain $Name
        $allowed = @($page[$Name]) + @($page[($Name -split '/')[0]]) | Where-Object { $_ -and -not (Test-Silent $_) } | Sort-Object -Unique
        $called | Where-Object { $_ -notin $allowed -and $_ -notin @($page[$Name]) } | Should -BeNullOrEmpty -Because 'the page must allow what is called'
        $own = @($page[$Name]) | Where-Object { $_ -and -not (Test-Silent $_) }
        $own | Where-Object { $_ -notin $called } | Should -BeNullOrEmpty -Because 'the page must not allow what is not called'
    }

    It 'has a section and a scenario for each cmdlet, and no other' -ForEach @(@{ Names = $cases.Name }) {
        $commands = (Get-Command -Module EventBridgeOps).Name | Sort-Object
        $page.Keys | ForEach-Object { ($_ -split '/')[0] } | Sort-Object -Unique | Should -Be $commands
        $page.Keys | Sort-Object | Should -Be ($Names | Sort-Object)
    }
}

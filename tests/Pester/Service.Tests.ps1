#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Services of Amazon ECS' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
    }
    AfterAll { Stop-Sample }
    BeforeEach {
        Start-Sample
        $null = Invoke-RestMethod "$env:AWS_ENDPOINT_URL/_sandbox/time" -Method Post -Body '{"seconds":60}' # until its first deployment is completed
        $digest = Push-Image mvp-api v8
        $null = Get-Call
    }

    Context 'Get-EbServiceDeployment' {
        It 'says what a service runs' {
            $deployment = Get-EbServiceDeployment
            $deployment.GetType().FullName | Should -Be 'EventBridgeOps.ServiceDeployments.ServiceDeployment'
            "$($deployment.ClusterName) $($deployment.ServiceName) $($deployment.TaskDefinition) $($deployment.State) $($deployment.IsRolledBack)" | Should -Be 'mvp-cluster mvp-api mvp-api:1 Completed False'
            $deployment.Image | Should -BeLike '*/mvp-api:latest'
        }

        It 'warns of what it looked for if there is nothing' {
            Get-EbServiceDeployment none-* -WarningAction SilentlyContinue -WarningVariable said | Should -BeNullOrEmpty
            $said | Should -Be 'No services were found. Services looked for: none-*. Clusters: *.'
        }

        It 'reports a service that does not exist' {
            Get-EbServiceDeployment nothing, mvp-api -ErrorAction SilentlyContinue -ErrorVariable failure | ForEach-Object ServiceName | Should -Be 'mvp-api'
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'ResourceNotFound,*'
        }
    }

    Context 'Update-EbService' {
        It 'deploys an image, waits, and is undone' {
            $update = Update-EbService -Image mvp-api:v8 -Wait
            "$($update.PreviousTaskDefinition) $($update.TaskDefinition) $($update.Status) $($update.State) $($update.Digest)" | Should -Be "mvp-api:1 mvp-api:2 Updated Completed $digest"
            (Get-EbServiceDeployment mvp-api).DeploymentId | Should -Be $update.DeploymentId
            (Update-EbService mvp-api -Image mvp-api:v8).Status | Should -Be 'AlreadyCurrent'

            $undone = Undo-EbChange $update.ChangeId -PassThru | Where-Object ServiceName
            "$undone $($undone.From) $($undone.To) $($undone.Status)" | Should -Be 'service/mvp-cluster/mvp-api mvp-api:2 mvp-api:1 Reverted'
            ($undone | Out-String -Width 80) | Should -Match 'service mvp-api +mvp-api:2 -> :1 +Reverted'
        }

        It 'takes services from the pipeline, and deploys those whose tag was moved' {
            (Get-EbServiceDeployment | Update-EbService).Status | Should -Be 'AlreadyCurrent'
            $null = Push-Image mvp-api latest
            $update = Get-EbServiceDeployment | Update-EbService
            "$($update.Status) $($update.TaskDefinition) $($update.State)" | Should -Be 'Updated mvp-api:1 Deploying'
            $update.Reason | Should -BeLike "Deployment $($update.DeploymentId) was started; its outcome is not known yet."
        }

        It 'reports a rollback as an error' {
            $null = Invoke-RestMethod "$env:AWS_ENDPOINT_URL/_sandbox/services" -Method Post -Body '{"service":"mvp-api","image":"mvp-api:v8","fail":100}'
            $update = Update-EbService mvp-api -Image mvp-api:v8 -Wait -ErrorAction SilentlyContinue -ErrorVariable failure
            "$($update.Status) $($update.State) $($update.IsRolledBack)" | Should -Be 'Failed RolledBack True'
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'DeploymentFailed,*'
        }

        It 'writes nothing with -WhatIf' {
            (Update-EbService -Image mvp-api:v8 -WhatIf).Status | Should -Be 'WouldUpdate'
            Get-Call | Should -Not -Contain 'RegisterTaskDefinition'
        }

        It 'needs a service or an image' {
            { Update-EbService -ClusterName mvp-cluster } | Should -Throw '*-ServiceName*-Image*'
        }

        It 'uses CLUSTER_NAME and SERVICE_NAME' {
            $env:CLUSTER_NAME, $env:SERVICE_NAME = 'mvp-cluster', 'mvp-api'
            try { (Update-EbService).ServiceName | Should -Be 'mvp-api' }
            finally { Remove-Item Env:CLUSTER_NAME, Env:SERVICE_NAME }
        }
    }
}

#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Get-EbEventBus' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        Start-Sample
        $null = Send-Request -Service events -Operation CreateEventBus -Body @{ Name = 'mvp-kept'; DeadLetterConfig = @{ Arn = 'arn:aws:sqs:eu-west-1:123456789012:dead' }; LogConfig = @{ Level = 'ERROR' } }
        $null = Get-Call
    }
    AfterAll { Stop-Sample }

    It 'lists all event buses by name, with a call for each' {
        (Get-EbEventBus).EventBusName | Should -Be 'default', 'mvp-development', 'mvp-kept', 'mvp-production'
        Get-Call | Group-Object | ForEach-Object { "$($_.Name) $($_.Count)" } | Sort-Object | Should -Be 'DescribeEventBus 4', 'ListEventBuses 1'
    }

    It 'says where events go that cannot be delivered, and what is logged' {
        $bus = Get-EbEventBus mvp-k*
        $bus.DeadLetterArn, $bus.LogLevel | Should -Be 'arn:aws:sqs:eu-west-1:123456789012:dead', 'ERROR'
        $bus.Document | ConvertFrom-Json | ForEach-Object Name | Should -Be 'mvp-kept'
    }

    It 'warns of what it looked for if there is nothing' {
        Get-EbEventBus none-* -WarningAction SilentlyContinue -WarningVariable said | Should -BeNullOrEmpty
        $said | Should -Be 'No event buses were found. Event buses looked for: none-*.'
    }

    It 'needs no listing for names' {
        $null = Get-Call
        (Get-EbEventBus mvp-production, default).EventBusName | Should -Be 'default', 'mvp-production'
        Get-Call | Should -Be 'DescribeEventBus', 'DescribeEventBus'
    }

    It 'reports an event bus that does not exist, and returns the others' {
        (Get-EbEventBus nowhere, default -ErrorAction SilentlyContinue -ErrorVariable failure).EventBusName | Should -Be 'default'
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'EventBusNotFound,*'
        $failure[0].TargetObject | Should -Be 'nowhere'
    }

    It 'leads to the rules of the event buses' {
        (Get-EbEventBus mvp-development | Get-EbRule).RuleName | Should -Contain 'mvp-agent-on-upload'
    }
}

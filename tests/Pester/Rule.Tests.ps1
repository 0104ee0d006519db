#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Get-EbRule' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        Start-Sample
    }
    AfterAll { Stop-Sample }

    It 'gets the rules of one bus, with their targets' {
        $rules = Get-EbRule -EventBusName mvp-development
        $rules.RuleName | Should -Be 'mvp-agent-on-upload', 'mvp-import-done', 'mvp-pipeline-development-rule', 'mvp-report-on-request'
        $rules[0] | ForEach-Object { $_.GetType().FullName } | Select-Object -Unique | Should -Be 'EventBridgeOps.Events.Rules.RuleSummary'
        $rules[0].Targets.TargetId | Should -Be 'agent-behind', 'agent-current', 'agent-floating', 'agent-inactive', 'audit'
        $rules[0].Document | ConvertFrom-Json | ForEach-Object Name | Should -Be 'mvp-agent-on-upload'
    }

    It 'has the name that AWS.Tools knows, and takes it' {
        $rule = Get-EbRule -EventBusName mvp-development -Name mvp-import-done
        $rule.Name | Should -Be 'mvp-import-done'
        ($rule | Select-Object Name, EventBusName | Get-EbRule).RuleName | Should -Be 'mvp-import-done'
    }

    It 'takes the default bus when nothing is said, and what the environment says before that' {
        (Get-EbRule).EventBusName | Select-Object -Unique | Should -Be 'default'
        $env:EVENTBRIDGE_BUS_NAME = 'mvp-production'
        $env:RULE_NAME = 'mvp-c*'
        try { Get-EbRule | ForEach-Object { "$($_.EventBusName)/$($_.RuleName)" } | Should -Be 'mvp-production/mvp-cleanup-on-delete' }
        finally { Remove-Item Env:EVENTBRIDGE_BUS_NAME, Env:RULE_NAME }
    }

    It 'understands wildcards and positions' {
        (Get-EbRule 'mvp-*' '*report*' | ForEach-Object { "$($_.EventBusName)/$($_.RuleName)" }) | Should -Be 'mvp-development/mvp-report-on-request', 'mvp-production/mvp-report-on-request'
        (Get-EbRule -EventBusName * -Name 'mvp-hourly-agent').State | Should -Be 'DISABLED'
    }

    It 'asks for no targets with -SkipTarget' {
        $null = Get-Call
        (Get-EbRule -EventBusName mvp-development -SkipTarget).Targets | Should -BeNullOrEmpty
        Get-Call | Should -Be 'ListRules'
    }

    It 'reads again what is piped' {
        (Get-ToolsRule mvp-development mvp-import-done | Get-EbRule).RuleName | Should -Be 'mvp-import-done'
        (Get-EbRule mvp-production | Get-EbRule -SkipTarget).Count | Should -Be 3
    }

    It 'says which bus there is not, and goes on with the others' {
        $rules = Get-EbRule -EventBusName nowhere, mvp-production -ErrorAction SilentlyContinue -ErrorVariable failure
        $rules.Count | Should -Be 3
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'EventBusNotFound,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure[0].TargetObject | Should -Be 'nowhere'
        $failure[0].ErrorDetails.RecommendedAction | Should -BeLike '*EventBusNotFound*'
    }

    It 'says which rule there is not' {
        Get-EbRule mvp-production nothing -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'RuleNotFound,*'
        $failure[0].TargetObject | Should -Be 'mvp-production/nothing'
    }

    It 'has a target of the error that a script can use when a rule cannot be read' {
        Add-Fault '{"operation":"ListTargetsByRule","bodyContains":"mvp-import-done","times":1,"fault":{"kind":"error","status":400,"code":"AccessDeniedException","message":"no"}}'
        (Get-EbRule mvp-development -ErrorAction SilentlyContinue -ErrorVariable failure).Count | Should -Be 3
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $failure[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
        $failure[0].TargetObject | Should -Be 'mvp-development/mvp-import-done'
    }

    It 'refuses what names nothing: <Case>' -ForEach @(
        @{ Case = 'a number'; Script = { 1 | Get-EbRule -ErrorAction Stop } }
        @{ Case = 'an open bracket'; Script = { Get-EbRule 'mvp-[a' } }
    ) {
        $Script | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'refuses an empty name, rather than taking it for all' {
        { Get-EbRule -RuleName '' } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Get-EbRule -RuleName $null } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Get-EbRule -ThrottleLimit 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'warns of what it looked for if there is nothing' {
        Get-EbRule * none-* -WarningAction SilentlyContinue -WarningVariable said | Should -BeNullOrEmpty
        $said | Should -Be 'No rules were found. Rules looked for: none-*. Event buses: *.'
    }

    It 'writes nothing to AWS' {
        $null = Get-Call
        $null = Get-EbRule *
        Get-Call | Where-Object { $_ -notmatch '^(List|Describe|Get)' } | Should -BeNullOrEmpty
    }

    It 'ends when a service answers empty pages for ever' {
        if (-not ('EmptyPages' -as [type])) { Add-Type -TypeDefinition (Get-Content -LiteralPath (Join-Path $PSScriptRoot 'EmptyPages.cs') -Raw) }
        $service = [EmptyPages]::new()
        try {
            { Get-EbRule default -SkipTarget -EndpointUrl $service.Url -RequestsPerSecond 10000 -ErrorAction Stop } | Should -Throw -ErrorId 'MalformedAnswer,*' -ExpectedMessage '*2000 pages in a row were empty*'
            $service.Requests | Should -Be 2001
        }
        finally { $service.Dispose() }
    }
}

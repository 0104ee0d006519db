#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Every file of docs/recipes is run on the sandbox, as its system would run it: what a shell cannot do here (docker, the installation) is a function that does nothing.
BeforeDiscovery {
    $root = (Resolve-Path -LiteralPath (Join-Path $PSScriptRoot '../..')).Path
    $ebops = Get-ChildItem -Path (Join-Path $root 'src/EventBridgeOps.Cli/bin/*/net*/ebops.dll') | Sort-Object LastWriteTime | Select-Object -Last 1
    $bash = Get-Command -Name bash -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    $noShell = if (-not $bash) { 'bash is not here' } elseif (-not $ebops) { 'ebops is not built' }
    if ($noShell) { Write-Warning "$noShell`: the shell steps of docs/recipes are SKIPPED." }
    $moto = $false
    if (Get-Command -Name python3 -ErrorAction Ignore) {
        $null = & python3 -c 'import moto, boto3' 2>&1
        $moto = $LASTEXITCODE -eq 0
    }
    if (-not $moto) { Write-Warning 'python3 with moto and boto3 is not here: the registration of the SSM document is SKIPPED.' }
    $hcl = Get-Command -Name terraform -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    if (-not $hcl) { Write-Warning 'terraform is not here: reading and applying main.tf are SKIPPED.' }
    $make = Get-Command -Name make -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    if (-not $make) { Write-Warning 'make is not here: the verbs of the Makefile are SKIPPED.' }
    $drifted = @{ 'Check for drift' = 2 }
    Add-Type -Path (Join-Path $(if ($env:EBOPS_TEST_MODULE) { Split-Path -Parent $env:EBOPS_TEST_MODULE } else { $root }) 'module/bin/net8.0/YamlDotNet.dll')
    $reader = [YamlDotNet.Serialization.DeserializerBuilder]::new().Build()
    $writer = [YamlDotNet.Serialization.SerializerBuilder]::new().JsonCompatible().Build()
    function Read-Yaml([string] $Path) { $writer.Serialize($reader.Deserialize[object]([IO.File]::ReadAllText($Path))) | ConvertFrom-Json }
    $steps = @(foreach ($file in Get-ChildItem -Path (Join-Path $root 'docs/recipes/github-actions/*.yml'), (Join-Path $root 'examples/automation/*.yml')) {
        foreach ($job in (Read-Yaml $file).jobs.PSObject.Properties.Value) {
            foreach ($step in $job.steps | Where-Object { $_.run }) { @{ File = $file.Name; Name = $step.name; Script = $step.run; System = 'GitHub'; Expected = [int]$drifted[$step.name] } }
        }
    })
    $steps += @(foreach ($file in Get-ChildItem -Path (Join-Path $root 'docs/recipes/azure-pipelines/*.yml')) {
        foreach ($step in (Read-Yaml $file).steps | Where-Object { $_.script -or $_.inputs.inlineScript }) {
            $script = if ($step.script) { $step.script } else { $step.inputs.inlineScript }
            @{ File = $file.Name; Name = $step.displayName; Script = $script; System = 'Azure'; Expected = [int]$drifted[$step.displayName] }
        }
    })
    $terraform = [IO.File]::ReadAllText((Join-Path $root 'docs/recipes/terraform/main.tf'))
    $command = [regex]::Match($terraform, 'command\s*=\s*("(?:[^"\\]|\\.)*")').Groups[1].Value | ConvertFrom-Json
    $steps += @{ File = 'main.tf'; Name = 'local-exec'; Script = $command; System = 'None'; Expected = 0 }
    $linux = ([IO.File]::ReadAllText((Join-Path $root 'docs/recipes/ssm/document.json')) | ConvertFrom-Json).mainSteps[0].inputs.runCommand -join "`n"
    foreach ($repair in 'false', 'true') {
        $steps += @{ File = 'document.json'; Name = "Repair=$repair"; Script = $linux.Replace('{{ EventBusName }}', 'mvp-development').Replace('{{ Repair }}', $repair); System = 'None'; Expected = [int]($repair -eq 'false') }
    }
    $steps += @{ File = 'document.json'; Name = 'Repair=true, where one cannot be repaired,'; Script = $linux.Replace('{{ EventBusName }}', 'mvp-production').Replace('{{ Repair }}', 'true'); System = 'None'; Expected = 1 }
    $pages = Get-ChildItem -Path $root -Filter *.md -File
    $pages += Get-ChildItem -Path (Join-Path $root 'docs') -Filter *.md -File -Recurse
    $pages = $pages | ForEach-Object { @{ Page = [IO.Path]::GetRelativePath($root, $_.FullName); Path = $_.FullName } }
}

Describe 'The recipes' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')
        $root = (Resolve-Path -LiteralPath (Join-Path $PSScriptRoot '../..')).Path
        $ebops = Get-ChildItem -Path (Join-Path $root 'src/EventBridgeOps.Cli/bin/*/net*/ebops.dll') | Sort-Object LastWriteTime | Select-Object -Last 1
        $variables = @(
            'GITHUB_ACTIONS', 'GITHUB_STEP_SUMMARY', 'GITHUB_SHA', 'GITHUB_REPOSITORY', 'GITHUB_RUN_ID', 'GITHUB_REF_NAME', 'TF_BUILD', 'AGENT_TEMPDIRECTORY'
            'BUILD_SOURCEVERSION', 'BUILD_SOURCEBRANCH', 'REPOSITORY', 'REGISTRY', 'JOB_DEFINITION'
        )
        function Clear-Runner { foreach ($name in $variables) { [Environment]::SetEnvironmentVariable($name, $null) } }
    }
    AfterAll { Stop-Sample }

    Context 'a step' -Skip:([bool]$noShell) {
        BeforeEach {
            Start-Sample
            Clear-Runner
            $work = Join-Path $scratch ([IO.Path]::GetRandomFileName())
            $null = New-Item -ItemType Directory -Path $work
            Set-Content -LiteralPath (Join-Path $work 'patterns.tests.jsonl') -Value '{"name":"a","event":"{\"source\":\"a\"}","pattern":"{\"source\":[\"a\"]}","expect":"match"}'
            Set-Content -LiteralPath (Join-Path $work 'template.yaml') -Value "Resources:`n  Rule:`n    Type: AWS::Events::Rule`n    Properties:`n      EventPattern:`n        source: [a]"
            $null = Push-Image mvp-agent abc123
            $env:REPOSITORY = $env:JOB_DEFINITION = 'mvp-agent'
            $env:REGISTRY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'
            # A new shell has no module yet that is installed: the one that is tested stands for it.
            $null = New-Item -ItemType SymbolicLink -Path (Join-Path $work 'EventBridgeOps') -Target (Split-Path -Parent $manifest)
            $env:PSModulePath = $work + [IO.Path]::PathSeparator + $environment.PSModulePath
        }
        AfterEach { Clear-Runner; $env:PSModulePath = $environment.PSModulePath }

        It '<Name> of <File> runs' -ForEach $steps {
            if ($System -eq 'GitHub') {
                $env:GITHUB_ACTIONS = 'true'; $env:GITHUB_STEP_SUMMARY = Join-Path $work 'summary.md'; $env:GITHUB_SHA = 'abc123'; $env:GITHUB_REPOSITORY = 'o/r'; $env:GITHUB_RUN_ID = '7'; $env:GITHUB_REF_NAME = 'main'
            }
            elseif ($System -eq 'Azure') {
                $env:TF_BUILD = 'True'; $env:AGENT_TEMPDIRECTORY = $work; $env:BUILD_SOURCEVERSION = 'abc123'; $env:BUILD_SOURCEBRANCH = 'refs/heads/main'
            }

            $host_ = (Get-Command -Name dotnet -CommandType Application | Select-Object -First 1).Source
            $prelude = "ebops() { '$host_' '$ebops' `"`$@`"; }; docker() { cat > /dev/null; }; dotnet() { [ `"`$1 `$2`" = 'tool install' ]; }; aws() { echo 123456789012; }`ncd '$work'`n"
            $said = $null | & bash -e -o pipefail -c ($prelude + $Script) 2>&1 | ForEach-Object { "$_" }
            $LASTEXITCODE | Should -Be $Expected -Because ($said -join "`n")
            if ($Script -match '--ci') {
                if ($System -eq 'GitHub') { Get-Content -LiteralPath $env:GITHUB_STEP_SUMMARY -Raw | Should -Match '(?s)^### .*\| --- \|' }
                else { $said -match '^##vso\[task.uploadsummary\]' | ForEach-Object { Test-Path -LiteralPath ($_ -replace '^##vso\[task.uploadsummary\]') } | Should -Not -Contain $false }
            }

            if ($Script -match 'junit=(\S+)') { ([xml](Get-Content -LiteralPath (Join-Path $work $Matches[1]) -Raw)).testsuites.tests | Should -BeGreaterThan 0 }
            if ($Name -like '*cannot be repaired,') { (Get-EbTargetRevision mvp-production | Where-Object State -NE Current).State | Should -Be 'Missing' }
            if ($Name -eq 'Check for drift') { $said -match '^(::error title=|##vso\[task.logissue type=error\])' | Should -HaveCount 3 }
        }
    }

    It 'a parameter of the SSM document cannot become code' {
        $document = Get-Content -LiteralPath (Join-Path $root 'docs/recipes/ssm/document.json') -Raw | ConvertFrom-Json
        foreach ($hostile in "'; rm -rf /", '$(id)', "a`nb", 'a"b', '`id`') { $hostile | Should -Not -Match $document.parameters.EventBusName.allowedPattern }
        '*', 'mvp-*', 'default' | Should -Match $document.parameters.EventBusName.allowedPattern
        $errors = $null
        $null = [Management.Automation.Language.Parser]::ParseInput(($document.mainSteps[1].inputs.runCommand -join "`n"), [ref]$null, [ref]$errors)
        $errors | Should -BeNullOrEmpty
    }

    It 'SSM takes the document, and the association of the schedule' -Skip:(-not $moto) {
        $python = @'
import json, sys, boto3, yaml
from moto import mock_aws
class Loader(yaml.SafeLoader): pass
stack = None
Loader.add_constructor('!Ref', lambda loader, node: stack['Parameters'][node.value]['Default'])
text = open(sys.argv[2]).read()
stack = yaml.load(text.replace('!Ref ', ''), Loader=yaml.SafeLoader) # for the parameters
stack = yaml.load(text, Loader=Loader)
with mock_aws():
    ssm = boto3.client('ssm', region_name='eu-west-1', aws_access_key_id='t', aws_secret_access_key='t')
    d = ssm.create_document(Name='EventBridgeOps-Drift', DocumentType='Command', DocumentFormat='JSON', Content=open(sys.argv[1]).read())['DocumentDescription']
    properties = stack['Resources']['Drift']['Properties']
    # boto3 checks the names and types of what it is given against the service's own model.
    import botocore.validate
    shape = ssm.meta.service_model.operation_model('CreateAssociation').input_shape
    report = botocore.validate.ParamValidator().validate(properties, shape)
    assert not report.has_errors(), report.generate_report()
    names = {p['Name'] for p in d['Parameters']}
    assert set(properties['Parameters']) == names, names
    print(d['SchemaVersion'], d['Name'] == properties['Name'])
'@
        Stop-EbSandbox
        $said = & python3 -c $python (Join-Path $root 'docs/recipes/ssm/document.json') (Join-Path $root 'docs/recipes/ssm/schedule.yaml') 2>&1
        $LASTEXITCODE | Should -Be 0 -Because ($said -join "`n")
        $said | Should -Be '2.2 True'
    }

    Context 'the Makefile' -Skip:(-not $make -or $noShell) {
        BeforeAll {
            Start-Sample
            Clear-Runner
            $work = Join-Path $scratch 'make'
            $null = New-Item -ItemType Directory -Path (Join-Path $work 'infrastructure')
            Copy-Item -LiteralPath (Join-Path $root 'docs/recipes/make/Makefile') -Destination $work
            $settings = Get-Content -LiteralPath (Join-Path $root 'docs/recipes/make/.env.eventbridge.example')
            Set-Content -LiteralPath (Join-Path $work '.env.eventbridge') -Value ($settings -replace '^AWS_REGION=.*', "AWS_REGION=$env:AWS_REGION")
            # A deployment of its own: it registers a revision of a job definition that targets are pinned to.
            $bin = Join-Path $work 'bin'
            $null = New-Item -ItemType Directory -Path $bin
            Set-Content -LiteralPath (Join-Path $bin 'terraform') -Value '#!/bin/sh', 'echo "applied in $(basename "$PWD")"'
            & chmod +x (Join-Path $bin 'terraform')
            $dotnet = (Get-Command -Name dotnet -CommandType Application | Select-Object -First 1).Source
            function Invoke-Make([string] $Verb) { & bash -c 'cd "$1"; PATH="$2:$PATH" make "$3" EBOPS="$4"' bash $work $bin $Verb "$dotnet $ebops" 2>&1 | ForEach-Object { "$_" } }
        }

        It 'lists the rules and targets of the bus in the settings' {
            $said = Invoke-Make eb-rules
            $LASTEXITCODE | Should -Be 0 -Because ($said -join "`n")
            "$said" | Should -Match 'mvp-agent-on-upload.*mvp-import-done'
            $said = Invoke-Make eb-targets
            $LASTEXITCODE | Should -Be 0 -Because ($said -join "`n")
            "$said" | Should -Match 'agent-behind.*Behind'
        }

        It 'deploys, and repairs the targets' {
            $said = Invoke-Make deploy-all
            $LASTEXITCODE | Should -Be 0 -Because ($said -join "`n")
            "$said" | Should -Match 'applied in infrastructure.*agent-behind.*Updated'
            (Get-EbTargetRevision mvp-development).State | Should -Not -Contain 'Behind'
            Get-EbChange -Last 1 | Undo-EbChange
            $said = Invoke-Make update-eventbridge
            $LASTEXITCODE | Should -Be 0 -Because ($said -join "`n")
            (Get-EbTargetRevision mvp-development).State | Should -Not -Contain 'Behind'
        }
    }

    Context 'the Terraform configuration' -Skip:(-not $hcl -or $noShell) {
        BeforeAll {
            $work = Join-Path $scratch 'terraform'
            $null = New-Item -ItemType Directory -Path $work
            Copy-Item -LiteralPath (Join-Path $root 'docs/recipes/terraform/main.tf') -Destination $work
            # In the user's own home, where the provider may lie.
            function Invoke-Terraform([string[]] $Arguments) {
                $env:HOME = $environment.HOME
                Push-Location -LiteralPath $work
                try { & terraform @Arguments -no-color 2>&1 | ForEach-Object { "$_" } }
                finally { Pop-Location; $env:HOME = $scratch }
            }
        }

        It 'is read, and written as Terraform writes it' {
            $said = Invoke-Terraform fmt, -check
            $LASTEXITCODE | Should -Be 0 -Because ($said -join "`n")
        }

        It 'registers a revision and lets the targets follow; a failed sync is tried again' {
            $null = Invoke-Terraform init, '-input=false'
            if ($LASTEXITCODE) { Set-ItResult -Skipped -Because 'SKIPPED: the AWS provider of Terraform cannot be had here'; return }
            Start-Sample
            $null = New-Item -ItemType Directory -Path (Join-Path $work 'bin')
            Set-Content -LiteralPath (Join-Path $work 'bin/ebops') -Value '#!/bin/sh', "exec dotnet '$ebops' `"`$@`""
            & chmod +x (Join-Path $work 'bin/ebops')
            $env:PATH = (Join-Path $work 'bin') + [IO.Path]::PathSeparator + $env:PATH
            $apply = 'apply', '-auto-approve', '-input=false', '-var', 'image=123456789012.dkr.ecr.eu-west-1.amazonaws.com/mvp-agent:v9'
            Add-Fault '{"operation":"PutTargets","times":1,"fault":{"kind":"error","code":"AccessDeniedException","status":400}}'
            (Invoke-Terraform $apply) -match 'was injected by a fault script' | Should -Not -BeNullOrEmpty
            $LASTEXITCODE | Should -Be 1
            $said = Invoke-Terraform $apply
            $LASTEXITCODE | Should -Be 0 -Because ($said -join "`n")
            (Get-EbTargetRevision * | Where-Object { $_.JobDefinitionName -eq 'mvp-agent' -and $_.RuleState -eq 'ENABLED' -and -not $_.ManagedBy -and $_.Revision }).Revision | Select-Object -Unique | Should -Be 4
        }
    }

    It 'the runbook runs in its order, and each step comes to what it says' {
        Start-Sample
        $null = Push-Image mvp-agent abc123
        $blocks = [regex]::Matches([IO.File]::ReadAllText((Join-Path $root 'docs/recipes/incident.md')), '(?s)## (\d)[^\n]*\n\n```powershell\n(.*?)```')
        $ErrorActionPreference = 'SilentlyContinue' # as in a shell that a person types into: what fails is told, and the rest goes on
        $shown = @{}
        foreach ($block in $blocks) { $shown[$block.Groups[1].Value] = @(Invoke-Command -ScriptBlock ([scriptblock]::Create($block.Groups[2].Value)) -NoNewScope -WarningAction Ignore) }
        $shown.Keys | Sort-Object | Should -Be '1', '2', '3', '4', '5', '6', '7'
        $shown['1'].State | Sort-Object -Unique | Should -Be 'Inactive', 'Missing'
        $shown['2'] | Should -BeNullOrEmpty
        $shown['3'].Status | Should -Contain 'NG'
        $shown['5'].Status | ForEach-Object ToString | Sort-Object -Unique | Should -Be 'AlreadyCurrent', 'Failed', 'Skipped', 'Updated'
        ($shown['6'] | Where-Object Name -eq Inactive).Count | Should -Be 1 # of a disabled rule
        $shown['7'].Status | Sort-Object -Unique | Should -Be 'Reverted'
    }
}

Describe 'Links of the documentation' {
    It 'of <Page> lead somewhere' -ForEach $pages {
        $text = [IO.File]::ReadAllText($Path) -replace '(?s)```.*?```' -replace '`[^`\n]*`'
        foreach ($link in [regex]::Matches($text, '\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]*))?\)')) {
            $target = if ($link.Groups[1].Value) { Join-Path (Split-Path -Parent $Path) $link.Groups[1].Value } else { $Path }
            $target | Should -Exist -Because "$Page links to $($link.Groups[1].Value)"
            if ($link.Groups[2].Value) {
                $anchors = [regex]::Matches([IO.File]::ReadAllText($target), '(?m)^#+ (.+)$') | ForEach-Object { ($_.Groups[1].Value.ToLowerInvariant() -replace '[^\w\- ]') -replace ' ', '-' }
                $anchors | Should -Contain $link.Groups[2].Value -Because "$Page links to it"
            }
        }
    }
}

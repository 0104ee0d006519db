<#
.SYNOPSIS
    Builds, tests and packages EventBridgeOps.
.DESCRIPTION
    Build        builds all projects and stages the module, so that Import-Module ./EventBridgeOps.psd1 works
    Stage        creates the module in its published form, under out/module
    Test         runs all tests
    Package      creates NuGet packages of the module and of the command line (a .NET tool), under out
    TestPackage  installs both packages in an empty environment and tests them
    Acceptance   runs Test, Package and TestPackage, and fails if a tool that the tests can use is missing
    Help         updates the generated parts of the pages under docs: syntax, parameters, errors, docs/records.md, docs/ebops.md
    Clean        removes all build output
.EXAMPLE
    ./build.ps1 -Task Build, Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Stage', 'Test', 'Package', 'TestPackage', 'Acceptance', 'Help', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$options = '--configuration', $Configuration
$out = Join-Path $PSScriptRoot 'out'
$module = Join-Path $PSScriptRoot 'build/EventBridgeOps.Module'
$version = ([xml](Get-Content -LiteralPath (Join-Path $PSScriptRoot 'Directory.Build.props') -Raw)).SelectSingleNode('//Version').InnerText

function Invoke-DotNet([string[]] $Arguments) {
    & dotnet @Arguments
    if ($LASTEXITCODE -ne 0) { throw "dotnet $Arguments failed with exit code $LASTEXITCODE." }
}

# The version number is defined in Directory.Build.props only; a test checks that the manifest has the same version.
function Write-Version {
    $manifest = Join-Path $PSScriptRoot 'EventBridgeOps.psd1'
    $before = [IO.File]::ReadAllText($manifest)
    $after = $before -replace "(ModuleVersion\s*=\s*)'[^']*'", "`$1'$(($version -split '-')[0])'"
    if ($after -ne $before) { [IO.File]::WriteAllText($manifest, $after) }
}

function Invoke-Build {
    Write-Version
    Invoke-DotNet -Arguments (@('build', $PSScriptRoot) + $options)
}

function Invoke-Stage {
    Write-Version
    Invoke-DotNet -Arguments (@('build', $module, '--target:Stage') + $options)
}

function Invoke-Test {
    Invoke-DotNet -Arguments 'test', $PSScriptRoot
}

function Invoke-Package {
    Write-Version
    Invoke-DotNet -Arguments (@('pack', $module, '--output', $out) + $options)
    Invoke-DotNet -Arguments (@('pack', (Join-Path $PSScriptRoot 'src/EventBridgeOps.Cli'), '-p:PackReadyToRun=true', '--output', $out) + $options)
}

# By default, the tests of the module run on the packages of their own build.
function Invoke-TestPackage {
    $env:EBOPS_PUBLISHED = $out
    try { Invoke-DotNet -Arguments 'test', (Join-Path $PSScriptRoot 'tests/EventBridgeOps.PowerShell.Tests') }
    finally { $env:EBOPS_PUBLISHED = $null }
}

# What 'dotnet test' cannot ask of a machine that has only the .NET SDK. A missing program does not stop the rest, and in the end it counts as a failure.
function Invoke-Acceptance {
    $missing = @(
        foreach ($program in 'aws', 'bash', 'cfn-lint', 'fish', 'moto_server', 'pwsh', 'python3', 'terraform', 'zsh') {
            if (-not (Get-Command -Name $program -CommandType Application -ErrorAction Ignore)) { $program }
        }
        if (-not (Get-Module -Name PSScriptAnalyzer -ListAvailable)) { 'PSScriptAnalyzer (a PowerShell module)' }
        if (Get-Command -Name python3 -CommandType Application -ErrorAction Ignore) {
            $null = & python3 -c 'import boto3' 2>&1
            if ($LASTEXITCODE) { 'boto3 (a Python package)' }
        }
    )
    foreach ($name in $missing) { Write-Warning "$name is missing: the tests that use it are skipped." }
    Invoke-Test
    Invoke-Package
    Invoke-TestPackage
    if ($missing) { throw "What was tested has passed, but not all was tested. Missing: $($missing -join ', ')." }
}

# Only compile here: if a page is not valid, the build step that generates the help files from the pages fails.
function Invoke-Help {
    Invoke-DotNet -Arguments (@('run', '--project', (Join-Path $PSScriptRoot 'build/EventBridgeOps.Help'), '-p:SkipHelp=true') + $options + '--', 'refresh', $PSScriptRoot)
}

function Invoke-Clean {
    'src', 'tests', 'build' | ForEach-Object { Get-ChildItem -Path (Join-Path $PSScriptRoot $_) -Directory } |
        ForEach-Object { Join-Path $_.FullName 'bin'; Join-Path $_.FullName 'obj' } |
        Where-Object { Test-Path -LiteralPath $_ } |
        Remove-Item -Recurse
    $out, (Join-Path $PSScriptRoot 'module/bin'), (Join-Path $PSScriptRoot 'module/EventBridgeOps.Types.ps1xml'), (Join-Path $PSScriptRoot 'module/EventBridgeOps.Format.ps1xml'), (Join-Path $PSScriptRoot 'en-US') | Where-Object { Test-Path -LiteralPath $_ } | Remove-Item -Recurse
}

foreach ($name in $Task) {
    & "Invoke-$name"
}

<#
.SYNOPSIS
    Builds, tests and packages EventBridgeOps.
.DESCRIPTION
    Build        builds all, and stages the module, so that Import-Module ./EventBridgeOps.psd1 works
    Stage        the module as it is delivered, under out/module
    Test         runs all tests
    Package      the module and the command line (a .NET tool) as NuGet packages, under out
    TestPackage  installs both packages where nothing else is, and runs the tests of the module on them
    Acceptance   Test, Package and TestPackage, on a machine that must have all that the tests can use: says what is missing, and fails if anything is
    Help         brings up to date what the pages under docs take from the commands: syntax, the table of sessions, docs/ebops.md
    Clean        removes all that was built
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
    if ($LASTEXITCODE -ne 0) { throw "dotnet $Arguments ended with exit code $LASTEXITCODE." }
}

# The one version number is in Directory.Build.props; a test sees to it that the manifest has the same.
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

# The tests of the module run on the packages of their own build, unless they are told of others.
function Invoke-TestPackage {
    $env:EBOPS_PUBLISHED = $out
    try { Invoke-DotNet -Arguments 'test', (Join-Path $PSScriptRoot 'tests/EventBridgeOps.PowerShell.Tests') }
    finally { $env:EBOPS_PUBLISHED = $null }
}

# What 'dotnet test' cannot ask of a machine that has only the .NET SDK. A missing program does not stop the rest, and in the end it counts as a failure.
function Invoke-Acceptance {
    $missing = @(
        foreach ($program in 'aws', 'bash', 'fish', 'moto_server', 'pwsh', 'python3', 'terraform', 'zsh') {
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

# The pages may be what is wrong, and then the build that makes the shell's help of them fails: here it only compiles.
function Invoke-Help {
    Invoke-DotNet -Arguments (@('run', '--project', (Join-Path $PSScriptRoot 'build/EventBridgeOps.Help'), '-p:SkipHelp=true') + $options + '--', 'refresh', $PSScriptRoot)
}

function Invoke-Clean {
    'src', 'tests', 'build' | ForEach-Object { Get-ChildItem -Path (Join-Path $PSScriptRoot $_) -Directory } |
        ForEach-Object { Join-Path $_.FullName 'bin'; Join-Path $_.FullName 'obj' } |
        Where-Object { Test-Path -LiteralPath $_ } |
        Remove-Item -Recurse
    $out, (Join-Path $PSScriptRoot 'module/bin'), (Join-Path $PSScriptRoot 'en-US') | Where-Object { Test-Path -LiteralPath $_ } | Remove-Item -Recurse
}

foreach ($name in $Task) {
    & "Invoke-$name"
}

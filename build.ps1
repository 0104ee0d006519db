<#
.SYNOPSIS
    Builds, tests and packages EventBridgeOps.
.DESCRIPTION
    Build    builds all, and stages the module, so that Import-Module ./EventBridgeOps.psd1 works
    Stage    the module as it is delivered, under out/module
    Test     runs all tests
    Package  the staged module as an archive, and the command line as a .NET tool, under out
    Clean    removes all that was built
.EXAMPLE
    ./build.ps1 -Task Build, Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Stage', 'Test', 'Package', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$options = '--configuration', $Configuration
$out = Join-Path $PSScriptRoot 'out'
$staged = Join-Path $out 'module/EventBridgeOps'
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
    Invoke-DotNet -Arguments (@('build', (Join-Path $PSScriptRoot 'src/EventBridgeOps.PowerShell')) + $options)
    if (Test-Path -LiteralPath $staged) { Remove-Item -LiteralPath $staged -Recurse }
    $null = New-Item -ItemType Directory -Path $staged
    'EventBridgeOps.psd1', 'LICENSE', 'module' | ForEach-Object { Copy-Item -LiteralPath (Join-Path $PSScriptRoot $_) -Destination $staged -Recurse }
}

function Invoke-Test {
    Invoke-DotNet -Arguments 'test', $PSScriptRoot
}

function Invoke-Package {
    Invoke-Stage
    Compress-Archive -LiteralPath $staged -DestinationPath (Join-Path $out "EventBridgeOps.$version.zip") -Force
    Invoke-DotNet -Arguments (@('pack', (Join-Path $PSScriptRoot 'src/EventBridgeOps.Cli'), '--output', $out) + $options)
}

function Invoke-Clean {
    Get-ChildItem -Path (Join-Path $PSScriptRoot 'src'), (Join-Path $PSScriptRoot 'tests') -Directory |
        ForEach-Object { Join-Path $_.FullName 'bin'; Join-Path $_.FullName 'obj' } |
        Where-Object { Test-Path -LiteralPath $_ } |
        Remove-Item -Recurse
    $out, (Join-Path $PSScriptRoot 'module/bin') | Where-Object { Test-Path -LiteralPath $_ } | Remove-Item -Recurse
}

foreach ($name in $Task) {
    & "Invoke-$name"
}

<#
.SYNOPSIS
    Builds, tests and packages EventBridgeOps.
.DESCRIPTION
    Build        builds all, and stages the module, so that Import-Module ./EventBridgeOps.psd1 works
    Stage        the module as it is delivered, under out/module
    Test         runs all tests
    Package      the module and the command line (a .NET tool) as NuGet packages, under out
    TestPackage  installs both packages where nothing else is, and tests them there
    Help         brings up to date what the pages under docs take from the commands: syntax, the table of sessions, docs/ebops.md
    Clean        removes all that was built
.EXAMPLE
    ./build.ps1 -Task Build, Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Stage', 'Test', 'Package', 'TestPackage', 'Help', 'Clean')]
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
    'src/EventBridgeOps.PowerShell', 'build/EventBridgeOps.Help' | ForEach-Object { Invoke-DotNet -Arguments (@('build', (Join-Path $PSScriptRoot $_)) + $options) }
    if (Test-Path -LiteralPath $staged) { Remove-Item -LiteralPath $staged -Recurse }
    $null = New-Item -ItemType Directory -Path $staged
    'EventBridgeOps.psd1', 'LICENSE', 'THIRD-PARTY-NOTICES.txt', 'module', 'en-US' | ForEach-Object { Copy-Item -LiteralPath (Join-Path $PSScriptRoot $_) -Destination $staged -Recurse }
}

function Invoke-Test {
    Invoke-DotNet -Arguments 'test', $PSScriptRoot
}

# The module as the PowerShell Gallery takes it: its files at the root, and its commands in the tags, by which they are found there.
function Write-ModuleSpecification([string] $Path) {
    $manifest = Import-PowerShellDataFile -LiteralPath (Join-Path $staged 'EventBridgeOps.psd1')
    $cmdlets = $manifest.CmdletsToExport
    $tags = $manifest.PrivateData.PSData.Tags + 'PSModule', 'PSIncludes_Cmdlet' + $cmdlets.ForEach({ "PSCmdlet_$_" }) + $cmdlets.ForEach({ "PSCommand_$_" })
    $fields = [ordered]@{
        id                       = 'EventBridgeOps'
        version                  = $version
        authors                  = $manifest.Author
        owners                   = $manifest.CompanyName
        requireLicenseAcceptance = 'false'
        license                  = 'MIT'
        description              = $manifest.Description
        copyright                = $manifest.Copyright
        tags                     = $tags -join ' '
    }
    $lines = foreach ($field in $fields.GetEnumerator()) {
        $attribute = if ($field.Key -eq 'license') { ' type="expression"' }
        "    <$($field.Key)$attribute>$([Security.SecurityElement]::Escape($field.Value))</$($field.Key)>"
    }
    $text = @('<?xml version="1.0" encoding="utf-8"?>', '<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">', '  <metadata>') + $lines +
        @('  </metadata>', '  <files>', '    <file src="**" target="" />', '  </files>', '</package>')
    [IO.File]::WriteAllLines($Path, $text)
}

function Invoke-Package {
    Invoke-Stage
    $specification = Join-Path $out 'EventBridgeOps.nuspec'
    Write-ModuleSpecification -Path $specification
    $module = '-p:IsPackable=true', '-p:NoPackageAnalysis=true', "-p:NuspecFile=$specification", "-p:NuspecBasePath=$staged"
    Invoke-DotNet -Arguments (@('pack', (Join-Path $PSScriptRoot 'src/EventBridgeOps.PowerShell'), '--no-build', '--output', $out) + $module + $options)
    Invoke-DotNet -Arguments (@('pack', (Join-Path $PSScriptRoot 'src/EventBridgeOps.Cli'), '-p:PackReadyToRun=true', '--output', $out) + $options)
}

function Invoke-TestPackage {
    $configuration = New-PesterConfiguration
    $configuration.Run.Container = New-PesterContainer -Path (Join-Path $PSScriptRoot 'tests/Package') -Data @{ Folder = $out; Version = $version }
    $configuration.Run.Throw = $true
    $configuration.Output.Verbosity = 'Detailed'
    Invoke-Pester -Configuration $configuration
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

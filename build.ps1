<#
.SYNOPSIS
    Builds, tests and packages EventBridgeOps.
.DESCRIPTION
    Build        builds all projects and stages the module, so that Import-Module ./EventBridgeOps.psd1 works
    Stage        creates the module in its published form, under out/module
    Test         runs all tests
    Package      creates NuGet packages of the module and of the command line (a .NET tool), under out
    TestPackage  installs both packages in an empty environment and tests them
    Help         updates the generated parts of the pages under docs: syntax, session parameters, docs/ebops.md
    Clean        removes all build output
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
    'src/EventBridgeOps.PowerShell', 'build/EventBridgeOps.Help' | ForEach-Object { Invoke-DotNet -Arguments (@('build', (Join-Path $PSScriptRoot $_)) + $options) }
    if (Test-Path -LiteralPath $staged) { Remove-Item -LiteralPath $staged -Recurse }
    $null = New-Item -ItemType Directory -Path $staged
    'EventBridgeOps.psd1', 'LICENSE', 'THIRD-PARTY-NOTICES.txt', 'module', 'en-US' | ForEach-Object { Copy-Item -LiteralPath (Join-Path $PSScriptRoot $_) -Destination $staged -Recurse }
}

function Invoke-Test {
    Invoke-DotNet -Arguments 'test', $PSScriptRoot
}

# The package format of the PowerShell Gallery: module files at the root, and commands as tags, which make them searchable.
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

# Only compile here: if a page is not valid, the build step that generates the help files from the pages fails.
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

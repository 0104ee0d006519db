#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'The module in a shell with others' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Support.ps1')

        # An assembly that passes for another copy of a known one: the same name and key, and none of its types.
        Add-Type -AssemblyName Microsoft.CodeAnalysis.CSharp
        function New-Decoy([string] $Like, [string] $Version, [string] $Namespace) {
            $name = [Reflection.AssemblyName]::GetAssemblyName($Like)
            $source = @"
[assembly: System.Reflection.AssemblyVersion("$Version")]
namespace $Namespace { public static class Decoy { public static string Name { get { return typeof(Decoy).Assembly.FullName; } } } }
"@
            $options = [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new([Microsoft.CodeAnalysis.OutputKind]::DynamicallyLinkedLibrary).WithPublicSign($true)
            $options = $options.WithCryptoPublicKey([Collections.Immutable.ImmutableArray]::Create([byte[]] $name.GetPublicKey()))
            $tree = [Microsoft.CodeAnalysis.SyntaxTree[]] [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText($source)
            $reference = [Microsoft.CodeAnalysis.MetadataReference[]] [Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile([object].Assembly.Location)
            $file = [IO.File]::Create((Join-Path $decoy "$($name.Name).dll"))
            $made = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create($name.Name, $tree, $reference, $options).Emit($file)
            $file.Dispose()
            if (-not $made.Success) { throw "$($made.Diagnostics)" }
        }

        $bin = Join-Path (Split-Path -Parent $manifest) 'module/bin'
        $decoy = Join-Path $scratch 'OtherTools'
        $null = New-Item -ItemType Directory -Path $decoy
        New-Decoy -Like (Join-Path $bin 'net8.0/AWSSDK.Core.dll') -Version '4.0.0.0' -Namespace 'Amazon.Runtime'
        New-Decoy -Like (Join-Path $bin 'net8.0/AWSSDK.SecurityToken.dll') -Version '4.0.0.0' -Namespace 'Amazon.SecurityToken'
        New-Decoy -Like (Join-Path $bin 'netstandard2.0/System.Text.Json.dll') -Version '99.0.0.0' -Namespace 'System.Text.Json'
        New-Decoy -Like (Join-Path $bin 'netstandard2.0/Microsoft.Bcl.TimeProvider.dll') -Version '99.0.0.0' -Namespace 'Microsoft.Bcl'

        # What is in the shell's own folder already cannot be loaded beside it without a context; modules that bring it use one.
        Set-Content -LiteralPath (Join-Path $decoy 'OtherTools.psm1') -Value @'
foreach ($name in 'AWSSDK.Core', 'AWSSDK.SecurityToken', 'Microsoft.Bcl.TimeProvider') { $null = [Reflection.Assembly]::LoadFrom("$PSScriptRoot/$name.dll") }
$context = [Runtime.Loader.AssemblyLoadContext]::new('OtherTools')
$json = $context.LoadFromAssemblyPath("$PSScriptRoot/System.Text.Json.dll")
function Get-OtherName { [Amazon.Runtime.Decoy]::Name; $json.GetType('System.Text.Json.Decoy')::Name }
'@
        $other = Join-Path $decoy 'OtherTools.psm1'

        # A repair, an undo, and what is loaded where.
        $work = @'
$null = Start-EbSandbox -Sample
@(Get-EbTargetRevision *).Count
(Sync-EbBatchTarget mvp-production mvp-agent-on-upload -PassThru).Status
(Get-EbChange -Last 1 | Undo-EbChange -PassThru).Status
$loaded = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'AWSSDK.Core' }
($loaded | ForEach-Object { "$([Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name) $($_.GetName().Version)" } | Sort-Object) -join ', '
Get-OtherName
Stop-EbSandbox
'@
        $expected = '15', 'Updated', 'Reverted', 'Default 4.0.0.0, EventBridgeOps 4.0.0.0', 'AWSSDK.Core, Version=4.0.0.0, *PublicKeyToken=885c28607f98e604', 'System.Text.Json, Version=99.0.0.0, *'

        function Assert-Work([string[]] $Said) {
            $Said | Should -HaveCount $expected.Count
            for ($line = 0; $line -lt $expected.Count; $line++) { $Said[$line] | Should -BeLike $expected[$line] }
        }
    }
    AfterAll { Stop-Sample }

    It 'works when another copy of AWSSDK.Core, System.Text.Json and Microsoft.Bcl is there already' {
        Assert-Work (Invoke-Shell "Import-Module '$other'; Import-Module '$manifest'; $work")
    }

    It 'works when they come later, and they work too' {
        Assert-Work (Invoke-Shell "Import-Module '$manifest'; `$null = Start-EbSandbox -Sample; `$null = Get-EbRule *; Stop-EbSandbox; Import-Module '$other'; $work")
    }

    It 'works beside the real SDK, of another build' {
        $real = Join-Path $bin 'netstandard2.0/AWSSDK.Core.dll'
        $said = Invoke-Shell "Add-Type -Path '$real'; Import-Module '$manifest'; `$null = Start-EbSandbox -Sample; `$StoredAWSCredentials = [Amazon.Runtime.BasicAWSCredentials]::new('AKIDEXAMPLE', 'secret'); @(Get-EbTargetRevision *).Count"
        $said | Should -Be '15'
    }

    It 'leaves nothing of its own in the shell''s context but the loader' {
        $said = Invoke-Shell "Import-Module '$manifest'; `$null = Start-EbSandbox -Sample; `$null = Get-EbRule; [Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.GetName().Name -match '^(EventBridgeOps|AWSSDK)' -join ','"
        $said | Should -Match '^EventBridgeOps\.Loader-[\d.]+$'
    }

    It 'can be imported with -Force and removed, again and again' {
        $said = Invoke-Shell @"
1..2 | ForEach-Object {
    Import-Module '$manifest'
    Import-Module '$manifest' -Force
    Import-Module '$manifest' -Force
    @((Get-Module EventBridgeOps).ExportedCommands.Keys).Count
    `$null = Start-EbSandbox -Sample
    @(Get-EbRule *).Count
    Remove-Module EventBridgeOps
    "endpoint: `$env:AWS_ENDPOINT_URL; modules: `$((Get-Module -All | Where-Object Name -like 'EventBridgeOps*').Name)"
}
"@
        $count = "$((Import-PowerShellDataFile -LiteralPath $manifest).CmdletsToExport.Count)"
        $said | Should -Be $count, '11', 'endpoint: ; modules: ', $count, '11', 'endpoint: ; modules: '
    }

    It 'can be imported from another place after it was removed' {
        $root = Split-Path -Parent $manifest
        $copy = Join-Path $scratch 'copy'
        $null = New-Item -ItemType Directory -Path $copy
        Copy-Item -Path $manifest, (Join-Path $root 'module') -Destination $copy -Recurse
        $said = Invoke-Shell @"
foreach (`$folder in '$root', '$copy') {
    Import-Module "`$folder/EventBridgeOps.psd1"
    `$null = Start-EbSandbox -Sample
    @(Get-EbRule *).Count
    (Get-Module EventBridgeOps).ModuleBase
    Remove-Module EventBridgeOps
}
"@
        $said | Should -Be '11', $root, '11', $copy
    }

    It 'works in Constrained Language Mode, tables and all' {
        $said = Invoke-Shell @"
`$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
Import-Module '$manifest'
`$null = Start-EbSandbox -Sample
Get-EbTargetRevision mvp-development mvp-agent-on-upload | Out-String -Width 80
Sync-EbBatchTarget mvp-production mvp-agent-on-upload -PassThru | Format-Table | Out-String -Width 80
Get-EbChange | Format-List | Out-String -Width 80
Get-BatchImage | Format-Table | Out-String -Width 80
`$ExecutionContext.SessionState.LanguageMode
"@
        $said[-1] | Should -Be 'ConstrainedLanguage'
        $text = $said -join "`n"
        $text | Should -Match 'agent-inactive +mvp-agent:1 +3 Inactive'
        $text | Should -Match 'mvp-agent:1 -> :3 +Updated'
        $text | Should -Match 'mvp-agent:1\.2\.0 '
    }

    It 'keeps runspaces that work side by side apart' {
        Start-Sample
        Copy-Region
        $seen = 'eu-west-1', 'us-east-1', 'eu-west-1', 'us-east-1', 'eu-west-1', 'us-east-1' | ForEach-Object -ThrottleLimit 6 -Parallel {
            Import-Module $using:manifest
            $StoredAWSRegion = $_
            Remove-Item -Path Env:AWS_REGION, Env:AWS_DEFAULT_REGION -ErrorAction Ignore
            $targets = Get-EbTargetRevision *
            [pscustomobject]@{ Region = $_; Count = @($targets).Count; Seen = @($targets.Region | Sort-Object -Unique) -join ',' }
            Remove-Module -Name EventBridgeOps
        }
        $seen | Should -HaveCount 6
        foreach ($one in $seen) { "$($one.Count) $($one.Seen)" | Should -Be "15 $($one.Region)" }
        @(Get-EbRule -Region eu-west-1).Count | Should -Be 4 # the sandbox is this runspace's, and still runs
    }
}

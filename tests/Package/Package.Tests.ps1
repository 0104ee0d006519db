#requires -Version 7.4 -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# The packages as a user gets them: those of the build, or, with EBOPS_PUBLISHED, those of build.ps1 -Task Package.
param(
    [string] $Folder = $env:EBOPS_TEST_PACKAGES,
    [string] $Version = $env:EBOPS_TEST_VERSION
)

BeforeAll {
    $root = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
    $installed = Join-Path ([IO.Path]::GetTempPath()) "ebops-package-$([IO.Path]::GetRandomFileName())"
    $null = New-Item -ItemType Directory -Path $installed
    $modulePackage = Join-Path $Folder "EventBridgeOps.$Version.nupkg"
    $toolPackage = Join-Path $Folder "EventBridgeOps.Cli.$Version.nupkg"

    function Get-Entry([string] $Package) {
        $archive = [IO.Compression.ZipFile]::OpenRead($Package)
        try { $archive.Entries.FullName | ForEach-Object { [uri]::UnescapeDataString($_) } | Where-Object { $_ -notmatch '^(_rels/|package/|\[Content_Types\])' } | Sort-Object }
        finally { $archive.Dispose() }
    }

    function Get-Specification([string] $Package) {
        $archive = [IO.Compression.ZipFile]::OpenRead($Package)
        try {
            $entry = $archive.Entries | Where-Object FullName -Like '*.nuspec'
            ([xml] [IO.StreamReader]::new($entry.Open()).ReadToEnd()).package.metadata
        }
        finally { $archive.Dispose() }
    }

    # As a user whose home is empty, with nothing of AWS around.
    function Invoke-AtHome([string] $Program, [string[]] $Arguments, [string] $Place = $installed) {
        $start = [Diagnostics.ProcessStartInfo]::new($Program, $Arguments)
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $start.WorkingDirectory = $Place
        foreach ($name in @($start.Environment.Keys) -match '^(AWS_|EBOPS_|EVENTBRIDGE_|PSModulePath|NUGET_PACKAGES|XDG_)') { $null = $start.Environment.Remove($name) }
        foreach ($name in 'HOME', 'USERPROFILE', 'DOTNET_CLI_HOME') { $start.Environment[$name] = $Place }
        $start.Environment['NO_COLOR'] = '1'
        $start.Environment['AWS_EC2_METADATA_DISABLED'] = 'true'
        $process = [Diagnostics.Process]::Start($start)
        $errors = $process.StandardError.ReadToEndAsync()
        $said = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        if ($process.ExitCode) { throw "$Program $Arguments ended with exit code $($process.ExitCode): $said$($errors.Result)" }
        $said.TrimEnd() -split '\r?\n'
    }
}

AfterAll { Remove-Item -LiteralPath $installed -Recurse -ErrorAction Ignore }

Describe 'The module''s package' {
    BeforeAll {
        # What Install-PSResource does: the files at the root of the package go to a folder of the version, the package's own parts do not.
        $module = Join-Path $installed (Join-Path ($IsWindows ? 'Documents/PowerShell/Modules' : '.local/share/powershell/Modules') "EventBridgeOps/$Version")
        [IO.Compression.ZipFile]::ExtractToDirectory($modulePackage, $module)
        '_rels', 'package', '[Content_Types].xml', 'EventBridgeOps.nuspec' | ForEach-Object { Remove-Item -LiteralPath (Join-Path $module $_) -Recurse -Force }
        $shell = (Get-Process -Id $PID).Path
        $manifest = Import-PowerShellDataFile -LiteralPath (Join-Path $module 'EventBridgeOps.psd1')
        $addressed = "if (`$IsWindows) { `$env:PSModulePath = '$(Split-Path -Parent (Split-Path -Parent $module))' + [IO.Path]::PathSeparator + `$env:PSModulePath };"
        function Invoke-Module([string] $Script) { Invoke-AtHome $shell @('-NoProfile', '-NonInteractive', '-Command', "`$ErrorActionPreference = 'Stop'; $addressed $Script") }
    }

    It 'is named, versioned and tagged as the PowerShell Gallery wants it' {
        $specification = Get-Specification $modulePackage
        $specification.id | Should -BeExactly 'EventBridgeOps'
        $specification.version | Should -Be $Version
        $manifest.ModuleVersion | Should -Be ($Version -split '-')[0]
        $specification.license.InnerText | Should -Be 'MIT'
        $specification.authors | Should -Be $manifest.Author
        $specification.copyright | Should -Be $manifest.Copyright
        $specification.description | Should -Be $manifest.Description
        $manifest.PrivateData.PSData.Tags | Where-Object { $_ -notin ($specification.tags -split ' ') } | Should -BeNullOrEmpty
        $specification.dependencies | Should -BeNullOrEmpty
        $tags = $specification.tags -split ' '
        $tags | Should -Contain 'PSModule'
        foreach ($cmdlet in $manifest.CmdletsToExport) { $tags | Should -Contain "PSCmdlet_$cmdlet" }
        $specification.tags.Length | Should -BeLessThan 4000 # the Gallery's limit
    }

    It 'holds what it needs and nothing else' {
        $allowed = '^(EventBridgeOps\.(nuspec|psd1)|LICENSE|THIRD-PARTY-NOTICES\.txt|module/EventBridgeOps\.(psm1|Format\.ps1xml|Types\.ps1xml)|en-US/[\w.-]+\.(xml|txt)|module/bin/net8\.0/((EventBridgeOps|AWSSDK)\.[\w.]+|System\.Formats\.Cbor|System\.IO\.Hashing|YamlDotNet|JsonSchema\.Net|JsonPointer\.Net|Json\.More|Humanizer)\.dll|module/bin/netstandard2\.0/((EventBridgeOps|AWSSDK|System|Microsoft\.Bcl)\.[\w.]+|YamlDotNet|JsonSchema\.Net|JsonPointer\.Net|Json\.More|Humanizer)\.dll)$'
        $entries = Get-Entry $modulePackage
        $entries | Where-Object { $_ -notmatch $allowed } | Should -BeNullOrEmpty
        foreach ($needed in 'EventBridgeOps.psd1', 'LICENSE', 'THIRD-PARTY-NOTICES.txt', 'module/EventBridgeOps.psm1', 'module/bin/net8.0/EventBridgeOps.Loader.dll', 'module/bin/netstandard2.0/EventBridgeOps.PowerShell.dll') { $entries | Should -Contain $needed }
    }

    It 'is found by name, and works' {
        $said = Invoke-Module @'
$null = Start-EbSandbox -Sample
(Get-Module EventBridgeOps).ModuleBase
@(Get-EbTargetRevision *).Count
(Sync-EbBatchTarget mvp-production mvp-agent-on-upload -PassThru).Status
(Get-EbChange -Last 1 | Undo-EbChange -PassThru).Status
Get-EbTargetRevision mvp-development | Out-String -Width 80
'@
        $said[0..3] | Should -Be $module, '15', 'Updated', 'Reverted'
        $said | Where-Object { $_ -match 'agent-inactive +mvp-agent:1 +3 Inactive' } | Should -HaveCount 1
    }

    It 'has a manifest that the shell takes for valid, with all cmdlets' {
        $said = Invoke-Module "(Test-ModuleManifest '$module/EventBridgeOps.psd1').ExportedCmdlets.Count; Import-Module EventBridgeOps; (Get-Module EventBridgeOps).ExportedCommands.Count"
        $said | Should -Be "$($manifest.CmdletsToExport.Count)", "$($manifest.CmdletsToExport.Count)"
    }

    It 'has its help' {
        $said = Invoke-Module '[cultureinfo]::CurrentUICulture = "en-US"; foreach ($name in (Get-Command -Module EventBridgeOps).Name) { @((Get-Help $name).examples.example).Count -ge 3 }; (Get-Help about_EventBridgeOps).Length -gt 1000; (Get-Help about_EventBridgeOps_Errors).Length -gt 1000; (Get-Help Undo-EbChange).Synopsis'
        $said | Should -Be (@('True') * ($manifest.CmdletsToExport.Count + 2) + 'Rolls back changes that are recorded in the journal.')
    }

    It 'writes to the home''s journal alone' {
        Get-ChildItem -LiteralPath $module -Recurse -File | Where-Object { $_.FullName.Substring($module.Length + 1).Replace('\', '/') -notin (Get-Entry $modulePackage) } | Should -BeNullOrEmpty
    }
}

Describe 'The command line''s package' {
    BeforeAll {
        $tool = Join-Path $installed 'tools/ebops'
        $null = Invoke-AtHome dotnet @('tool', 'install', 'EventBridgeOps.Cli', '--version', $Version, '--tool-path', (Split-Path -Parent $tool), '--source', (Resolve-Path -LiteralPath $Folder).Path)
    }

    It 'holds what it needs and nothing else' {
        $allowed = '^(EventBridgeOps\.Cli\.nuspec|LICENSE|README\.md|THIRD-PARTY-NOTICES\.txt|tools/net10\.0/(any|[a-z]+-[a-z0-9]+)/(DotnetToolSettings\.xml|ebops\.(dll|deps\.json|runtimeconfig\.json)|((EventBridgeOps|AWSSDK|Spectre|System)\.[\w.]+|YamlDotNet|JsonSchema\.Net|JsonPointer\.Net|Json\.More|Humanizer|JmesPath\.Net|JmePath\.Net\.Parser|jmespath\.net\.interop|Newtonsoft\.Json)\.dll))$'
        $entries = Get-Entry $toolPackage
        $entries | Where-Object { $_ -notmatch $allowed } | Should -BeNullOrEmpty
        $portable = @($entries -like 'tools/net10.0/any/*' -replace '^.*/')
        $portable | Should -Contain 'ebops.dll'
        $ahead = if ($env:EBOPS_PUBLISHED) { $portable } # compiled for this kind of machine, too
        @($entries -like 'tools/*' -notlike '*/any/*' -replace '^.*/') | Should -Be $ahead
    }

    It 'is a command that works' {
        Invoke-AtHome $tool '--version' | Should -BeLike "*$Version*"
        (Invoke-AtHome $tool 'targets', 'sync', '--help') -join "`n" | Should -Match '--event-bus-name'
        (Invoke-AtHome $tool 'demo') -join "`n" | Should -Match 'Inactive'
    }
}

# The lines that work today, where there is nothing but the packages; Readme.Tests.ps1 and ReadmeTests name the others.
Describe 'The README''s way to install from a folder' {
    BeforeAll {
        $section = [regex]::Match(((Get-Content -LiteralPath (Join-Path $root 'README.md') -Raw) -replace '\r'), '(?s)\n## Install\n(.*?)\n## ').Groups[1].Value
        $user = Join-Path $installed 'user'
        Copy-Item -LiteralPath $Folder -Destination (Join-Path (New-Item -ItemType Directory -Path $user) 'packages') -Recurse
    }

    It 'makes the packages of the projects that they come from' {
        $packed = [regex]::Matches($section, '(?m)^dotnet pack (\S+) --output packages$') | ForEach-Object { $_.Groups[1].Value }
        $packed | Should -Be 'build/EventBridgeOps.Module', 'src/EventBridgeOps.Cli'
        foreach ($project in $packed) { Join-Path $root "$project/$(Split-Path -Leaf $project).csproj" | Should -Exist }
    }

    It 'gives the command' {
        $line = [regex]::Match($section, '(?m)^dotnet (tool install --global EventBridgeOps\.Cli --source packages)$').Groups[1].Value
        $null = Invoke-AtHome dotnet ($line -split ' ') -Place $user
        Invoke-AtHome (Join-Path $user '.dotnet/tools/ebops') '--version' -Place $user | Should -BeLike "*$Version*"
    }

    It 'gives the module' -Skip:$IsWindows { # there, the modules of a user are not where HOME is
        $lines = [regex]::Match($section, '(?s)```powershell\n(Register-PSResourceRepository .*?)```').Groups[1].Value
        $said = Invoke-AtHome (Get-Process -Id $PID).Path @('-NoProfile', '-NonInteractive', '-Command', "`$ErrorActionPreference = 'Stop'; $lines; `$null = Start-EbSandbox -Sample; (Get-Module EventBridgeOps).ModuleBase; @(Get-EbTargetRevision *).Count") -Place $user
        $said | Should -Be (Join-Path $user ".local/share/powershell/Modules/EventBridgeOps/$Version"), '15'
    }
}

Describe 'What is delivered along' {
    It 'is named with its license: <_>' -ForEach 'EventBridgeOps', 'EventBridgeOps.Cli' {
        $notices = Get-Content -LiteralPath (Join-Path $root 'THIRD-PARTY-NOTICES.txt') -Raw
        $others = Get-Entry (Join-Path $Folder "$_.$Version.nupkg") | Where-Object { $_ -like '*.dll' } | ForEach-Object { ($_ -replace '^.*/') -replace '\.dll$' } | Where-Object { $_ -notmatch '^(EventBridgeOps\.|ebops$)' } | Sort-Object -Unique
        $others | Should -Not -BeNullOrEmpty
        foreach ($other in $others) { $notices | Should -Match "\b$([regex]::Escape($other))\b" }
    }
}

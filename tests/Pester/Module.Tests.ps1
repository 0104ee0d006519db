#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'The module' {
    BeforeDiscovery {
        $root = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
        $scripts = Get-ChildItem -Path $root, (Join-Path $root 'module'), $PSScriptRoot -File | Where-Object Extension -In .ps1, .psm1, .psd1 | ForEach-Object { @{ Script = $_.FullName; Name = $_.Name } }
    }
    BeforeAll { . (Join-Path $PSScriptRoot 'Support.ps1') }
    AfterAll { Stop-Sample }

    It 'has a valid manifest' {
        (Test-ModuleManifest -Path $manifest).Name | Should -Be 'EventBridgeOps'
    }

    It 'exports its cmdlets and nothing else' {
        $module = Get-Module -Name EventBridgeOps
        $module.ExportedCommands.Keys | Sort-Object | Should -Be ((Import-PowerShellDataFile -LiteralPath $manifest).CmdletsToExport | Sort-Object)
        $module.ExportedVariables.Count + $module.ExportedAliases.Count + $module.ExportedFunctions.Count | Should -Be 0
    }

    It 'loads nothing of AWS when it is imported, nor for the journal' {
        $loaded = Invoke-Shell "Import-Module '$manifest'; `$null = Get-EbChange -WarningAction Ignore; [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -like 'AWSSDK*' -join ','"
        $loaded | Should -BeNullOrEmpty
    }

    It 'can be removed and imported again' {
        Remove-Module -Name EventBridgeOps
        Get-Command -Name Get-EbRule -ErrorAction Ignore -ListImported | Should -BeNullOrEmpty
        Import-Module -Name $manifest
        Import-Module -Name $manifest -Force
        Start-Sample
        @(Get-EbRule).Count | Should -Be 4
    }

    It 'says what to do when it is not built' {
        $copy = Join-Path $scratch 'unbuilt'
        $null = New-Item -ItemType Directory -Path (Join-Path $copy 'module')
        Copy-Item -LiteralPath $manifest -Destination $copy
        Copy-Item -Path (Join-Path (Split-Path -Parent $manifest) 'module/*.ps*1*') -Destination (Join-Path $copy 'module')
        Invoke-Shell "try { Import-Module '$(Join-Path $copy 'EventBridgeOps.psd1')' } catch { `$_.Exception.Message }" | Should -BeLike '*dotnet build*'
    }

    It 'works as the build for Windows PowerShell too' {
        $binary = Join-Path (Split-Path -Parent $manifest) 'module/bin/netstandard2.0/EventBridgeOps.PowerShell.dll'
        $said = Invoke-Shell "Import-Module '$binary'; `$null = Start-EbSandbox -Sample; @(Get-EbTargetRevision *).Count; (Sync-EbBatchTarget mvp-production mvp-agent-on-upload -PassThru).Status; (Get-EbChange -Last 1 | Undo-EbChange -PassThru).Status"
        $said | Should -Be '15', 'Updated', 'Reverted'
    }

    It 'has scripts that PSScriptAnalyzer finds clean: <Name>' -ForEach $scripts -Skip:(-not (Get-Module -Name PSScriptAnalyzer -ListAvailable)) {
        # Pester's blocks hand variables on in a way that the analyzer does not see.
        $exclude = @('PSUseShouldProcessForStateChangingFunctions') + @(if ($Name -like '*.Tests.ps1') { 'PSUseDeclaredVarsMoreThanAssignments', 'PSUseUsingScopeModifierInNewRunspaces' })
        Invoke-ScriptAnalyzer -Path $Script -ExcludeRule $exclude | ForEach-Object { "$($_.RuleName) line $($_.Line): $($_.Message)" } | Should -BeNullOrEmpty
    }
}

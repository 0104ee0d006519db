# Imports the build for this shell. Cmdlets only, no .NET calls: it works in Constrained Language Mode too.
try {
    if ($PSVersionTable.PSVersion -ge '7.4') {
        # The module and all that it brings are loaded apart from the shell and from other modules.
        Import-Module -Name "$PSScriptRoot/bin/net8.0/EventBridgeOps.Loader.dll" -ErrorAction Stop
        $assembly = Get-EbModuleAssembly -Path "$PSScriptRoot/bin/net8.0/EventBridgeOps.PowerShell.dll" -ErrorAction Stop

        # The second Import-Module is for an import with -Force, where the first leaves it at what it knows: https://github.com/PowerShell/PowerShell/issues/20710
        Import-Module -Assembly $assembly -PassThru -ErrorAction Stop | Import-Module
    }
    else {
        Import-Module -Name "$PSScriptRoot/bin/netstandard2.0/EventBridgeOps.PowerShell.dll" -ErrorAction Stop
    }
}
catch {
    if (Test-Path -Path "$PSScriptRoot/bin/*/EventBridgeOps.PowerShell.dll") { throw }
    throw "EventBridgeOps is not built: $PSScriptRoot/bin holds no assemblies. In a clone, run 'dotnet build' first."
}

Export-ModuleMember -Cmdlet *

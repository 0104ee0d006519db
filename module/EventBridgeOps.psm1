# Imports the build for this edition of PowerShell. Uses only cmdlets and no .NET calls, so it also works in Constrained Language Mode.
# Each construct adds to the time of every import: a try or a version comparison takes 10 ms. See bench/README.md.
if ($PSEdition -eq 'Core') {
    # Load the module and its dependencies in isolation from the shell and from other modules.
    if (-not (Import-Module -Name "$PSScriptRoot/bin/net8.0/EventBridgeOps.Loader.dll" -PassThru -ErrorAction Ignore)) {
        throw "EventBridgeOps could not be loaded from $PSScriptRoot/bin/net8.0. It requires PowerShell 7.4 or later. In a clone of the repository, run 'dotnet build' first. If another build of the same version was already imported in this session, start a new one."
    }

    # The second Import-Module is required for an import with -Force: the first one skips assemblies that are already loaded (https://github.com/PowerShell/PowerShell/issues/20710).
    Import-Module -Assembly (Get-EbModuleAssembly -Path "$PSScriptRoot/bin/net8.0/EventBridgeOps.PowerShell.dll") -PassThru | Import-Module
}
elseif (-not (Import-Module -Name "$PSScriptRoot/bin/netstandard2.0/EventBridgeOps.PowerShell.dll" -PassThru -ErrorAction Ignore)) {
    throw "EventBridgeOps could not be loaded from $PSScriptRoot/bin/netstandard2.0. In a clone of the repository, run 'dotnet build' first."
}

Export-ModuleMember -Cmdlet *

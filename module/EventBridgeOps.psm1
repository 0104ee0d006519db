# Imports the build for this shell. Cmdlets only, no .NET calls: it works in Constrained Language Mode too.
# Each construct here costs time at every import: a try, or a comparison of versions, takes 10 ms. See bench/README.md.
if ($PSEdition -eq 'Core') {
    # The module and its dependencies are loaded apart from the shell and from other modules.
    if (-not (Import-Module -Name "$PSScriptRoot/bin/net8.0/EventBridgeOps.Loader.dll" -PassThru -ErrorAction Ignore)) {
        throw "EventBridgeOps could not be loaded from $PSScriptRoot/bin/net8.0. It requires PowerShell 7.4 or later. In a clone of the repository, run 'dotnet build' first. If another build of the same version was imported before, start a new PowerShell session."
    }

    # The second Import-Module is for an import with -Force: the first does not reload an assembly that it knows (https://github.com/PowerShell/PowerShell/issues/20710).
    Import-Module -Assembly (Get-EbModuleAssembly -Path "$PSScriptRoot/bin/net8.0/EventBridgeOps.PowerShell.dll") -PassThru | Import-Module
}
elseif (-not (Import-Module -Name "$PSScriptRoot/bin/netstandard2.0/EventBridgeOps.PowerShell.dll" -PassThru -ErrorAction Ignore)) {
    throw "EventBridgeOps could not be loaded from $PSScriptRoot/bin/netstandard2.0. In a clone of the repository, run 'dotnet build' first."
}

Export-ModuleMember -Cmdlet *

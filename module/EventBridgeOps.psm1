# Imports the build for this shell: .NET 8 from PowerShell 7.4 on, else .NET Standard (Windows PowerShell 5.1).
$framework = if ($PSVersionTable.PSVersion -ge [version]'7.4') { 'net8.0' } else { 'netstandard2.0' }
$assembly = [IO.Path]::Combine($PSScriptRoot, 'bin', $framework, 'EventBridgeOps.PowerShell.dll')
if (-not [IO.File]::Exists($assembly)) {
    throw "EventBridgeOps is not built: $assembly is missing. In a clone, run 'dotnet build' first."
}

Import-Module -Name $assembly -ErrorAction Stop
Export-ModuleMember -Cmdlet *

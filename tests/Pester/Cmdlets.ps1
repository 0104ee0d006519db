# The cmdlets as the compiled module has them, for tests that every one of a kind must pass. Dot-source it in BeforeDiscovery.
$known = if ($env:EBOPS_TEST_MODULE) { $env:EBOPS_TEST_MODULE } else { (Resolve-Path -LiteralPath (Join-Path $PSScriptRoot '../../EventBridgeOps.psd1')).Path }
Import-Module -Name $known
$allCmdlets = @(Get-Command -Module EventBridgeOps)

# Those that read from AWS, and need no input. Get-EbChange reads a folder, unless it is given a table; the cmdlets of projects need a project.
$readingCmdlets = @($allCmdlets | Where-Object {
        $_.Verb -eq 'Get' -and $_.Parameters.ContainsKey('AccessKey') -and -not $_.Parameters.ContainsKey('Event') -and $_.Name -ne 'Get-EbChange' -and $_.Name -notlike 'Get-EbProject*'
    } | ForEach-Object Name)

# Runs files of Pester tests with the Pester that is named, and writes what became of them as JSON.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $Result,
    [string] $Pester = 'Pester'
)

$ErrorActionPreference = 'Stop'
Import-Module -Name $Pester -MinimumVersion 5.0
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path -split [System.IO.Path]::PathSeparator
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$run = Invoke-Pester -Configuration $configuration

# A block or a whole file that fails to start has no tests to blame.
$failed = @($run.Failed) + @($run.FailedBlocks) + @($run.FailedContainers) | Where-Object { $_ }
[pscustomobject]@{
    Pester = "$($run.Version)"
    Files  = @($run.Containers | ForEach-Object {
            $file = $_
            [pscustomobject]@{
                Name    = Split-Path -Leaf "$($file.Item)"
                Passed  = $file.PassedCount
                Skipped = $file.SkippedCount + $file.NotRunCount
                Failed  = $file.FailedCount
                Seconds = [int]$file.Duration.TotalSeconds
            }
        })
    Failed = @($failed | ForEach-Object {
            $test = $_
            $name = if ($test.PSObject.Properties['ExpandedPath']) { $test.ExpandedPath } else { "$($test.Item)" }
            [pscustomobject]@{ Name = $name; Message = ($test.ErrorRecord | ForEach-Object { $_; @($_.ScriptStackTrace -split '\r?\n' -notmatch 'Pester\.ps') }) -join "`n" }
        })
} | ConvertTo-Json -Depth 4 | Set-Content -LiteralPath $Result

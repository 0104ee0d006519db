@{
    RootModule           = 'module/EventBridgeOps.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '5d3e1f6a-8a8e-4d0b-9a55-0f6f2f3c7b41'
    Author               = 'EventBridgeOps contributors'
    CompanyName          = 'EventBridgeOps'
    Copyright            = '(c) EventBridgeOps contributors. MIT license.'
    Description          = 'Finds, repairs, verifies and undoes stale AWS Batch targets of Amazon EventBridge rules.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    TypesToProcess       = @('module/EventBridgeOps.Types.ps1xml')
    FormatsToProcess     = @('module/EventBridgeOps.Format.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Compare-EbSchema'
        'ConvertTo-EbEvent'
        'ConvertTo-EbSchema'
        'Export-EbDeadLetter'
        'Export-EbReport'
        'Get-BatchImage'
        'Get-EbAutomation'
        'Get-EbAutomationLog'
        'Get-EbChange'
        'Get-EbDeadLetter'
        'Get-EbEventBus'
        'Get-EbRoute'
        'Get-EbRule'
        'Get-EbSandbox'
        'Get-EbSandboxDelivery'
        'Get-EbServiceDeployment'
        'Get-EbTargetRevision'
        'Get-MvpJob'
        'Install-EbAutomation'
        'Invoke-EbAutomation'
        'Invoke-EbPlan'
        'Measure-EbPattern'
        'New-EbProject'
        'New-MvpJobTable'
        'Push-EbSandboxImage'
        'Remove-EbDeadLetter'
        'Repair-MvpJob'
        'Resume-EbDeadLetter'
        'Send-EbDeployment'
        'Send-EbEvent'
        'Send-MvpRequest'
        'Start-EbSandbox'
        'Step-EbSandboxClock'
        'Stop-EbSandbox'
        'Stop-MvpJob'
        'Sync-EbBatchTarget'
        'Test-EbAutomation'
        'Test-EbConnection'
        'Test-EbPattern'
        'Test-EbProject'
        'Test-EbSchema'
        'Undo-EbChange'
        'Uninstall-EbAutomation'
        'Update-BatchImage'
        'Update-EbService'
        'Update-MvpJob'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags       = @('AWS', 'EventBridge', 'Batch', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}

# What the tests share. Dot-source it in BeforeAll: it imports the module, from the clone or as EBOPS_TEST_MODULE says, and keeps the machine's own
# AWS settings out, until Stop-Sample in AfterAll puts them back.
$environment = @{}
Get-ChildItem -Path Env: | ForEach-Object { $environment[$_.Name] = $_.Value }
$env:AWS_EC2_METADATA_DISABLED = 'true'
foreach ($variable in @(Get-ChildItem -Path Env: | Where-Object Name -Match '^(AWS_(?!EC2_METADATA)|EBOPS_(?!TEST_)|EVENTBRIDGE_|RULE_NAME|JOB_)')) {
    Remove-Item -LiteralPath "Env:$($variable.Name)"
}

$scratch = Join-Path ([IO.Path]::GetTempPath()) "ebops-$PID-$([IO.Path]::GetRandomFileName())"
$null = New-Item -ItemType Directory -Path $scratch
$env:HOME = $scratch
$env:EBOPS_JOURNAL = Join-Path $scratch 'journal'
$manifest = if ($environment['EBOPS_TEST_MODULE']) { $environment['EBOPS_TEST_MODULE'] } else { (Resolve-Path -LiteralPath (Join-Path $PSScriptRoot '../../EventBridgeOps.psd1')).Path }
Import-Module -Name $manifest

# A fresh sample account with an empty journal.
function Start-Sample {
    Stop-EbSandbox
    if (Test-Path -LiteralPath $env:EBOPS_JOURNAL) { Remove-Item -LiteralPath $env:EBOPS_JOURNAL -Recurse }
    $null = Start-EbSandbox -Sample
}

function Stop-Sample {
    Stop-EbSandbox
    Get-ChildItem -Path Env: | Where-Object { -not $environment.ContainsKey($_.Name) } | ForEach-Object { Remove-Item -LiteralPath "Env:$($_.Name)" }
    foreach ($variable in $environment.Keys) { [Environment]::SetEnvironmentVariable($variable, $environment[$variable]) }
    Remove-Item -LiteralPath $scratch -Recurse -ErrorAction Ignore
}

function Add-Fault([string] $Json) {
    $null = Invoke-RestMethod -Uri "$env:AWS_ENDPOINT_URL/_sandbox/faults" -Method Post -Body $Json
}

# Puts a gate before the sandbox, which can keep calls waiting; Remove-Gate takes it away.
function Add-Gate {
    if (-not ('EbTest.Gate' -as [type])) { Add-Type -TypeDefinition (Get-Content -LiteralPath (Join-Path $PSScriptRoot 'Gate.cs') -Raw) }
    $script:gate = New-Object -TypeName EbTest.Gate -ArgumentList $env:AWS_ENDPOINT_URL
    $env:AWS_ENDPOINT_URL = $gate.Url
}

function Remove-Gate {
    if ($script:gate) { $script:gate.Dispose() }
    $script:gate = $null
}

# Waits until one of the handles is set, and tells which. Nothing that works comes near the limit.
function Wait-Signal([Threading.WaitHandle[]] $Handle) {
    $set = [Threading.WaitHandle]::WaitAny($Handle, [TimeSpan]::FromMinutes(2))
    if ($set -eq [Threading.WaitHandle]::WaitTimeout) { throw 'It hangs.' }
    $set
}

# Runs a script in a shell, waits until it is where it hangs, and stops it there. Gives what it has written.
# The script block gets the shell and its output, and gives the handle that tells when the script hangs.
function Stop-Hanging([powershell] $Shell, [scriptblock] $Hangs) {
    $output = New-Object -TypeName 'System.Management.Automation.PSDataCollection[psobject]'
    $none = New-Object -TypeName 'System.Management.Automation.PSDataCollection[psobject]'
    $none.Complete()
    $hanging = & $Hangs $Shell $output
    $running = $Shell.BeginInvoke($none, $output)
    if ((Wait-Signal $hanging, $running.AsyncWaitHandle) -ne 0) { throw "It ended by itself: $($Shell.Streams.Error) $($Shell.InvocationStateInfo.Reason)" }

    # A call that nobody cancels ends by itself after 30 seconds, and with it the shell.
    $Shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne([TimeSpan]::FromSeconds(25)) | Should -BeTrue -Because 'it stops while what it waits for still hangs'
    $Shell.InvocationStateInfo.State | Should -Be 'Stopped'
    $output
}

# The calls since the last time, as operation names.
function Get-Call {
    $calls = Invoke-RestMethod -Uri "$env:AWS_ENDPOINT_URL/_sandbox/calls"
    $null = Invoke-RestMethod -Uri "$env:AWS_ENDPOINT_URL/_sandbox/calls" -Method Delete
    @($calls | ForEach-Object { $_.operation })
}

# An archive of the event bus for development.
function New-Archive {
    $null = Send-Request events CreateArchive @{ ArchiveName = 'mvp-archive'; EventSourceArn = 'arn:aws:events:eu-west-1:123456789012:event-bus/mvp-development' }
}

# A call of a service in the sandbox, as another tool would make it.
function Send-Request([string] $Service, [string] $Operation, [object] $Body) {
    $headers = @{ Authorization = "AWS4-HMAC-SHA256 Credential=test/20250101/eu-west-1/$Service/aws4_request, SignedHeaders=host, Signature=0" }
    $path = '/'
    switch ($Service) {
        'batch' { $path = "/v1/$($Operation.ToLowerInvariant())" }
        'ecr' { $headers['X-Amz-Target'] = "AmazonEC2ContainerRegistry_V20150921.$Operation" }
        'events' { $headers['X-Amz-Target'] = "AWSEvents.$Operation" }
        'dynamodb' { $headers['X-Amz-Target'] = "DynamoDB_20120810.$Operation" }
        'sqs' { $headers['X-Amz-Target'] = "AmazonSQS.$Operation" }
        'ecs' { $headers['X-Amz-Target'] = "AmazonEC2ContainerServiceV20141113.$Operation" }
    }
    $lenient = if ($PSEdition -eq 'Core') { @{ SkipHeaderValidation = $true } } else { @{} } # Windows PowerShell looks at no header
    Invoke-RestMethod @lenient -Uri "$env:AWS_ENDPOINT_URL$path" -Method Post -Headers $headers -ContentType 'application/x-amz-json-1.1' -Body ($Body | ConvertTo-Json -Depth 9)
}

# What 'docker push' does last; gives the digest.
function Push-Image([string] $Repository, [string] $Tag, [string] $MediaType = 'application/vnd.oci.image.manifest.v1+json') {
    try { $null = Send-Request -Service ecr -Operation CreateRepository -Body @{ repositoryName = $Repository } } catch { $null = $_ }
    $manifest = @{ schemaVersion = 2; mediaType = $MediaType; annotations = @{ of = $Tag } } | ConvertTo-Json -Compress
    (Send-Request -Service ecr -Operation PutImage -Body @{ repositoryName = $Repository; imageTag = $Tag; imageManifest = $manifest; imageManifestMediaType = $MediaType }).image.imageId.imageDigest
}

# The account of eu-west-1 once more in us-east-1.
function Copy-Region {
    $state = Invoke-RestMethod -Uri "$env:AWS_ENDPOINT_URL/_sandbox/state"
    $other = $state.regions.'eu-west-1' | ConvertTo-Json -Depth 50 -Compress
    $state.regions | Add-Member -Force -NotePropertyName 'us-east-1' -NotePropertyValue ($other.Replace('eu-west-1', 'us-east-1') | ConvertFrom-Json)
    $body = [Text.Encoding]::UTF8.GetBytes(($state | ConvertTo-Json -Depth 50 -Compress))
    $null = Invoke-RestMethod -Uri "$env:AWS_ENDPOINT_URL/_sandbox/state" -Method Put -Body $body
}

# A table with the lines of the journal, as the automation function writes them.
function New-JournalTable([string] $Name) {
    $null = Send-Request dynamodb CreateTable @{
        TableName = $Name; BillingMode = 'PAY_PER_REQUEST'
        AttributeDefinitions = @(@{ AttributeName = 'id'; AttributeType = 'S' }, @{ AttributeName = 'at'; AttributeType = 'S' })
        KeySchema = @(@{ AttributeName = 'id'; KeyType = 'HASH' }, @{ AttributeName = 'at'; KeyType = 'RANGE' })
    }
    $number = 0
    foreach ($file in Get-ChildItem -Path (Join-Path $env:EBOPS_JOURNAL 'changes-*.jsonl') -ErrorAction Ignore | Sort-Object -Property Name) {
        $day = $file.BaseName.Substring('changes-'.Length)
        $null = Send-Request dynamodb PutItem @{ TableName = $Name; Item = @{ id = @{ S = 'journal' }; at = @{ S = $day } } }
        foreach ($line in [IO.File]::ReadAllLines($file.FullName)) {
            $number++
            $null = Send-Request dynamodb PutItem @{ TableName = $Name; Item = @{ id = @{ S = "journal#$day" }; at = @{ S = "${day}T00:00:00.0000000+00:00#test#{0:d8}" -f $number }; line = @{ S = $line } } }
        }
    }
}

# The package of the automation, whose program is the function as it was built.
function New-FunctionPackage([string] $Path) {
    Add-Type -AssemblyName System.IO.Compression
    $program = (Resolve-Path -LiteralPath (Join-Path $PSScriptRoot '../../src/EventBridgeOps.Lambda/bin/Debug/net10.0/bootstrap.dll')).Path
    $file = [IO.File]::Create($Path)
    $package = [IO.Compression.ZipArchive]::new($file, 'Create')
    $entry = $package.CreateEntry('bootstrap')
    $entry.ExternalAttributes = -2115174400 # a file that can be run
    $text = [Text.Encoding]::UTF8.GetBytes("#!/bin/sh`nexec dotnet '$program'`n")
    $stream = $entry.Open()
    $stream.Write($text, 0, $text.Length)
    $stream.Dispose()
    $package.Dispose()
    $file.Dispose()
}

# Objects as Get-EVBRule and Get-EVBTargetsByRule give them.
function Get-ToolsRule([string] $EventBusName, [string] $Name) {
    $rule = Get-EbRule -EventBusName $EventBusName -RuleName $Name
    $state = [pscustomobject]@{ Value = $rule.State } | Add-Member -MemberType ScriptMethod -Name ToString -Value { $this.Value } -Force -PassThru
    [pscustomobject]@{
        PSTypeName = 'Amazon.EventBridge.Model.Rule'; Arn = $rule.Arn; Description = $null; EventBusName = $rule.EventBusName; EventPattern = $rule.EventPattern
        ManagedBy = $rule.ManagedBy; Name = $rule.RuleName; RoleArn = $null; ScheduleExpression = $rule.ScheduleExpression; State = $state
    }
}

function Get-ToolsTarget([string] $EventBusName, [string] $Name) {
    (Get-EbRule -EventBusName $EventBusName -RuleName $Name).Targets | ForEach-Object {
        $batch = if ($_.JobDefinition) { [pscustomobject]@{ JobDefinition = $_.JobDefinition; JobName = $_.TargetId } }
        [pscustomobject]@{ PSTypeName = 'Amazon.EventBridge.Model.Target'; Arn = $_.Arn; BatchParameters = $batch; Id = $_.TargetId; Input = $null }
    }
}

# The program of this shell. One that is installed as a .NET tool runs in a process of dotnet, and is first on the path.
function Get-ShellPath {
    $path = (Get-Process -Id $PID).Path
    if ((Split-Path -Leaf $path) -like 'dotnet*') { (Get-Command -Name pwsh -CommandType Application -TotalCount 1).Source } else { $path }
}

# Runs a script in a shell of its own.
function Invoke-Shell([string] $Script) {
    $shell = Get-ShellPath
    & $shell -NoProfile -NonInteractive -Command $Script
}

# Runs a script in a runspace whose host answers questions: for each one the next of the answers (y, a, n, l).
function Invoke-WithAnswer([string] $Script, [string[]] $Answer) {
    if (-not ('EbTest.AnsweringHost' -as [type])) {
        Add-Type -TypeDefinition (Get-Content -LiteralPath (Join-Path $PSScriptRoot 'AnsweringHost.cs') -Raw)
    }

    $answering = New-Object -TypeName EbTest.AnsweringHost -ArgumentList (, $Answer)
    $runspace = [runspacefactory]::CreateRunspace($answering)
    $runspace.Open()
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    try {
        $output = $shell.AddScript("Import-Module '$manifest'; $Script").Invoke()
        [pscustomobject]@{ Output = $output; Errors = @($shell.Streams.Error); Questions = $answering.Questions; Lines = $answering.Lines }
    }
    finally {
        $shell.Dispose()
        $runspace.Dispose()
    }
}

using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Sample;

/// <summary>What the sample account is made of, as the documents that are sent.</summary>
internal sealed class SampleStory(string account, string region)
{
    /// <summary>The rule that takes MVP requests.</summary>
    public const string RequestRule = "mvp-pipeline-development-rule";

    private const string DevelopmentBus = "mvp-development";
    private const string ProductionBus = "mvp-production";
    private const string PipelineJob = "mvp-pipeline-job-definition";
    private const string PipelineImage = "myproject_backend";
    private const string OcrJob = "newsarchivepro-ocr-job-definition";
    private const string OcrImage = "newsarchive-backend";
    private const string ApiName = "mvp-api";
    private const string AuditQueue = "mvp-audit";
    private const string DeadLetterQueue = "mvp-dead-letters";
    private const string EventsRole = "mvp-events";
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";

    public static IReadOnlyList<string> Buses { get; } = [DevelopmentBus, ProductionBus];

    public static IReadOnlyList<string> JobDefinitionNames { get; } = ["mvp-agent", "mvp-report", "mvp-import", "mvp-cleanup", PipelineJob, OcrJob];

    /// <summary>The images in each repository: all that a job definition has ever run, and the next release of some.</summary>
    private static Dictionary<string, string[]> Images { get; } = new()
    {
        ["mvp-agent"] = ["1.0.0", "1.1.0", "1.2.0", "v42"],
        ["mvp-report"] = ["2024.1", "2024.2"],
        ["mvp-import"] = ["7"],
        ["mvp-cleanup"] = ["0.9"],
        [PipelineImage] = ["v41", "v42"],
        [OcrImage] = ["v41", "v42", "v43"],
        [ApiName] = ["v7", "latest"],
    };

    /// <summary>Whether a job definition runs an image, in any of its releases.</summary>
    public static bool Runs(string image) => ImageReference.TryParse(image, out ImageReference? parsed) && Images.ContainsKey(parsed.RepositoryName);

    /// <summary>The table of MVP jobs, as <c>ebops mvp create-table</c> makes it.</summary>
    public static string JobTable => """
        {"TableName":"mvp-development-jobs","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"jobId","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"jobId","AttributeType":"S"},{"AttributeName":"userId","AttributeType":"S"},{"AttributeName":"createdAt","AttributeType":"S"}],
        "GlobalSecondaryIndexes":[{"IndexName":"userId-createdAt-index","Projection":{"ProjectionType":"ALL"},
        "KeySchema":[{"AttributeName":"userId","KeyType":"HASH"},{"AttributeName":"createdAt","KeyType":"RANGE"}]}]}
        """;

    private string AgentQueue => Arn("batch", "job-queue/mvp-agents");

    private string ReportQueue => Arn("batch", "job-queue/mvp-reports");

    private string PipelineQueue => Arn("batch", "job-queue/mvp-pipeline-job-queue");

    private string OcrQueue => Arn("batch", "job-queue/newsarchivepro-ocr-job-queue");

    public static IEnumerable<(string Operation, string Input)> EcrCalls => Images.SelectMany(repository => repository.Value
        .Select(tag => ("PutImage", Image(repository.Key, tag)))
        .Prepend(("CreateRepository", $$"""{"repositoryName":"{{repository.Key}}"}""")));

    /// <summary>The role of the Batch targets, which EventBridge assumes for the rules of the account, and that of the compute environment.</summary>
    public IEnumerable<(string Operation, string Form)> RoleCalls =>
    [
        ("CreateRole", $"RoleName=sample-batch&AssumeRolePolicyDocument={Uri.EscapeDataString(Trust("batch", ""))}"),
        ("CreateRole", $"RoleName={EventsRole}&AssumeRolePolicyDocument={Uri.EscapeDataString(
            Trust("events", ",\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":\"" + account + "\"}}"))}"),
        ("PutRolePolicy", $"RoleName={EventsRole}&PolicyName=submit-jobs&PolicyDocument={Uri.EscapeDataString($$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"batch:SubmitJob","Resource":["{{Arn("batch", "job-queue/*")}}","{{Arn("batch", "job-definition/*")}}"]}]}
            """)}"),
    ];

    /// <summary>The queues that targets and dead letters name; their policies let EventBridge send for the rules of the account.</summary>
    public IEnumerable<string> QueueCalls => new[] { AuditQueue, DeadLetterQueue }.Select(name => RawDocument.Empty
        .With("QueueName", name)
        .With("Attributes", RawDocument.Empty.With("Policy", $$$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage",
            "Resource":"{{{Arn("sqs", name)}}}","Condition":{"ArnLike":{"aws:SourceArn":"{{{Arn("events", "rule/*")}}}"} } }]}
            """))
        .ToString());

    /// <summary>
    /// mvp-agent has three revisions of which the first is deregistered, mvp-report and the pipeline two that are ACTIVE, mvp-import and OCR one,
    /// and mvp-cleanup none any more.
    /// </summary>
    public IReadOnlyList<(string Operation, string Input)> BatchCalls =>
    [
        ("CreateComputeEnvironment",
            $$"""{"computeEnvironmentName":"mvp","type":"UNMANAGED","serviceRole":"{{Role("sample-batch")}}"}"""),
        ("CreateJobQueue", Queue("mvp-agents", 10)),
        ("CreateJobQueue", Queue("mvp-reports", 1)),
        ("CreateJobQueue", Queue("mvp-pipeline-job-queue", 10)),
        ("CreateJobQueue", Queue("newsarchivepro-ocr-job-queue", 1)),
        ("RegisterJobDefinition", JobDefinition("mvp-agent", "1.0.0")),
        ("RegisterJobDefinition", JobDefinition("mvp-agent", "1.1.0")),
        ("RegisterJobDefinition", JobDefinition("mvp-agent", "1.2.0")),
        ("DeregisterJobDefinition", """{"jobDefinition":"mvp-agent:1"}"""),
        ("RegisterJobDefinition", JobDefinition("mvp-report", "2024.1")),
        ("RegisterJobDefinition", JobDefinition("mvp-report", "2024.2")),
        ("RegisterJobDefinition", JobDefinition("mvp-import", "7")),
        ("RegisterJobDefinition", JobDefinition("mvp-cleanup", "0.9")),
        ("DeregisterJobDefinition", """{"jobDefinition":"mvp-cleanup:1"}"""),
        ("RegisterJobDefinition", JobDefinition(PipelineJob, "v41", PipelineImage)),
        ("RegisterJobDefinition", JobDefinition(PipelineJob, "v42", PipelineImage)),
        ("RegisterJobDefinition", JobDefinition(OcrJob, "v41", OcrImage)),
    ];

    /// <summary>The service that runs the API, with the circuit breaker.</summary>
    public IEnumerable<(string Operation, string Input)> EcsCalls =>
    [
        ("CreateCluster", """{"clusterName":"mvp-cluster"}"""),
        ("RegisterTaskDefinition", $$"""
            {"family":"{{ApiName}}","containerDefinitions":[{"name":"api","image":"{{ImageRegistry.EcrHost(account, region)}}/{{ApiName}}:latest","memory":512,"essential":true,
            "portMappings":[{"containerPort":8080}],"environment":[{"name":"STAGE","value":"mvp"}]}]}
            """),
        ("CreateService", $$$"""
            {"cluster":"mvp-cluster","serviceName":"{{{ApiName}}}","taskDefinition":"{{{ApiName}}}:1","desiredCount":2,
            "deploymentConfiguration":{"deploymentCircuitBreaker":{"enable":true,"rollback":true} } }
            """),
    ];

    public IReadOnlyList<SampleRule> Rules =>
    [
        new("mvp-agent-on-upload", DevelopmentBus,
            RawDocument.Parse("""{"EventPattern":"{\"source\":[\"mvp.uploads\"],\"detail-type\":[\"Object Created\"],\"detail\":{\"size\":[{\"numeric\":[\">\",0]}]}}"}"""),
            [
                Batch("agent-inactive", AgentQueue, Arn("batch", "job-definition/mvp-agent:1"), Transformer, DeadLetters),
                Batch("agent-behind", AgentQueue, "mvp-agent:2", RawDocument.Parse("""{"Input":"{\"mode\":\"full\",\"limit\":1e3}"}""")),
                Batch("agent-current", AgentQueue, Arn("batch", "job-definition/mvp-agent:3"), RawDocument.Parse("""{"InputPath":"$.detail"}""")),
                Batch("agent-floating", AgentQueue, "mvp-agent"),
                Queue("audit"),
            ]),
        new("mvp-import-done", DevelopmentBus,
            RawDocument.Parse("""{"EventPattern":"{\"source\":[\"mvp.import\"],\"detail-type\":[{\"prefix\":\"Import \"}]}"}"""),
            [
                Batch("import", AgentQueue, "mvp-import:1", Retries),
                Function("notify"),
            ]),
        new("mvp-report-on-request", DevelopmentBus,
            RawDocument.Parse("""{"EventPattern":"{\"source\":[\"mvp.reports\"]}","Description":"Someone asked for a report – möglichst bald"}"""),
            [
                Batch("report", ReportQueue, "mvp-report:1", Retries, DeadLetters),
                Batch("report-array", ReportQueue, Arn("batch", "job-definition/mvp-report"), Transformer),
            ]),
        new(RequestRule, DevelopmentBus,
            RawDocument.Parse("""{"EventPattern":"{\"source\":[\"founderdash.web\"],\"detail-type\":[\"MVP Development Request\"]}","Description":"An MVP was requested"}"""),
            [
                Batch("pipeline", PipelineQueue, PipelineJob + ":1", Request, Retries, DeadLetters),
            ]),
        new("mvp-agent-on-upload", ProductionBus,
            RawDocument.Parse("""{"EventPattern":"{\"source\":[\"mvp.uploads\"],\"detail-type\":[\"Object Created\"]}"}"""),
            [
                Batch("agent", AgentQueue, Arn("batch", "job-definition/mvp-agent:1"), Transformer, Retries, DeadLetters),
            ]),
        new("mvp-cleanup-on-delete", ProductionBus,
            RawDocument.Parse("""{"EventPattern":"{\"source\":[\"mvp.uploads\"],\"detail-type\":[\"Object Deleted\"]}"}"""),
            [
                Batch("cleanup", AgentQueue, "mvp-cleanup:1"),
            ]),
        new("mvp-report-on-request", ProductionBus,
            RawDocument.Parse("""{"EventPattern":"{\"source\":[\"mvp.reports\"]}"}"""),
            [
                Batch("report", ReportQueue, Arn("batch", "job-definition/mvp-report:2"), Retries),
                Queue("audit"),
            ]),
        new("mvp-nightly-report", "default",
            RawDocument.Parse("""{"ScheduleExpression":"cron(15 3 * * ? *)","Description":"Every night"}"""),
            [
                Batch("report", ReportQueue, "mvp-report:1", RawDocument.Parse("""{"Input":"{\"range\":\"yesterday\"}"}""")),
                Function("notify"),
            ]),
        new("mvp-hourly-agent", "default",
            RawDocument.Parse("""{"ScheduleExpression":"rate(1 hour)","State":"DISABLED"}"""),
            [
                Batch("agent", AgentQueue, "mvp-agent:1"),
            ]),
        new("newsarchive-ocr-on-upload", "default",
            RawDocument.Parse("""{"EventPattern":"{\"source\":[\"aws.s3\"],\"detail-type\":[\"Object Created\"],\"detail\":{\"bucket\":{\"name\":[\"newsarchive-scans\"]}}}"}"""),
            [
                Batch("ocr", OcrQueue, OcrJob + ":1", Transformer, Retries, DeadLetters),
            ]),
        new("StepFunctionsGetEventsForBatchJobsRule", "default",
            RawDocument.Parse($$$"""{"EventPattern":"{\"source\":[\"aws.batch\"],\"detail-type\":[\"Batch Job State Change\"],\"detail\":{\"status\":[\"FAILED\"],\"jobQueue\":[\"{{{ReportQueue}}}\"]}}"}"""), // Of another queue, so that it does not start itself.
            [
                Batch("agent", AgentQueue, "mvp-agent:2"),
            ],
            IsManaged: true),
    ];

    /// <summary>A template with what tools like to spoil: quotes, line ends, unicode, escapes.</summary>
    private static RawDocument Transformer => RawDocument.Parse(
        """
        {"InputTransformer":{"InputPathsMap":{"bucket":"$.detail.bucket.name","key":"$.detail.object.key","time":"$.time"},"InputTemplate":"{\n  \"ContainerOverrides\": {\n    \"Command\": [\"run\", \"--key\", \"<key>\"],\n    \"Environment\": [{\"Name\": \"BUCKET\", \"Value\": \"<bucket>\"}, {\"Name\": \"GREETING\", \"Value\": \"Grüße \u2713 \ud83d\ude80\"}]\n  },\n  \"At\": <time>\n}"}}
        """);

    /// <summary>The job learns which request it works on, and the state of the request can be followed by its id.</summary>
    private static RawDocument Request => RawDocument.Parse(
        """
        {"InputTransformer":{"InputPathsMap":{"jobId":"$.detail.jobId","priority":"$.detail.priority"},"InputTemplate":"{\"ContainerOverrides\": {\"Environment\": [{\"Name\": \"JOB_ID\", \"Value\": \"<jobId>\"}, {\"Name\": \"PRIORITY\", \"Value\": \"<priority>\"}]}}"}}
        """);

    private static RawDocument Retries => RawDocument.Parse("""{"RetryPolicy":{"MaximumRetryAttempts":3,"MaximumEventAgeInSeconds":3600}}""");

    private RawDocument DeadLetters =>
        RawDocument.Empty.With("DeadLetterConfig", RawDocument.Empty.With("Arn", Arn("sqs", DeadLetterQueue)));

    private string Arn(string service, string resource) => Events.Names.Arn.In(service, region, account, resource).ToString();

    private string Role(string name) => Events.Names.Arn.Global("iam", region, account, "role/" + name).ToString();

    private static string Trust(string service, string condition) =>
        $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"{{{service}}}.amazonaws.com"},"Action":"sts:AssumeRole"{{{condition}}} }]}""";

    private static string Queue(string name, int priority) =>
        $$"""{"jobQueueName":"{{name}}","state":"ENABLED","priority":{{priority}},"computeEnvironmentOrder":[{"order":1,"computeEnvironment":"mvp"}]}""";

    private static string Image(string repository, string tag) => RawDocument.Empty
        .With("repositoryName", repository)
        .With("imageTag", tag)
        .With("imageManifestMediaType", ManifestType)
        .With("imageManifest", $$"""{"schemaVersion":2,"mediaType":"{{ManifestType}}","layers":[],"annotations":{"org.opencontainers.image.ref.name":"{{repository}}:{{tag}}"} }""")
        .ToString();

    private string JobDefinition(string name, string tag, string? repository = null) =>
        $$"""
        {"jobDefinitionName":"{{name}}","type":"container","containerProperties":{"image":"{{ImageRegistry.EcrHost(account, region)}}/{{repository ?? name}}:{{tag}}","command":["run"],
        "resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"2048"}],"environment":[{"name":"STAGE","value":"mvp"}]},
        "retryStrategy":{"attempts":2},"timeout":{"attemptDurationSeconds":3600} }
        """;

    private RawDocument Batch(string id, string queue, string jobDefinition, params RawDocument[] more)
    {
        RawDocument parameters = RawDocument.Empty.With("JobDefinition", jobDefinition).With("JobName", id);
        if (id.EndsWith("-array", StringComparison.Ordinal))
            parameters = parameters.With(RawDocument.Parse("""{"ArrayProperties":{"Size":10},"RetryStrategy":{"Attempts":3}}"""));
        RawDocument target = RawDocument.Empty
            .With("Id", id)
            .With("Arn", queue)
            .With("RoleArn", Role(EventsRole))
            .With("BatchParameters", parameters);
        return more.Aggregate(target, (all, members) => all.With(members));
    }

    private RawDocument Queue(string id) => RawDocument.Empty.With("Id", id).With("Arn", Arn("sqs", AuditQueue));

    private RawDocument Function(string id) => RawDocument.Empty.With("Id", id).With("Arn", Arn("lambda", "function:mvp-notify"));
}

/// <summary>A rule of the sample account.</summary>
internal sealed record SampleRule(string Name, string Bus, RawDocument Members, IReadOnlyList<RawDocument> Targets, bool IsManaged = false)
{
    /// <summary>What PutRule takes.</summary>
    public RawDocument Input => RawDocument.Empty.With("Name", Name).With("EventBusName", Bus).With(Members);

    /// <summary>What PutTargets takes.</summary>
    public RawDocument TargetsInput => RawDocument.Empty.With("Rule", Name).With("EventBusName", Bus).With("Targets", Targets);
}

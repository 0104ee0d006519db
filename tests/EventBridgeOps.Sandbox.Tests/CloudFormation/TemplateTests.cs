using System.Text;

namespace EventBridgeOps.Sandbox.Tests.CloudFormation;

/// <summary>Templates that are not valid are refused in the words of the service, and before anything is made.</summary>
public sealed class TemplateTests : StackTest
{
    private const string Q = """ "Q":{"Type":"AWS::SQS::Queue"} """;

    public static TheoryData<string, string> Faults { get; } = new()
    {
        { "{}", "Template format error: At least one Resources member must be defined." },
        { """{"Resources":{}}""", "Template format error: At least one Resources member must be defined." },
        { "no template", "Template format error: unsupported structure." },
        { "[]", "Template format error: unsupported structure." },
        { """{"Resources":""", "Template format error: JSON not well-formed. (line 1, column 14)" },
        { """{"Resource":{},"Resources":{@Q}}""", "Invalid template property or properties [Resource]" },
        { """{"AWSTemplateFormatVersion":"2011-01-01","Resources":{@Q}}""", "Template format error: unsupported value for AWSTemplateFormatVersion." },
        { """{"Resources":{"Q":{}}}""", "Template format error: [/Resources/Q] Every Resources object must contain a Type member." },
        { """{"Resources":{"Q":{"Type":"Queue"}}}""", "Template format error: Unrecognized resource types: [Queue]" },
        { """{"Resources":{"Q-1":{"Type":"AWS::SQS::Queue"}}}""", "Template format error: Resource name Q-1 is non alphanumeric." },
        { """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Propertys":{}}}}""", "Invalid template resource property 'Propertys'" },
        { """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","DependsOn":"X"}}}""", "Template format error: Unresolved resource dependencies [X] in the Resources block of the template" },
        { """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Ref":"X"}}}}}""", "Template format error: Unresolved resource dependencies [X] in the Resources block of the template" },
        { """{"Resources":{@Q},"Outputs":{"O":{"Value":{"Fn::Sub":"${X}"}}}}""", "Template format error: Unresolved resource dependencies [X] in the Outputs block of the template" },
        { """{"Resources":{@Q},"Outputs":{"O":{"Value":{"Fn::GetAtt":["X","Arn"]}}}}""", "Template error: instance of Fn::GetAtt references undefined resource X" },
        { """{"Resources":{@Q},"Outputs":{"O":{"Value":{"Fn::GetAtt":["Q","Arm"]}}}}""", "Template error: resource Q does not support attribute type Arm in Fn::GetAtt" },
        { """{"Resources":{@Q},"Outputs":{"O":{"Value":{"Fn::GetAtt":["Q","Arm"]}}}}""", "Template error: resource Q does not support attribute type Arm in Fn::GetAtt" },
        { """{"Resources":{"A":{"Type":"AWS::SQS::Queue","DependsOn":"B"},"B":{"Type":"AWS::SQS::Queue","DependsOn":"A"},"C":{"Type":"AWS::SQS::Queue","DependsOn":"A"}}}""", "Circular dependency between resources: [A, B]" },
        { """{"Resources":{"A":{"Type":"AWS::SQS::Queue","Condition":"X"}}}""", "Template format error: Unresolved condition dependency X in the Conditions block of the template" },
        { """{"Resources":{@Q},"Conditions":{"X":{"Fn::Equals":[{"Ref":"Q"},"a"]}}}""", "Template error: Unresolved dependencies [Q]. Cannot reference resources in the Conditions block of the template" },
        { """{"Resources":{@Q},"Conditions":{"X":{"Condition":"Y"},"Y":{"Fn::Not":[{"Condition":"X"}]}}}""", "Template format error: Circular dependency between conditions: X" },
        { """{"Resources":{@Q},"Parameters":{"P":{}}}""", "Template format error: Every Parameters object must contain a Type member." },
        { """{"Resources":{@Q},"Parameters":{"P":{"Type":"Text"}}}""", "Template format error: Unrecognized parameter type: Text" },
        { """{"Resources":{@Q},"Parameters":{"P":{"Type":"String"}}}""", "Parameters: [P] must have values" },
        { """{"Resources":{@Q},"Parameters":{"P":{"Type":"String","Default":"x","AllowedValues":["a","b"]}}}""", "Parameter 'P' must be one of AllowedValues" },
        { """{"Resources":{@Q},"Parameters":{"P":{"Type":"String","Default":"x","AllowedPattern":"[ab]+","ConstraintDescription":"a or b"}}}""", "Parameter 'P' failed to satisfy constraint: a or b" },
        { """{"Resources":{@Q},"Parameters":{"P":{"Type":"String","Default":"x","MinLength":2}}}""", "Parameter 'P' must contain at least 2 characters" },
        { """{"Resources":{@Q},"Parameters":{"P":{"Type":"Number","Default":"7","MaxValue":"5"}}}""", "Parameter 'P' must be a number not greater than 5" },
        { """{"Resources":{@Q},"Parameters":{"P":{"Type":"Number","Default":"x"}}}""", "Parameter 'P' must be a number." },
        { """{"Resources":{@Q},"Parameters":{"P":{"Type":"AWS::SSM::Parameter::Value<String>","Default":"/a"}}}""", "Unable to fetch parameters [/a] from parameter store for this account." },
        { """{"Transform":"AWS::LanguageExtensions","Resources":{@Q}}""", "The sandbox does not support transforms and macros: package the template first, and use the template that the transform made of it." },
        { """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Fn::Join":["a"]}}}}}""", "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined." },
        { """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Fn::Select":["3",["a","b"]]}}}}}""", "Template error: Fn::Select cannot select nonexistent value at index 3" },
        { """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Fn::FindInMap":["A","B","C"]}}}}}""", "Template error: Unable to get mapping for A::B::C" },
        { """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Fn::Length":["A"]}}}}}""", "The sandbox does not support the function Fn::Length." },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task TemplateIsRefusedInTheWordsOfTheService(string template, string message)
    {
        Invalid(await Create(template.Replace("@Q", Q, StringComparison.Ordinal)), message);
        Assert.Empty(Members(await Cfn("DescribeStacks"), "Stacks"));
    }

    public static TheoryData<string> Hostile { get; } =
    [
        new string('[', 50_000),
        """{"Resources":""" + string.Concat(Enumerable.Repeat("""{"a":""", 5_000)) + "1" + new string('}', 5_001),
        "Resources: " + new string('[', 5_000),
        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nResources: *g",
        "a: &a\n  b: *a\nResources: {}",
        "? {a: b}\n: c",
        "\"\\ud800\": 1",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"\ud800"}}}}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":null}}}}""",
        """{"Resources":{"Q":null}}""",
        """{"Resources":{"Q":{"Type":7}}}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":[]}}}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}},"Outputs":{"O":7}}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}},"Outputs":[]}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}},"Mappings":{"M":7}}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}},"Conditions":{"C":7}}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}},"Conditions":{"C":{"Fn::And":[]}}}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}},"Parameters":{"P":7}}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}},"Parameters":{"P":{"Type":"String","Default":"a","AllowedPattern":"("}}}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}},"Parameters":{"P":{"Type":"String","Default":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!","AllowedPattern":"(a+)+"}}}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Ref":7}}}}}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Fn::GetAtt":{}}}}}}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Fn::GetAtt":"Q.Arn"}}}}}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Fn::If":["a"]}}}}}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Fn::Sub":[1,2,3]}}}}}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"Fn::If":[]}}}}""",
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"{{resolve:secretsmanager:a}}"}}}}""",
        "",
        "\0",
        "%YAML 9",
        "--- !<tag:yaml.org,2002:python/object> {}",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task HostileTemplateIsRefused(string template)
    {
        foreach (string action in new[] { "CreateStack", "ValidateTemplate", "GetTemplateSummary" })
        {
            Answer answer = action == "CreateStack" ? await Create(template) : await Cfn(action, ("TemplateBody", template));
            Assert.True(answer.Status is 200 or 400, $"{action} {answer.Status} {answer.Text}");
            if (action == "CreateStack")
                Assert.True(answer.Status == 400 && One(answer, "Code") == "ValidationError", answer.Text);
        }
    }

    [Fact]
    public async Task TemplateThatIsTooLargeIsRefused()
    {
        Refused(await Create(new string('x', 10_000_000)), "Member must have length less than or equal to 51200");
        string many = "Resources:\n" + string.Concat(Enumerable.Range(0, 501).Select(i => $"  Q{i}: {{Type: AWS::SQS::Queue}}\n"));
        Refused(await Create(many), "Number of resources is greater than maximum allowed, 500");
    }

    /// <summary>A queue whose name is what a function stands for.</summary>
    [Theory]
    [InlineData("!Ref AWS::Region", "eu-west-1")]
    [InlineData("!Ref AWS::AccountId", "123456789012")]
    [InlineData("!Sub '${AWS::Partition}-${AWS::URLSuffix}'", "aws-amazonaws.com")]
    [InlineData("!Ref AWS::StackName", "app")]
    [InlineData("!Sub ['${A}-${P}-${!P}', {A: !Ref L}]", "x,y-p-${P}")]
    [InlineData("!Join ['-', [a, !Ref P, 7, true]]", "a-p-7-true")]
    [InlineData("!Join ['', !Split ['.', 'a.b.c']]", "abc")]
    [InlineData("!Select [1, !Ref L]", "y")]
    [InlineData("!Select [1, !GetAZs '']", "eu-west-1b")]
    [InlineData("!FindInMap [M, !Ref P, v]", "mapped")]
    [InlineData("!If [Yes, !Ref P, b]", "p")]
    [InlineData("!If [No, a, !Sub 'b${P}']", "bp")]
    [InlineData("!If [Both, a, b]", "b")]
    [InlineData("!Base64 abc", "YWJj")]
    [InlineData("Fn::Base64: !Sub 'a${P}'", "YXA=")]
    [InlineData("'{{resolve:ssm:/held}}!'", "held!")]
    [InlineData("!Ref Stored", "held")]
    public async Task FunctionsStandForTheirValues(string expression, string value)
    {
        (await Aws.Send("ssm", "/", "AmazonSSM.PutParameter", """{"Name":"/held","Type":"String","Value":"held"}""")).Succeeded();
        Assert.Equal("CREATE_COMPLETE", await Created($$"""
            Parameters:
              P: { Type: String, Default: p, NoEcho: true }
              L: { Type: CommaDelimitedList, Default: "x, y" }
              Stored: { Type: "AWS::SSM::Parameter::Value<String>", Default: /held }
            Mappings: { M: { p: { v: mapped } } }
            Conditions:
              Yes: !Equals [ !Ref P, p ]
              No: !Not [ Condition: Yes ]
              Both: !And [ !Condition Yes, !Or [ !Condition No, !Equals [ a, b ] ] ]
            Resources:
              Q: { Type: AWS::SQS::Queue, Properties: { QueueName: !If [No, !Ref P, !Ref AWS::NoValue] } }
              Never: { Type: AWS::EC2::Instance, Condition: No }
            Outputs:
              O:
                Value:
                  {{expression}}
              Never: { Value: !Ref Never, Condition: No }
            """));
        Assert.Equal(new() { ["O"] = value }, await Outputs());
        Answer described = await Cfn("DescribeStacks", ("StackName", Name));
        Assert.Equal(["****", "x, y", "/held"], Members(described, "Parameters").Select(parameter => Text(parameter, "ParameterValue")));
        Assert.Equal(["", "", "held"], Members(described, "Parameters").Select(parameter => Text(parameter, "ResolvedValue")));
    }

    [Fact]
    public async Task TemplateIsSummarized()
    {
        const string Template = """
            Description: d
            Metadata: { a: b }
            Parameters: { P: { Type: String, Default: a, AllowedValues: [a, b], Description: which } }
            Resources: { R: { Type: AWS::IAM::Role }, Q: { Type: AWS::SQS::Queue } }
            """;
        Answer summary = (await Cfn("GetTemplateSummary", ("TemplateBody", Template))).Succeeded();
        Assert.Equal(["AWS::IAM::Role", "AWS::SQS::Queue"], Members(summary, "ResourceTypes").Select(type => type.Value));
        Assert.Equal(["a", "b"], Members(summary, "AllowedValues").Select(type => type.Value));
        Assert.Equal("The following resource(s) require capabilities: [AWS::IAM::Role]", One(summary, "CapabilitiesReason"));
        Answer valid = (await Cfn("ValidateTemplate", ("TemplateBody", Template))).Succeeded();
        Assert.Equal(("d", "P", "which"), (One(valid, "Description"), One(valid, "ParameterKey"), Text(Members(valid, "Parameters").Single(), "Description")));
    }

    [Fact]
    public async Task RandomTextsNeverBreakTheSandbox()
    {
        Random random = new(7);
        string[] parts = ["Resources", ":", " ", "\n", "{", "}", "[", "]", "\"", "'", "Type", "AWS::SQS::Queue", "!Ref", "!Sub", "!GetAtt Q.Arn", "${", "Q", "Properties", ",", "- ", "&a", "*a", "<<", "Fn::If", "#", "|", ">", "\t", "é", "Outputs", "Value", "Conditions", "7", "null"];
        for (int i = 0; i < 400; i++)
        {
            StringBuilder text = new();
            for (int n = random.Next(40); n >= 0; n--)
                text.Append(parts[random.Next(parts.Length)]);
            Answer answer = await Cfn("ValidateTemplate", ("TemplateBody", text.ToString()));
            Assert.True(answer.Status is 200 or 400, $"{answer.Status} {text}");
        }
    }
}

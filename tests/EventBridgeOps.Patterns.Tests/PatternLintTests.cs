using System.Text.Json;
using System.Text.RegularExpressions;
using EventBridgeOps.Patterns.Syntax;

namespace EventBridgeOps.Patterns.Tests;

/// <summary>What people really write, and what they are told. A hint is itself right: what it says is applied, and matches the event that was meant.</summary>
public sealed class PatternLintTests
{
    private const string Event =
        """
        {"version":"0","id":"1","detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","account":"012345678901","time":"2030-01-01T10:00:00Z","region":"eu-west-1",
        "resources":["arn:aws:s3:::acme-images"],"detail":{"state":"running","size":6,"s":"y","key":"uploads/a.jpg","ip":"10.0.0.7"}}
        """;

    private static readonly JsonElement[] Cases = [.. new[] { "h1-lint-operator-as-key.jsonl", "lint-never-matches.jsonl" }
        .SelectMany(file => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", file))).Select(line => JsonDocument.Parse(line).RootElement)];

    public static TheoryData<string> Names => [.. Cases.Select(each => each.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_from_the_field_is_as_wanted(string name)
    {
        JsonElement found = Cases.Single(each => each.GetProperty("name").GetString() == name);
        string want = found.GetProperty("want").GetString()!;

        PatternReport report = EventPattern.Check(found.GetProperty("pattern").GetString()!);

        PatternProblem problem = Assert.Single(report.Problems);
        Assert.Equal(want.StartsWith("invalid", StringComparison.Ordinal), !report.IsValid);
        Match place = Regex.Match(want, "WARNING at (?<at>[^,]+)");
        if (place.Success)
            Assert.Equal(place.Groups["at"].Value, problem.Pointer);
        Match hint = Regex.Match(want, "hint (?<hint>[^;]+)");
        if (hint.Success)
            Assert.Contains(hint.Groups["hint"].Value, problem.Hint, StringComparison.Ordinal);
    }

    [Theory]
    // An operator without its list.
    [InlineData("""{"source":{"prefix":"aws."}}""", "/source/prefix", "{#}")]
    [InlineData("""{"source":{"prefix":["aws."]}}""", "/source/prefix", "{#}")]
    [InlineData("""{"source":{"anything-but":{"prefix":"acme"}}}""", "/source/anything-but/prefix", "{#}")]
    [InlineData("""{"source":{"anything-but":{"prefix":["acme"]}}}""", "/source/anything-but/prefix", "{#}")]
    [InlineData("""{"detail":{"size":{"numeric":[">",5]}}}""", "/detail/size/numeric", """{"detail":{#}}""")]
    [InlineData("""{"detail":{"s":{"anything-but":["x"]}}}""", "/detail/s/anything-but", """{"detail":{#}}""")]
    [InlineData("""{"detail":{"s":{"anything-but":"x"}}}""", "/detail/s/anything-but", """{"detail":{#}}""")]
    [InlineData("""{"detail":{"s":{"equals-ignore-case":["X","Y"]}}}""", "/detail/s/equals-ignore-case", """{"detail":{#}}""")]
    [InlineData("""{"detail":{"s":{"exists":[true]}}}""", "/detail/s/exists", """{"detail":{#}}""")]
    [InlineData("""{"detail":{"s":{"exists":true}}}""", "/detail/s/exists", """{"detail":{#}}""")]
    [InlineData("""{"detail":{"key":{"suffix":".jpg"}}}""", "/detail/key/suffix", """{"detail":{#}}""")]
    [InlineData("""{"detail":{"ip":{"cidr":"10.0.0.0/24"}}}""", "/detail/ip/cidr", """{"detail":{#}}""")]
    [InlineData("""{"$or":[{"source":{"prefix":["aws."]}},{"account":["123456789012"]}]}""", "/$or/0/source/prefix", "{#}")]
    // An operator as text.
    [InlineData("""{"resources":["{\"wildcard\": \"arn:aws:s3:::*\"}"]}""", "/resources/0", """{"resources":#}""")]
    [InlineData("""{"detail":{"s":"{\"anything-but\": \"x\"}"}}""", "/detail/s", """{"detail":{#}}""")]
    // The types of the event's fields.
    [InlineData("""{"account":[12345678901]}""", "/account/0", "{#}")]
    [InlineData("""{"account":12345678901}""", "/account", "{#}")]
    [InlineData("""{"version":[0]}""", "/version/0", "{#}")]
    [InlineData("""{"detail":["{\"state\":[\"running\"]}"]}""", "/detail", "{#}")]
    [InlineData("""{"detail":"{\"state\":[\"running\"]}"}""", "/detail", "{#}")]
    // Alternatives.
    [InlineData("""{"$or":{"source":["aws.ec2"]}}""", "/$or", "{#}")]
    [InlineData("""{"$or":{"source":["aws.ec2"],"account":["123456789012"]}}""", "/$or", "{#}")]
    [InlineData("""{"or":[{"source":["aws.ec2"]},{"account":["123456789012"]}]}""", "/or/0", "{#}")]
    [InlineData("""{"OR":[{"source":["acme"]},{"detail":{"size":[{"numeric":[">",5]}]}}]}""", "/OR/0", "{#}")]
    [InlineData("""{"$OR":[{"source":["aws.ec2"]},{"account":["123456789012"]}]}""", "/$OR/0", "{#}")]
    [InlineData("""{"$or":[{"source":["aws.ec2"]}]}""", "/$or", "{#}")]
    [InlineData("""{"Or":[{"source":["aws.ec2"]}]}""", "/Or/0", "{#}")]
    [InlineData("""{"or":{"source":["aws.ec2"],"account":["123456789012"]}}""", "/or", "{#}")]
    [InlineData("""{"detail":{"or":[{"state":["running"]},{"s":["x"]}]}}""", "/detail/or/0", """{"detail":{#}}""")]
    // A list as text.
    [InlineData("""{"source":["[\"aws.ec2\", \"aws.s3\"]"]}""", "/source/0", "{#}")]
    [InlineData("""{"source":"[\"aws.ec2\"]"}""", "/source", "{#}")]
    [InlineData("""{"resources":["[{\"prefix\": \"arn:aws:s3:\"}]"]}""", "/resources/0", "{#}")]
    [InlineData("""{"detail":{"size":"[5, 6]"}}""", "/detail/size", """{"detail":{#}}""")]
    [InlineData("""{"detail":{"s":["[\"y\"]","z"]}}""", "/detail/s/0", """{"detail":{#}}""")]
    // Names of AWS.
    [InlineData("""{"detail-type":["EC2 Instance State-Change Notification"]}""", "/detail-type/0", "{#}")]
    [InlineData("""{"source":["AWS.EC2"]}""", "/source/0", "{#}")]
    [InlineData("""{"source":["ec2.amazonaws.com"]}""", "/source/0", "{#}")]
    // An asterisk.
    [InlineData("""{"resources":["arn:aws:s3:::acme-*"]}""", "/resources/0", """{"resources":#}""")]
    [InlineData("""{"source":["aws.*"]}""", "/source/0", """{"source":#}""")]
    [InlineData("""{"source":["*"]}""", "/source/0", """{"source":#}""")]
    [InlineData("""{"source":[{"prefix":"aws.*"}]}""", "/source/0", """{"source":#}""")]
    [InlineData("""{"detail":{"key":["uploads/**"]}}""", "/detail/key/0", """{"detail":{"key":#}}""")]
    [InlineData("""{"detail":{"key":[{"suffix":"*.jpg"}]}}""", "/detail/key/0", """{"detail":{"key":#}}""")]
    [InlineData("""{"detail":{"key":[{"prefix":"up*/a"}]}}""", "/detail/key/0", """{"detail":{"key":#}}""")]
    [InlineData("""{"detail":{"key":[{"anything-but":["downloads/*"]}]}}""", "/detail/key/0", """{"detail":{"key":#}}""")]
    [InlineData("""{"detail":{"key":[{"anything-but":["downloads/*","logs"]}]}}""", "/detail/key/0", """{"detail":{"key":#}}""")]
    public void A_hint_that_is_applied_makes_the_pattern_that_was_meant(string text, string pointer, string applied)
    {
        PatternProblem problem = Assert.Single(EventPattern.Check(text).Problems);
        string snippet = Regex.Match(problem.Hint!, """(Use a list: |Use |use )(?<snippet>.+)\.$""").Groups["snippet"].Value;

        PatternReport report = EventPattern.Check(applied.Replace("#", snippet, StringComparison.Ordinal));

        Assert.Equal(pointer, problem.Pointer);
        Assert.Empty(report.Problems);
        Assert.True(EventPattern.Parse(applied.Replace("#", snippet, StringComparison.Ordinal)).Matches(Event), snippet);
    }

    [Theory]
    [InlineData("""{"$and":[{"source":["a"]},{"detail-type":["b"]}]}""", "/$and", "write the fields in the same object")]
    [InlineData("""{"detail":{"$and":{"a":["b"]}}}""", "/detail/$and", "write the fields in the same object")]
    [InlineData("""{"detail":{"$and":[{"a":["b"]}]}}""", "/detail/$and/0", "write the fields in the same object")]
    [InlineData("""{"not":{"source":["a"]}}""", "/not", "[{\"anything-but\": [\"value\"]}]")]
    [InlineData("""{"detail":{"$not":{"a":["b"]}}}""", "/detail/$not", "[{\"anything-but\": [\"value\"]}]")]
    [InlineData("""{"detail":{"a":[{"not":"b"}]}}""", "/detail/a/0", "[{\"anything-but\": [\"value\"]}]")]
    [InlineData("""{"anyOf":[{"source":["a"]},{"source":["b"]}]}""", "/anyOf/0", "Use \"$or\": [{\"source\":[\"a\"]}, {\"source\":[\"b\"]}].")]
    [InlineData("""{"detail":{"a":[{"anyOf":["b","c"]}]}}""", "/detail/a/0", "A list matches any of its values")]
    [InlineData("""{"detail":{"a":[{"in":["b"]}]}}""", "/detail/a/0", "A list matches any of its values")]
    [InlineData("""{"detail":{"a":[{"contains":"b"}]}}""", "/detail/a/0", "[{\"wildcard\": \"*part*\"}]")]
    public void An_operator_of_another_language_has_a_hint_of_what_there_is_instead(string pattern, string pointer, string hint)
    {
        PatternProblem problem = EventPattern.Check(pattern).Problems[0];

        Assert.Equal(pointer, problem.Pointer);
        Assert.Contains(hint, problem.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"detail":{"not":["a"]}}""")]
    [InlineData("""{"detail":{"and":{"in":["a"]},"contains":[{"prefix":"a"}]}}""")]
    public void A_field_of_the_detail_may_be_called_as_such_an_operator(string pattern) => Assert.Empty(EventPattern.Check(pattern).Problems);

    [Theory]
    [InlineData("""{"source":{"acme":["x"]}}""", "/source", "\"source\" is a string in every event")]
    [InlineData("""{"resources":{"arn":["x"]}}""", "/resources", "\"resources\" is a list of strings in every event")]
    [InlineData("""{"resources":[1]}""", "/resources/0", "\"resources\" is a list of strings in every event")]
    [InlineData("""{"detail-type":[true]}""", "/detail-type/0", "\"detail-type\" is a string in every event")]
    [InlineData("""{"region":["eu-west-1",1]}""", "/region/1", "\"region\" is a string in every event")]
    [InlineData("""{"region":[{"numeric":["=",1]}]}""", "/region/0", "\"region\" is a string in every event")]
    [InlineData("""{"account":[{"anything-but":[123456789012]}]}""", "/account/0", "\"account\" is a string in every event")]
    [InlineData("""{"account":["12345678901"]}""", "/account/0", "\"12345678901\" is not an account ID, which has 12 digits")]
    [InlineData("""{"account":["1234-5678-9012"]}""", "/account/0", "\"1234-5678-9012\" is not an account ID, which has 12 digits")]
    [InlineData("""{"region":["eu-west1"]}""", "/region/0", "\"eu-west1\" is not the name of a Region, such as \"eu-west-1\"")]
    [InlineData("""{"region":["eu-west-1a"]}""", "/region/0", "\"eu-west-1a\" is not the name of a Region, such as \"eu-west-1\"")]
    [InlineData("""{"detail-type":["EC2 Instance State-change Notification"],"detail":{"state":["Running"]}}""", "/detail/state/0", "Upper and lower case matter, and AWS does not write \"Running\"")]
    [InlineData("""{"source":["aws.batch"],"detail-type":["Batch Job State Change"],"detail":{"status":["SUCCEEDED","Failed"]}}""", "/detail/status/1", "Upper and lower case matter, and AWS does not write \"Failed\"")]
    [InlineData("""{"EventPattern":{"source":["a"]}}""", "/EventPattern", "Events have no field \"EventPattern\"")]
    [InlineData("""{"source":[{"exists":false}]}""", "/source/0", "\"source\" is in every event")]
    [InlineData("""{"detail":["running"]}""", "/detail", "\"detail\" is an object in every event")]
    [InlineData("""{"detail":[{"exists":true}]}""", "/detail", "\"detail\" is an object in every event")]
    [InlineData("""{"$or":[{"account":[1]},{"region":["eu-west-1"]}]}""", "/$or/0/account/0", "\"account\" is a string in every event")]
    [InlineData("""{"$or":[{"Source":["a"]},{"source":["b"]}]}""", "/$or/0/Source", "Events have no field \"Source\"")]
    [InlineData("""{"detail":{"a":{"$or":["x"]}}}""", "/detail/a/$or", "\"$or\" is read as the name of a field here, because it needs a list of objects")]
    [InlineData("""{"source":["^aws\\..*"]}""", "/source/0", """The * in "^aws\\..*" is taken literally""")]
    [InlineData("""{"detail":{"s":{"prefix":["x"],"suffix":["y"]}}}""", "/detail/s/prefix", "\"prefix\" is read as the name of a field here, not as an operator")]
    public void What_never_matches_is_doubted(string text, string pointer, string reason)
    {
        PatternProblem problem = Assert.Single(EventPattern.Check(text).Problems);

        Assert.Equal((PatternProblemSeverity.Warning, pointer, reason), (problem.Severity, problem.Pointer, problem.Reason));
    }

    [Theory]
    [InlineData("""{"detail":{"or":["x"]}}""")]
    [InlineData("""{"detail":{"or":[{"prefix":"x"}]}}""")]
    [InlineData("""{"detail":{"OR":{"state":["x"]}}}""")]
    [InlineData("""{"detail":{"s":["[x]"]}}""")]
    [InlineData("""{"detail":{"s":["[]"]}}""")]
    [InlineData("""{"detail":{"requestParameters":{"ids":["[\"a\"]"]}}}""")]
    public void What_may_be_meant_as_it_is_written_is_not_doubted(string text) => Assert.Empty(EventPattern.Check(text).Problems);

    [Theory]
    [InlineData("or")]
    [InlineData("$or")]
    public void Alternatives_in_alternatives_are_checked_in_reasonable_time(string or)
    {
        string text = string.Concat(Enumerable.Repeat($$"""{"{{or}}":[""", 60)) + """{"a":["x"]}""" + string.Concat(Enumerable.Repeat("]}", 60));

        Assert.False(EventPattern.Check(text).IsValid); // Exponential time would not end.
        Assert.Throws<PatternException>(() => EventPattern.Parse(text));
    }

    [Theory]
    [InlineData("""{"detail":{"n":[{"numeric":[">","5"]}]}}""", "Write the number without quotes.", "write the number itself, or the whole pattern as text with Fn::Sub")]
    [InlineData("""{"detail":{"n":[{"exists":"true"}]}}""", "Use true or false without quotes.", "write true or false itself, or the whole pattern as text with Fn::Sub")]
    public void A_value_in_quotes_may_be_that_of_a_parameter_of_a_template(string text, string inPattern, string inTemplate)
    {
        string hint = Assert.Single(EventPattern.Check(text).Problems).Hint!;

        Assert.StartsWith(inPattern, hint, StringComparison.Ordinal);
        Assert.Contains(inTemplate, hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"SOURCE":["a"]}""", "Did you mean \"source\"?")]
    [InlineData("""{"detail_type":["a"]}""", "Did you mean \"detail-type\"?")]
    [InlineData("""{"Detail-Type":["a"]}""", "Did you mean \"detail-type\"?")]
    [InlineData("""{"Detail":{"a":["b"]}}""", "\"Detail\" is a field of a PutEvents entry. Rules match events, where the field is named \"detail\".")]
    [InlineData("""{"detail":{"prefix":["logs/"]}}""", "Name the fields: \"detail\": {\"field\": [\"value\"]}.")]
    [InlineData("""{"detail":{"exists":[true]}}""", "Name the fields: \"detail\": {\"field\": [\"value\"]}.")]
    [InlineData("""{"anything-but":["a"]}""", "An operator is part of the list of a field: \"source\": [{\"anything-but\": \"acme.\"}].")]
    public void A_field_in_another_spelling_is_known(string text, string hint) => Assert.Equal(hint, Assert.Single(EventPattern.Check(text).Problems).Hint);

    [Theory]
    [InlineData("""{"EventPattern":"{\"source\":[\"a\"]}","Name":"r"}""", "This is a rule or a file of rules, not a pattern. Check it as a file of rules, or check only the value of \"EventPattern\".")]
    [InlineData(""" "{\"source\":[\"a\"]}" """, """Use {"source":["a"]}.""")]
    [InlineData("""jsonencode({ source = ["a"] })""", "This is a Terraform expression. A pattern is a JSON object, such as {\"source\": [\"aws.ecr\"]}.")]
    [InlineData("""{ detail-type = ["a"] }""", "This is a Terraform expression. A pattern is a JSON object, such as {\"source\": [\"aws.ecr\"]}.")]
    [InlineData("""{source:[acme]}""", "Its quotation marks are missing. Some shells remove them from arguments: write \\\" for each one, or use a file.")]
    [InlineData("""{"source": ["a"}""", null)]
    [InlineData("""{"prefix":"acme."}""", "An operator is part of the list of a field: \"source\": [{\"prefix\": \"acme.\"}].")]
    [InlineData("""{"detail":"running"}""", "Name the fields: \"detail\": {\"field\": [\"value\"]}.")]
    [InlineData("""{"detail":{"exists":true}}""", "Name the fields: \"detail\": {\"field\": [\"value\"]}.")]
    [InlineData("""{"source":true}""", "Use a string.")]
    [InlineData("""{"detail":{"a":"say \"x\"\\"}}""", """Use a list: "a": ["say \"x\"\\"].""")]
    [InlineData("""{"detail":{"s":{"prefix":"x","suffix":"y"}}}""", "Put each operator into its own object: [{...}, {...}]. One of them is enough for a match.")]
    public void A_value_without_its_list_gets_the_hint_for_its_place(string text, string? hint) =>
        Assert.Equal(hint, EventPattern.Check(text).Problems.First(problem => problem.Severity == PatternProblemSeverity.Error).Hint);

    [Theory]
    [InlineData("""{"replay-name":[{"exists":false}]}""")]
    [InlineData("""{"replay-name":["yesterday"]}""")]
    [InlineData("""{"resources":[{"exists":false}]}""")]
    [InlineData("""{"source":["aws.partner/auth0.com/Acme-123/Logs"]}""")]
    [InlineData("""{"source":["acme.shop"],"detail-type":["object created"]}""")]
    [InlineData("""{"source":["aws.s3"],"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventSource":["s3.amazonaws.com"],"requestParameters":{"prefix":["logs/"],"policy":["*"]}}}""")]
    [InlineData("""{"detail":{"schedule":["0 12 * * ? *"],"query":["SELECT * FROM t"]}}""")]
    [InlineData("""{"detail":{"numeric":[5],"stats":{"numeric":[5,6],"exists":["yes"]}}}""")]
    [InlineData("""{"detail":{"message":["{\"a\":1}"],"key":[{"wildcard":"a*"},{"anything-but":{"wildcard":"b*"}},{"equals-ignore-case":"A"}]}}""")]
    [InlineData("""{"account":["123456789012"],"region":[{"anything-but":"eu-west-1"}],"time":[{"prefix":"2030-"}],"detail-type":["EC2 Instance State-change Notification"]}""")]
    [InlineData("""{"detail":{"phone":{"prefix":["+44"],"number":["1"]}}}""")]
    [InlineData("""{"detail-type":["object created"],"source":[{"prefix":"acme"}]}""")]
    [InlineData("""{"account":["123456789012"],"region":["us-gov-east-1","eusc-de-east-1","ap-southeast-7"]}""")]
    [InlineData("""{"detail-type":["EC2 Instance State-change Notification","Batch Job State Change"],"detail":{"state":["Running"],"status":["Failed"]}}""")]
    [InlineData("""{"detail-type":["Acme State"],"detail":{"state":["Running"]}}""")]
    [InlineData("""{"$or":[{"source":["a"]},{"detail":{"b":[1]}}]}""")]
    [InlineData("""{"source":["acme"],"detail":{"account":[123456789012],"source":{"prefix-length":[1]},"version":[1]}}""")]
    public void What_is_right_is_not_doubted(string text) => Assert.Empty(EventPattern.Check(text).Problems);
}

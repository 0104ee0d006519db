using System.Globalization;
using System.Numerics;
using System.Text;

namespace EventBridgeOps.Sandbox.Tests;

public sealed class ExpressionTests : DynamoTest
{
    private const string ListItem =
        """{"p":{"S":"a"},"r":{"N":"1"},"l":{"L":[{"N":"0"},{"N":"1"},{"N":"2"},{"N":"3"}]},"m":{"M":{"x":{"N":"1"}}},"s":{"SS":["a","b"]},"n":{"N":"1"}}""";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await CreateTable();
        await Put(ListItem);
    }

    [Theory]
    [InlineData("SET q", "Invalid UpdateExpression: Syntax error; token: \"<EOF>\", near: \"SET q\"")]
    [InlineData("", "Invalid UpdateExpression: The expression can not be empty;")]
    [InlineData("SET n = $", "Invalid UpdateExpression: Syntax error; token: \"$\", near: \"SET n = $\"")]
    [InlineData("SET n = :a SET q = :a", "Invalid UpdateExpression: The \"SET\" section can only be used once in an update expression;")]
    [InlineData("SET size = :a", "Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: size")]
    [InlineData("SET n = :a, #q = :a", "Invalid UpdateExpression: An expression attribute name used in the document path is not defined; attribute name: #q")]
    [InlineData("SET n = :q", "Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :q")]
    [InlineData("SET n = plus(:a, :a)", "Invalid UpdateExpression: Invalid function name; function: plus")]
    [InlineData("SET n = list_append(l)", "Invalid UpdateExpression: Incorrect number of operands for operator or function; operator or function: list_append, number of operands: 1")]
    [InlineData("SET n = list_append(l, :a)", "Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: list_append, operand type: N")]
    [InlineData("SET m.x = :a, m = :a", "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [m, x], path two: [m]")]
    [InlineData("SET m.x = :a, m[1] = :a", "Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [m, x], path two: [m, [1]]")]
    [InlineData("DELETE s :a", "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND")]
    [InlineData("SET n = q + :a", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET q.x = :a", "The document path provided in the update expression is invalid for update")]
    [InlineData("SET n = s + :a", "An operand in the update expression has an incorrect data type")]
    [InlineData("ADD s :a", "An operand in the update expression has an incorrect data type")]
    [InlineData("SET p = :a", "One or more parameter values were invalid: Cannot update attribute p. This attribute is part of the key")]
    [InlineData("REMOVE n", "Value provided in ExpressionAttributeValues unused in expressions: keys: {:a}")]
    public async Task An_update_that_the_service_refuses_is_refused_in_its_words(string expression, string message)
    {
        (await Update(expression, """{":a":{"N":"1"}}""")).Failed(400, Validation, message);
        Assert.Equal(ListItem, await Item("a", 1));
    }

    [Theory]
    [InlineData("n = :a AND", "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"n = :a AND\"")]
    [InlineData("n", "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"n\"")]
    [InlineData("((n = :a))", "Invalid ConditionExpression: The expression has redundant parentheses;")]
    [InlineData("name = :a", "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: name")]
    [InlineData("n = n", "Invalid ConditionExpression: The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [n]")]
    [InlineData("size(n)", "Invalid ConditionExpression: The function is not allowed to be used this way in an expression; function: size")]
    [InlineData("attribute_exists(:a)", "Invalid ConditionExpression: Operator or function requires a document path; operator or function: attribute_exists")]
    [InlineData("begins_with(n, :a)", "Invalid ConditionExpression: Incorrect operand type for operator or function; operator or function: begins_with, operand type: N")]
    [InlineData("n BETWEEN :a AND :b", "Invalid ConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {N:0}")]
    [InlineData("p.x = :a", "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: p")]
    public async Task A_condition_that_the_service_refuses_is_refused_in_its_words(string condition, string message) =>
        (await Update("SET q = :c, v = :a, w = :b", """{":a":{"N":"1"},":b":{"N":"0"},":c":{"N":"2"}}""", $",\"ConditionExpression\":\"{condition}\""))
            .Failed(400, Validation, message);

    [Theory]
    [InlineData("REMOVE l[1], l[2]", null, """ "l":{"L":[{"N":"0"},{"N":"3"}]} """)]
    [InlineData("SET l[9] = :b, l[7] = :a", """{":a":{"S":"7"},":b":{"S":"9"}}""", """ "l":{"L":[{"N":"0"},{"N":"1"},{"N":"2"},{"N":"3"},{"S":"7"},{"S":"9"}]} """)]
    [InlineData("SET n = :a, m.y = n", """{":a":{"N":"5"}}""", """ "m":{"M":{"x":{"N":"1"},"y":{"N":"1"}}} """)]
    [InlineData("SET n = if_not_exists(q, n) - :a", """{":a":{"N":"5"}}""", """ "n":{"N":"-4"} """)]
    [InlineData("SET l = list_append(:a, l) REMOVE m.x", """{":a":{"L":[{"S":"first"}]}}""", """ "l":{"L":[{"S":"first"},{"N":"0"},{"N":"1"},{"N":"2"},{"N":"3"}]},"m":{"M":{}} """)]
    [InlineData("ADD n :a, q :a", """{":a":{"N":"0.5"}}""", """ "n":{"N":"1.5"},"q":{"N":"0.5"} """)]
    [InlineData("ADD s :a", """{":a":{"SS":["b","c"]}}""", """ "s":{"SS":["a","b","c"]} """)]
    [InlineData("delete s :a", """{":a":{"SS":["b","c"]}}""", """ "s":{"SS":["a"]} """)]
    public async Task An_update_does_what_the_service_does(string expression, string? values, string expected)
    {
        string after = (await Update(expression, values)).Succeeded().Json.GetProperty("Attributes").GetRawText();
        Assert.All(expected.Trim().Split([",\"m\"", ",\"q\""], StringSplitOptions.None), part => Assert.Contains(part, after));
    }

    [Fact]
    public async Task A_set_without_elements_is_gone()
    {
        await Update("DELETE s :a", """{":a":{"SS":["a","b"]}}""");
        Assert.DoesNotContain("\"s\":", await Item("a", 1));
    }

    [Fact]
    public async Task Sums_are_exact_to_38_digits_and_refused_beyond()
    {
        Random random = new(7);
        for (int round = 0; round < 60; round++)
        {
            (BigInteger left, BigInteger right) = (Whole(random), Whole(random));
            int scale = random.Next(0, 40);
            string minus = random.Next(2) == 0 ? "+" : "-";
            BigInteger sum = minus == "+" ? left + right : left - right;
            string digits = BigInteger.Abs(sum).ToString(CultureInfo.InvariantCulture).TrimEnd('0');
            Answer answer = await Update($"SET n = :a {minus} :b", $$$"""{":a":{"N":"{{{left}}}e-{{{scale}}}"},":b":{"N":"{{{right}}}e-{{{scale}}}"} }""");
            if (digits.Length > 38)
                answer.Failed(400, Validation, "Number overflow. Attempting to store a number with magnitude larger than supported range");
            else
                Assert.Equal(Plain(sum, scale), answer.Succeeded().Json.GetProperty("Attributes").GetProperty("n").GetProperty("N").GetString());
        }

        (await Update("SET n = :a + :a", """{":a":{"N":"9e125"}}""")).Failed(400, Validation);
        (await Update("SET n = :a + :b", """{":a":{"N":"1e50"},":b":{"N":"1"}}""")).Failed(400, Validation);
    }

    [Fact]
    public async Task Hostile_expressions_are_answered_and_not_fatal()
    {
        string[] parts = ["(", ")", "NOT ", "a", " = ", ":v", " AND ", " OR ", "[", "]", "0", ".", ",", " IN ", " BETWEEN ", "size(", "SET ", "#n", "-", "+", "\\u0000", "é", "<", ">"];
        Random random = new(11);
        for (int round = 0; round < 300; round++)
        {
            StringBuilder text = new();
            for (int part = random.Next(1, 20); part > 0; part--)
                text.Append(parts[random.Next(parts.Length)]);
            Answer answer = await Update("SET q = :v", """{":v":{"N":"1"}}""", $",\"ConditionExpression\":\"{text}\"");
            Assert.True(answer.Status == 200 || answer.ErrorCode is Validation or ConditionFailed, $"{text}: {answer.Text}");
        }

        foreach (string deep in new[] { new string('(', 4000), string.Concat(Enumerable.Repeat("NOT ", 1000)), string.Concat(Enumerable.Repeat("size(", 800)) })
            (await Update("SET q = :v", """{":v":{"N":"1"}}""", $",\"ConditionExpression\":\"{deep}\"")).Failed(400, Validation);
        (await Update("SET q = " + new string('(', 4000), """{":v":{"N":"1"}}""")).Failed(400, Validation);
        (await Update("SET q = :v", """{":v":{"N":"1"}}""", $",\"ConditionExpression\":\"{new string('a', 4097)} = :v\"")).Failed(
            400, Validation, "Invalid ConditionExpression: Expression size has exceeded the maximum allowed size;");
    }

    private static BigInteger Whole(Random random)
    {
        string digits = string.Concat(Enumerable.Range(0, random.Next(1, 39)).Select(_ => random.Next(10)));
        BigInteger number = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        return random.Next(2) == 0 ? number : -number;
    }

    private static string Plain(BigInteger number, int scale)
    {
        string digits = BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0').Insert(Math.Max(BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture).Length, scale + 1) - scale, ".");
        string trimmed = digits.TrimEnd('0').TrimEnd('.');
        return (number < 0 ? "-" : "") + trimmed;
    }
}

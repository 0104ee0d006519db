using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects;

namespace EventBridgeOps.Core.Tests.Projects;

/// <summary>Events are checked before they are sent.</summary>
public sealed class ContractTests : IDisposable
{
    private readonly ProjectSpace _space = ProjectSpace.Of("orchestrator");

    public void Dispose() => _space.Dispose();

    [Theory]
    [InlineData("UserRegistered", """{"userId": "u", "email": "a@example.com"}""", null)]
    [InlineData("UserRegistered", """{"userId": 1, "email": "a@example.com"}""", "The event does not follow schema user-registered.v1: /userId is the number 1, but must be a string (detail: /userId, rule: /properties/userId/type).")]
    [InlineData("UserRegistered", """{"userId": "u"}""", "The event does not follow schema user-registered.v1: The detail has no \"email\", which is required (detail: /, rule: /required).")]
    [InlineData("UserRegistered", "{", "The detail is not valid JSON")]
    [InlineData("Other", "{}", null)]
    public void An_event_that_its_schema_refuses_is_refused(string type, string detail, string? expected)
    {
        string? fault = ProjectContract.Read(_space.Root).Fault(new EventEntry { Source = "com.example.orchestrator", DetailType = type, Detail = detail })?.ToString();

        Assert.StartsWith(expected ?? "", fault ?? "", StringComparison.Ordinal);
        Assert.Equal(expected is null, fault is null);
    }

    [Fact]
    public void An_event_of_any_version_is_accepted()
    {
        _space.Write("schemas/user-registered.v2.json", _space.Read("schemas/user-registered.v1.json").Replace("\"userId\",\n    \"email\"", "\"phone\"", StringComparison.Ordinal));
        ProjectContract contract = ProjectContract.Read(_space.Root);

        Assert.Null(Fault("""{"userId": "u", "email": "a@example.com"}"""));
        Assert.Null(Fault("""{"phone": "1"}"""));
        Assert.Contains("user-registered.v2", Fault("{}"), StringComparison.Ordinal);

        string? Fault(string detail) => contract.Fault(new EventEntry { Source = "com.example.orchestrator", DetailType = "UserRegistered", Detail = detail })?.ToString();
    }

    [Fact]
    public void A_project_with_a_schema_that_is_not_valid_checks_nothing()
    {
        _space.Write("schemas/user-registered.v1.json", "{");

        OpsException error = Assert.Throws<OpsException>(() => ProjectContract.Read(_space.Root));

        Assert.Equal(ErrorIds.InvalidProject, error.ErrorId);
        Assert.Contains("schemas/user-registered.v1.json:1:2", error.Message, StringComparison.Ordinal);
    }
}

using System.Text.Json;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Tests.Page.Browser;

namespace EventBridgeOps.Sandbox.Tests.Page;

/// <summary>The page as a person sees it, in Chromium.</summary>
public sealed class BrowserTests(Chromium browser) : PageTest, IClassFixture<Chromium>
{
    private const string Rows = "document.querySelectorAll('.deliveries .row').length";
    private const string Hostile = "<img src=x onerror=window.ran=1>\u202Egnp.exe";

    private Uri Page => new(Server.Endpoint, "/_sandbox/");

    [Fact]
    public async Task WhatHappensAppearsWithoutReload()
    {
        await browser.OpenAsync(Page);
        await Connected();
        await Shows("#deliveries", "No deliveries yet");
        await Shows("#rules", "aws events put-rule");
        await browser.EvaluateAsync("window.isSame = true");

        await MakeQueue(Aws, "orders");
        await MakeRule(Aws, "order-placed", ToQueue("t", "orders"));
        await SendEvents(Aws, 2);
        await browser.WaitForAsync($"{Rows} === 2");
        await Shows(".deliveries .row", "Delivered");
        await browser.WaitForAsync("document.querySelector('#rules').innerText.includes('order-placed')");
        await browser.WaitForAsync("document.querySelector('#queues tbody').innerText.includes('orders\\t2')");
        Assert.True((await browser.EvaluateAsync("window.isSame")).GetBoolean());
        await NothingWrong();
    }

    [Fact]
    public async Task TextsOfOthersAreTextAndRunNothing()
    {
        await MakeQueue(Aws, "q");
        string name = JsonSerializer.Serialize(Sqs + Hostile);
        (await Aws.Events("PutRule", $$"""{"Name":"r","Description":{{JsonSerializer.Serialize(Hostile)}},"EventPattern":"{\"source\":[\"a\"]}"}""")).Succeeded();
        (await Aws.Events("PutTargets", $$"""{"Rule":"r","Targets":[{{ToQueue("q", "q")}},{"Id":"t","Arn":{{name}}}]}""")).Succeeded();
        await browser.OpenAsync(Page);
        await Connected();
        await SendEvents(Aws, 1, JsonSerializer.Serialize(new { html = Hostile + "<script>window.ran=1</script>" }));
        await browser.WaitForAsync($"{Rows} === 2");
        await browser.WaitForAsync("document.querySelector('.target-head')");
        await browser.EvaluateAsync("document.querySelectorAll('.deliveries .toggle').forEach(button => button.click())");

        await Shows("#deliveries", "<img src=x onerror=window.ran=1>U+202Egnp.exe");
        await Shows("#rules .targets", "<img src=x onerror=window.ran=1>");
        await Shows("#rules .about", "<img src=x onerror=window.ran=1>U+202Egnp.exe");
        Assert.False((await browser.EvaluateAsync("document.body.textContent.includes('\\u202e')")).GetBoolean());
        Assert.Equal(1, (await browser.EvaluateAsync("document.images.length")).GetInt32());
        Assert.Equal(JsonValueKind.Null, (await browser.EvaluateAsync("window.ran")).ValueKind);
        await NothingWrong();
    }

    [Theory]
    [InlineData(360, "light")]
    [InlineData(360, "dark")]
    [InlineData(1280, "dark")]
    [InlineData(1280, "light")]
    public async Task EverythingFitsAndCanBeRead(int width, string scheme)
    {
        await Everything();
        await browser.OpenAsync(Page, width, 800, scheme);
        await browser.WaitForAsync($"{Rows} === 4 && document.querySelectorAll('.jobs tbody tr').length === 1");
        await browser.EvaluateAsync("document.querySelectorAll('.deliveries .toggle').forEach(button => button.click())");
        await browser.EvaluateAsync("document.querySelectorAll('details').forEach(each => { each.open = true; })");
        await browser.WaitForAsync("document.querySelectorAll('tr.details').length === 4");
        Assert.Equal(width, (await browser.EvaluateAsync("document.documentElement.scrollWidth")).GetInt32());
        // https://www.w3.org/TR/WCAG22/#contrast-minimum
        Assert.Equal("[]", (await browser.EvaluateAsync(Contrast)).GetRawText());
        Assert.Equal("[]", (await browser.EvaluateAsync("[...document.querySelectorAll('button, a, input, select')].filter(each => !(each.textContent.trim() || each.labels?.[0]?.textContent.trim())).map(each => each.outerHTML)")).GetRawText());
        await NothingWrong();
    }

    [Fact]
    public async Task DeliveriesAreFilteredAndOpenedByKeyboard()
    {
        await Everything();
        await browser.OpenAsync(Page);
        await browser.WaitForAsync($"{Rows} === 4");
        await browser.ClickAsync("[data-outcome=Lost]");
        await browser.WaitForAsync($"{Rows} === 1");
        await Shows(".deliveries .row", "The event is lost");
        await browser.ClickAsync(".chip:first-child");
        await browser.FillAsync("#filter-text", "does not deliver to STATES");
        await browser.WaitForAsync($"{Rows} === 1");
        await browser.FillAsync("#filter-text", "nothing has this");
        await Shows("#deliveries", "No delivery matches the filter");
        await browser.ClickAsync("#deliveries-empty button");
        await browser.WaitForAsync($"{Rows} === 4");

        await browser.EvaluateAsync("document.querySelector('.deliveries .toggle').focus()");
        await browser.PressAsync("Enter");
        await browser.WaitForAsync("document.querySelector('tr.details')");
        await Shows("tr.details", "Input");
        Assert.Equal("true", (await browser.EvaluateAsync("document.activeElement.getAttribute('aria-expanded')")).GetString());
        await browser.PressAsync("Enter");
        await browser.WaitForAsync("!document.querySelector('tr.details')");
        await NothingWrong();
    }

    [Fact]
    public async Task PausedPageStandsStillAndSaysWhatWaits()
    {
        await Everything();
        await browser.OpenAsync(Page);
        await browser.WaitForAsync($"{Rows} === 4");
        await browser.ClickAsync("#pause");
        await SendEvents(Aws);
        await browser.WaitForAsync("document.querySelector('#pause').textContent === 'Resume (4 new)'");
        Assert.Equal(4, (await browser.EvaluateAsync(Rows)).GetInt32());
        await browser.ClickAsync("#pause");
        await browser.WaitForAsync($"{Rows} === 8");
        (await Aws.Admin(HttpMethod.Delete, "deliveries")).Succeeded();
        await browser.WaitForAsync($"{Rows} === 0");
        await NothingWrong();
    }

    [Fact]
    public async Task RestartIsSaidAndThePageConnectsAgain()
    {
        await using SandboxServer first = await SandboxServer.StartAsync(new(), Token);
        using AwsClient aws = new(first.Endpoint);
        await MakeQueue(aws, "q");
        await MakeRule(aws, "r", ToQueue("t", "q"));
        await SendEvents(aws, 3);
        await browser.OpenAsync(new(first.Endpoint, "/_sandbox/"));
        await browser.WaitForAsync($"{Rows} === 3");
        await first.StopAsync();
        await browser.WaitForAsync("document.querySelector('#connection').innerText.includes('Connection lost')");
        await Shows("#alert", "does not answer");

        await using SandboxServer second = await SandboxServer.StartAsync(new() { Port = first.Endpoint.Port }, Token);
        await Connected();
        // The deliveries and the rules of the first one are gone with it.
        await browser.WaitForAsync($"{Rows} === 0 && document.querySelector('#rules').innerText.includes('No rules yet')");
        Assert.True((await browser.EvaluateAsync("document.querySelector('#alert').hidden")).GetBoolean());
        await MakeQueue(aws, "q");
        await MakeRule(aws, "r", ToQueue("t", "q"));
        await SendEvents(aws);
        await browser.WaitForAsync($"{Rows} === 1");
    }

    /// <summary>The texts of which the contrast with their ground is less than 4.5 to 1.</summary>
    private const string Contrast = """
        (() => {
          const channels = color => color.match(/[\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
          const ground = element => {
            for (let each = element; each; each = each.parentElement) {
              const color = channels(getComputedStyle(each).backgroundColor);
              if (color.length === 3 || color[3] > 0) return color;
            }
            return [255, 255, 255];
          };
          return [...document.querySelectorAll("body *")]
            .filter(each => each.checkVisibility() && [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
            .map(each => [each, light(channels(getComputedStyle(each).color)), light(ground(each))])
            .filter(([, a, b]) => (Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 4.5)
            .map(([each]) => each.outerHTML);
        })()
        """;

    private Task Connected() => browser.WaitForAsync("document.querySelector('#connection').innerText.includes('Connected')");

    /// <summary>The page shows what it has read a moment after it is connected.</summary>
    private Task Shows(string selector, string text) =>
        browser.WaitForAsync($"document.querySelector({JsonSerializer.Serialize(selector)})?.innerText.includes({JsonSerializer.Serialize(text)})");

    private async Task<string> Text(string selector) => (await browser.EvaluateAsync($"document.querySelector({JsonSerializer.Serialize(selector)}).innerText")).GetString()!;

    /// <summary>No error on the console, and no request to anywhere else.</summary>
    private async Task NothingWrong()
    {
        (List<string> errors, List<string> requests) = await browser.SeenAsync();
        Assert.Empty(errors);
        Assert.NotEmpty(requests);
        Assert.All(requests, request => Assert.StartsWith(Server.Endpoint.ToString(), request, StringComparison.Ordinal));
    }

    /// <summary>A rule with a target of each fate, and a job.</summary>
    private async Task Everything()
    {
        await MakeQueue(Aws, "q");
        await MakeQueue(Aws, "dead-letters-of-a-rule-with-a-rather-long-name");
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"main","priority":1,"state":"ENABLED"}""")).Succeeded();
        await Register("job");
        (await Aws.Batch("SubmitJob", """{"jobName":"a-job-with-a-rather-long-name-of-which-there-are-many","jobQueue":"main","jobDefinition":"job"}""")).Succeeded();
        await MakeRule(Aws, "a-rule-with-a-name-that-is-as-long-as-a-name-of-a-rule-may-be-64",
            ToQueue("1", "q"),
            ToQueue("2", "none"),
            Target("3", "job:7", $$""","DeadLetterConfig":{"Arn":"{{Sqs}}dead-letters-of-a-rule-with-a-rather-long-name"}"""),
            """{"Id":"4","Arn":"arn:aws:states:eu-west-1:123456789012:stateMachine:m","RoleArn":"arn:aws:iam::123456789012:role/x"}""");
        await SendEvents(Aws);
    }
}

using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Core.Tests.Completion;

public sealed class SuggestionCacheTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ebops-names-");

    private string Cache => Path.Combine(_folder.FullName, "a", "completion");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_answer_holds_for_a_minute()
    {
        SuggestionCache cache = new(_time);
        int asked = 0;

        Assert.Equal("a1", await AskAsync(cache, "q", () => $"a{++asked}"));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("a1", await AskAsync(cache, "q", () => $"a{++asked}"));
        Assert.Equal("a2", await AskAsync(cache, "other", () => $"a{++asked}"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("a3", await AskAsync(cache, "q", () => $"a{++asked}"));
    }

    [Fact]
    public async Task What_is_late_is_not_waited_for_and_serves_the_next_question()
    {
        SuggestionCache cache = new(_time);
        TaskCompletionSource<IReadOnlyList<Suggestion>> account = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int asked = 0;
        Func<CancellationToken, Task<IReadOnlyList<Suggestion>>> ask = _ =>
        {
            asked++;
            return account.Task;
        };

        Task<Suggestions> first = cache.AskAsync("q", ask, SuggestionCache.Limit);
        _time.Advance(SuggestionCache.Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(first.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Suggestions none = await first;
        Assert.Empty(none.Found);
        Assert.True(none.IsLate);

        account.SetResult([new Suggestion("late")]);
        Suggestions second = await cache.AskAsync("q", ask, SuggestionCache.Limit);
        Assert.Equal("late", Assert.Single(second.Found).Name);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task What_is_never_answered_is_given_up_after_some_seconds()
    {
        SuggestionCache cache = new(_time);
        TaskCompletionSource ended = new();
        Task<Suggestions> first = cache.AskAsync("q", async token =>
        {
            using CancellationTokenRegistration registration = token.Register(ended.SetResult);
            await ended.Task;
            return [];
        }, SuggestionCache.Limit);
        _time.Advance(SuggestionCache.Limit);
        await first;
        // The asking begins on another thread, which may not have come to it before the clock moved.
        while (!ended.Task.IsCompleted)
        {
            _time.Advance(SuggestionCache.Patience);
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_failure_is_no_answer_and_is_not_remembered()
    {
        SuggestionCache cache = new(_time);

        Suggestions failed = await cache.AskAsync("q", _ => throw new OpsException(ErrorIds.NoCredentials, Message.Verbatim("none")), SuggestionCache.Limit);

        Assert.Empty(failed.Found);
        Assert.False(failed.IsLate);
        Assert.Equal("now", await AskAsync(cache, "q", () => "now"));
    }

    [Fact]
    public async Task What_is_cleared_is_asked_again()
    {
        SuggestionCache cache = new(_time, new SuggestionFiles(Cache, _time));
        await AskAsync(cache, "q", () => "old");

        cache.Clear();

        Assert.Equal("new", await AskAsync(cache, "q", () => "new"));
    }

    [Fact]
    public async Task Files_serve_another_process_for_a_minute_and_hold_names_alone()
    {
        SuggestionFiles files = new(Cache, _time);
        await AskAsync(new SuggestionCache(_time, files), "q", () => "na'me [x]");

        Assert.Equal("na'me [x]", await AskAsync(new SuggestionCache(_time, new SuggestionFiles(Cache, _time)), "q", () => "other"));
        Assert.Equal("""{"time":"1970-01-01T00:00:00.0000000+00:00","names":{"na'me [x]":""}}""", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Cache)), TestContext.Current.CancellationToken));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("other", await AskAsync(new SuggestionCache(_time, files), "q", () => "other"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"time":"x","names":{}}""")]
    [InlineData("""{"time":"1970-01-01T00:00:00Z","names":[]}""")]
    [InlineData("""{"time":"1970-01-01T00:00:00Z","names":{"a":1}}""")]
    [InlineData("""{"time":"2070-01-01T00:00:00Z","names":{"a":""}}""")]
    public async Task What_is_damaged_is_passed_over(string content)
    {
        SuggestionFiles files = new(Cache, _time);
        await AskAsync(new SuggestionCache(_time, files), "q", () => "old");
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(Cache)), content, TestContext.Current.CancellationToken);

        Assert.Equal("new", await AskAsync(new SuggestionCache(_time, files), "q", () => "new"));
    }

    [Fact]
    public async Task Only_the_user_can_read_the_files_and_a_folder_that_others_can_write_to_is_not_used()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        SuggestionFiles files = new(Cache, _time);
        await AskAsync(new SuggestionCache(_time, files), "q", () => "old");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Cache));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(Cache))));

        File.SetUnixFileMode(Cache, File.GetUnixFileMode(Cache) | UnixFileMode.OtherWrite);

        Assert.Equal("new", await AskAsync(new SuggestionCache(_time, files), "q", () => "new"));
        Assert.DoesNotContain("new", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Cache)), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "mvp-a,MVP-B,mvp[x]")]
    [InlineData("mvp-", "mvp-a,MVP-B")]
    [InlineData("Mvp-b", "MVP-B")]
    [InlineData("*-a", "mvp-a")]
    [InlineData("mvp?a", "mvp-a")]
    [InlineData("mvp[", "mvp[x]")]
    [InlineData("mvp[-]", "mvp-a,MVP-B")]
    [InlineData("mvp`[", "mvp[x]")]
    [InlineData("vp", "")]
    public void What_is_typed_is_a_beginning_or_has_wildcards(string typed, string expected)
    {
        Suggestions all = new([new Suggestion("mvp-a"), new Suggestion("MVP-B"), new Suggestion("mvp[x]"), new Suggestion("mvp\e[31m"), new Suggestion("")]);

        Assert.Equal(expected, string.Join(",", all.Fitting(typed).Found.Select(name => name.Name)));
    }

    private static async Task<string> AskAsync(SuggestionCache cache, string key, Func<string> answer) =>
        Assert.Single((await cache.AskAsync(key, _ => Task.FromResult<IReadOnlyList<Suggestion>>([new Suggestion(answer())]), SuggestionCache.Limit)).Found).Name;
}

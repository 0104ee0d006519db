using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.Making;

/// <summary>Asks a user a question.</summary>
/// <param name="question">The question, which ends with a colon and a space.</param>
/// <param name="cancellationToken">Ends the waiting.</param>
/// <returns>The answer; null at the end of the input.</returns>
public delegate Task<string?> AskUser(Message question, CancellationToken cancellationToken);

/// <summary>Asks for what a user did not specify. An empty answer takes what is proposed.</summary>
public static class ProjectQuestions
{
    private const int MostAttempts = 5;

    /// <summary>Asks for the sample and the name of a new project.</summary>
    /// <param name="request">What the user specified.</param>
    /// <param name="folder">The full path of the folder.</param>
    /// <param name="ask">Asks; null to ask for nothing.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<NewProjectRequest> AskAsync(NewProjectRequest request, string folder, AskUser? ask, CancellationToken cancellationToken)
    {
        request.Check();
        if (ask is null || request.Sample is not null)
            return request;
        string sample = await AskAsync(MakingMessages.AskSample(ProjectSamples.Names, ProjectSamples.Empty), ProjectSamples.Empty, answer => ProjectSamples.Names.Contains(answer, StringComparer.Ordinal) ? null : MakingMessages.UnknownSample(answer, ProjectSamples.Names), ask, cancellationToken);
        string proposed = request.Name ?? (sample == ProjectSamples.Empty ? ProjectNames.Of(folder) : sample);
        string name = request.Name ?? await AskAsync(MakingMessages.AskName(proposed), proposed, answer => ProjectNames.IsName(answer) ? null : MakingMessages.InvalidName(answer), ask, cancellationToken);
        return request with { Sample = sample, Name = name };
    }

    /// <summary>Asks a question until the answer is valid, and says why it is not.</summary>
    internal static async Task<string> AskAsync(Message question, string? proposed, Func<string, Message?> fault, AskUser ask, CancellationToken cancellationToken)
    {
        Message asked = question;
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            string answer = (await ask(asked, cancellationToken))?.Trim() is { Length: > 0 } given ? given : proposed ?? "";
            if (answer == proposed || fault(answer) is not { } reason)
                return answer;
            asked = MakingMessages.AskAgain(reason, question);
        }

        throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.NoValidAnswer(question));
    }
}

using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.DeadLetters;

/// <summary>Saves dead letters in a file, one JSON object a line.</summary>
/// <remarks>
/// A line has <c>queueArn</c>, <c>messageId</c>, <c>sentAt</c>, <c>ruleArn</c>, <c>targetArn</c>, <c>errorCode</c>, <c>errorMessage</c>, <c>cause</c>, <c>state</c>,
/// <c>diagnosis</c>, and <c>event</c>, or <c>body</c> if the message does not contain an event.
/// </remarks>
public static class DeadLetterFile
{
    /// <summary>Saves dead letters in a file that only this user can read: events may contain secrets. The file appears when all of them are read.</summary>
    /// <param name="path">The file, which must not exist.</param>
    /// <param name="letters">The dead letters.</param>
    /// <param name="approve">Asks whether to save them, before any is read.</param>
    /// <param name="cancellationToken">Cancels the reading; no file is written.</param>
    /// <returns>What was saved, for the user; null if nothing was, because the user declined or only asked.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.OutputNotWritten"/>: the file exists, or cannot be written.</exception>
    public static async Task<Message?> SaveAsync(string path, IAsyncEnumerable<DeadLetter> letters, ApproveChange approve, CancellationToken cancellationToken)
    {
        if (await approve(new PlannedChange(path, DeadLetterMessages.Save()), cancellationToken) != Approval.Write)
            return null;
        CheckFree(path);
        StringBuilder lines = new();
        int count = 0;
        await foreach (DeadLetter letter in letters.WithCancellation(cancellationToken))
        {
            lines.Append(Document.Write(Line(letter))).Append('\n');
            count++;
        }

        try
        {
            PrivateFiles.Write(path, Encoding.UTF8.GetBytes(lines.ToString()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new OpsException(ErrorIds.OutputNotWritten, DeadLetterMessages.FileNotWritable(path, InputFile.WriteReason(path, e)), e);
        }

        return DeadLetterMessages.Exported(count, path);
    }

    private static void CheckFree(string path)
    {
        if (SpecialFile.Fault(path) is { } fault)
            throw new OpsException(ErrorIds.OutputNotWritten, DeadLetterMessages.FileNotWritable(path, fault));
        if (File.Exists(path))
            throw new OpsException(ErrorIds.OutputNotWritten, DeadLetterMessages.FileExists(path));
    }

    private static JsonObject Line(DeadLetter letter)
    {
        JsonObject line = new()
        {
            ["queueArn"] = letter.QueueArn,
            ["messageId"] = letter.MessageId,
            ["sentAt"] = letter.SentAt?.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["ruleArn"] = letter.RuleArn,
            ["targetArn"] = letter.TargetArn,
            ["errorCode"] = letter.ErrorCode,
            ["errorMessage"] = letter.ErrorMessage,
            ["cause"] = letter.Cause.ToString(),
            ["state"] = letter.State.ToString(),
            ["diagnosis"] = letter.Diagnosis,
        };
        if (letter.Event is { } happened)
            line["event"] = happened.DeepClone();
        else
            line["body"] = letter.Body;
        return line;
    }
}

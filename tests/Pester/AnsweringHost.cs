// A shell's host that answers questions from a list, and keeps what it was asked and told. Plain C# 5, for Windows PowerShell too.
namespace EbTest
{
    using System;
    using System.Collections.Generic;
    using System.Collections.ObjectModel;
    using System.Globalization;
    using System.Management.Automation;
    using System.Management.Automation.Host;
    using System.Security;

    public sealed class AnsweringHost : PSHost
    {
        private readonly AnsweringUI ui;
        private readonly Guid id = Guid.NewGuid();

        public AnsweringHost(string[] answers) { ui = new AnsweringUI(answers); }

        public List<string> Questions { get { return ui.Questions; } }
        public List<string> Lines { get { return ui.Lines; } }
        public override string Name { get { return "AnsweringHost"; } }
        public override Version Version { get { return new Version(1, 0); } }
        public override Guid InstanceId { get { return id; } }
        public override PSHostUserInterface UI { get { return ui; } }
        public override CultureInfo CurrentCulture { get { return CultureInfo.InvariantCulture; } }
        public override CultureInfo CurrentUICulture { get { return CultureInfo.InvariantCulture; } }
        public override void EnterNestedPrompt() { }
        public override void ExitNestedPrompt() { }
        public override void NotifyBeginApplication() { }
        public override void NotifyEndApplication() { }
        public override void SetShouldExit(int exitCode) { }
    }

    public sealed class AnsweringUI : PSHostUserInterface
    {
        private readonly Queue<string> answers;

        public AnsweringUI(string[] answers)
        {
            this.answers = new Queue<string>(answers);
            Questions = new List<string>();
            Lines = new List<string>();
        }

        public List<string> Questions { get; private set; }
        public List<string> Lines { get; private set; }
        public override PSHostRawUserInterface RawUI { get { return null; } }

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            Questions.Add(message);
            string answer = answers.Dequeue();
            for (int i = 0; i < choices.Count; i++)
            {
                int key = choices[i].Label.IndexOf('&');
                if (key >= 0 && string.Equals(choices[i].Label.Substring(key + 1, 1), answer, StringComparison.OrdinalIgnoreCase))
                    return i;
            }

            throw new ArgumentException("No choice " + answer);
        }

        public override string ReadLine() { return answers.Dequeue(); }
        public override SecureString ReadLineAsSecureString() { throw new NotImplementedException(); }
        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) { throw new NotImplementedException(); }
        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) { throw new NotImplementedException(); }
        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) { throw new NotImplementedException(); }
        public override void Write(string value) { Lines.Add(value); }
        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) { Lines.Add(value); }
        public override void WriteLine(string value) { Lines.Add(value); }
        public override void WriteErrorLine(string value) { Lines.Add(value); }
        public override void WriteDebugLine(string message) { Lines.Add("DEBUG: " + message); }
        public override void WriteProgress(long sourceId, ProgressRecord record) { }
        public override void WriteVerboseLine(string message) { Lines.Add("VERBOSE: " + message); }
        public override void WriteWarningLine(string message) { Lines.Add("WARNING: " + message); }
    }
}

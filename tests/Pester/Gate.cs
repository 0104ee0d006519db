// A door between a client and the sandbox that keeps calls waiting for as long as a test likes, and handles to wait on. Plain C# 5, for Windows PowerShell too.
namespace EbTest
{
    using System;
    using System.Collections.Generic;
    using System.IO;
    using System.Management.Automation;
    using System.Net;
    using System.Net.Sockets;
    using System.Text;
    using System.Threading;

    public sealed class Gate : IDisposable
    {
        private readonly TcpListener listener = new TcpListener(IPAddress.Loopback, 0);
        private readonly ManualResetEvent open = new ManualResetEvent(true);
        private readonly ManualResetEvent held = new ManualResetEvent(false);
        private readonly List<KeyValuePair<int, ManualResetEvent>> counted = new List<KeyValuePair<int, ManualResetEvent>>();
        private readonly Uri sandbox;
        private string operation;
        private string part;
        private int count;

        // To a sandbox, or to nothing at all if everything is held.
        public Gate(string sandbox)
        {
            this.sandbox = sandbox == null ? null : new Uri(sandbox);
            listener.Start();
            Run(Accept);
        }

        public string Url { get { return "http://127.0.0.1:" + ((IPEndPoint)listener.LocalEndpoint).Port; } }

        // Set while a call is kept waiting.
        public WaitHandle Held { get { return held; } }

        // From now on calls of an operation ("*": all) wait until Release.
        public void Hold(string name) { Hold(name, ""); }

        // The same for those whose body contains a text.
        public void Hold(string name, string containing)
        {
            part = containing;
            held.Reset();
            open.Reset();
            operation = name;
        }

        public void Release()
        {
            operation = null;
            open.Set();
        }

        // Set when so many more calls have come in.
        public WaitHandle After(int calls)
        {
            ManualResetEvent reached = new ManualResetEvent(false);
            lock (counted)
                counted.Add(new KeyValuePair<int, ManualResetEvent>(count + calls, reached));
            return reached;
        }

        public void Dispose()
        {
            listener.Stop();
            open.Set();
        }

        private static void Run(Action action)
        {
            Thread thread = new Thread(() =>
            {
                try { action(); }
                catch (IOException) { }
                catch (SocketException) { }
                catch (ObjectDisposedException) { }
            });
            thread.IsBackground = true;
            thread.Start();
        }

        private void Accept()
        {
            while (true)
            {
                TcpClient client = listener.AcceptTcpClient();
                Run(() => Serve(client));
            }
        }

        // One call for each connection, which is then closed.
        private void Serve(TcpClient client)
        {
            using (client)
            {
                Stream near = client.GetStream();
                string head = ReadHead(near);
                if (head.IndexOf("\r\nExpect:", StringComparison.OrdinalIgnoreCase) >= 0)
                    Say(near, "HTTP/1.1 100 Continue\r\n\r\n");
                byte[] body = ReadBody(near, head);
                lock (counted)
                {
                    count++;
                    counted.FindAll(one => one.Key <= count).ForEach(one => one.Value.Set());
                }

                if (IsHeld(head, Encoding.UTF8.GetString(body)))
                {
                    held.Set();
                    open.WaitOne();
                }

                if (sandbox == null)
                    return;
                using (TcpClient server = new TcpClient(sandbox.Host, sandbox.Port))
                {
                    Stream far = server.GetStream();
                    StringBuilder passed = new StringBuilder();
                    foreach (string line in head.Split(new[] { "\r\n" }, StringSplitOptions.RemoveEmptyEntries))
                    {
                        if (!line.StartsWith("Expect:", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase))
                            passed.Append(line).Append("\r\n");
                    }

                    Say(far, passed.Append("Connection: close\r\n\r\n").ToString());
                    far.Write(body, 0, body.Length);
                    far.CopyTo(near);
                }
            }
        }

        private bool IsHeld(string head, string body)
        {
            string name = operation;
            return name != null && body.Contains(part) && (name == "*"
                || head.IndexOf("." + name + "\r\n", StringComparison.OrdinalIgnoreCase) >= 0
                || head.IndexOf("/v1/" + name + " ", StringComparison.OrdinalIgnoreCase) >= 0
                || body.IndexOf("Action=" + name, StringComparison.Ordinal) >= 0);
        }

        private static string ReadHead(Stream stream)
        {
            StringBuilder head = new StringBuilder();
            while (head.Length < 4 || head.ToString(head.Length - 4, 4) != "\r\n\r\n")
            {
                int one = stream.ReadByte();
                if (one < 0)
                    throw new IOException("The client has gone.");
                head.Append((char)one);
            }

            return head.ToString();
        }

        private static byte[] ReadBody(Stream stream, string head)
        {
            int length = 0;
            foreach (string line in head.Split('\n'))
            {
                if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                    length = int.Parse(line.Substring("Content-Length:".Length).Trim());
            }

            byte[] body = new byte[length];
            for (int done = 0; done < length;)
            {
                int some = stream.Read(body, done, length - done);
                if (some == 0)
                    throw new IOException("The client has gone.");
                done += some;
            }

            return body;
        }

        private static void Say(Stream stream, string text)
        {
            byte[] bytes = Encoding.ASCII.GetBytes(text);
            stream.Write(bytes, 0, bytes.Length);
        }
    }

    public static class Signal
    {
        // Set when the shell shows the progress of something that is called so (wildcards).
        public static WaitHandle OnProgress(PSDataCollection<ProgressRecord> records, string activity)
        {
            WildcardPattern pattern = new WildcardPattern(activity, WildcardOptions.IgnoreCase);
            ManualResetEvent seen = new ManualResetEvent(false);
            records.DataAdded += (sender, added) => { if (pattern.IsMatch(records[added.Index].Activity)) seen.Set(); };
            return seen;
        }

        // Set when the first object is there.
        public static WaitHandle OnOutput(PSDataCollection<PSObject> output)
        {
            ManualResetEvent seen = new ManualResetEvent(false);
            output.DataAdded += (sender, added) => seen.Set();
            return seen;
        }
    }
}

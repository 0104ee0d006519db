using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

/// <summary>An EventBridge that answers pages without rules for ever, each with a token for the next one.</summary>
public sealed class EmptyPages : IDisposable
{
    private readonly HttpListener _listener = new HttpListener();
    private int _requests;

    public EmptyPages()
    {
        TcpListener free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Url = "http://127.0.0.1:" + ((IPEndPoint)free.LocalEndpoint).Port + "/";
        free.Stop();
        _listener.Prefixes.Add(Url);
        _listener.Start();
        new Thread(Answer) { IsBackground = true }.Start();
    }

    public string Url { get; private set; }

    public int Requests { get { return _requests; } }

    public void Dispose() { _listener.Close(); }

    private void Answer()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = _listener.GetContext();
                byte[] page = Encoding.UTF8.GetBytes("{\"Rules\":[],\"NextToken\":\"t" + Interlocked.Increment(ref _requests) + "\"}");
                context.Response.ContentType = "application/x-amz-json-1.1";
                context.Response.ContentLength64 = page.Length;
                context.Response.OutputStream.Write(page, 0, page.Length);
                context.Response.Close();
            }
        }
        catch (Exception)
        {
            // It was closed.
        }
    }
}

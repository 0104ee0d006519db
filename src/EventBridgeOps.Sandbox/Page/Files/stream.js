// The connection to the sandbox: server-sent events, which go on where they were after the connection was lost.

const newest = 2000;
const retryAfter = 2000;

/**
 * Calls the handlers: state("connecting" | "connected" | "lost" | "background"), start(log, last), delivery(delivery), forgotten(number), world().
 * The browser connects again by itself, except after an error; a page in the background gives its connection free, of which a browser has six.
 */
export function connect(handlers) {
  let source = null;
  let lastId = null;
  let retry = null;
  let wasLost = false;

  function open() {
    clearTimeout(retry);
    handlers.state(wasLost ? "lost" : "connecting");
    source = new EventSource(lastId ? `events?after=${encodeURIComponent(lastId)}` : `events?last=${newest}`);
    const on = (kind, handle) => source.addEventListener(kind, event => {
      if (event.lastEventId) lastId = event.lastEventId;
      handle(JSON.parse(event.data));
    });
    on("start", ({ log, last }) => {
      wasLost = false;
      handlers.state("connected");
      handlers.start(log, last);
    });
    on("delivery", handlers.delivery);
    on("forgotten", ({ through }) => handlers.forgotten(through));
    on("world", handlers.world);
    source.onerror = () => {
      wasLost = true;
      handlers.state("lost");
      if (source.readyState === EventSource.CLOSED) retry = setTimeout(open, retryAfter);
    };
  }

  function close() {
    clearTimeout(retry);
    source?.close();
    source = null;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      close();
      handlers.state("background");
    } else if (!source) {
      open();
    }
  });
  if (!document.hidden) open();
  else handlers.state("background");
}

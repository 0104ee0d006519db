// Drives Chromium for tests in another language: reads a command a line, and writes its result as a line of JSON.
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const browser = await chromium.launch({
  executablePath: process.argv[2],
  // Chromium itself has no business in a network.
  args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let context, page, seen;

const commands = {
  async open({ width, height, scheme }) {
    await context?.close();
    context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce" });
    page = await context.newPage();
    seen = { errors: [], requests: [] };
    page.on("console", message => { if (message.type() === "error" || message.type() === "warning") seen.errors.push(message.text()); });
    page.on("pageerror", error => seen.errors.push(error.message));
    page.on("dialog", dialog => { seen.errors.push("dialog: " + dialog.message()); dialog.dismiss(); });
    page.on("request", request => seen.requests.push(request.url()));
  },
  goto: ({ url }) => page.goto(url).then(() => null),
  evaluate: ({ expression }) => page.evaluate(expression),
  // Asked from here, for the page's policy lets no text be run in it by itself.
  async waitFor({ expression }) {
    const end = Date.now() + 30_000;
    while (!await page.evaluate(expression)) {
      if (Date.now() > end) throw new Error(`Not so within 30 s: ${expression}`);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  },
  click: ({ selector }) => page.click(selector),
  fill: ({ selector, text }) => page.fill(selector, text),
  press: ({ key }) => page.keyboard.press(key),
  seen: async () => seen,
};

console.log(JSON.stringify({ result: browser.version() }));
for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...options } = JSON.parse(line);
  try {
    console.log(JSON.stringify({ result: await commands[command](options) ?? null }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }));
  }
}
await browser.close();

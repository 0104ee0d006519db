// The page: what it knows comes from the event stream, and the rest is read again when the stream says that it changed.

import { $ } from "./dom.js";
import { Deliveries } from "./deliveries.js";
import { fullTime, shortTime, span } from "./format.js";
import { drawJobs, drawQueues } from "./resources.js";
import { drawRules } from "./rules.js";
import { connect } from "./stream.js";

const betweenReads = 500;
const readAnyway = 10_000; // Messages become visible by time alone, of which no event tells.

let ahead = 0; // Of the clock of this machine, in milliseconds.
let isConnected = false;
let isReading = false;
let isReadAgain = false;

const now = () => Date.now() + ahead;
const deliveries = new Deliveries(now);

const states = {
  connecting: "Connecting…",
  connected: "Connected",
  lost: "Connection lost, retrying…",
  background: "Paused in the background",
};

function showState(state) {
  isConnected = state === "connected";
  $("connection").dataset.state = state;
  $("connection-text").textContent = states[state];
  document.body.classList.toggle("stale", state === "lost");
  const alert = state === "lost" ? "The sandbox does not answer. What is shown may be out of date. The page connects again as soon as the sandbox is back." : "";
  if ($("alert").textContent !== alert) $("alert").textContent = alert;
  $("alert").hidden = alert === "";
}

/** Reads the state; while it is read, or was read just now, further changes wait for one more reading. */
async function readWorld() {
  if (isReading) {
    isReadAgain = true;
    return;
  }
  isReading = true;
  isReadAgain = false;
  try {
    const response = await fetch("page/world");
    if (response.ok) showWorld(await response.json());
    else showFault(await response.text());
  } catch {
    // The sandbox is gone: the event stream notices that too, and says it.
  }
  setTimeout(() => {
    isReading = false;
    if (isReadAgain && isConnected) readWorld();
  }, betweenReads);
}

function showWorld(world) {
  if ($("alert").dataset.fault) showFault("");
  ahead = Date.parse(world.time) - Date.now();
  $("account").textContent = world.accountId;
  $("region").textContent = world.regions.items.length > 1 ? `${world.region} and others` : world.regions.items[0]?.name ?? world.region;
  $("ahead").hidden = world.aheadSeconds === 0;
  $("ahead").textContent = `${span(world.aheadSeconds)} ahead`;
  drawRules(world, (bus, rule) => deliveries.showRule(bus, rule));
  drawQueues(world);
  drawJobs(world, now);
  tick();
}

function showFault(fault) {
  $("alert").dataset.fault = fault;
  $("alert").textContent = fault ? `The state of the sandbox cannot be shown: ${fault}` : "";
  $("alert").hidden = fault === "";
}

function tick() {
  const date = new Date(now());
  $("clock").textContent = shortTime(date, new Date());
  $("clock").dateTime = date.toISOString();
  $("clock").title = fullTime(date);
}

connect({
  state: showState,
  start(log, last) {
    deliveries.start(log, last);
    readWorld();
  },
  delivery: delivery => deliveries.add(delivery),
  forgotten: through => deliveries.forget(through),
  world: readWorld,
});
setInterval(tick, 1000);
setInterval(() => { if (isConnected) readWorld(); }, readAnyway);

// The table of deliveries.

import { $, copyButton, el, empty, foreign, icon, reconcile } from "./dom.js";
import { Filter } from "./filter.js";
import { count, fullTime, indented, outcomes, shortTime, target } from "./format.js";
import { Log } from "./log.js";

const first = 25;
const step = 100;
const longestInput = 100_000;
const betweenAnnouncements = 3000;

export class Deliveries {
  #log = new Log();
  #filter = new Filter(() => this.#draw());
  #now;
  #logName = null;
  #lastBefore = 0;
  #open = new Set();
  #limit = first;
  #isPaused = false;
  #waiting = 0;
  #planned = false;
  #fresh = new Set();
  #unsaid = [];

  /** @param now The time in the sandbox. */
  constructor(now) {
    this.#now = now;
    $("pause").addEventListener("click", () => this.#pause(!this.#isPaused));
    $("deliveries-more").addEventListener("click", () => { this.#limit += step; this.#draw(); });
    setInterval(() => this.#announce(), betweenAnnouncements);
    this.#draw();
  }

  /**
   * Begins with a log: after a restart it is another one, and what was known of the one before is over.
   * @param last The number of its last delivery: up to it they are not news.
   */
  start(logName, last) {
    if (this.#logName !== null && this.#logName !== logName) this.#log.clear();
    this.#logName = logName;
    this.#lastBefore = last;
    this.#plan();
  }

  add(delivery) {
    const isNew = this.#log.add(delivery);
    if (delivery.number > this.#lastBefore) {
      this.#unsaid.push(delivery.outcome);
      this.#fresh.add(delivery.number);
    }
    if (isNew && this.#isPaused) this.#waiting++;
    this.#plan();
  }

  forget(through) {
    this.#log.forget(through);
    this.#plan();
  }

  showRule(bus, rule) {
    this.#filter.only(bus, rule);
    $("deliveries").scrollIntoView();
    $("deliveries").focus({ preventScroll: true });
  }

  #pause(isPaused) {
    this.#isPaused = isPaused;
    this.#waiting = 0;
    $("pause").setAttribute("aria-pressed", String(isPaused));
    this.#draw();
  }

  /** Draws once for all that comes before the next frame. */
  #plan() {
    if (this.#planned) return;
    this.#planned = true;
    requestAnimationFrame(() => {
      this.#planned = false;
      if (!this.#isPaused) this.#draw();
      else this.#drawPause();
    });
  }

  #drawPause() {
    $("pause").textContent = !this.#isPaused ? "Pause" : this.#waiting > 0 ? `Resume (${this.#waiting.toLocaleString("en")} new)` : "Resume";
  }

  #draw() {
    this.#drawPause();
    const all = this.#log.newestFirst();
    const found = this.#filter.apply(all);
    const shown = found.slice(0, this.#limit);
    const rows = shown.flatMap(({ row, delivery }) => this.#open.has(row) ? [{ row, delivery }, { row: row + "-details", delivery }] : [{ row, delivery }]);
    reconcile($("deliveries-rows"), rows, ({ row }) => row, ({ row, delivery }) => `${delivery.number} ${this.#open.has(row)}`, item =>
      item.row.endsWith("-details") ? this.#details(item) : this.#row(item));
    this.#fresh.clear();

    $("deliveries-count").textContent = all.length.toLocaleString("en");
    $("deliveries-table").hidden = shown.length === 0;
    $("deliveries-more").hidden = found.length <= shown.length;
    $("deliveries-more").textContent = `Show ${Math.min(step, found.length - shown.length)} more of ${(found.length - shown.length).toLocaleString("en")}`;
    $("deliveries-note").textContent = this.#log.isCut ? `The page keeps the last ${count(this.#log.size, "delivery", "deliveries")}. For all, use: ebops sandbox deliveries` : "";
    this.#drawEmpty(all.length, found.length);
  }

  #drawEmpty(all, found) {
    const kind = found > 0 ? "" : all > 0 ? "filter" : "none";
    if ($("deliveries-empty").dataset.kind === kind) return;
    $("deliveries-empty").dataset.kind = kind;
    $("deliveries-empty").replaceChildren(...(kind === "" ? [] : [kind === "filter"
      ? el("div", { class: "empty" }, el("p", { class: "empty-title" }, "No delivery matches the filter"),
        el("p", null, el("button", { type: "button", onclick: () => this.#filter.clear() }, "Clear the filter")))
      : empty("No deliveries yet", "Send an event that matches a rule with a target. It appears here at once.",
        `aws events put-events --endpoint-url ${location.origin} \\\n  --entries '[{"Source":"my.app","DetailType":"Order placed","Detail":"{\\"id\\":1}"}]'`)]));
  }

  #row({ row, delivery }) {
    const to = target(delivery.targetArn);
    const changed = new Date(delivery.changedAt);
    const isOpen = this.#open.has(row);
    const toggle = () => {
      if (this.#open.has(row)) this.#open.delete(row);
      else this.#open.add(row);
      this.#draw();
    };
    return el("tr", {
      role: "row",
      class: `row ${isOpen ? "open" : ""} ${this.#fresh.has(delivery.number) ? "fresh" : ""}`,
      onclick: event => { if (!event.target.closest("button") && getSelection().isCollapsed) toggle(); },
    },
    el("td", { role: "cell", class: "when" },
      el("button", { type: "button", class: "toggle", "aria-expanded": String(isOpen), "aria-controls": isOpen ? row + "-details" : null, onclick: toggle },
        icon("Open"), el("time", { datetime: delivery.changedAt, title: fullTime(changed) }, shortTime(changed, new Date(this.#now()))),
        el("span", { class: "unseen" }, " Details"))),
    el("td", { role: "cell", class: "outcome" }, badge(delivery.outcome)),
    el("td", { role: "cell", class: "rule" }, foreign(delivery.ruleName, "bdi", "name"),
      delivery.eventBusName === "default" ? null : el("div", { class: "quiet bus-name" }, "on ", foreign(delivery.eventBusName))),
    el("td", { role: "cell", class: "target" }, el("span", { class: "quiet" }, to.service, " "), foreign(to.name, "bdi", "name")),
    el("td", { role: "cell", class: "attempts" }, String(delivery.attempts), el("span", { class: "unit" }, delivery.attempts === 1 ? " attempt" : " attempts")),
    el("td", { role: "cell", class: "reason" }, delivery.errorCode || delivery.reason ? el("div", { class: "clamp" },
      delivery.errorCode ? [el("code", null, foreign(delivery.errorCode)), " "] : null, delivery.reason ? foreign(delivery.reason) : null) : null));
  }

  #details({ row, delivery }) {
    const time = text => text ? fullTime(new Date(text)) : null;
    const facts = [
      ["Reason", delivery.reason && foreign(delivery.reason)],
      ["Error code", delivery.errorCode && el("code", null, foreign(delivery.errorCode))],
      ["Event ID", el("span", { class: "with-button" }, foreign(delivery.eventId, "code"),
        el("button", { type: "button", class: "small", onclick: () => this.#filter.set({ text: delivery.eventId, rule: "", outcome: "" }) }, "Show all of this event"))],
      ["Event bus", foreign(delivery.eventBusName)],
      ["Rule", foreign(delivery.ruleName)],
      ["Target ID", foreign(delivery.targetId)],
      ["Target ARN", foreign(delivery.targetArn, "code")],
      ["Region", foreign(delivery.region)],
      ["Attempts", String(delivery.attempts)],
      ["First attempt", time(delivery.startedAt)],
      ["Last attempt", time(delivery.changedAt)],
      ["Next attempt", time(delivery.nextAttemptAt)],
    ];
    return el("tr", { role: "row", class: "details", id: row },
      el("td", { role: "cell", colspan: "6" },
        el("dl", { class: "details-facts" }, facts.filter(([, value]) => value).map(([name, value]) => el("div", null, el("dt", null, name), el("dd", null, value)))),
        inputOf(delivery)));
  }

  /** Says in words what a reader of the screen cannot see coming, a few times in a minute at most. */
  #announce() {
    if (this.#unsaid.length === 0) return;
    const each = Object.keys(outcomes).map(outcome => [this.#unsaid.filter(said => said === outcome).length, outcomes[outcome].toLowerCase()]);
    $("announcement").textContent = `${count(this.#unsaid.length, "new delivery", "new deliveries")}: ${each.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`).join(", ")}.`;
    this.#unsaid = [];
  }
}

function badge(outcome) {
  return el("span", { class: "badge", dataset: { outcome } }, icon(outcome), outcomes[outcome] ?? outcome);
}

function inputOf(delivery) {
  if (!delivery.input) return null;
  const isCut = delivery.input.length > longestInput;
  return el("div", { class: "input" },
    el("div", { class: "input-head" }, el("h3", null, delivery.outcome === "NotSimulated" ? "Input that would be sent" : "Input sent to the target"), copyButton(delivery.input)),
    foreign(indented(isCut ? delivery.input.slice(0, longestInput) : delivery.input), "pre"),
    isCut ? el("p", { class: "quiet" }, `The first ${count(longestInput, "character")} of ${delivery.input.length.toLocaleString("en")}. Copy has all of them.`) : null);
}

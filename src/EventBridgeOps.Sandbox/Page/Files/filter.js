// What of the deliveries is shown. The filter is in the address, so that it survives a reload and can be sent to others.

import { $, el, icon } from "./dom.js";
import { outcomes } from "./format.js";

const ruleName = delivery =>
  delivery.eventBusName === "default" ? delivery.ruleName : `${delivery.eventBusName}/${delivery.ruleName}`;

const searched = ["eventId", "eventBusName", "ruleName", "targetId", "targetArn", "region", "errorCode", "reason", "input"];

export class Filter {
  #value = { text: "", rule: "", outcome: "" };
  #changed;

  constructor(changed) {
    this.#changed = changed;
    const asked = new URLSearchParams(location.search);
    for (const name of Object.keys(this.#value)) this.#value[name] = asked.get(name) ?? "";
    if (!outcomes[this.#value.outcome]) this.#value.outcome = "";
    $("filter-text").addEventListener("input", event => this.set({ text: event.target.value }));
    $("filter-rule").addEventListener("change", event => this.set({ rule: event.target.value }));
    $("filter-outcome").append(...["", ...Object.keys(outcomes)].map(outcome =>
      el("button", { type: "button", class: "chip", dataset: { outcome }, onclick: () => this.set({ outcome }) },
        outcome ? icon(outcome) : null, outcomes[outcome] ?? "All", " ", el("span", { class: "count" }, "0"))));
    this.#show();
  }

  get isSet() {
    return Object.values(this.#value).some(Boolean);
  }

  set(change) {
    Object.assign(this.#value, change);
    this.#show();
    const query = new URLSearchParams(Object.entries(this.#value).filter(([, value]) => value)).toString();
    history.replaceState(null, "", `${location.pathname}${query ? "?" + query : ""}${location.hash}`);
    this.#changed();
  }

  clear() {
    this.set({ text: "", rule: "", outcome: "" });
  }

  /** Shows all deliveries of one rule. */
  only(bus, rule) {
    this.set({ text: "", outcome: "", rule: ruleName({ eventBusName: bus, ruleName: rule }) });
  }

  /** The rows that pass; the chips show how many there would be of each outcome. */
  apply(rows) {
    const text = this.#value.text.trim().toLowerCase();
    const rest = rows.filter(({ delivery }) =>
      (!this.#value.rule || ruleName(delivery) === this.#value.rule)
      && (!text || searched.some(member => delivery[member]?.toLowerCase().includes(text))));
    for (const chip of $("filter-outcome").children) {
      const number = chip.dataset.outcome ? rest.filter(({ delivery }) => delivery.outcome === chip.dataset.outcome).length : rest.length;
      chip.querySelector(".count").textContent = number.toLocaleString("en");
      chip.classList.toggle("none", number === 0);
    }
    this.#showRules(rows);
    return this.#value.outcome ? rest.filter(({ delivery }) => delivery.outcome === this.#value.outcome) : rest;
  }

  #show() {
    if ($("filter-text").value !== this.#value.text) $("filter-text").value = this.#value.text;
    for (const chip of $("filter-outcome").children)
      chip.setAttribute("aria-pressed", String(chip.dataset.outcome === this.#value.outcome));
    this.#showRules([]);
  }

  #showRules(rows) {
    const select = $("filter-rule");
    const known = new Set([...select.options].map(option => option.value));
    for (const name of new Set([this.#value.rule, ...rows.map(({ delivery }) => ruleName(delivery))])) {
      if (!known.has(name)) select.append(new Option(name, name));
    }
    if (select.value !== this.#value.rule) select.value = this.#value.rule;
  }
}

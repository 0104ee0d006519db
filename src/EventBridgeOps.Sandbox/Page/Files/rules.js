// The rules of each event bus with their targets.

import { $, el, empty, foreign, icon, reconcile } from "./dom.js";
import { indented, target } from "./format.js";

const states = {
  ENABLED: "Enabled",
  DISABLED: "Disabled",
  ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS: "Enabled, with all CloudTrail management events",
};

/** @param showDeliveries Called with an event bus and a rule. */
export function drawRules(world, showDeliveries) {
  const buses = world.regions.items.flatMap(region => region.buses.items.map(bus => ({ region: region.name, isOnly: world.regions.items.length === 1, ...bus })))
    .filter(bus => bus.name !== "default" || bus.rules.items.length + bus.rules.more > 0);
  const total = buses.reduce((sum, bus) => sum + bus.rules.items.length + bus.rules.more, 0);
  const problems = buses.flatMap(bus => bus.rules.items).flatMap(rule => rule.targets.items).filter(to => to.problems.length > 0).length;
  $("rules-count").textContent = total.toLocaleString("en");
  $("rules-problems").hidden = problems === 0;
  $("rules-problems").replaceChildren(icon("Warning"), problems.toLocaleString("en"), el("span", { class: "unseen" }, problems === 1 ? " target with a problem" : " targets with a problem"));

  const items = buses.length > 0 ? buses : [{ none: true }];
  reconcile($("rules-list"), items, bus => bus.none ? "none" : `${bus.region} ${bus.name}`, bus => JSON.stringify(bus), bus =>
    bus.none ? noRules() : drawBus(bus, showDeliveries));
}

function noRules() {
  return empty("No rules yet", "Create a rule, and add a target to it.",
    `aws events put-rule --endpoint-url ${location.origin} \\\n  --name my-rule --event-pattern '{"source":["my.app"]}'\n`
    + `aws events put-targets --endpoint-url ${location.origin} \\\n  --rule my-rule --targets Id=1,Arn=arn:aws:sqs:eu-west-1:123456789012:my-queue`);
}

function drawBus(bus, showDeliveries) {
  const body = el("div", { class: "cards" });
  reconcile(body, bus.rules.items, rule => rule.name, () => "", rule => drawRule(bus, rule, showDeliveries));
  return el("div", { class: "bus" },
    el("h3", { class: "bus-title" }, el("span", { class: "quiet" }, "Event bus "), foreign(bus.name), bus.isOnly ? null : el("span", { class: "quiet" }, " in ", foreign(bus.region))),
    bus.rules.items.length === 0 && bus.rules.more === 0 ? el("p", { class: "quiet" }, "This event bus has no rules.") : body,
    more(bus.rules.more, "rule"));
}

function drawRule(bus, rule, showDeliveries) {
  const isEnabled = rule.state !== "DISABLED";
  return el("article", { class: "card" },
    el("div", { class: "about" },
      el("div", { class: "card-head" },
        el("h4", { title: rule.arn }, foreign(rule.name)),
        el("span", { class: "state", dataset: { on: String(isEnabled) } }, states[rule.state] ?? foreign(rule.state)),
        rule.managedBy ? el("span", { class: "state" }, "Managed by ", foreign(rule.managedBy)) : null,
        el("button", { type: "button", class: "small", onclick: () => showDeliveries(bus.name, rule.name) }, "Show deliveries", el("span", { class: "unseen" }, ` of ${rule.name}`))),
      rule.description ? foreign(rule.description, "p", "quiet") : null,
      rule.scheduleExpression ? el("p", null, el("span", { class: "quiet" }, "Schedule "), foreign(rule.scheduleExpression, "code")) : null,
      rule.eventPattern ? el("details", { class: "pattern" },
        el("summary", null, el("span", { class: "quiet" }, "Event pattern "), foreign(rule.eventPattern, "code")),
        foreign(indented(rule.eventPattern), "pre")) : null),
    rule.targets.items.length === 0 ? el("p", { class: "quiet" }, "This rule has no targets.") : el("ul", { class: "targets" }, rule.targets.items.map(drawTarget)),
    more(rule.targets.more, "target"));
}

function drawTarget(to) {
  const { service, name } = target(to.arn);
  const facts = [
    ["Job definition", to.jobDefinition && foreign(to.jobDefinition.replace(/^.*job-definition\//, ""), "code")],
    ["Dead-letter queue", to.deadLetterQueue && foreign(target(to.deadLetterQueue).name, "code")],
    ["Input", to.input],
  ].filter(([, value]) => value);
  return el("li", { class: to.problems.length > 0 ? "bad" : null },
    el("div", { class: "target-head", title: to.arn }, el("span", { class: "quiet" }, service, " "), foreign(name, "bdi", "name"),
      el("span", { class: "quiet id" }, "ID ", foreign(to.id))),
    facts.length > 0 ? el("dl", null, facts.map(([label, value]) => el("div", null, el("dt", null, label), el("dd", null, value)))) : null,
    to.problems.map(problem => el("p", { class: "problem" }, icon("Warning"), foreign(problem))));
}

/** How many are not shown. */
export function more(number, one) {
  return number > 0 ? el("p", { class: "foot" }, `${number.toLocaleString("en")} more ${one}${number === 1 ? " is" : "s are"} not shown.`) : null;
}

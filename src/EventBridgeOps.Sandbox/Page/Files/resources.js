// The queues with their messages, and the jobs.

import { $, el, empty, foreign, reconcile } from "./dom.js";
import { fullTime, shortTime, span } from "./format.js";
import { more } from "./rules.js";

export function drawQueues(world) {
  draw(world, "queues", "queue", queueTable, () => empty("No queues yet", "Create an SQS queue, to which rules can deliver and send their dead letters.",
    `aws sqs create-queue --endpoint-url ${location.origin} \\\n  --queue-name my-queue`));
}

/** @param now The time in the sandbox. */
export function drawJobs(world, now) {
  draw(world, "jobs", "job", (region, items) => jobTable(region, items, now), () =>
    empty("No jobs yet", "A job appears here when an event reaches a target that is a Batch job queue, or when you submit a job.",
      `aws batch submit-job --endpoint-url ${location.origin} \\\n  --job-name my-job --job-queue my-queue --job-definition my-definition`));
}

function draw(world, name, one, table, none) {
  const regions = world.regions.items.map(region => ({ name: region.name, ...region[name] })).filter(region => region.items.length > 0);
  $(`${name}-count`).textContent = regions.reduce((sum, region) => sum + region.items.length + region.more, 0).toLocaleString("en");
  const items = regions.length > 0 ? regions : [{ none: true }];
  reconcile($(`${name}-list`), items, region => region.none ? "none" : region.name, region => JSON.stringify(region), region => region.none ? none() : el("div", null,
    world.regions.items.length > 1 ? el("h3", { class: "region-title" }, foreign(region.name)) : null,
    table(region, region.items),
    more(region.more, one)));
}

function queueTable(region, queues) {
  return el("table", { class: "plain queues", role: "table" },
    heads("Queue", "Visible", "In flight", "Delayed"),
    el("tbody", { role: "rowgroup" }, queues.map(queue => el("tr", { role: "row" },
      el("td", { role: "cell", class: "main", title: queue.arn }, foreign(queue.name, "bdi", "name"), " ",
        queue.isDeadLetterQueue ? el("span", { class: "state", dataset: { warn: String(queue.visible + queue.inFlight + queue.delayed > 0) } }, "Dead-letter queue") : null),
      number("Visible", queue.visible, queue.hasMore),
      number("In flight", queue.inFlight, queue.hasMore),
      number("Delayed", queue.delayed, queue.hasMore)))));
}

const number = (label, value, hasMore) =>
  el("td", { role: "cell", class: `number ${value === 0 ? "zero" : ""}`, dataset: { label } }, value.toLocaleString("en") + (hasMore && value > 0 ? "+" : ""));

function jobTable(region, jobs, now) {
  return el("table", { class: "plain jobs", role: "table" },
    heads("Job", "Status", "Submitted", "Run time"),
    el("tbody", { role: "rowgroup" }, jobs.map(job => el("tr", { role: "row" },
      el("td", { role: "cell", class: "main" }, el("span", { title: job.id }, foreign(job.name, "bdi", "name")),
        el("div", { class: "quiet" }, foreign(job.definition, "bdi"), " on ", foreign(job.queue, "bdi"), array(job))),
      el("td", { role: "cell", class: "status", dataset: { label: "Status" } }, el("span", { class: "job", dataset: { status: job.status } }, foreign(job.status)),
        job.reason ? foreign(job.reason, "div", "quiet reason") : null,
        job.exitCode === null ? null : el("div", { class: "quiet" }, `Exit code ${job.exitCode}`, job.attempts > 1 ? `, attempt ${job.attempts}` : "")),
      el("td", { role: "cell", class: "number", dataset: { label: "Submitted" } }, time(job.createdAt, now)),
      el("td", { role: "cell", class: "number", dataset: { label: "Run time" } }, job.startedAt && job.stoppedAt ? span((job.stoppedAt - job.startedAt) / 1000) : "–")))));
}

function array(job) {
  if (job.arraySize === null) return null;
  const children = Object.entries(job.children ?? {}).map(([status, number]) => `${number} ${status}`).join(", ");
  return ` · array of ${job.arraySize}${children ? ": " + children : ""}`;
}

function time(milliseconds, now) {
  if (!milliseconds) return "–";
  const date = new Date(milliseconds);
  return el("time", { datetime: date.toISOString(), title: fullTime(date) }, shortTime(date, new Date(now())));
}

const heads = (...names) => el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, names.map(name => el("th", { role: "columnheader", scope: "col" }, name))));

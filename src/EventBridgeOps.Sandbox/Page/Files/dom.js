// Makes elements. Texts of others only ever become text nodes: no function here takes HTML.

const SVG = "http://www.w3.org/2000/svg";

const paths = {
  Delivered: "M3 8.5l3.2 3.2L13 5",
  Retrying: "M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3",
  DeadLettered: "M2.5 9h3l1 2h3l1-2h3M2.5 9v4h11V9M8 2v5M5.8 5L8 7.2 10.2 5",
  Lost: "M4 4l8 8M12 4l-8 8",
  NotSimulated: "M4 8h8",
  Warning: "M8 2.5l6 11H2zM8 6.5v3.2M8 11.6v.2",
  Open: "M6 3.5L10.5 8 6 12.5",
};

export const $ = id => document.getElementById(id);

/** An element with properties ("class", "dataset", "on…" or an attribute) and children (elements, texts, or null for nothing). */
export function el(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}

// Controls, marks of direction, and what has no width: they could make a text look like another one.
const invisible = /([\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb])/u;

/** A text of others, in which invisible characters are shown by their number, and which cannot change the direction of what is beside it. */
export function foreign(text, tag = "bdi", className = null) {
  const parts = String(text ?? "").split(invisible).map((part, index) =>
    index % 2 === 0 ? part : el("span", { class: "mark", title: "An invisible character" }, "U+" + part.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")));
  return el(tag, { class: className, dir: tag === "bdi" ? null : "ltr", tabindex: tag === "pre" ? "0" : null }, parts);
}

/**
 * Makes the children of a parent those of the items, in their order. The element of an item whose signature is the same stays as it is;
 * one that is made again keeps what is open or focused in it.
 */
export function reconcile(parent, items, key, signature, make) {
  const wanted = new Set(items.map(key));
  const kept = new Map();
  for (const child of [...parent.children]) {
    if (wanted.has(child.dataset.key)) kept.set(child.dataset.key, child);
    else child.remove();
  }
  let next = parent.firstElementChild;
  for (const item of items) {
    const old = kept.get(key(item));
    let child = old;
    if (old?.signature !== signature(item) || !old) {
      child = make(item);
      child.dataset.key = key(item);
      child.signature = signature(item);
      if (old) {
        replace(old, child);
        if (next === old) next = child;
      }
    }
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}

function replace(old, made) {
  const details = made.querySelectorAll("details");
  old.querySelectorAll("details").forEach((each, index) => { if (details[index]) details[index].open = each.open; });
  const focusable = "a, button, summary, pre[tabindex]";
  const focused = [...old.querySelectorAll(focusable)].indexOf(document.activeElement);
  old.replaceWith(made);
  if (focused >= 0) made.querySelectorAll(focusable)[focused]?.focus({ preventScroll: true });
}

/** A text that can be copied, with a button for it. */
export function copyButton(text) {
  const button = el("button", { type: "button", class: "small" }, "Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  return button;
}

/** What a section says that has nothing to show: how to get something. */
export function empty(title, text, command) {
  return el("div", { class: "empty" },
    el("p", { class: "empty-title" }, title),
    el("p", null, text),
    command ? el("div", { class: "command" }, el("pre", { tabindex: "0" }, command), copyButton(command)) : null);
}

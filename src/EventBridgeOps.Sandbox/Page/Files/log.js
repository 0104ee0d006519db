// The deliveries that the page knows: the newest part of the sandbox's own log.

const mostRows = 2000;
const mostInput = 20_000_000;

/** A delivery is retried under a new number, so this is how it is recognized. */
const identity = delivery =>
  JSON.stringify([delivery.region, delivery.eventBusName, delivery.ruleName, delivery.targetId, delivery.eventId, delivery.startedAt]);

export class Log {
  #rows = new Map(); // By number, which is the order of the last changes.
  #retrying = new Map(); // By identity: the numbers of those that are not at their end.
  #inputSize = 0;
  #lastRow = 0;

  /** Whether older deliveries were dropped, for there are many. */
  isCut = false;

  get size() {
    return this.#rows.size;
  }

  /** The rows, newest first: {row, delivery}. A row keeps its name when its delivery is retried. */
  newestFirst() {
    return [...this.#rows.values()].reverse();
  }

  /** Adds a delivery, or replaces what was known of it. Says whether it is new. */
  add(delivery) {
    if (this.#rows.has(delivery.number)) return false;
    const key = identity(delivery);
    const open = this.#retrying.get(key) ?? [];
    const before = open.find(number => this.#rows.get(number)?.delivery.attempts < delivery.attempts);
    const row = this.#rows.get(before)?.row ?? `d${++this.#lastRow}`;
    if (before !== undefined) this.#remove(before);
    this.#rows.set(delivery.number, { row, delivery });
    this.#inputSize += delivery.input?.length ?? 0;
    if (delivery.outcome === "Retrying") this.#retrying.set(key, [...(this.#retrying.get(key) ?? []), delivery.number]);
    while (this.#rows.size > mostRows || (this.#inputSize > mostInput && this.#rows.size > 1)) {
      this.#remove(this.#rows.keys().next().value);
      this.isCut = true;
    }
    return before === undefined;
  }

  /** Forgets what the sandbox has forgotten. */
  forget(through) {
    for (const number of [...this.#rows.keys()]) {
      if (number <= through) this.#remove(number);
    }
    if (this.#rows.size === 0) this.isCut = false;
  }

  clear() {
    this.forget(Infinity);
  }

  #remove(number) {
    const { delivery } = this.#rows.get(number);
    this.#rows.delete(number);
    this.#inputSize -= delivery.input?.length ?? 0;
    const key = identity(delivery);
    const others = (this.#retrying.get(key) ?? []).filter(other => other !== number);
    if (others.length > 0) this.#retrying.set(key, others);
    else this.#retrying.delete(key);
  }
}

/** Counts what happened in the last second. */
export class Rate {
  #events: { at: number; amount: number }[] = [];

  add(at: number, amount: number = 1): void {
    this.#events.push({ at, amount });
    this.#forget(at);
  }

  perSecond(now: number): number {
    this.#forget(now);
    return this.#events.reduce((sum, event) => sum + event.amount, 0);
  }

  #forget(now: number): void {
    while (this.#events[0] && this.#events[0].at <= now - 1000) this.#events.shift();
  }
}

const WINDOW = 120;
const PENDING_LIMIT = 512;

/** Time from an input leaving this browser to the first frame that can show it being drawn. */
export class LatencyMeter {
  #pending: { seq: number; at: number }[] = [];
  #samples: number[] = [];

  sent(seq: number, at: number): void {
    this.#pending.push({ seq, at });
    if (this.#pending.length > PENDING_LIMIT) this.#pending.shift();
  }

  drawn(inputSeq: number, at: number): void {
    // Only the newest answered input is a fair sample: the older ones waited for the same frame.
    let newest: number | undefined;
    while (this.#pending[0] && this.#pending[0].seq <= inputSeq) newest = this.#pending.shift()?.at;
    if (newest === undefined) return;
    this.#samples.push(at - newest);
    if (this.#samples.length > WINDOW) this.#samples.shift();
  }

  /** Milliseconds below which the share `p` (0–1) of the last samples lies. */
  percentile(p: number): number | undefined {
    if (this.#samples.length === 0) return undefined;
    const sorted = [...this.#samples].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)] ?? sorted[0];
  }

  reset(): void {
    this.#pending = [];
  }
}

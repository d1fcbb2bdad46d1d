/** Waiting inside the page: something may have changed, look again. */

import { allRoots } from "./tree";

const events = ["load", "transitionend", "animationend", "toggle", "scrollend", "readystatechange", "focusin", "change", "input"];
/** Looks again this often even when nothing reported a change (style sheets, properties, media). */
const pollMs = 100;
/** A page in the background gets no animation frames; this stands in for one. */
const frameFallbackMs = 60;
/** A page that draws nothing for so long draws nothing at all. */
export const framelessMs = 500;

/** Wakes its owner when the document changes. Close it when done. */
export class Watch {
  private wake: (() => void) | undefined;
  private changed = false;
  private readonly observed = new WeakSet<Node>();
  private readonly notice = () => {
    this.lastChange = performance.now();
    this.changed = true;
    this.wake?.();
  };
  private readonly observer = new MutationObserver(this.notice);
  /** When the document last changed, on the clock of `performance.now()`. */
  lastChange = performance.now();

  constructor() {
    for (const name of events) addEventListener(name, this.notice, true);
    this.observe();
  }

  /** Resolves after the next change, or a poll interval, or `limitMs`. */
  async change(limitMs: number): Promise<void> {
    this.observe();
    if (!this.changed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(pollMs, Math.max(0, limitMs)));
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.wake = undefined;
    }
    this.changed = false;
  }

  close(): void {
    this.observer.disconnect();
    for (const name of events) removeEventListener(name, this.notice, true);
  }

  private observe(): void {
    for (const root of allRoots()) {
      if (this.observed.has(root)) continue;
      this.observed.add(root);
      this.observer.observe(root, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
    }
  }
}

/** When the last animation frame came that was waited for. */
let framedAt = Number.NEGATIVE_INFINITY;

/** Resolves in the next animation frame, or soon when there are none. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      cancelAnimationFrame(frame);
      resolve();
    }, frameFallbackMs);
    const frame = requestAnimationFrame(() => {
      framedAt = performance.now();
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Whether what is seen now may be another picture than at that time: a busy machine draws less often than one looks. */
export function isAnotherFrame(than: number): boolean {
  return framedAt > than || document.hidden || performance.now() - than >= framelessMs;
}

/** Whether any animation runs that could change what the next frame shows. */
export function anythingAnimates(): boolean {
  return document.getAnimations().some((animation) => animation.playState === "running");
}

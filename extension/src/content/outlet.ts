/** The way out of the page: the recorder's messages go to the background, each until it was received. */

import type { Answer, FromPage } from "../messages";
import { wayToHere } from "./frame-place";

/** A service worker that is starting may miss a message; it has it after a few tries or not at all. */
const tries = 5;
const pauseMs = 100;

/** Takes the place of the protocol's binding, which the recorder emits through. */
export function openOutlet(onOrphaned: () => void): void {
  globalThis.__proscenium_emit = (text) => {
    const emission = JSON.parse(text) as { kind: string };
    if (emission.kind !== "step") return;
    // At once: the document may be gone in the next moment. A message that is said twice is one step.
    say({ from: "page", kind: "emission", emission, way: wayToHere() }).catch(() => isOrphaned() && onOrphaned());
  };
}

/** Tells the background something and answers what it says. */
export async function say<T>(message: FromPage): Promise<T> {
  for (let left = tries - 1; ; left--) {
    try {
      const answer = (await chrome.runtime.sendMessage(message)) as Answer<T> | undefined;
      if (answer?.ok) return answer.value;
      throw new Error(answer?.message ?? "the background does not answer");
    } catch (error) {
      if (left === 0 || isOrphaned()) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/** The extension was reloaded or removed, and this script with nobody to talk to stayed in the page. */
export function isOrphaned(): boolean {
  return chrome.runtime?.id === undefined;
}

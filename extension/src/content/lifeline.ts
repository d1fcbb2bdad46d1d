/**
 * Keeps the service worker running while something is recorded. A step that a page reports in its last moment reaches a
 * worker that runs; one that has to be started first would start too late. When the worker ends nevertheless, the end of
 * the connection says so, and connecting again starts it.
 */

import { isOrphaned } from "./outlet";

/** The worker ends after 30 seconds in which it hears nothing. */
const beatMs = 20_000;

let port: chrome.runtime.Port | undefined;
let timer: ReturnType<typeof setInterval> | undefined;

export function holdLifeline(): void {
  // One for each page is enough; a frame's page is recorded as well.
  if (port || window !== window.top) return;
  port = chrome.runtime.connect({ name: "lifeline" });
  port.onDisconnect.addListener(() => {
    port = undefined;
    if (timer !== undefined && !isOrphaned()) holdLifeline();
  });
  timer ??= setInterval(() => port?.postMessage("beat"), beatMs);
}

export function cutLifeline(): void {
  clearInterval(timer);
  timer = undefined;
  port?.disconnect();
  port = undefined;
}

/**
 * The script in every frame that is recorded: the page's recorder of the live view, with the background at the other end.
 * It hears the background only; the page's scripts live in another world and have no way in.
 */

import { pause, resume, settle, start, stop } from "../../../page/src/record/recorder";
import type { Orders, ToPage } from "../messages";
import { describeChild, wayToHere } from "./frame-place";
import { cutLifeline, holdLifeline } from "./lifeline";
import { isOrphaned, openOutlet, say } from "./outlet";
import { preparePicker, startPicking, stopPicking } from "./picker";

declare global {
  var __prosceniumExtension: true | undefined;
}

/** Times are sent as epoch milliseconds: the background knows when the recording started, this document need not wait for it. */
const options = { maskSensitive: true, startedAt: 0 };

function follow({ phase, picking }: Orders): void {
  if (phase === "recording") start(options);
  else if (phase === "paused") pause();
  else stop();
  if (picking) startPicking();
  if (phase === "recording" || phase === "paused") holdLifeline();
  else cutLifeline();
}

function askForOrders(): void {
  say<Orders>({ from: "page", kind: "hello", way: wayToHere() })
    .then(follow)
    .catch(() => isOrphaned() && stop());
}

function hear(message: ToPage): unknown {
  switch (message.kind) {
    case "begin":
      holdLifeline();
      return start(options);
    case "pause":
      return pause();
    case "resume":
      return resume(options);
    case "settle":
      return settle();
    case "stop":
      stopPicking();
      cutLifeline();
      return stop();
    case "pick":
      return startPicking();
    case "unpick":
      return stopPicking();
    case "describeFrame":
      return describeChild(message.index);
  }
}

// The same document may be given the script twice: when recording starts on a page, and when it is loaded.
if (!globalThis.__prosceniumExtension) {
  globalThis.__prosceniumExtension = true;
  preparePicker();
  openOutlet(stop);
  // Recording begins before the background has answered, or a quick first click would be lost; it drops what it does not want.
  start(options);
  chrome.runtime.onMessage.addListener((message: ToPage, sender, respond) => {
    if (sender.id !== chrome.runtime.id || message?.to !== "page") return;
    respond(hear(message) ?? true);
  });
  askForOrders();
  // A page that the browser had put aside comes back as it was, without its connection and the news of the meantime.
  addEventListener("pageshow", (event) => {
    if (!event.isTrusted || !event.persisted) return;
    cutLifeline();
    askForOrders();
  });
}

/** What the live view needs from a page: its native pop-ups, the cursor, and whether a keyboard is wanted. */

import { startCursor } from "./cursor";
import { startFocus } from "./focus";
import { startPickers } from "./picker";

export { choose } from "./picker";

let release: (() => void) | undefined;

export function start(): void {
  if (release) return;
  const releases = [startPickers(), startCursor(), startFocus()];
  release = () => {
    for (const stopOne of releases) stopOne();
  };
}

export function stop(): void {
  release?.();
  release = undefined;
}

/** Listens on the window before the page does; answers how to stop. */
export function listen<K extends keyof WindowEventMap>(types: K[], handler: (event: WindowEventMap[K]) => void): () => void {
  for (const type of types) addEventListener(type, handler, true);
  return () => {
    for (const type of types) removeEventListener(type, handler, true);
  };
}

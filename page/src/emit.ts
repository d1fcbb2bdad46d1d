/** The way out of the page: JSON through the protocol's binding, kept until the binding is there. */

declare global {
  var __proscenium_emit: ((message: string) => void) | undefined;
}

const kept: string[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
/** Without a listener for this many messages, the oldest are given up. */
const most = 500;

export function emit(message: object): void {
  kept.push(JSON.stringify(message));
  flush();
}

function flush(): void {
  clearTimeout(timer);
  const send = globalThis.__proscenium_emit;
  if (!send) {
    if (kept.length > most) kept.shift();
    timer = setTimeout(flush, 50);
    return;
  }
  for (const text of kept.splice(0)) send(text);
}

/** Ids that differ between documents, frames and restarts: the receiver keeps them over navigations. */
const family = Math.random().toString(36).slice(2, 8);
let count = 0;

export function nextId(): string {
  count++;
  return `${family}-${count}`;
}

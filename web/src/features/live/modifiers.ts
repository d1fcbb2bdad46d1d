interface Held {
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** 1 alt, 2 ctrl, 4 meta, 8 shift, as the browser protocol counts them. */
export function modifierBits(event: Held): number {
  return (event.altKey ? 1 : 0) | (event.ctrlKey ? 2 : 0) | (event.metaKey ? 4 : 0) | (event.shiftKey ? 8 : 0);
}

/** On Apple keyboards ⌘ does what Ctrl does on the server's Linux. */
export function remapCommand(bits: number, apple: boolean): number {
  return apple && (bits & 4) !== 0 && (bits & 2) === 0 ? (bits & ~4) | 2 : bits;
}

import { useEffect, useRef } from "react";
import { isTyping } from "./platform.ts";

export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

/** `mod+k`, `shift+?` is just `?`, `g r` is g and then r within a second. */
export function keyName(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.metaKey || event.ctrlKey ? `mod+${key}` : key;
}

/** Boxes and circles to tick keep Enter from their form; with Ctrl or ⌘ it is a shortcut, also while they have the focus. */
export function leaveChords(event: { ctrlKey: boolean; metaKey: boolean; preventBaseUIHandler: () => void }): void {
  if (event.ctrlKey || event.metaKey) event.preventBaseUIHandler();
}

const SEQUENCE_MS = 1_000;

/** Keys that work anywhere but in fields and on the stage; those with `mod` work in fields too. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    let prefix = "";
    let prefixAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      const name = keyName(event);
      if (isTyping(event.target) && !name.startsWith("mod+")) return;
      if (event.target instanceof HTMLElement && event.target.closest("[data-stage]")) return;
      const sequence = Date.now() - prefixAt < SEQUENCE_MS ? `${prefix} ${name}` : name;
      const run = latest.current[sequence] ?? latest.current[name];
      prefix = name;
      prefixAt = Date.now();
      if (!run) return;
      event.preventDefault();
      prefix = "";
      run(event);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

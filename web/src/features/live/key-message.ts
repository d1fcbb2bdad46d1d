import { modifierBits, remapCommand } from "./modifiers.ts";
import type { Command } from "./protocol.ts";

export interface KeyLike {
  key: string;
  code: string;
  location: number;
  repeat: boolean;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** The message for a key of the viewer's own keyboard, whatever its layout. */
export function keyMessage(kind: "down" | "up", event: KeyLike, apple: boolean): Command & { t: "key" } {
  const mods = remapCommand(modifierBits(event), apple);
  const mapped = apple && event.key === "Meta";
  const key = mapped ? "Control" : event.key;
  const code = mapped ? event.code.replace("Meta", "Control") : event.code;
  // AltGr (Ctrl+Alt) composes characters; any other chord is a command and must not type.
  const altGraph = event.ctrlKey && event.altKey;
  const types = [...key].length === 1 && (altGraph || !(mods & (2 | 4)));
  return {
    t: "key",
    kind,
    key,
    code,
    location: event.location,
    mods: altGraph && types ? mods & ~3 : mods,
    repeat: event.repeat,
    ...(kind === "down" && types ? { text: key } : {}),
  };
}

/** Keys that stay with the viewer's own browser or with us. */
export function isOurs(event: KeyLike): boolean {
  // The way out of the stage.
  if (event.key === "Escape" && event.ctrlKey && event.shiftKey) return true;
  // Full screen and the developer tools of the viewer's browser.
  return event.key === "F11" || event.key === "F12";
}

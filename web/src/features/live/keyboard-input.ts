import { isApple } from "@/lib/platform.ts";
import { isOurs, keyMessage } from "./key-message.ts";
import type { LiveSession } from "./live-session.ts";

/** A character to delete, so that a soft keyboard's backspace makes an event. */
const SENTINEL = "\u200b";

const editKeys: Record<string, string> = {
  deleteContentBackward: "Backspace",
  deleteContentForward: "Delete",
  insertLineBreak: "Enter",
  insertParagraph: "Enter",
};

interface KeyboardOptions {
  /** Ctrl+Shift+Esc: keys are ours again. */
  leave: () => void;
  /** Asked at Esc: `true` when it ended something of ours, and the page must not hear of it. */
  onEscape: () => boolean;
}

/** Turns what is typed into the hidden field into messages: keys, composed text, pastes. Returns the way to detach. */
export function attachKeyboard(field: HTMLTextAreaElement, live: LiveSession, { leave, onEscape }: KeyboardOptions): () => void {
  const stop = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(type: K, listener: (event: HTMLElementEventMap[K]) => void) =>
    field.addEventListener(type, listener as EventListener, { signal: stop.signal });
  const held = new Map<string, KeyboardEvent>();
  let composing = false;

  const rest = () => {
    field.value = SENTINEL;
    field.setSelectionRange(1, 1);
  };
  const press = (key: string) => {
    const event = { key, code: key, location: 0, repeat: false, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
    live.input(keyMessage("down", event, false));
    live.input(keyMessage("up", event, false));
  };

  on("keydown", (event) => {
    if (isOurs(event)) {
      if (event.key === "Escape") leave();
      return;
    }
    event.stopPropagation();
    if (event.key === "Escape" && onEscape()) return event.preventDefault();
    // Composition and soft keyboards name no key; their text comes by the events below.
    if (event.isComposing || event.key === "Process" || event.key === "Unidentified" || event.key === "Dead") return;
    const command = isApple ? event.metaKey : event.ctrlKey;
    const letter = event.key.toLowerCase();
    // The paste event brings the viewer's own clipboard.
    if (command && !event.altKey && letter === "v") return;
    if (command && !event.altKey && (letter === "c" || letter === "x")) live.send({ t: "copy" });
    event.preventDefault();
    held.set(event.code, event);
    live.input(keyMessage("down", event, isApple));
  });
  on("keyup", (event) => {
    if (!held.delete(event.code)) return;
    event.stopPropagation();
    event.preventDefault();
    live.input(keyMessage("up", event, isApple));
    // macOS never says that a key went up while ⌘ was held.
    if (event.key === "Meta") releaseAll();
  });
  const releaseAll = () => {
    for (const event of held.values()) live.input(keyMessage("up", event, isApple));
    held.clear();
  };
  on("blur", releaseAll);

  on("compositionstart", () => {
    composing = true;
  });
  on("compositionupdate", (event) => {
    const text = event.data;
    live.input({ t: "ime", text, start: text.length, end: text.length });
  });
  on("compositionend", (event) => {
    composing = false;
    live.input({ t: "text", text: event.data });
    rest();
  });
  on("input", (event) => {
    if (composing) return;
    const { inputType, data } = event as InputEvent;
    const key = editKeys[inputType];
    if (key) press(key);
    else if (inputType !== "insertFromPaste" && !inputType.includes("Composition") && data) live.input({ t: "text", text: data });
    rest();
  });
  on("paste", (event) => {
    event.preventDefault();
    const text = event.clipboardData?.getData("text/plain");
    if (text) live.input({ t: "text", text });
  });
  rest();

  return () => {
    releaseAll();
    stop.abort();
  };
}

export const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** The command key as this machine names it. */
export const commandKey = isApple ? "⌘" : "Ctrl";

/** Whether typed text is meant for the focused element, not for our shortcuts. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest("[data-stage]") !== null;
}

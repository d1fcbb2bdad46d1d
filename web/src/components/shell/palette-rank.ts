import type { ReactNode } from "react";

export interface Command {
  id: string;
  name: string;
  /** What it is, in a word: `Go to`, `Recording`, … */
  kind: string;
  icon?: ReactNode;
  keys?: string;
  /** Shown whatever was typed. */
  always?: boolean;
  run: () => void;
}

function score(name: string, typed: string): number {
  const haystack = name.toLowerCase();
  const at = haystack.indexOf(typed);
  if (at === 0) return 4;
  if (at > 0) return /\W/.test(haystack[at - 1] ?? "") ? 3 : 2;
  let position = 0;
  for (const letter of typed) {
    position = haystack.indexOf(letter, position) + 1;
    if (position === 0) return 0;
  }
  return 1;
}

/** Best match first: at the start, at a word, anywhere, letters in order. */
export function rank(commands: readonly Command[], typed: string): Command[] {
  const needle = typed.trim().toLowerCase();
  if (needle === "") return [...commands];
  return commands
    .map((command, order) => ({ command, order, score: command.always ? 5 : score(`${command.name} ${command.kind}`, needle) }))
    .filter((each) => each.score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .map((each) => each.command);
}

import type { RecordedStep } from "@/api/types.ts";

const openers = ["if", "while", "times", "forEach", "do"];

export interface Blocks {
  /** How many blocks each step stands in. */
  depths: number[];
  /** What is wrong with the control step at a place, in words. */
  problems: Map<number, string>;
}

/** The blocks of branches and loops, as the server finds them. */
export function blocksOf(steps: readonly RecordedStep[]): Blocks {
  const depths: number[] = [];
  const problems = new Map<number, string>();
  const open: { index: number; command: string; hasElse: boolean }[] = [];
  for (const [index, step] of steps.entries()) {
    const command = step.type === "control" ? String(step.command) : "";
    const block = open.at(-1);
    let outdent = 0;
    if (command === "elseIf" || command === "else") {
      if (block?.command === "if" && !block.hasElse) {
        outdent = 1;
        block.hasElse = command === "else";
      } else problems.set(index, "stands in no open “if”");
    } else if (command === "end" || command === "repeatIf") {
      if (block && (block.command === "do") === (command === "repeatIf")) {
        open.pop();
      } else problems.set(index, block ? `does not close “${block.command}”` : "closes nothing");
    }
    depths.push(open.length - outdent);
    if (openers.includes(command)) open.push({ index, command, hasElse: false });
  }
  for (const { index } of open) problems.set(index, "is never closed");
  return { depths, problems };
}

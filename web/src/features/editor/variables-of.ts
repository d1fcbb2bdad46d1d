import type { RecordingDocument } from "@/api/types.ts";

const PLACEHOLDER = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Names of all `${NAME}` in the steps, and the declared ones, each once. */
export function variablesOf(document: RecordingDocument): string[] {
  const names = new Set((document.variables ?? []).map((variable) => variable.name));
  for (const step of document.actions) {
    // Scripts and selectors may hold template literals of their own; values and addresses are what is filled in.
    const { expression: _, selectors: __, ...rest } = step;
    for (const [, name] of JSON.stringify(rest).matchAll(PLACEHOLDER)) if (name) names.add(name);
    if (typeof step.variableName === "string" && step.variableName) names.add(step.variableName);
  }
  // What the steps store themselves need not be given.
  for (const step of document.actions) {
    if ((step.type === "store" || step.type === "control") && typeof step.variable === "string") names.delete(step.variable);
  }
  return [...names];
}

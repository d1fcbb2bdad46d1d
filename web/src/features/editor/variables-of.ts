import type { RecordingDocument } from "@/api/types.ts";

const PLACEHOLDER = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/**
 * Names of all `${NAME}` in the steps and the address, and the declared ones, each once: of a recording and of those that it
 * includes. What the steps of any of them store need not be given.
 */
export function variablesOf(document: RecordingDocument, included: readonly RecordingDocument[] = []): string[] {
  const all = [document, ...included];
  const stored = new Set(all.flatMap(storedIn));
  return [...new Set(all.flatMap(usedIn))].filter((name) => !stored.has(name));
}

function usedIn(document: RecordingDocument): string[] {
  const names = (document.variables ?? []).map((variable) => variable.name);
  const use = (text: string) => {
    for (const [, name] of text.matchAll(PLACEHOLDER)) if (name) names.push(name);
  };
  for (const step of document.actions) {
    // Scripts and selectors may hold template literals of their own; values and addresses are what is filled in.
    const { expression: _, selectors: __, ...rest } = step;
    use(JSON.stringify(rest));
    if (typeof step.variableName === "string" && step.variableName) names.push(step.variableName);
  }
  use(document.url);
  return names;
}

const storedIn = (document: RecordingDocument): string[] =>
  document.actions.flatMap((step) =>
    (step.type === "store" || step.type === "control") && typeof step.variable === "string" ? [step.variable] : [],
  );

/** Values that a person wants to give when the recording is performed: a field's text becomes `${NAME}`. */

import { hasText, nameOf } from "./element-name";
import type { Step } from "./entry";

/** A field whose value is a variable. */
export interface Variable {
  name: string;
  /** Which field, as `fieldOf` tells. */
  field: string;
}

/** A declaration as the document has it. */
export interface Declaration {
  name: string;
  fieldType?: string;
  selector?: string;
  placeholder: string;
}

export const namePattern = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/;

/** The field that a step types into: the page's path, the frames and the best selector. `null` for other steps. */
export function fieldOf(step: Step): string | null {
  const best = step.selectors?.[0];
  if (step.type !== "input" || !best) return null;
  const path = URL.canParse(step.url) ? new URL(step.url).origin + new URL(step.url).pathname : step.url;
  const frames = (step.frames ?? []).map(({ selectors }) => selectors[0]?.value ?? "");
  return JSON.stringify([path, frames, best.strategy, best.value]);
}

/** The step with its value replaced where its field is a variable. What the page's recorder masked stays as it is. */
export function withVariable(step: Step, variables: readonly Variable[]): Step {
  const field = fieldOf(step);
  if (field === null || hasText(step["variableName"])) return step;
  const variable = variables.find((one) => one.field === field);
  return variable ? { ...step, value: `\${${variable.name}}`, variableName: variable.name } : step;
}

/** A name for the field's value: `Full name` becomes `FULL_NAME`. */
export function suggestedName(step: Step): string {
  const name = (nameOf(step) ?? "")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^[_0-9]+|_+$/g, "")
    .toUpperCase()
    .slice(0, 40);
  return namePattern.test(name) ? name : "VALUE";
}

/** Every variable that the steps ask for, once. */
export function declarationsIn(steps: readonly Step[]): Declaration[] {
  const found = new Map<string, Declaration>();
  for (const step of steps) {
    const name = step["variableName"];
    if (!hasText(name) || found.has(name)) continue;
    const css = step.selectors?.find((selector) => selector.strategy === "css")?.value;
    const type = step["inputType"];
    found.set(name, {
      name,
      ...(hasText(type) ? { fieldType: type } : {}),
      ...(css ? { selector: css } : {}),
      placeholder: `\${${name}}`,
    });
  }
  return [...found.values()];
}

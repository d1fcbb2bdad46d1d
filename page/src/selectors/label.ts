/** The `label` and `aria-label` strategies: form controls by the text that names them. */

import { labelTexts } from "../name";
import { normalize } from "../text";
import { byAttributeText } from "./attribute";
import type { Pass } from "./pass";

const labelable = "input:not([type=hidden]),select,textarea,button,meter,output,progress,[aria-labelledby],[aria-label]";

/** Controls one of whose labels reads exactly so; without any, those whose label contains the text. */
export function byLabel(pass: Pass, value: string): Element[] {
  const wanted = normalize(value);
  const named = pass
    .query(labelable)
    .map((element) => ({ element, texts: labelTexts(element) }))
    .filter((entry) => entry.texts.length > 0);
  // A required mark is decoration: "Email *" is asked for as "Email".
  const exact = named.filter(({ texts }) => texts.some((text) => text === wanted || text.replace(/\s*[*:]+$/, "") === wanted));
  return exact.map(({ element }) => element);
}

/** By the attribute; recordings of other tools mean any label with this strategy. */
export function byAriaLabel(pass: Pass, value: string): Element[] {
  const exact = byAttributeText(pass, "aria-label", value);
  if (exact.length > 0) return exact;
  pass.loosened = true;
  return byLabel(pass, value);
}

/** Role selectors: role and name, inside a named landmark, dialog or row when the pair alone is ambiguous. */

import { isAriaHidden, roleOf } from "../roles";
import type { Pass } from "../selectors/pass";
import { formatRole } from "../selectors/role";
import { flatAncestors } from "../tree";

const scopes = new Set([
  "alertdialog",
  "banner",
  "complementary",
  "contentinfo",
  "dialog",
  "figure",
  "form",
  "group",
  "listitem",
  "main",
  "menu",
  "navigation",
  "radiogroup",
  "region",
  "row",
  "search",
  "table",
  "tabpanel",
  "toolbar",
  "article",
]);
/** Roles that mean something without a name. */
const nameless = new Set([
  "searchbox",
  "main",
  "navigation",
  "textbox",
  "combobox",
  "slider",
  "spinbutton",
  "checkbox",
  "switch",
  "button",
]);
const longest = 80;

/** Candidates from the plainest to the most qualified; the caller keeps the first unique one. */
export function* roleCandidates(element: Element, pass: Pass): Generator<string> {
  const role = roleOf(element);
  if (!role || role === "presentation" || isAriaHidden(element)) return;
  const name = pass.nameOf(element);
  if (name.length > longest || (!name && !nameless.has(role))) return;
  const own = formatRole(role, name);
  if (name) yield own;
  let tried = 0;
  for (const at of flatAncestors(element)) {
    if (at === element || tried >= 4) continue;
    const scope = roleOf(at);
    if (!scopes.has(scope)) continue;
    const scopeName = pass.nameOf(at);
    if (scopeName.length > longest || (!scopeName && scope !== "main" && scope !== "dialog")) continue;
    tried++;
    yield `${formatRole(scope, scopeName)} >> ${own}`;
  }
  if (!name) yield own;
}

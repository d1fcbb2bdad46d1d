/**
 * What is looked for: the fingerprint where the recording has one, else what its selectors and its step say. Recordings of
 * other tools have the selectors alone, so less can be proven and less is healed.
 */

import { parseRole } from "../selectors/role";
import { splitTopLevel } from "../selectors/split";
import type { ContentSignature, Recorded, Selector } from "../types";
import type { Fingerprint } from "./fingerprint";
import type { Near } from "./near";

/** What a recording says of an element that no selector finds any more. */
export interface Wanted {
  /** Empty when nothing says it. */
  kind: string;
  role: string;
  name: string;
  tag: string;
  type: string;
  attributes: Record<string, string>;
  classes: string[];
  near: Near;
  others: string[];
  place?: Fingerprint["place"];
  /** Whether the recorder looked around the element, so that what is absent was absent. */
  surveyed: boolean;
}

export function wantedFrom(
  selectors: Selector[],
  was: Recorded | undefined,
  signature: ContentSignature | undefined,
  print: Fingerprint | undefined,
): Wanted {
  const said = fromSelectors(selectors);
  const tag = (print?.tag ?? was?.tag ?? "").toLowerCase();
  const type = print?.type ?? was?.inputType?.toLowerCase() ?? "";
  const role = print?.role || said.role;
  const item = signature?.contentFingerprint?.heading;
  return {
    kind: print?.kind ?? kindFrom(role, tag, type),
    role,
    name: print?.name || said.name || (was?.text ?? "").replace(/(…|\.\.\.)$/, ""),
    tag,
    type,
    attributes: { ...said.attributes, ...print?.attributes },
    classes: print?.classes ?? [],
    near: print?.near ?? (typeof item === "string" && item ? { item } : {}),
    others: print?.others ?? [],
    ...(print ? { place: print.place } : {}),
    surveyed: print !== undefined,
  };
}

const attributeOf: Record<string, string> = {
  "data-testid": "testId",
  dataTestId: "testId",
  id: "id",
  name: "name",
  placeholder: "placeholder",
  "aria-label": "aria-label",
  ariaLabel: "aria-label",
  title: "title",
  alt: "alt",
};

function fromSelectors(selectors: Selector[]): { role: string; name: string; attributes: Record<string, string> } {
  const attributes: Record<string, string> = {};
  let role = "";
  let name = "";
  for (const { strategy, value } of selectors) {
    if (typeof value !== "string") continue;
    const attribute = attributeOf[strategy];
    if (attribute) attributes[attribute] ??= value;
    if (strategy === "role" && !role) {
      const query = readRole(value);
      role = query?.role ?? "";
      name ||= query?.name ?? "";
    }
    if (/^(label|text|text-content|aria-label|ariaLabel)$/.test(strategy)) name ||= value;
    if (strategy === "href-pattern" && URL.canParse(value, document.baseURI)) {
      attributes.href ??= new URL(value, document.baseURI).pathname;
    }
  }
  return { role, name, attributes };
}

/** The element's own part of a role selector; a selector that cannot be read says nothing. */
function readRole(value: string): ReturnType<typeof parseRole> | undefined {
  try {
    return parseRole(splitTopLevel(value, ">>").at(-1) ?? "");
  } catch {
    return undefined;
  }
}

/** The same words as `kindOf`, from what a recording says; empty when it does not say enough. */
function kindFrom(role: string, tag: string, type: string): string {
  if (type === "password") return "secret";
  if (/^(date|time|datetime-local|month|week|color|range|file|number|reset)$/.test(type)) return type;
  if (/^(checkbox|radio)$/.test(type)) return type === "radio" ? "radio" : "toggle";
  if (/^(button|link|menuitem|tab)$/.test(role) || /^(button|a|summary)$/.test(tag) || /^(submit|button|image)$/.test(type)) return "press";
  if (tag === "select") return "choice";
  if (/^(textbox|searchbox|combobox)$/.test(role) || tag === "textarea" || (tag === "input" && type)) return "text";
  if (role === "checkbox" || role === "switch") return "toggle";
  if (/^(radio|option|slider|spinbutton|treeitem|menuitemcheckbox|menuitemradio)$/.test(role)) return role;
  return tag && tag !== "input" ? `<${tag}>` : "";
}

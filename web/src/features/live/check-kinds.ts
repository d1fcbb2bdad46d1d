import type { ElementState, Picked, SuggestedCheck } from "./protocol.ts";

export interface CheckKind {
  kind: string;
  label: string;
  /** What is compared, where something is. */
  expects?: "text" | "value" | "address" | "title";
  /** It is about the page, not about an element. */
  page?: boolean;
  /** The state of the element that it is about. */
  state?: keyof ElementState;
}

export const checkKinds: readonly CheckKind[] = [
  { kind: "elementVisible", label: "Is visible" },
  { kind: "elementText", label: "Has text", expects: "text" },
  { kind: "containsText", label: "Contains text", expects: "text" },
  { kind: "elementHasValue", label: "Has value", expects: "value" },
  { kind: "elementChecked", label: "Is checked", state: "checked" },
  { kind: "elementEnabled", label: "Is enabled", state: "enabled" },
  { kind: "elementEditable", label: "Is editable", state: "editable" },
  { kind: "visual", label: "Looks the same" },
  { kind: "urlMatch", label: "Address is", expects: "address", page: true },
  { kind: "urlContains", label: "Address contains", expects: "address", page: true },
  { kind: "pageTitle", label: "Title is", expects: "title", page: true },
];

export const suggestionsOf = (picked: Picked): SuggestedCheck[] => picked.suggestions ?? [];

/** What the element or the page says now for this kind of check. */
export function expectedNow(kind: CheckKind, picked: Picked, page: { url: string; title: string }): string {
  const suggested = suggestionsOf(picked).find((each) => each.kind === kind.kind)?.expected;
  if (suggested) return suggested;
  switch (kind.expects) {
    case "text":
      return (picked.text ?? picked.name ?? "").trim();
    case "value":
      return picked.value ?? "";
    case "address":
      return page.url;
    case "title":
      return page.title;
    default:
      return "";
  }
}

/** Whether the element is the opposite now of what this kind of check says. */
export const negatedNow = (kind: CheckKind, picked: Picked): boolean => kind.state !== undefined && picked.state?.[kind.state] === false;

/** What the element is now, where this kind of check is of a state. */
export function stateNow(kind: CheckKind, picked: Picked): string | undefined {
  const now = kind.state && picked.state?.[kind.state];
  return now === undefined ? undefined : `It is ${now ? "" : "not "}${kind.state} now.`;
}

/** Kinds that make sense for what was picked, the likeliest first. */
export function kindsFor(picked: Picked): CheckKind[] {
  const suggested = suggestionsOf(picked).map((each) => each.kind);
  const place = (kind: CheckKind) => (suggested.includes(kind.kind) ? suggested.indexOf(kind.kind) : suggested.length);
  const field = picked.value !== undefined && picked.value !== null;
  // A box to tick: its own text is empty, and its value is not what a person sees.
  const box = field && picked.state?.checked !== undefined;
  const makesSense = ({ kind, state, expects }: CheckKind) => {
    if (box && (expects === "text" || expects === "value")) return suggested.includes(kind);
    if (kind === "elementHasValue" || state === "editable") return field;
    if (state === "checked") return picked.state?.checked !== undefined;
    return state !== "enabled" || field || picked.tag === "button" || picked.state?.enabled === false;
  };
  const sensible = checkKinds.filter(makesSense);
  return [...sensible].sort((a, b) => place(a) - place(b));
}

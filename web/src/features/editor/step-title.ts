import type { RecordedStep, Selector } from "@/api/types.ts";
import { sentence } from "@/lib/sentence.ts";
import { shortUrl } from "@/lib/shorten.ts";

/** The step as a sentence, in the words that the server uses for runs: `Click “Save” button`. */
export function stepTitle(step: RecordedStep): string {
  if (step.name?.trim()) return step.name;
  switch (step.type) {
    case "click":
      return `${clickVerb(step)} ${target(step)}`;
    case "input":
      return inputTitle(step);
    case "select":
      return `Choose ${chosen(step)} in ${quoted(step) ?? "list"}`;
    case "navigation":
      return navigation(step);
    case "hover":
      return `Hover ${target(step)}`;
    case "scroll":
      return `Scroll to ${Math.round(Number(step.scrollX ?? 0))}, ${Math.round(Number(step.scrollY ?? 0))}`;
    case "wheel":
      return `Turn wheel over ${target(step)}`;
    case "download":
      return text(step.fileName) ? `Wait for download ${quote(text(step.fileName))}` : "Wait for download";
    case "screenshot":
      return step.fullPage ? "Take picture of the whole page" : "Take picture";
    case "keypress":
      return `Press ${[...((step.modifiers as string[] | undefined) ?? []).map(sentence), keyName(text(step.key))].join("+")}`;
    case "submit":
      return `Submit ${quoted(step) ?? ""} form`.replace("  ", " ");
    case "checkpoint":
      return checkTitle(step);
    case "drag":
      return `Drag ${quoted(step) ?? "element"}`;
    case "upload": {
      const files = (step.files as { name?: string }[] | undefined) ?? [];
      return files.length === 1 ? `Upload ${quote(files[0]?.name ?? "file")}` : `Upload ${files.length} files`;
    }
    case "dialog":
      return `${step.response === "dismiss" ? "Dismiss" : "Accept"} ${text(step.dialogType) || "dialog"}`;
    case "tab":
      return step.event === "new" ? "Open tab" : `${sentence(text(step.event) || "switch")} tab ${Number(step.index ?? 0) + 1}`;
    case "wait":
      return waitTitle(step);
    case "javascript":
      return "Run JavaScript";
    case "viewport":
      return `Resize page to ${text(step.width)} × ${text(step.height)}`;
    case "control":
      return controlTitle(step);
    case "store":
      return `Store ${storedFrom(step)} as ${text(step.variable)}`;
    case "include":
      return `Perform ${quote(text(step.recordingName) || text(step.recording) || "…")}`;
    case "modal-lifecycle":
      return "Modal changes";
    default:
      return `Unknown step “${step.type}”`;
  }
}

const text = (value: unknown): string => (value === undefined || value === null ? "" : String(value));
const keyName = (key: string): string => (key === " " ? "Space" : [...key].length === 1 ? key.toUpperCase() : key || "a key");

function quote(value: string): string {
  const line = value.trim().replace(/\s+/g, " ");
  return `“${line.length > 60 ? `${line.slice(0, 59)}…` : line}”`;
}

function clickVerb(step: RecordedStep): string {
  if (step.button === "right") return "Right-click";
  if (step.button === "middle") return "Middle-click";
  if (Number(step.clickCount) >= 2) return Number(step.clickCount) === 2 ? "Double-click" : "Triple-click";
  if (step.inputType === "checkbox" || step.inputType === "radio") {
    if (step.checked === true) return "Check";
    if (step.checked === false) return "Uncheck";
  }
  return "Click";
}

function typed(step: RecordedStep): string {
  if (step.variableName) return `\${${text(step.variableName)}}`;
  const value = text(step.value);
  if (/^\$\{.+\}$/.test(value)) return value;
  return step.isSensitive ? "••••" : quote(value);
}

function inputTitle(step: RecordedStep): string {
  if (step.inputType === "checkbox" || step.inputType === "radio") return `Set ${field(step)}`;
  if (step.inputType === "file") return `Upload to ${field(step)}`;
  if (text(step.value) === "" && !step.variableName) return `Clear ${field(step)}`;
  return `Type ${typed(step)} in ${field(step)}`;
}

function chosen(step: RecordedStep): string {
  if (step.variableName) return `\${${text(step.variableName)}}`;
  const option = text(step.selectedText).trim() || text(step.selectedValue).trim();
  return option ? quote(option) : "an option";
}

function navigation(step: RecordedStep): string {
  if (step.navigationTrigger === "back") return "Go back";
  if (step.navigationTrigger === "forward") return "Go forward";
  return `${step.navigationTrigger === "manual" ? "Open" : "Arrive at"} ${shortUrl(text(step.to) || step.url)}`;
}

function waitTitle(step: RecordedStep): string {
  const value = text(step.value);
  if (step.waitFor === "element") return `Wait for ${quoted(step) ?? "an element"}`;
  if (step.waitFor === "url") return `Wait for address ${quote(value)}`;
  if (step.waitFor === "expression") return `Wait until ${value}`;
  if (step.waitFor === "response") return `Wait for an answer from ${quote(value)}`;
  if (step.waitFor === "load") return "Wait for the page to load";
  return `Wait ${value || "0"}${/\d$/.test(value) ? " ms" : ""}`;
}

function controlTitle(step: RecordedStep): string {
  const condition = text(step.expression).trim() || (step.checkType ? checkTitle(step).replace(/^Check /, "") : "…");
  const titles: Record<string, string> = {
    if: `If ${condition}`,
    elseIf: `Else if ${condition}`,
    else: "Else",
    while: `While ${condition}`,
    do: "Repeat",
    repeatIf: `Again if ${condition}`,
    times: `Repeat ${text(step.count) || "0"} times`,
    forEach: `For each ${text(step.variable) || "item"}${listOf(step)}`,
    end: "End",
  };
  return titles[text(step.command)] ?? `Unknown control “${text(step.command)}”`;
}

function listOf(step: RecordedStep): string {
  if (Array.isArray(step.items)) return ` of ${step.items.length} items`;
  return text(step.expression).trim() ? ` of ${text(step.expression)}` : "";
}

function storedFrom(step: RecordedStep): string {
  const element = quoted(step) ?? "the element";
  const froms: Record<string, string> = {
    text: `text of ${element}`,
    value: `value of ${element}`,
    attribute: `${text(step.value) || "attribute"} of ${element}`,
    count: `number of ${quoted(step) ?? "elements"}`,
    title: "title",
    url: "address",
    expression: "result of JavaScript",
    literal: quote(text(step.value)),
  };
  return froms[text(step.from)] ?? quote(text(step.from));
}

function checkTitle(step: RecordedStep): string {
  const not = step.negated ? "not " : "";
  const contains = step.negated ? "does not contain" : "contains";
  const isOrContains = step.mode === "contains" ? contains : `is ${not}`.trimEnd();
  const element = quoted(step) ?? "the element";
  const value = quote(text(step.expectedValue));
  const url = quote(text(step.expectedUrl) || text(step.expectedValue));
  const titles: Record<string, string> = {
    urlMatch: `Check address is ${not}${url}`,
    urlContains: `Check address ${contains} ${url}`,
    elementVisible: `Check ${element} is ${not}visible`,
    elementText: `Check text of ${element} is ${not}${value}`,
    containsText: `Check ${element} ${contains} ${value}`,
    elementHasValue: `Check value of ${element} is ${not}${value}`,
    elementPresent: `Check ${element} is ${not}in the page`,
    elementChecked: `Check ${element} is ${not}checked`,
    elementEnabled: `Check ${element} is ${not}enabled`,
    elementEditable: `Check ${element} is ${not}editable`,
    elementAttribute: `Check ${step.attribute ? quote(text(step.attribute)) : "attribute"} of ${element} ${isOrContains} ${value}`,
    elementCount: `Check number of ${quoted(step) ?? "elements"} is ${not}${text(step.expectedValue) || "…"}`,
    expression: `Check ${quote(text(step.expression))} is ${not}true`,
    pageTitle: `Check title ${isOrContains} ${value}`,
    pageLoad: `Check page is ${not}loaded`,
    visual: `Check ${pictured(step)} ${step.negated ? "looks different" : "looks the same"}`,
  };
  return titles[text(step.checkType)] ?? "Check";
}

function pictured(step: RecordedStep): string {
  if (step.selectors?.length) return quoted(step) ?? "the element";
  return step.fullPage ? "the whole page" : "the page";
}

const nouns: Record<string, string> = {
  a: "link",
  button: "button",
  input: "field",
  textarea: "field",
  select: "list",
  img: "image",
  picture: "image",
  svg: "image",
  canvas: "canvas",
  form: "form",
};

function target(step: RecordedStep): string {
  const noun = nouns[text(step.tagName).toLowerCase()];
  const name = text(step.text).trim() ? quote(text(step.text)) : quoted(step);
  if (name) return noun ? `${name} ${noun}` : name;
  return noun ?? "element";
}

const field = (step: RecordedStep): string => quoted(step) ?? nouns[text(step.tagName).toLowerCase()] ?? "field";

const readable = ["aria-label", "label", "placeholder", "role", "text-content", "text", "alt", "title", "name", "data-testid", "id"];

function quoted(step: RecordedStep): string | undefined {
  for (const strategy of readable) {
    const selector = step.selectors?.find((each: Selector) => each.strategy === strategy);
    if (!selector) continue;
    const value = strategy === "role" ? /\[name="(.*?)"/.exec(selector.value)?.[1] : selector.value.replace(/^[#.]/, "");
    if (value?.trim()) return quote(value);
  }
  // `#email` is written by hand where a recorder would have written an id.
  const id = step.selectors?.find((each) => each.strategy === "css" && /^#[\p{L}\p{N}_-]+$/u.test(each.value));
  return id && quote(id.value.slice(1));
}

export interface FieldSpec {
  key: string;
  label: string;
  input: "text" | "long" | "number" | "share" | "choice" | "flag" | "lines";
  choices?: readonly { value: string; label: string }[];
  hint?: string;
  /** Shown only when the step says so. */
  when?: (step: Record<string, unknown>) => boolean;
}

const choice = (...pairs: [string, string][]) => pairs.map(([value, label]) => ({ value, label }));

export const checkTypes = choice(
  ["elementVisible", "Is visible"],
  ["elementText", "Has text"],
  ["containsText", "Contains text"],
  ["elementHasValue", "Has value"],
  ["elementPresent", "Is in the page"],
  ["elementChecked", "Is checked"],
  ["elementEnabled", "Is enabled"],
  ["elementEditable", "Is editable"],
  ["elementAttribute", "Has attribute"],
  ["elementCount", "Number of elements is"],
  ["urlMatch", "Address is"],
  ["urlContains", "Address contains"],
  ["pageTitle", "Title is"],
  ["pageLoad", "Page is loaded"],
  ["expression", "JavaScript is true"],
  ["visual", "Looks the same"],
);

const aboutAddress = (step: Record<string, unknown>) => step.checkType === "urlMatch" || step.checkType === "urlContains";
/** A check of how the page looks. */
export const aboutLook = (step: Record<string, unknown>) => step.type === "checkpoint" && step.checkType === "visual";
const aboutPageLook = (step: Record<string, unknown>) => aboutLook(step) && !(step.selectors as unknown[] | undefined)?.length;
const aboutValue = (step: Record<string, unknown>) =>
  ["elementText", "containsText", "elementHasValue", "elementAttribute", "elementCount", "pageTitle"].includes(String(step.checkType));
const aboutAttribute = (step: Record<string, unknown>) => step.checkType === "elementAttribute";
/** A check that may look for a part of what it compares. */
const aboutPart = (step: Record<string, unknown>) => step.checkType === "elementAttribute" || step.checkType === "pageTitle";
const aboutExpression = (step: Record<string, unknown>) => step.checkType === "expression";
/** A check of what its element is or holds. */
const aboutElement = (step: Record<string, unknown>) => String(step.checkType).startsWith("element") || step.checkType === "containsText";

const wholeOrPart = choice(["", "Is exactly this"], ["contains", "Contains this"]);

const hasCondition = (step: Record<string, unknown>) => ["if", "elseIf", "while", "repeatIf"].includes(String(step.command));
const isLoop = (step: Record<string, unknown>) => step.command === "forEach" || step.command === "times";
const isStatement = (step: Record<string, unknown>) => hasCondition(step) && step.checkType !== undefined;

/** Whether this step acts on an element and so has selectors. */
export function hasElement(step: { type: string; [key: string]: unknown }): boolean {
  if (["click", "input", "select", "hover", "wheel", "submit", "drag", "upload"].includes(step.type)) return true;
  if (step.type === "checkpoint") return aboutElement(step) || step.checkType === "visual";
  if (step.type === "control") return isStatement(step) && aboutElement(step);
  if (step.type === "store") return ["text", "value", "attribute", "count"].includes(String(step.from));
  if (step.type === "wait") return step.waitFor === "element";
  return Array.isArray(step.selectors) && step.selectors.length > 0;
}

/** How the selectors are used where it is not one element that they have to find. */
export function selectorsNote(step: { type: string; [key: string]: unknown }): string | undefined {
  if (step.checkType === "elementCount" || (step.type === "store" && step.from === "count"))
    return "Tried from the top; what the first that finds anything finds is counted.";
  if (step.checkType === "elementPresent") return "One that finds anything is enough, visible or not.";
  return undefined;
}

/** What can be edited of a step beside its name, selectors and timeout; by its type. */
export const stepFields: Record<string, readonly FieldSpec[]> = {
  click: [
    { key: "button", label: "Button", input: "choice", choices: choice(["left", "Left"], ["middle", "Middle"], ["right", "Right"]) },
    { key: "clickCount", label: "Clicks", input: "number" },
  ],
  input: [{ key: "value", label: "Value", input: "text", hint: "${NAME} takes a variable" }],
  select: [
    { key: "selectedValue", label: "Value", input: "text" },
    { key: "selectedText", label: "Text of the option", input: "text" },
  ],
  navigation: [
    { key: "to", label: "Address", input: "text" },
    {
      key: "navigationTrigger",
      label: "Caused by",
      input: "choice",
      choices: choice(
        ["manual", "Opened directly"],
        ["click", "A click"],
        ["form-submit", "A form"],
        ["redirect", "A redirect"],
        ["back", "Back"],
        ["forward", "Forward"],
      ),
    },
  ],
  scroll: [
    { key: "scrollX", label: "From the left (px)", input: "number" },
    { key: "scrollY", label: "From the top (px)", input: "number" },
  ],
  wheel: [
    { key: "deltaX", label: "To the right in all (px)", input: "number" },
    { key: "deltaY", label: "Down in all (px)", input: "number", hint: "Less than 0 is up" },
    { key: "turns", label: "In how many turns", input: "number", hint: "One when empty" },
  ],
  download: [
    { key: "fileName", label: "Name of the file", input: "text", hint: "* is any text; empty takes any file" },
    { key: "contains", label: "Text that has to be in it", input: "text" },
  ],
  screenshot: [{ key: "fullPage", label: "The whole page, not only what is in view", input: "flag" }],
  keypress: [{ key: "key", label: "Key", input: "text", hint: "As in KeyboardEvent.key: Enter, Escape, a" }],
  checkpoint: [
    { key: "checkType", label: "Check", input: "choice", choices: checkTypes },
    { key: "expectedUrl", label: "Expected value", input: "text", when: aboutAddress },
    { key: "attribute", label: "Attribute", input: "text", when: aboutAttribute },
    { key: "expectedValue", label: "Expected value", input: "text", when: aboutValue },
    { key: "mode", label: "Compared", input: "choice", choices: wholeOrPart, when: aboutPart },
    { key: "expression", label: "JavaScript", input: "long", hint: "${NAME} is the value of a variable", when: aboutExpression },
    { key: "threshold", label: "Share of pixels that may differ", input: "share", hint: "0 to 1; empty lets none differ", when: aboutLook },
    { key: "tolerance", label: "Colour distance that is not seen", input: "share", hint: "0 to 1; empty is 0.1", when: aboutLook },
    { key: "fullPage", label: "The whole page, not only what is in view", input: "flag", when: aboutPageLook },
    { key: "negated", label: "Negate: it must not hold", input: "flag" },
    { key: "soft", label: "Soft: go on when it fails", input: "flag" },
  ],
  wait: [
    {
      key: "waitFor",
      label: "Wait for",
      input: "choice",
      choices: choice(
        ["duration", "A time"],
        ["element", "An element"],
        ["url", "An address"],
        ["load", "The page to load"],
        ["response", "An answer from the network"],
        ["expression", "JavaScript to become true"],
      ),
    },
    {
      key: "value",
      label: "Value",
      input: "text",
      hint: "Milliseconds, or part of the address",
      when: (step) => step.waitFor !== "element" && step.waitFor !== "load" && step.waitFor !== "expression",
    },
    { key: "value", label: "Expression", input: "long", when: (step) => step.waitFor === "expression" },
  ],
  control: [
    {
      key: "checkType",
      label: "Condition",
      input: "choice",
      // A picture that somebody has to approve is no condition, and JavaScript is one without being a check.
      choices: [
        { value: "", label: "JavaScript is true" },
        ...checkTypes.filter(({ value }) => value !== "visual" && value !== "expression"),
      ],
      when: hasCondition,
    },
    {
      key: "expression",
      label: "JavaScript",
      input: "long",
      hint: "${NAME} is the value of a variable",
      when: (step) => hasCondition(step) && !isStatement(step),
    },
    { key: "expectedUrl", label: "Expected value", input: "text", when: (step) => isStatement(step) && aboutAddress(step) },
    { key: "attribute", label: "Attribute", input: "text", when: (step) => isStatement(step) && aboutAttribute(step) },
    { key: "expectedValue", label: "Expected value", input: "text", when: (step) => isStatement(step) && aboutValue(step) },
    { key: "mode", label: "Compared", input: "choice", choices: wholeOrPart, when: (step) => isStatement(step) && aboutPart(step) },
    { key: "negated", label: "Negate: when it does not hold", input: "flag", when: isStatement },
    { key: "count", label: "How often", input: "text", hint: "A number, or ${NAME}", when: (step) => step.command === "times" },
    {
      key: "items",
      label: "Items, one a line",
      input: "lines",
      when: (step) => step.command === "forEach" && step.expression === undefined,
    },
    {
      key: "expression",
      label: "List, as JavaScript",
      input: "long",
      when: (step) => step.command === "forEach" && step.items === undefined,
    },
    { key: "variable", label: "Variable", input: "text", hint: "Later steps use it as ${NAME}", when: isLoop },
  ],
  store: [
    {
      key: "from",
      label: "What",
      input: "choice",
      choices: choice(
        ["text", "Text of an element"],
        ["value", "Value of a field"],
        ["attribute", "Attribute of an element"],
        ["count", "Number of elements"],
        ["title", "Title of the page"],
        ["url", "Address of the page"],
        ["expression", "Result of JavaScript"],
        ["literal", "A text"],
      ),
    },
    { key: "variable", label: "Variable", input: "text", hint: "Later steps use it as ${NAME}" },
    { key: "value", label: "Attribute", input: "text", when: (step) => step.from === "attribute" },
    { key: "value", label: "JavaScript", input: "long", when: (step) => step.from === "expression" },
    { key: "value", label: "Text", input: "text", when: (step) => step.from === "literal" },
  ],
  include: [{ key: "open", label: "Begin at its own address", input: "flag" }],
  dialog: [
    { key: "response", label: "Answer", input: "choice", choices: choice(["accept", "Accept"], ["dismiss", "Dismiss"]) },
    { key: "promptValue", label: "Text for the prompt", input: "text", when: (step) => step.dialogType === "prompt" },
  ],
  tab: [
    { key: "event", label: "What", input: "choice", choices: choice(["new", "Open"], ["switch", "Switch to"], ["close", "Close"]) },
    { key: "index", label: "Tab, from 0", input: "number" },
    { key: "targetUrl", label: "Address", input: "text", when: (step) => step.event === "new" },
  ],
  javascript: [{ key: "expression", label: "Expression", input: "long" }],
  viewport: [
    { key: "width", label: "Width (px)", input: "number" },
    { key: "height", label: "Height (px)", input: "number" },
  ],
};

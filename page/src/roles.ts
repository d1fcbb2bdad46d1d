/** The ARIA role of an element, as HTML-AAM maps it (the part that people locate by). */

import { accessibleNameAttribute } from "./name";
import { closest } from "./tree";

const known = new Set(
  `alert alertdialog application article banner blockquote button caption cell checkbox code
  columnheader combobox complementary contentinfo definition deletion dialog directory document
  emphasis feed figure form generic grid gridcell group heading img insertion link list listbox
  listitem log main marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter
  navigation none note option paragraph presentation progressbar radio radiogroup region row
  rowgroup rowheader scrollbar search searchbox separator slider spinbutton status strong
  subscript superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip
  tree treegrid treeitem`
    .split(/\s+/)
    .filter(Boolean),
);

const byTag: Record<string, string> = {
  ARTICLE: "article",
  ASIDE: "complementary",
  BLOCKQUOTE: "blockquote",
  BUTTON: "button",
  CAPTION: "caption",
  DATALIST: "listbox",
  DD: "definition",
  DETAILS: "group",
  DIALOG: "dialog",
  DT: "term",
  FIELDSET: "group",
  FIGURE: "figure",
  H1: "heading",
  H2: "heading",
  H3: "heading",
  H4: "heading",
  H5: "heading",
  H6: "heading",
  HR: "separator",
  LI: "listitem",
  MAIN: "main",
  MATH: "math",
  MENU: "list",
  METER: "meter",
  NAV: "navigation",
  OL: "list",
  OPTGROUP: "group",
  OPTION: "option",
  OUTPUT: "status",
  P: "paragraph",
  PROGRESS: "progressbar",
  SEARCH: "search",
  SUMMARY: "button",
  svg: "img",
  TABLE: "table",
  TBODY: "rowgroup",
  TEXTAREA: "textbox",
  TFOOT: "rowgroup",
  THEAD: "rowgroup",
  TIME: "time",
  TR: "row",
  UL: "list",
};

const byInputType: Record<string, string> = {
  button: "button",
  checkbox: "checkbox",
  file: "button",
  hidden: "",
  image: "button",
  number: "spinbutton",
  radio: "radio",
  range: "slider",
  reset: "button",
  search: "searchbox",
  submit: "button",
};

/** The role, or an empty string for an element without one. */
export function roleOf(element: Element): string {
  for (const token of (element.getAttribute("role") ?? "").toLowerCase().split(/\s+/)) {
    if (token && known.has(token)) {
      return token === "none" || token === "generic" ? "presentation" : token;
    }
  }
  return implicitRole(element);
}

/** CSS that covers every element which can have the role; a superset, so that few are computed. */
export function candidatesForRole(role: string): string {
  const tags = Object.keys(byTag).filter((tag) => byTag[tag] === role);
  const special: Record<string, string> = {
    banner: "header",
    button: "input",
    cell: "td",
    checkbox: "input",
    columnheader: "th",
    combobox: "input,select",
    contentinfo: "footer",
    form: "form",
    gridcell: "td",
    img: "img",
    link: "a,area",
    listbox: "select",
    presentation: "img",
    radio: "input",
    region: "section",
    rowheader: "th",
    searchbox: "input",
    slider: "input",
    spinbutton: "input",
    textbox: "input,[contenteditable]",
  };
  return [`[role]`, ...tags, ...(special[role] ? [special[role]] : [])].join(",");
}

function implicitRole(element: Element): string {
  const tag = element.tagName;
  switch (tag) {
    case "A":
    case "AREA":
      return element.hasAttribute("href") ? "link" : "";
    case "FOOTER":
      return insideSectioning(element) ? "" : "contentinfo";
    case "HEADER":
      return insideSectioning(element) ? "" : "banner";
    case "FORM":
      return accessibleNameAttribute(element) ? "form" : "";
    case "SECTION":
      return accessibleNameAttribute(element) ? "region" : "";
    case "IMG":
      return element.getAttribute("alt") === "" && !element.getAttribute("title") ? "presentation" : "img";
    case "INPUT":
      return inputRole(element as HTMLInputElement);
    case "SELECT": {
      const select = element as HTMLSelectElement;
      return select.multiple || select.size > 1 ? "listbox" : "combobox";
    }
    case "TD":
      return inGrid(element) ? "gridcell" : "cell";
    case "TH": {
      if (element.getAttribute("scope") === "row") return "rowheader";
      return "columnheader";
    }
  }
  const fixed = byTag[tag];
  if (fixed !== undefined) return fixed;
  return element instanceof HTMLElement && isEditingHost(element) ? "textbox" : "";
}

function inputRole(input: HTMLInputElement): string {
  const fixed = byInputType[input.type];
  const list = input.getAttribute("list");
  if (list && (fixed === undefined || fixed === "searchbox")) {
    const root = input.getRootNode() as Document | ShadowRoot;
    if (root.getElementById(list)?.tagName === "DATALIST") return "combobox";
  }
  return fixed ?? "textbox";
}

/** The outermost editable element of a `contenteditable` area. */
export function isEditingHost(element: HTMLElement): boolean {
  return element.isContentEditable && !element.parentElement?.isContentEditable;
}

function insideSectioning(element: Element): boolean {
  return !!element.parentElement?.closest(
    "article,aside,main,nav,section,[role=article],[role=complementary],[role=main],[role=navigation],[role=region]",
  );
}

function inGrid(element: Element): boolean {
  const table = element.closest("table");
  const role = table?.getAttribute("role");
  return role === "grid" || role === "treegrid";
}

/** Whether assistive technology does not see the element at all. */
export function isAriaHidden(element: Element): boolean {
  return closest(element, "[aria-hidden=true]") !== null;
}

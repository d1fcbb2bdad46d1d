/** The composed tree: light DOM and open shadow roots as one. */

export type Root = Document | ShadowRoot;

/** The open shadow root below an element, if any. */
export function childRoot(element: Element): ShadowRoot | null {
  return element.shadowRoot;
}

/** Elements that can have a shadow root: not these. It halves the number that has to be asked. */
const possibleHosts =
  ":not(a,area,b,br,button,caption,code,col,dd,dl,dt,em,fieldset,figure,form,head,head *,hr,i,iframe,img,input,label,legend,li,ol,optgroup,option,path,picture,pre,g,s,script,select,small,source,strong,style,sub,summary,sup,svg,table,tbody,td,template,textarea,tfoot,th,thead,tr,u,ul,use,video)";

/** Every open root of the frame, the document first. */
export function allRoots(start: Root = document): Root[] {
  const roots: Root[] = [start];
  for (let i = 0; i < roots.length; i++) {
    const root = roots[i];
    if (!root) break;
    for (const element of root.querySelectorAll(possibleHosts)) {
      const shadow = element.shadowRoot;
      if (shadow) roots.push(shadow);
    }
  }
  return roots;
}

/** Whether the element or anything inside it has an open shadow root. */
export function holdsShadow(element: Element): boolean {
  if (element.shadowRoot) return true;
  for (const inner of element.querySelectorAll(possibleHosts)) if (inner.shadowRoot) return true;
  return false;
}

/** The parent in the flat tree: through slots and out of shadow roots. */
export function flatParent(node: Node): Element | null {
  const slot = node instanceof Element || node instanceof Text ? node.assignedSlot : null;
  if (slot) return slot;
  const parent = node.parentNode;
  if (parent instanceof ShadowRoot) return parent.host;
  return parent instanceof Element ? parent : null;
}

/** The element and its ancestors in the flat tree, nearest first. */
export function* flatAncestors(element: Element): Generator<Element> {
  for (let at: Element | null = element; at; at = flatParent(at)) yield at;
}

/** Whether `inner` is `outer` or inside it in the flat tree. */
export function contains(outer: Element, inner: Element): boolean {
  if (outer.contains(inner)) return true;
  for (const at of flatAncestors(inner)) if (at === outer) return true;
  return false;
}

/** `closest` that also leaves shadow roots. */
export function closest(element: Element, css: string): Element | null {
  for (let at: Element | null = element; at; ) {
    const found: Element | null = at.closest(css);
    if (found) return found;
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return null;
}

/** The innermost element under a point, through open shadow roots. */
export function deepElementFromPoint(x: number, y: number): Element | null {
  let root: Root = document;
  let found: Element | null = null;
  for (;;) {
    const hit: Element | null = root.elementFromPoint(x, y);
    // A shadow root without anything at the point answers with its own host.
    if (!hit || hit === found) return found;
    found = hit;
    const inner: ShadowRoot | null = hit.shadowRoot;
    if (!inner) return found;
    root = inner;
  }
}

/** The focused element, through open shadow roots. */
export function deepActiveElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** The element an event started at, inside open shadow roots too. */
export function eventTarget(event: Event): Element | null {
  const first = event.composedPath()[0];
  if (first instanceof Element) return first;
  if (first instanceof Text) return first.parentElement;
  return event.target instanceof Element ? event.target : null;
}

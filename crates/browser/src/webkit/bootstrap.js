// Runs in every document before the document's own scripts. Stock WebKit gives an inspector no world of its own, so
// this shares the page's: nothing here is reachable from the page, and what the page may have changed since is kept.
(() => {
  const SECRET = "%SECRET%";
  // A window that is kept for its next document is announced again, with everything in place.
  const again = globalThis.alert?.[SECRET];
  if (again) return again();
  const print = console.debug.bind(console);
  const { stringify } = JSON;
  // biome-ignore lint/security/noGlobalEval: what it evaluates comes from the driver alone, under the page's own policy.
  const evaluate = eval;
  const { apply, get } = Reflect;
  // Which document it is: messages do not say where they come from.
  const place = `${Math.random()}`;
  let told = 0;
  // The count keeps the browser from folding equal messages into one.
  const tell = (kind, ...rest) => print(SECRET, place, ++told, kind, ...rest);

  const scope = {
    __proscenium_emit: (text) => tell("emit", `${text}`),
    run: (code) => evaluate(code),
    text: (value) => (typeof value === "bigint" ? stringify(`${value}`) : stringify(value)) ?? "null",
    thrown: (error) => {
      const isError = typeof error === "object" && error !== null && "message" in error;
      const head = isError ? `${error.name}: ${error.message}` : `${error}`;
      const calls = isError ? `${error.stack ?? ""}`.split("\n").filter(Boolean) : [];
      const stack = calls.map((call) => {
        const at = call.lastIndexOf("@");
        return `\n    at ${call.slice(0, Math.max(at, 0)) || "(anonymous)"} (${call.slice(at + 1)})`;
      });
      return stringify([head, head + stack.join("")]);
    },
    choosers: [],
  };

  // The page sees its own functions, with their names and lengths.
  const around = (owner, name, wrap) => {
    const own = owner && Object.getOwnPropertyDescriptor(owner, name);
    if (typeof own?.value !== "function") return;
    const handler = {
      apply: (target, self, values) => wrap(values, () => apply(target, self, values)),
      get: (target, key) => (key === SECRET ? ready : get(target, key)),
    };
    Object.defineProperty(owner, name, { ...own, value: new Proxy(own.value, handler) });
  };
  const dialogs = (name) =>
    around(globalThis, name, (values, open) => {
      for (let i = 0; i < values.length && i < 2; i++) values[i] = values[i] === undefined ? values[i] : `${values[i]}`;
      tell("dialog", name, values[0] ?? "", (name === "prompt" && values[1]) || "", location.href);
      try {
        return open();
      } finally {
        tell("answered");
      }
    });
  for (const name of ["alert", "confirm", "prompt"]) dialogs(name);

  const address = () => tell("address", location.href);
  for (const name of ["pushState", "replaceState"]) {
    around(History.prototype, name, (_, change) => {
      const result = change();
      address();
      return result;
    });
  }
  const moved = (event) => event.isTrusted && address();
  const parsed = (event) => event.isTrusted && tell("reached", "dom");
  const loaded = (event) => event.isTrusted && event.target === document && tell("reached", "load");
  const clicked = (event) => {
    const input = event.composedPath()[0];
    if (!(input instanceof HTMLInputElement) || input.type !== "file") return;
    scope.choosers.push(input);
    tell("chooser", scope.choosers.length, input.multiple);
  };
  // Who asks what listens to an element does not mean this.
  clicked.ours = true;
  const dragged = (event) => event.isTrusted && !event.defaultPrevented && tell("drag");

  const ready = () => {
    // What listens already is not added again.
    addEventListener("hashchange", moved, true);
    addEventListener("popstate", moved, true);
    addEventListener("DOMContentLoaded", parsed, true);
    addEventListener("load", loaded, true);
    addEventListener("click", clicked, true);
    addEventListener("dragstart", dragged);
    tell("ready", document.readyState, scope);
  };

  // biome-ignore lint/suspicious/noShadowRestrictedNames: the bundle puts what it keeps here in place of the page's globals.
  // biome-ignore lint/correctness/noUnusedFunctionParameters: the bundle uses it.
  ((globalThis) => {
    /*%BUNDLE%*/
  })(scope);
  ready();
})();

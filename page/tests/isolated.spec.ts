import { readFileSync } from "node:fs";
import { expect, type Json, test } from "./fixtures";

const bundle = readFileSync(new URL("../../crates/browser/src/page_bundle.js", import.meta.url), "utf8");

/** As the product runs it: a world of its own, the binding, `callFunctionOn`. */
async function isolated(
  page: import("@playwright/test").Page,
): Promise<{ call(name: string, ...args: unknown[]): Promise<Json>; sent: Json[]; detach(): Promise<void> }> {
  const session = await page.context().newCDPSession(page);
  const sent: Json[] = [];
  session.on("Runtime.bindingCalled", ({ payload }) => void sent.push(JSON.parse(payload)));
  await session.send("Runtime.enable");
  await session.send("Runtime.addBinding", { name: "__proscenium_emit", executionContextName: "proscenium" });
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "proscenium" });
  await session.send("Runtime.evaluate", { expression: bundle, contextId: executionContextId });
  return {
    sent,
    detach: () => session.detach(),
    async call(name, ...args) {
      const { result, exceptionDetails } = await session.send("Runtime.callFunctionOn", {
        functionDeclaration: `function(a){return globalThis.__proscenium.${name}(...a)}`,
        executionContextId,
        arguments: [{ value: args }],
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
  };
}

test("a page that breaks its own world breaks nothing here", async ({ inside }) => {
  await inside.show(`<label>Name <input id=n name=n></label><select id=s><option>a<option>b</select>
    <script>
      const broken = () => { throw new Error("broken by the page"); };
      Document.prototype.querySelectorAll = Element.prototype.querySelectorAll = Element.prototype.getBoundingClientRect = broken;
      Array.prototype.map = Array.prototype.filter = Array.prototype[Symbol.iterator] = broken;
      JSON.stringify = Map.prototype.get = WeakMap.prototype.get = broken;
      window.MutationObserver = window.Promise = window.setTimeout = undefined;
      Object.defineProperty(document.getElementById("n"), "value", { get: () => "fake", set: () => {} });
    </script>`);
  const world = await isolated(inside.page);
  const name = [{ strategy: "label", value: "Name" }];
  expect(await world.call("actionable", name, { action: "click", timeoutMs: 5000 })).toMatchObject({ ok: true });
  expect(await world.call("fillPrepare", name, "Ann", { timeoutMs: 5000 })).toMatchObject({ ok: true, mode: "insert" });
  await inside.page.keyboard.insertText("Ann");
  expect(await world.call("fillVerify", "Ann")).toEqual({ value: "Ann", matches: true, reached: true });
  expect(await world.call("selectOption", [{ strategy: "id", value: "s" }], { labels: ["b"] })).toMatchObject({ ok: true });
  await world.call("record.start", {});
  await inside.page.keyboard.press("Escape");
  await expect.poll(() => world.sent.length).toBe(1);
  await world.detach();
});

test("the page sees nothing of the bundle while it only looks and records", async ({ inside }) => {
  await inside.show("<button>Go</button>");
  const before = await inside.page.content();
  const globals = await inside.page.evaluate(() => Object.getOwnPropertyNames(globalThis).length);
  const world = await isolated(inside.page);
  await world.call("live.start");
  await world.call("record.start", {});
  await world.call("actionable", [{ strategy: "css", value: "button" }], { action: "click", timeoutMs: 5000 });
  await world.call("describe", { x: 20, y: 20 });
  expect(await inside.page.content()).toBe(before);
  expect(await inside.page.evaluate(() => Object.getOwnPropertyNames(globalThis).length)).toBe(globals);
  await world.detach();
});

test("an element that cannot move is not watched for a second frame", async ({ inside }) => {
  const actionable = async () =>
    expect(await inside.call("actionable", [{ strategy: "css", value: ".x" }], { action: "click", timeoutMs: 5000 })).toMatchObject({
      ok: true,
    });
  const frames = async () => {
    await inside.page.evaluate(() => {
      const asked = globalThis.requestAnimationFrame;
      Object.assign(globalThis, { asked: 0 });
      globalThis.requestAnimationFrame = (callback) => {
        (globalThis as unknown as { asked: number }).asked++;
        return asked(callback);
      };
    });
    await actionable();
    return inside.page.evaluate(() => (globalThis as unknown as { asked: number }).asked);
  };
  await inside.show("<button class=x>Save</button>");
  // A document that has just been made is still laid out.
  await actionable();
  expect(await frames()).toBe(0);
  await inside.show(
    "<style>@keyframes m { to { transform: translateX(9px) } }</style><button class=x style='animation: m 1.5s'>Save</button>",
  );
  expect(await frames()).toBeGreaterThan(0);
});

import { expect, test } from "./fixtures";

const style = `<style>
  @keyframes spin { from { rotate: 0deg } to { rotate: 360deg } }
  @keyframes come { from { opacity: 0 } }
  .spin { animation: spin 900ms infinite alternate linear }
  .come { animation: come 300ms }
  #box { width: 60px; height: 40px }
</style>`;

const clock = `(() => { const [one] = document.querySelector('.spin').getAnimations(); return [one.playState, one.playbackRate, one.currentTime]; })()`;

test("what moves for ever is held, and goes on from where it was", async ({ inside }) => {
  await inside.show("<div class=spin>o</div>", { head: style });
  await inside.page.waitForFunction("document.querySelector('.spin').getAnimations()[0].currentTime > 1000");
  const still = await inside.call("picture.hold", { timeoutMs: 2_000 });
  expect(still).toMatchObject({ ok: true, masks: [], view: { width: 1000, height: 700, scale: 1 } });
  const [state, rate, held] = (await inside.page.evaluate(clock)) as [string, number, number];
  // An odd turn goes backwards: its end looks like the beginning.
  expect([state, rate]).toEqual(["running", 0]);
  expect(await inside.page.evaluate("Number.parseFloat(getComputedStyle(document.querySelector('.spin')).rotate)")).toBeCloseTo(0, 0);
  await inside.call("picture.hold", { timeoutMs: 2_000 });
  expect((await inside.page.evaluate(clock)) as unknown).toEqual([state, rate, held]);
  await inside.call("picture.release");
  const [after, again, time] = (await inside.page.evaluate(clock)) as [string, number, number];
  expect([after, again]).toEqual(["running", 1]);
  expect(time).toBeGreaterThan(1_000);
});

test("what ends is waited for, a caret is hidden, and masks and the element are measured", async ({ inside }) => {
  await inside.show("<p class=come>Hello</p><input id=name><div id=box>x</div><b class=m>1</b> <b class=m>2</b>", { head: style });
  await inside.page.focus("#name");
  const still = await inside.call("picture.hold", {
    selectors: [{ strategy: "css", value: "#box" }],
    masks: [[{ strategy: "css", value: ".m" }], [{ strategy: "css", value: ".gone" }]],
    timeoutMs: 2_000,
  });
  expect(still.element.box).toMatchObject({ width: 60, height: 40 });
  expect(still.masks).toHaveLength(2);
  expect(await inside.page.evaluate("document.querySelector('.come').getAnimations().length")).toBe(0);
  const caret = "getComputedStyle(document.getElementById('name')).caretColor";
  expect(await inside.page.evaluate(caret)).toBe("rgba(0, 0, 0, 0)");
  await inside.call("picture.release");
  expect(await inside.page.evaluate(caret)).not.toBe("rgba(0, 0, 0, 0)");
  expect(await inside.page.evaluate("document.getAnimations().length")).toBe(0);
});

test("an element that is not there fails in the words of any other step", async ({ inside }) => {
  await inside.show("<p>nothing</p>");
  const failed = await inside.call("picture.hold", { selectors: [{ strategy: "css", value: "#gone" }], timeoutMs: 400 });
  expect(failed).toMatchObject({ ok: false, reason: "not-found" });
});

import { expect, test } from "./fixtures";

const css = (value: string) => [{ strategy: "css", value }];
const noting =
  "<script>window.seen = []; addEventListener('click', (e) => seen.push(e.target.id)); addEventListener('input', (e) => seen.push(e.target.id))</script>";

test("a click that something else would get by now gets to nothing, and the next one is let through", async ({ inside }) => {
  await inside.show(`<button id=a>a</button><button id=b>b</button>${noting}`);
  const { point } = await inside.call("actionable", css("#a"), { action: "click", timeoutMs: 1000 });
  await inside.page.evaluate("a.before(b)");
  await inside.page.mouse.click(point.x, point.y);
  expect(await inside.call("landing")).toEqual({ kept: true, other: '<button id="b">b</button>' });
  const next = await inside.call("actionable", css("#a"), { action: "click", timeoutMs: 1000 });
  await inside.page.mouse.click(next.point.x, next.point.y);
  expect(await inside.call("landing")).toEqual({ kept: false });
  // Nothing is guarded any more: a person may click what they like.
  await inside.page.mouse.click(point.x, point.y);
  expect(await inside.page.evaluate("seen")).toEqual(["a", "b"]);
});

test("an element that moves away between press and release got no click, and what holds both places gets none", async ({ inside }) => {
  await inside.show(`<div id=card style="padding:20px"><button id=a>a</button></div>${noting}`);
  const { point } = await inside.call("actionable", css("#a"), { action: "click", timeoutMs: 1000 });
  await inside.page.mouse.move(point.x, point.y);
  await inside.page.mouse.down();
  await inside.page.evaluate("a.style.marginLeft = '200px'");
  await inside.page.mouse.up();
  expect(await inside.call("landing")).toMatchObject({ kept: false, missed: true, other: expect.stringContaining('id="card"') });
  expect(await inside.page.evaluate("seen")).toEqual([]);
});

test("an element that goes between press and release, and not by the press, got no click", async ({ inside }) => {
  // A press may do its work and take the element away, by itself or by the framework that draws the page.
  const presses = ["", "this.remove()", "queueMicrotask(() => this.remove())", "Promise.resolve().then(() => this.remove())"];
  for (const press of presses) {
    await inside.show(`<button id=a onmousedown="${press}">a</button>${noting}`);
    const { point } = await inside.call("actionable", css("#a"), { action: "click", timeoutMs: 1000 });
    await inside.page.mouse.move(point.x, point.y);
    await inside.page.mouse.down();
    await inside.page.evaluate("document.getElementById('a')?.remove()");
    await inside.page.mouse.up();
    expect(await inside.call("landing")).toEqual(press ? { kept: false } : { kept: false, missed: true, other: "nothing" });
    expect(await inside.page.evaluate("seen")).toEqual([]);
  }
});

test("a press that does its work by itself needs no release on the element", async ({ inside }) => {
  const cover = "Object.assign(document.body.appendChild(document.createElement('div')).style, { position: 'fixed', inset: '0' })";
  await inside.show(`<button id=a oncontextmenu="${cover}">a</button><button id=b onmousedown="this.remove()">b</button>`);
  const go = async (id: string, button: "left" | "right") => {
    const { point } = await inside.call("actionable", css(id), { action: "click", timeoutMs: 1000 });
    await inside.page.mouse.click(point.x, point.y, { button });
    return inside.call("landing");
  };
  expect(await go("#b", "left")).toEqual({ kept: false });
  expect(await go("#a", "right")).toEqual({ kept: false });
});

test("two presses of which the browser makes two clicks are told from a double click", async ({ inside }) => {
  // Pages may answer the pointer alone, and take the element away at the first click.
  for (const page of ["", "onpointerdown='event.preventDefault()'", "onclick='this.remove()'"]) {
    await inside.show(`<button id=a ${page}>a</button>`);
    const press = async (...counts: number[]) => {
      const { point } = await inside.call("actionable", css("#a"), { action: "click", timeoutMs: 1000 });
      await inside.page.mouse.move(point.x, point.y);
      for (const clickCount of counts) {
        await inside.page.mouse.down({ clickCount });
        await inside.page.mouse.up({ clickCount });
      }
      return inside.call("landing");
    };
    expect(await press(1, 2)).toEqual({ kept: false });
    if (page.includes("remove")) continue;
    expect(await press(1, 1)).toEqual({ kept: false, split: true });
    expect(await press(1)).toEqual({ kept: false });
  }
});

test("text that another field would get by now gets to nothing", async ({ inside }) => {
  await inside.show(`<input id=a><input id=b>${noting}`);
  await inside.call("fillPrepare", css("#a"), "Ann", { timeoutMs: 1000 });
  await inside.page.evaluate("b.focus()");
  await inside.page.keyboard.insertText("Ann");
  expect(await inside.call("fillVerify", "Ann")).toEqual({ value: "", matches: false, reached: false });
  expect(await inside.page.evaluate("seen")).toEqual([]);
});

test("what looks just like the recorded element and stands in its place is not taken for it", async ({ inside }) => {
  await inside.show("<p><button class=go>Go</button><button class=go>Go</button></p>");
  const selectors = [
    { strategy: "role", value: 'button[name="Go"]' },
    { strategy: "css", value: "p > button:nth-of-type(1)" },
  ];
  const ask = (was: object) => inside.call("actionable", selectors, { action: "click", timeoutMs: 0, was });
  expect(await ask({ tag: "button", text: "Go", unique: true })).toMatchObject({ ok: false, reason: "not-unique" });
  // Another tool may have written a selector that never was enough by itself.
  expect(await ask({ tag: "button", text: "Go" })).toMatchObject({ ok: true, index: 1 });
});

test("the next item of a list is not taken for one that is gone, by a check either", async ({ inside }) => {
  await inside.show("<ul id=l><li><h3>Milk</h3><b>In stock</b> 2 €</li><li><h3>Jam</h3><b>In stock</b> 3 €</li></ul>");
  const signature = (heading: string) => ({
    listContainer: { selector: "#l", itemSelector: ":scope > li" },
    // The price is that of another item by now.
    contentFingerprint: { heading, price: "3 €" },
    fallbackPosition: 1,
  });
  const ask = (heading: string) =>
    inside.call("check", {
      kind: "elementText",
      expected: "In stock",
      selectors: css("li:nth-of-type(2) > b"),
      signature: signature(heading),
      timeoutMs: 0,
    });
  expect(await ask("Jam")).toMatchObject({ pass: true });
  expect(await ask("Butter")).toMatchObject({ pass: false });
});

test("what is not drawn says nothing", async ({ inside }) => {
  await inside.show("<p id=a>Saved</p><p id=b hidden>Saved</p><div id=c style='display:contents'>Saved</div>");
  const says = (id: string) => inside.call("check", { kind: "elementText", expected: "Saved", selectors: css(id), timeoutMs: 0 });
  expect(await says("#a")).toMatchObject({ pass: true });
  expect(await says("#b")).toMatchObject({ pass: false, actual: "" });
  expect(await says("#c")).toMatchObject({ pass: true });
});

test("an entered shadow tree is searched before those inside it", async ({ inside }) => {
  const tree = "<template shadowrootmode=open><button id=outer>Go</button></template>";
  await inside.show(`<div id=h>${tree}</div><script>
    const inner = document.createElement('div'); inner.attachShadow({ mode: 'open' }).innerHTML = '<button id=inner>Go</button><em>deep</em>';
    h.shadowRoot.append(inner);</script>`);
  expect(await inside.call("state", css("#h >>> button"))).toMatchObject({ count: 1, attributes: { id: "outer" } });
  expect(await inside.call("state", css("#h >>> em"))).toMatchObject({ count: 1, tag: "em" });
});

import { expect, type Inside, type Json, test } from "./fixtures";

async function messages(inside: Inside, kind: string, count: number): Promise<Json[]> {
  const of = async () => (await inside.emitted()).filter((message: Json) => message.kind === kind);
  await expect.poll(async () => (await of()).length, { timeout: 5_000 }).toBeGreaterThanOrEqual(count);
  return of();
}

async function start(inside: Inside, body: string): Promise<void> {
  await inside.show(body);
  await inside.call("live.start");
}

test("a list stays shut, is described, and takes the viewer's choice as a person's", async ({ inside }) => {
  await start(
    inside,
    `<select id=s style="position:absolute;left:20px;top:30px;width:90px;height:20px"><option value=r>Red<optgroup label=G><option value=g selected>Green<option disabled>Blue</optgroup></select>`,
  );
  await inside.call("record.start", {});
  await inside.page.click("#s");
  const [picker] = await messages(inside, "picker", 1);
  expect(picker).toMatchObject({
    type: "select",
    value: "g",
    box: { x: 20, y: 30, width: 90, height: 20 },
    options: [
      { index: 0, value: "r", label: "Red", disabled: false, selected: false },
      { index: 1, value: "g", label: "Green", selected: true, group: "G" },
      { index: 2, label: "Blue", disabled: true, group: "G" },
    ],
  });
  expect(await inside.call("live.choose", picker.id, { indexes: [0] })).toEqual({ value: "r" });
  const list = await messages(inside, "step", 1);
  expect(list.map((message) => [message.step.type, message.step.selectedText])).toEqual([["select", "Red"]]);
  await expect(inside.call("live.choose", picker.id, { indexes: [0] })).rejects.toThrow("no longer open");
});

const fields: [type: string, value: string][] = [
  ["date", "2026-02-28"],
  ["color", "#00ff00"],
  ["time", "10:30"],
];

for (const [type, value] of fields) {
  test(`a ${type} field asks the viewer`, async ({ inside }) => {
    await start(inside, `<input id=f type=${type} min=1 max=2 aria-label=F>`);
    await inside.call("record.start", {});
    await inside.page.click("#f");
    const [picker] = await messages(inside, "picker", 1);
    expect(picker).toMatchObject({ type, min: "1", max: "2" });
    await inside.page.evaluate(() => document.getElementById("f")?.removeAttribute("min"));
    await inside.page.evaluate(() => document.getElementById("f")?.removeAttribute("max"));
    await inside.call("live.choose", picker.id, { value });
    const list = await messages(inside, "step", 1);
    expect(list.at(-1)?.step).toMatchObject({ type: "input", value, simulationType: "setValue", inputType: type });
  });
}

test("a picker closes on Escape, on a press elsewhere, and refuses nonsense", async ({ inside }) => {
  await start(inside, "<select id=s><option>a<option>b</select><input id=d type=date><p id=p>text</p>");
  await inside.page.click("#s");
  await inside.page.keyboard.press("Escape");
  await messages(inside, "pickerClosed", 1);
  await inside.page.keyboard.press("Alt+ArrowDown");
  await messages(inside, "picker", 2);
  await inside.page.click("#p");
  await messages(inside, "pickerClosed", 2);
  await inside.page.click("#d");
  const picker = (await messages(inside, "picker", 3)).at(-1);
  await expect(inside.call("live.choose", picker.id, { value: "someday" })).rejects.toThrow("is not a value");
});

test("the cursor is told when it changes", async ({ inside }) => {
  await start(
    inside,
    `<style>*{margin:0}</style><div style="height:100px">plain words</div><a href=# style="position:absolute;top:200px;left:0">link</a>
    <input style="position:absolute;top:300px;left:0;width:200px"><div style="position:absolute;top:400px;left:0;width:50px;height:50px;cursor:url(x.png),grab"></div>`,
  );
  for (const [x, y] of [
    [500, 80],
    [20, 8],
    [10, 208],
    [10, 308],
    [20, 420],
    [21, 421],
  ] as const) {
    await inside.page.mouse.move(x, y);
    await inside.page.waitForTimeout(80);
  }
  const list = await messages(inside, "cursor", 5);
  expect(list.map((message) => message.cursor)).toEqual(["default", "text", "pointer", "text", "grab"]);
});

test("the focus says whether typing is possible", async ({ inside }) => {
  await start(inside, "<input id=a type=email><button id=b>B</button>");
  await inside.page.focus("#a");
  await messages(inside, "focus", 1);
  await inside.page.focus("#b");
  const list = await messages(inside, "focus", 2);
  expect(list.map((message) => [message.editable, message.inputMode])).toEqual([
    [true, "email"],
    [false, undefined],
  ]);
});

test("stopping leaves the page alone", async ({ inside }) => {
  await start(inside, "<select id=s multiple><option>a</select><input id=a>");
  await inside.call("live.stop");
  await inside.page.focus("#a");
  await inside.page.mouse.move(10, 10);
  await inside.page.waitForTimeout(80);
  expect(await inside.emitted()).toEqual([]);
});

test("highlights outline, follow, take no input and leave no trace", async ({ inside }) => {
  await inside.show(
    `<style>* { display: none !important; } html, body, #b { display: block !important; }</style><button id=b style="position:absolute;left:50px;top:60px">Go</button>`,
  );
  const selectors = [{ strategy: "id", value: "b" }];
  expect(await inside.call("highlight", selectors)).toEqual({ count: 1 });
  const overlay = inside.page.locator("proscenium-overlay");
  await expect(overlay).toHaveCount(1);
  expect(await overlay.evaluate((element) => [getComputedStyle(element).display, element.shadowRoot])).toEqual(["block", null]);
  expect(await inside.call("actionable", selectors, { action: "click", timeoutMs: 5000 })).toMatchObject({ ok: true });
  expect(await inside.call("dump")).not.toContain("proscenium");
  expect(await inside.call("highlight", null)).toEqual({ count: 0 });
  await expect(overlay).toHaveCount(0);
});

test("clickables are what can be clicked on screen", async ({ inside }) => {
  await inside.show(`<a href=#>Link</a><button disabled>Off</button><label>Agree <input type=checkbox></label>
    <button style="position:absolute;top:5000px">Far</button><button id=u style="position:absolute;left:0;top:100px">Under</button>
    <div style="position:absolute;left:0;top:90px;width:200px;height:60px;background:red"></div>`);
  expect((await inside.call("clickables")).map((item: Json) => [item.role, item.name])).toEqual([
    ["link", "Link"],
    ["checkbox", "Agree"],
  ]);
});

test("the dump holds shadow roots, the selection its text", async ({ inside }) => {
  await inside.show(
    `<p id=p>Hello world</p><div id=h></div><input id=pw type=password value=secret><script>h.attachShadow({ mode: "open" }).innerHTML = "<b>Deep</b>";</script>`,
  );
  const html = await inside.call("dump");
  expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="en"><head>/);
  expect(html).toContain('<template shadowrootmode="open"><b>Deep</b></template>');
  await inside.page.evaluate(() => getSelection()?.selectAllChildren(document.getElementById("p") as Element));
  expect(await inside.call("selection")).toBe("Hello world");
  await inside.page.evaluate(() => (document.getElementById("pw") as HTMLInputElement).select());
  expect(await inside.call("selection")).toBe("");
});

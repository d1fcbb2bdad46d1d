import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Stroke } from "../src/record/stroke";
import { expect, type Inside, type Json, test } from "./fixtures";

/** The steps as they stand after all replacements, oldest first. */
async function steps(inside: Inside): Promise<Json[]> {
  const byId = new Map<string, Json>();
  for (const message of await inside.emitted()) {
    if (message.kind === "step") byId.set(message.emitId, message.step);
  }
  return [...byId.values()];
}

async function recorded(inside: Inside, count: number): Promise<Json[]> {
  await expect.poll(async () => (await steps(inside)).length, { timeout: 5_000 }).toBeGreaterThanOrEqual(count);
  return steps(inside);
}

async function start(inside: Inside, body: string, options: Json = {}): Promise<void> {
  await inside.show(body);
  await inside.call("record.start", options);
}

const kinds = (list: Json[]) => list.map((step) => step.type);
const first = (step: Json) => `${step.selectors[0].strategy} ${step.selectors[0].value}`;

test("a click is one step with everything a replay needs", async ({ inside }) => {
  await start(
    inside,
    `<ul><li>a</li><li><button id=b style="position:absolute;left:100px;top:50px;width:80px;height:20px"><i>Save</i></button></li></ul>`,
    {
      startedAt: Date.now() - 5000,
    },
  );
  await inside.page.mouse.click(120, 55);
  const [step, ...more] = await recorded(inside, 1);
  expect(more).toEqual([]);
  expect(step).toMatchObject({
    type: "click",
    url: "http://site.test/",
    tagName: "button",
    text: "Save",
    coordinates: { x: 20, y: 5 },
    coordinatesRelativeTo: "element",
    button: "left",
    clickCount: 1,
    modifiers: [],
    clickType: "standard",
    box: { x: 100, y: 50, width: 80, height: 20 },
    elementState: { visible: true, enabled: true, inViewport: true, opacity: "1" },
    contentSignature: { elementType: "list-item" },
    selector: { id: "b", css: "#b", text: "Save", xpathAbsolute: "/html/body[1]/ul[1]/li[2]/button[1]", position: { index: 0 } },
  });
  expect(step.selector.priority[0]).toBe("id");
  expect(first(step)).toBe('role button[name="Save"]');
  expect(step.timestamp).toBeGreaterThanOrEqual(5000);
  expect(step.timestamp).toBeLessThan(30_000);
  expect(step.completedAt).toBeGreaterThanOrEqual(step.timestamp);
});

test("a double click is one step, two clicks on different things are two", async ({ inside }) => {
  await start(inside, "<button id=a>A</button><button id=b>B</button>");
  await inside.page.dblclick("#a");
  await inside.page.click("#b");
  expect((await recorded(inside, 2)).map((step) => [step.text, step.clickCount])).toEqual([
    ["A", 2],
    ["B", 1],
  ]);
});

test("buttons, modifiers and the context menu are kept", async ({ inside }) => {
  await start(inside, "<button id=a>A</button>");
  await inside.page.click("#a", { button: "right" });
  await inside.page.click("#a", { button: "middle" });
  await inside.page.click("#a", { modifiers: ["Shift", "Control"] });
  expect((await recorded(inside, 3)).map((step) => [step.button, step.modifiers])).toEqual([
    ["right", []],
    ["middle", []],
    ["left", ["ctrl", "shift"]],
  ]);
});

test("the selectors describe the page before it reacted", async ({ inside }) => {
  await start(inside, `<button id=a onpointerdown="this.textContent='Pressed'" onclick="this.remove()">Plain</button>`);
  await inside.page.click("#a");
  expect(first((await recorded(inside, 1))[0])).toBe('role button[name="Plain"]');
});

test("clicks by the page itself are not recorded", async ({ inside }) => {
  await start(inside, `<button id=a onclick="b.click()">A</button><button id=b>B</button>`);
  await inside.page.click("#a");
  await inside.page.waitForTimeout(50);
  expect((await steps(inside)).map((step) => step.text)).toEqual(["A"]);
});

test("a checkbox is a click with its new state, through its label too, and never an input", async ({ inside }) => {
  await start(inside, "<label id=l>Agree <input id=c type=checkbox></label><label for=r id=k>Pro</label><input id=r type=radio name=p>");
  await inside.page.click("#c");
  await inside.page.click("#l", { position: { x: 5, y: 5 } });
  await inside.page.click("#k");
  const list = await recorded(inside, 3);
  expect(list.map((step) => [step.type, step.tagName, step.inputType, step.checked, step.clickType])).toEqual([
    ["click", "input", "checkbox", true, "toggle-input"],
    ["click", "input", "checkbox", false, "toggle-input"],
    ["click", "input", "radio", true, "toggle-input"],
  ]);
  expect(first(list[1])).toBe('role checkbox[name="Agree"]');
});

test("a key that clicks is a click", async ({ inside }) => {
  await start(inside, "<button id=b>Go</button><input id=c type=checkbox aria-label=C><a id=l href='#x'>Link</a>");
  await inside.page.focus("#b");
  await inside.page.keyboard.press("Enter");
  await inside.page.focus("#c");
  await inside.page.keyboard.press(" ");
  await inside.page.focus("#l");
  await inside.page.keyboard.press("Enter");
  expect((await recorded(inside, 3)).map((step) => [step.type, step.tagName])).toEqual([
    ["click", "button"],
    ["click", "input"],
    ["click", "a"],
  ]);
});

test("typing is one step that grows, and starts at once", async ({ inside }) => {
  await start(inside, "<label>Name <input id=n></label><button>Next</button>");
  await inside.page.focus("#n");
  await inside.page.keyboard.type("Ada");
  expect((await inside.emitted()).length).toBeGreaterThan(0);
  await inside.page.keyboard.press("Backspace");
  await inside.page.keyboard.type("am");
  await inside.page.click("button");
  const list = await recorded(inside, 2);
  expect(kinds(list)).toEqual(["input", "click"]);
  expect(list[0]).toMatchObject({ value: "Adam", inputType: "text", isSensitive: false, simulationType: "type", tagName: "input" });
  expect(first(list[0])).toBe('role textbox[name="Name"]');
  const messages = (await inside.emitted()).filter((message: Json) => message.step.type === "input");
  expect(new Set(messages.map((message: Json) => message.emitId)).size).toBe(1);
  expect(messages[0].replaces).toBeUndefined();
  for (const later of messages.slice(1)) expect(later.replaces).toBe(later.emitId);
});

test("leaving a field by Tab adds the key but not the value again", async ({ inside }) => {
  await start(inside, "<input id=a aria-label=A><input id=b aria-label=B>");
  await inside.page.focus("#a");
  await inside.page.keyboard.type("x");
  await inside.page.keyboard.press("Tab");
  await inside.page.keyboard.type("y");
  await inside.page.keyboard.press("Escape");
  const list = await recorded(inside, 4);
  expect(list.map((step) => step.value ?? step.key)).toEqual(["x", "Tab", "y", "Escape"]);
});

test("Enter in a form is a key, and neither the submission nor the default button's click is a step", async ({ inside }) => {
  await start(inside, `<form onsubmit="event.preventDefault()"><input id=q name=q><button>Search</button></form>`);
  await inside.page.focus("#q");
  await inside.page.keyboard.type("shoes");
  await inside.page.keyboard.press("Enter");
  await inside.page.click("button");
  await inside.page.waitForTimeout(50);
  const list = await recorded(inside, 3);
  expect(kinds(list)).toEqual(["input", "keypress", "click"]);
  expect(list[1]).toMatchObject({ key: "Enter", code: "Enter", modifiers: [], tagName: "input" });
  expect(list[2]).toMatchObject({ clickType: "submit", expectsNavigation: true });
});

test("a submission without a cause is a step", async ({ inside }) => {
  await start(inside, `<form id=f onsubmit="event.preventDefault()"><input name=q></form>`);
  await inside.page.evaluate(() => (document.getElementById("f") as HTMLFormElement).requestSubmit());
  expect((await recorded(inside, 1))[0]).toMatchObject({ type: "submit", tagName: "form" });
});

const secrets: [markup: string, variable: string][] = [
  ["<input type=password name=user_password>", "USER_PASSWORD"],
  ["<input type=password>", "PASSWORD"],
  ["<label>Card number <input></label>", "CARD_NUMBER"],
  ["<input autocomplete=cc-csc name=code>", "CODE"],
  ["<input name=cvv>", "CVV"],
  ["<input id=ssn type=tel>", "SSN"],
];

test("secrets become variables and never leave the page", async ({ inside }) => {
  for (const [markup, variable] of secrets) {
    await start(inside, `${markup}<button onclick="document.querySelector('input').type='text'">Show</button>`);
    await inside.page.focus("input");
    await inside.page.keyboard.type("hunter2");
    await inside.page.click("button");
    await inside.page.focus("input");
    await inside.page.keyboard.type("3");
    await inside.page.keyboard.press("Escape");
    const list = await recorded(inside, 4);
    const typed = list.filter((step) => step.type === "input");
    for (const step of typed) {
      expect(step, markup).toMatchObject({ value: `\${${variable}}`, isSensitive: true, variableName: variable });
    }
    expect(JSON.stringify(await inside.emitted()), markup).not.toContain("hunter2");
  }
  await start(inside, "<input name=shipping>", {});
  await inside.page.focus("input");
  await inside.page.keyboard.type("road");
  expect((await recorded(inside, 1))[0]).toMatchObject({ isSensitive: false });
});

test("an editor is one input; Enter breaks the line there, and sends elsewhere", async ({ inside }) => {
  await start(
    inside,
    `<div id=e contenteditable aria-label=Note style="min-height:20px"></div>
     <textarea id=t aria-label=Chat onkeydown="if (event.key === 'Enter') { event.preventDefault(); this.value = ''; }"></textarea>`,
  );
  await inside.page.click("#e");
  await inside.page.keyboard.type("one");
  await inside.page.keyboard.press("Enter");
  await inside.page.keyboard.type("two");
  await inside.page.focus("#t");
  await inside.page.keyboard.type("hi");
  await inside.page.keyboard.press("Enter");
  const list = await recorded(inside, 4);
  expect(kinds(list)).toEqual(["click", "input", "input", "keypress"]);
  expect(list[1]).toMatchObject({ inputType: "contenteditable", value: "one\ntwo" });
  expect(list[2]).toMatchObject({ inputType: "textarea", value: "hi" });
});

test("keys: functions, chords and shortcuts yes, typing and editing no", async ({ inside }) => {
  await start(inside, "<input id=i aria-label=I>");
  await inside.page.keyboard.press("F2");
  await inside.page.keyboard.press("j");
  await inside.page.keyboard.press("Control+k");
  await inside.page.focus("#i");
  for (const key of ["a", "ArrowLeft", "Home", "Control+a", "Control+c", "ArrowDown", "Alt+b"]) await inside.page.keyboard.press(key);
  const list = (await recorded(inside, 6)).filter((step) => step.type === "keypress");
  expect(list.map((step) => [step.key, ...step.modifiers])).toEqual([["F2"], ["j"], ["k", "ctrl"], ["ArrowDown"], ["b", "alt"]]);
  expect(list[0].selectors).toBeUndefined();
  expect(list[3].selectors.length).toBeGreaterThan(0);
});

test("a choice in a list is one select step and no click", async ({ inside }) => {
  await start(
    inside,
    "<label>Colour <select id=s name=colour><option value=r>Red<option value=g>Green<option value=b>Blue</select></label>",
  );
  await inside.page.focus("#s");
  await inside.page.keyboard.press("ArrowDown");
  await inside.page.keyboard.press("ArrowDown");
  const list = await recorded(inside, 1);
  expect(list).toHaveLength(1);
  expect(list[0]).toMatchObject({
    type: "select",
    selectedValue: "b",
    selectedText: "Blue",
    selectedIndex: 2,
    isMultiple: false,
    selectName: "colour",
  });
});

test("dates, colours and ranges are set", async ({ inside }) => {
  await start(inside, "<input id=r type=range min=0 max=10 value=5 aria-label=R>");
  await inside.page.focus("#r");
  await inside.page.keyboard.press("ArrowRight");
  await inside.page.keyboard.press("ArrowRight");
  await inside.page.keyboard.press("Tab");
  const list = await recorded(inside, 2);
  expect(list.map((step) => [step.type, step.simulationType, step.value])).toEqual([
    ["input", "setValue", "7"],
    ["keypress", undefined, undefined],
  ]);
});

test("given files are an upload with their names", async ({ inside }) => {
  await start(inside, "<input id=f type=file multiple aria-label=Files>");
  await inside.page.setInputFiles("#f", [{ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("abc") }]);
  // A script's event is not a person's; the protocol's is.
  expect(await steps(inside)).toEqual([]);
  const session = await inside.page.context().newCDPSession(inside.page);
  const { result } = await session.send("Runtime.evaluate", { expression: "document.getElementById('f')" });
  const file = fileURLToPath(import.meta.url);
  await session.send("DOM.setFileInputFiles", { files: [file], objectId: result.objectId ?? "" });
  await session.detach();
  const list = await recorded(inside, 1);
  expect(list).toHaveLength(1);
  expect(list[0]).toMatchObject({ type: "upload", files: [{ name: "record.spec.ts", size: statSync(file).size }], isMultiple: true });
});

test("scrolling by a person is one step per pause, of the window or of a box", async ({ inside }) => {
  await start(
    inside,
    "<div id=box style='height:100px;width:200px;overflow:auto'><div style='height:900px'>x</div></div><div style='height:3000px'></div>",
  );
  await inside.page.mouse.move(50, 50);
  await inside.page.mouse.wheel(0, 120);
  await inside.page.mouse.wheel(0, 80);
  await recorded(inside, 1);
  await inside.page.mouse.move(500, 400);
  await inside.page.mouse.wheel(0, 300);
  const list = await recorded(inside, 2);
  expect(list).toHaveLength(2);
  expect(list[0]).toMatchObject({ type: "scroll", scrollY: 200, element: { css: "#box" } });
  expect(first(list[0])).toBe("id box");
  expect(list[1]).toMatchObject({ type: "scroll", scrollX: 0, scrollY: 300, element: "window" });
});

const map = `<div id=map style='width:300px;height:200px'><img alt="" width=100 height=100></div><div style='height:3000px'></div>`;

test("a turn of the wheel that the page takes for itself is a step of its own, over what lasts", async ({ inside }) => {
  await start(inside, map);
  await inside.page.evaluate(() =>
    document.getElementById("map")?.addEventListener("wheel", (event) => event.preventDefault(), { passive: false }),
  );
  await inside.page.mouse.move(50, 50);
  await inside.page.mouse.wheel(0, -120);
  await inside.page.mouse.wheel(0, -120);
  await recorded(inside, 1);
  await inside.page.mouse.wheel(0, 60);
  const list = await recorded(inside, 2);
  expect(list).toHaveLength(2);
  expect(list[0]).toMatchObject({ type: "wheel", deltaX: 0, deltaY: -240, turns: 2, coordinatesRelativeTo: "element", modifiers: [] });
  expect(first(list[0])).toBe("id map");
  expect(list[1]).toMatchObject({ type: "wheel", deltaY: 60 });
  expect(list[1]).not.toHaveProperty("turns");
});

test("the wheel turned one way and back is two steps, and keys held meanwhile are told", async ({ inside }) => {
  await start(inside, map);
  await inside.page.evaluate(() =>
    document.getElementById("map")?.addEventListener("wheel", (event) => event.preventDefault(), { passive: false }),
  );
  await inside.page.mouse.move(50, 50);
  await inside.page.mouse.wheel(0, -120);
  await inside.page.mouse.wheel(0, 120);
  await inside.page.keyboard.down("Control");
  await inside.page.mouse.wheel(0, 120);
  await inside.page.keyboard.up("Control");
  const list = await recorded(inside, 3);
  expect(list.map((step) => [step.deltaY, step.modifiers])).toEqual([
    [-120, []],
    [120, []],
    [120, ["ctrl"]],
  ]);
});

test("a page that scrolls by itself as the wheel turns is scrolled, and no step says so twice", async ({ inside }) => {
  await start(inside, map);
  await inside.page.evaluate(() =>
    addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        requestAnimationFrame(() => scrollBy(0, event.deltaY));
      },
      { passive: false },
    ),
  );
  await inside.page.mouse.move(50, 50);
  await inside.page.mouse.wheel(0, 300);
  const list = await recorded(inside, 1);
  await inside.page.waitForTimeout(300);
  expect(await steps(inside)).toHaveLength(1);
  expect(list[0]).toMatchObject({ type: "scroll", scrollY: 300 });
});

test("scrolling by the page is no step", async ({ inside }) => {
  await start(inside, "<div style='height:3000px'></div>");
  await inside.page.evaluate(() => scrollTo(0, 500));
  await inside.page.waitForTimeout(300);
  expect(await steps(inside)).toEqual([]);
});

const menu = `<style>nav li > ul { display: none } nav li:hover > ul { display: block } ul { margin: 0 } nav { width: 200px }</style>
  <nav><ul><li id=shop>Shop<ul><li id=shoes>Shoes<ul><li><a id=red href="#red">Red</a></li></ul></li></ul></li><li id=about>About</li></ul></nav>`;

test("hovers are steps when what they opened is used, nested ones too", async ({ inside }) => {
  await start(inside, menu);
  await inside.page.hover("#about");
  await inside.page.hover("#shop", { position: { x: 10, y: 5 } });
  await inside.page.waitForTimeout(350);
  await inside.page.hover("#shoes", { position: { x: 10, y: 5 } });
  await inside.page.waitForTimeout(350);
  expect(await steps(inside)).toEqual([]);
  await inside.page.click("#red");
  const list = await recorded(inside, 3);
  expect(kinds(list)).toEqual(["hover", "hover", "click"]);
  expect(list[0].selector.id).toBe("shop");
  expect(list[1].selector.id).toBe("shoes");
});

test("a menu that a script adds under the pointer is a hover even when the person is fast", async ({ inside }) => {
  await start(
    inside,
    `<div id=t onmouseenter="this.insertAdjacentHTML('beforeend', '<div><button id=x>Delete</button></div>')" style="width:200px">Options</div>`,
  );
  await inside.page.hover("#t", { position: { x: 10, y: 5 } });
  await inside.page.click("#x");
  expect(kinds(await recorded(inside, 2))).toEqual(["hover", "click"]);
});

test("a pick inside something hovered commits the hover first", async ({ inside }) => {
  await start(inside, menu);
  await inside.page.hover("#shop", { position: { x: 10, y: 5 } });
  await inside.page.waitForTimeout(350);
  const box = await inside.page.locator("#shoes").boundingBox();
  await inside.call("pick", (box?.x ?? 0) + 5, (box?.y ?? 0) + 5);
  expect(kinds(await recorded(inside, 1))).toEqual(["hover"]);
});

async function dragBy(inside: Inside, from: [number, number], to: [number, number]): Promise<void> {
  await inside.page.mouse.move(...from);
  await inside.page.mouse.down();
  await inside.page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  await inside.page.mouse.move(...to);
  await inside.page.mouse.up();
}

test("HTML5 drag and drop is a drag with source and target", async ({ inside }) => {
  await start(
    inside,
    `<div id=from draggable=true style="width:100px;height:40px">Card</div>
     <div id=to style="width:300px;height:100px" ondragover="event.preventDefault()" ondrop="event.preventDefault()">Done</div>`,
  );
  await inside.page.dragAndDrop("#from", "#to");
  const list = await recorded(inside, 1);
  expect(kinds(list)).toEqual(["drag"]);
  expect(list[0]).toMatchObject({
    selector: { id: "from" },
    text: "Card",
    coordinatesRelativeTo: "element",
    target: { text: "Done", coordinatesRelativeTo: "element" },
  });
  expect(list[0].target.selectors[0]).toMatchObject({ strategy: "id", value: "to" });
});

test("a pointer drag that moves something is a drag, and its click is not a step", async ({ inside }) => {
  await start(
    inside,
    `<div id=track style="position:absolute;left:50px;top:50px;width:400px;height:30px;background:#eee">
       <div id=thumb style="position:absolute;left:0;width:30px;height:30px;background:red" onpointerdown="
         this.setPointerCapture(event.pointerId);
         this.onpointermove = (e) => { this.style.left = e.clientX - 65 + 'px' };
         this.onpointerup = () => { this.onpointermove = null };"></div></div>`,
  );
  await dragBy(inside, [65, 65], [265, 65]);
  const list = await recorded(inside, 1);
  expect(kinds(list)).toEqual(["drag"]);
  expect(list[0]).toMatchObject({ selector: { id: "thumb" }, coordinates: { x: 15, y: 15 }, target: { coordinates: { x: 215, y: 15 } } });
  expect(list[0].target.selectors[0]).toMatchObject({ strategy: "id", value: "track" });
});

test("drawing on a canvas is a drag on it, a click there has its place", async ({ inside }) => {
  await start(inside, "<canvas id=c width=300 height=200 style='position:absolute;left:10px;top:10px'></canvas>");
  await dragBy(inside, [30, 40], [130, 90]);
  await inside.page.waitForTimeout(120);
  await inside.page.mouse.click(60, 70);
  const list = await recorded(inside, 2);
  expect(list[0]).toMatchObject({ type: "drag", coordinates: { x: 20, y: 30 }, target: { coordinates: { x: 120, y: 80 } } });
  expect(list[1]).toMatchObject({ type: "click", tagName: "canvas", coordinates: { x: 50, y: 60 } });
});

test("a stroke keeps its way", async ({ inside }) => {
  await start(inside, "<canvas id=c width=600 height=400 style='position:absolute;left:10px;top:10px'></canvas>");
  const { mouse } = inside.page;
  await mouse.move(30, 40);
  await mouse.down();
  await mouse.move(30, 140, { steps: 5 });
  await mouse.move(230, 140, { steps: 5 });
  await mouse.up();
  const [drag] = await recorded(inside, 1);
  expect(drag).toMatchObject({ type: "drag", coordinates: { x: 20, y: 30 }, target: { coordinates: { x: 220, y: 130 } } });
  expect(drag.path).toContainEqual({ x: 20, y: 130 });
  expect(drag.path.at(-1)).toEqual({ x: 220, y: 130 });
});

test("a stroke of a minute keeps its curve in a few hundred points", () => {
  const stroke = new Stroke();
  const curve = (turn: number) => ({ x: 300 + 90 * Math.cos(turn / 30), y: 200 + 90 * Math.sin(turn / 30) });
  for (let turn = 0; turn < 6000; turn++) stroke.move({ clientX: curve(turn).x, clientY: curve(turn).y } as PointerEvent);
  const points = stroke.from({ x: 100, y: 100 });
  expect(points.length).toBeGreaterThan(150);
  expect(points.length).toBeLessThanOrEqual(400);
  for (const { x, y } of points) expect(Math.hypot(x - 200, y - 100)).toBeCloseTo(90, 0);
  // A trembling hand adds nothing.
  const still = new Stroke();
  for (let turn = 0; turn < 50; turn++) still.move({ clientX: 10 + (turn % 2), clientY: 10 } as PointerEvent);
  expect(still.from({ x: 0, y: 0 })).toEqual([{ x: 10, y: 10 }]);
});

test("selecting text and a trembling click are no drags", async ({ inside }) => {
  await start(
    inside,
    "<p id=p style='margin:0'>Some text that can be selected</p><button id=b style='position:absolute;left:100px;top:100px;width:90px;height:40px'>B</button>",
  );
  await dragBy(inside, [10, 8], [150, 8]);
  await dragBy(inside, [120, 110], [128, 114]);
  const list = await recorded(inside, 1);
  expect(kinds(list)).not.toContain("drag");
  expect(list.at(-1)).toMatchObject({ type: "click", text: "B" });
});

test("events inside open shadow roots and child frames are recorded", async ({ inside }) => {
  await start(
    inside,
    `<div id=h></div><iframe id=f srcdoc="<button>Inner</button>"></iframe>
     <script>h.attachShadow({ mode: "open" }).innerHTML = "<button id=deep>Deep</button><input aria-label=In>";</script>`,
  );
  await inside.page.click("#deep");
  await inside.page.locator("[aria-label=In]").pressSequentially("a");
  const list = await recorded(inside, 2);
  expect(list.map((step) => [step.type, step.selectors[0].value])).toEqual([
    ["click", 'button[name="Deep"]'],
    ["input", 'textbox[name="In"]'],
  ]);
  const child = inside.page.frames()[1];
  await child?.evaluate(() => globalThis.__proscenium?.record.start({}));
  await inside.page.frameLocator("#f").locator("button").click();
  const inner = await child?.evaluate(() => (globalThis as Json).__emitted);
  expect(inner[0].step).toMatchObject({ type: "click", text: "Inner" });
  expect(await steps(inside)).toHaveLength(2);
});

test("pause, resume, stop and a second start", async ({ inside }) => {
  await start(inside, "<button id=a>A</button>");
  expect(await inside.call("record.state")).toBe("recording");
  await inside.call("record.pause");
  await inside.page.click("#a");
  expect(await inside.call("record.state")).toBe("paused");
  expect(await steps(inside)).toEqual([]);
  await inside.call("record.resume");
  await inside.page.click("#a");
  await recorded(inside, 1);
  await inside.call("record.start", {});
  await inside.page.waitForTimeout(20);
  await inside.page.keyboard.press("F4");
  expect(await recorded(inside, 2)).toHaveLength(2);
  await inside.call("record.stop");
  await inside.page.keyboard.press("F4");
  expect(await inside.call("record.state")).toBe("idle");
  expect(await steps(inside)).toHaveLength(2);
});

test("messages wait for the binding", async ({ inside }) => {
  await start(inside, "<button id=a>A</button>");
  await inside.page.evaluate(() => {
    const held = globalThis.__proscenium_emit;
    globalThis.__proscenium_emit = undefined;
    setTimeout(() => {
      globalThis.__proscenium_emit = held;
    }, 200);
  });
  await inside.page.click("#a");
  expect(kinds(await recorded(inside, 1))).toEqual(["click"]);
});

test("what is typed right before the page goes away is not lost", async ({ inside }) => {
  await start(inside, "<input id=i aria-label=I>");
  const session = await inside.page.context().newCDPSession(inside.page);
  const sent: Json[] = [];
  session.on("Runtime.bindingCalled", ({ name, payload }) => {
    if (name === "keepRaw") sent.push(JSON.parse(payload));
  });
  await session.send("Runtime.enable");
  await session.send("Runtime.addBinding", { name: "keepRaw" });
  await inside.page.evaluate(() => {
    globalThis.__proscenium_emit = (message) => (globalThis as Json).keepRaw(message);
  });
  await inside.page.focus("#i");
  await inside.page.keyboard.type("abc");
  await inside.page.evaluate(() => location.reload());
  await expect.poll(() => sent.at(-1)?.step.value).toBe("abc");
  await session.detach();
});

import { expect, test } from "./fixtures";

const css = (value: string) => [{ strategy: "css", value }];
const click = { action: "click", timeoutMs: 3000 };
const place = (x: number, y: number) => `position:absolute;left:${x}px;top:${y}px;width:80px;height:20px;`;

test("a plain button is ready at once, in its middle", async ({ inside }) => {
  await inside.show(`<button id=b style="${place(100, 50)}">Save</button>`);
  const answer = await inside.call("actionable", css("#b"), click);
  expect(answer).toMatchObject({ ok: true, index: 0, tag: "button", type: "submit", retries: 0, waits: [], editable: false });
  expect(answer.selector).toEqual(css("#b")[0]);
  expect(answer.point).toEqual({ x: 140, y: 60 });
  expect(answer.box).toEqual({ x: 100, y: 50, width: 80, height: 20 });
});

test("the caller's position is kept inside the box", async ({ inside }) => {
  await inside.show(`<canvas id=c style="${place(100, 50)}"></canvas>`);
  const at = async (x: number, y: number) => (await inside.call("actionable", css("#c"), { ...click, position: { x, y } })).point;
  expect(await at(0.25, 0.5)).toEqual({ x: 120, y: 60 });
  expect(await at(1, 1)).toEqual({ x: 179.5, y: 69.5 });
});

const failures: [name: string, body: string, action: string, expected: Record<string, unknown>][] = [
  ["nothing matches", "", "click", { reason: "not-found" }],
  ["two match", "<button class=x>a</button><button class=x>b</button>", "click", { reason: "not-unique" }],
  ["display none", "<button class=x style='display:none'>a</button>", "click", { reason: "hidden" }],
  ["visibility hidden", "<button class=x style='visibility:hidden'>a</button>", "click", { reason: "hidden" }],
  ["no area", "<div class=x></div>", "click", { reason: "hidden" }],
  ["disabled", "<button class=x disabled>a</button>", "click", { reason: "disabled" }],
  ["in a disabled fieldset", "<fieldset disabled><button class=x>a</button></fieldset>", "click", { reason: "disabled" }],
  ["aria-disabled above", "<div aria-disabled=true><button class=x>a</button></div>", "click", { reason: "disabled" }],
  ["text of a disabled button", "<button disabled><span class=x>a</span></button>", "click", { reason: "disabled" }],
  ["inert", "<div inert><button class=x>a</button></div>", "click", { reason: "disabled" }],
  ["read-only", "<input class=x readonly>", "fill", { reason: "readonly" }],
  ["aria-readonly", "<div class=x contenteditable aria-readonly=true>a</div>", "fill", { reason: "readonly" }],
  ["not a field", "<p class=x>a</p>", "fill", { reason: "readonly" }],
  [
    "covered by a veil",
    "<button class=x>a</button><div id=veil style='position:fixed;inset:0'>Wait</div>",
    "click",
    { reason: "covered", coveredBy: '<div id="veil">Wait</div>' },
  ],
  ["pointer-events none", "<div><button class=x style='pointer-events:none'>a</button></div>", "click", { reason: "covered" }],
  ["outside for good", "<button class=x style='position:fixed;left:-500px;top:10px'>a</button>", "click", { reason: "outside-viewport" }],
  [
    "always moving",
    "<style>@keyframes m{to{transform:translateX(300px)}}</style><button class=x style='animation:m 2s linear infinite'>a</button>",
    "click",
    { reason: "unstable" },
  ],
];

for (const [name, body, action, expected] of failures) {
  test(`fails with the reason: ${name}`, async ({ inside }) => {
    await inside.show(body);
    const answer = await inside.call("actionable", css(".x"), { action, timeoutMs: 500 });
    expect(answer).toMatchObject({ ok: false, ...expected });
    expect(answer.detail).toBeTruthy();
  });
}

test("what moves is not taken for still because the machine draws less often than one looks", async ({ inside }) => {
  // Jumps ten times a second; frames come five times a second.
  await inside.show(`<style>@keyframes m { to { transform: translateX(400px) } }</style>
    <button class=x style="animation: m .4s steps(4) infinite">a</button>
    <script>const frame = requestAnimationFrame.bind(window);
      requestAnimationFrame = (then) => setTimeout(() => frame(then), 200);
      cancelAnimationFrame = clearTimeout;</script>`);
  const answer = await inside.call("actionable", css(".x"), { action: "drag", timeoutMs: 1_500 });
  expect(answer).toMatchObject({ ok: false, reason: "unstable" });
});

test("what is back where it was when the next frame comes is not taken for still", async ({ inside }) => {
  // It jumps in the middle of each round, and whatever the page does it does in the first half of one.
  await inside.show(`<style>@keyframes m { to { transform: translateX(200px) } }</style>
    <button class=x style="animation: m .2s steps(2) infinite">a</button>
    <script>const frame = requestAnimationFrame.bind(window), timer = setTimeout;
      const round = () => (performance.now() - document.getAnimations()[0].startTime) % 200;
      const early = (then) => () => {
        while (round() < 20 || round() > 60);
        then();
      };
      setTimeout = (then, ms) => timer(early(then), ms);
      requestAnimationFrame = (then) => timer(early(() => frame(then)), 140);
      cancelAnimationFrame = clearTimeout;</script>`);
  const answer = await inside.call("actionable", css(".x"), { action: "drag", timeoutMs: 1_500 });
  expect(answer).toMatchObject({ ok: false, reason: "unstable" });
});

const later: [name: string, body: string, script: string, waited: string][] = [
  ["appears", "", `document.body.innerHTML = "<button class=x>a</button>"`, "not-found"],
  ["is shown", "<button class=x style='display:none'>a</button>", `$(".x").style.display = ""`, "hidden"],
  ["is shown by a style sheet", "<style>.x{display:none}</style><button class=x>a</button>", `$("style").remove()`, "hidden"],
  ["is enabled", "<button class=x disabled>a</button>", `$(".x").disabled = false`, "disabled"],
  ["is uncovered", "<button class=x>a</button><div id=veil style='position:fixed;inset:0'></div>", `$("#veil").remove()`, "covered"],
  ["becomes the only one", "<button class=x>a</button><button class=x id=y>b</button>", `$("#y").remove()`, "not-unique"],
  [
    "is replaced by its enabled twin",
    "<div id=h><button class=x disabled>a</button></div>",
    `$("#h").innerHTML = "<button class=x>a</button>"`,
    "disabled",
  ],
];

for (const [name, body, script, waited] of later) {
  test(`waits in the page until the element ${name}`, async ({ inside }) => {
    await inside.show(body);
    const timer = `setTimeout(() => { const $ = (css) => document.querySelector(css); ${script} }, 80)`;
    const answer = await inside.after(timer, "actionable", css(".x"), { action: "click", timeoutMs: 5000 });
    expect(answer).toMatchObject({ ok: true });
    expect(answer.waits[0]).toBe(waited);
    expect(answer.retries).toBeGreaterThan(0);
    expect(answer.waitedMs).toBeLessThan(5000);
  });
}

test("an element inside a shadow root that appears later is found", async ({ inside }) => {
  await inside.show(`<div id=h></div><script>
    const root = h.attachShadow({ mode: "open" });
    setTimeout(() => { root.innerHTML = "<button class=x>a</button>"; }, 150);
  </script>`);
  expect(await inside.call("actionable", css(".x"), { action: "click", timeoutMs: 3000 })).toMatchObject({ ok: true });
});

const movements: [name: string, body: string, script: string][] = [
  [
    "a CSS transition",
    "<style>.x{transition:transform .2s} .go{transform:translateX(200px)}</style><button class=x>a</button>",
    `document.querySelector(".x").getBoundingClientRect(); document.querySelector(".x").classList.add("go")`,
  ],
  [
    "an animation of its container's height",
    `<style>@keyframes grow{from{height:0}to{height:200px}} .go{animation:grow .2s both}</style><div id=d></div><button class=x>a</button>`,
    `document.getElementById("d").className = "go"`,
  ],
];

for (const [name, body, script] of movements) {
  test(`waits for the end of ${name}`, async ({ inside }) => {
    await inside.show(body);
    const answer = await inside.after(script, "actionable", css(".x"), { action: "click", timeoutMs: 3000 });
    expect(answer).toMatchObject({ ok: true });
    expect(answer.waits).toContain("stable");
    expect(answer.box).toEqual(await inside.page.locator(".x").boundingBox());
  });
}

test("waits for the end of a script that rewrites styles, once somebody has asked before", async ({ inside }) => {
  await inside.show(`<button class=x style="position:absolute;left:0px">a</button>`);
  const answer = await inside.page.evaluate(async () => {
    const page = globalThis.__proscenium;
    const button = document.querySelector<HTMLElement>(".x");
    if (!page || !button) throw new Error("not shown");
    const selectors = [{ strategy: "css", value: ".x" }];
    await page.actionable(selectors, { action: "click", timeoutMs: 0 });
    let left = 0;
    await new Promise<void>((resolve) => {
      const step = () => {
        left += 8;
        button.style.left = `${left}px`;
        if (left === 40) resolve();
        if (left < 240) requestAnimationFrame(step);
      };
      step();
    });
    return page.actionable(selectors, { action: "click", timeoutMs: 3000 });
  });
  expect(answer).toMatchObject({ ok: true, box: { x: 240 } });
  expect(answer.waits).toContain("stable");
});

const still: [name: string, body: string][] = [
  [
    "a spinner elsewhere",
    "<style>@keyframes s{to{transform:rotate(1turn)}}</style><i style='display:block;width:9px;height:9px;animation:s 1s infinite'></i>",
  ],
  ["a pulsing colour on it", "<style>@keyframes p{to{background:red;opacity:.5}}.x{animation:p 1s infinite}</style>"],
];

for (const [name, body] of still) {
  test(`loses no frame to ${name}`, async ({ inside }) => {
    await inside.show(`${body}<button class=x>a</button>`);
    await inside.page.waitForTimeout(60);
    expect(await inside.call("actionable", css(".x"), click)).toMatchObject({ ok: true, retries: 0 });
  });
}

const reachable: [name: string, body: string, scrolls: boolean][] = [
  ["below the fold", "<div style='height:3000px'></div><button class=x>a</button>", true],
  [
    "inside a scrolled box",
    "<div style='height:100px;overflow:auto'><div style='height:900px'></div><button class=x>a</button></div>",
    true,
  ],
  [
    "under a sticky header",
    "<div style='position:sticky;top:0;height:120px;background:red;z-index:2'></div><div style='height:900px'><button class=x style='position:absolute;top:700px'>a</button></div><div style='height:2000px'></div><script>scrollTo(0,650)</script>",
    true,
  ],
  [
    "half under an overlay",
    `<button class=x style="${place(100, 50)}">a</button><div style="position:absolute;left:0;top:0;width:160px;height:200px"></div>`,
    false,
  ],
  ["a link over two lines", "<div style='width:120px'>some words before <a class=x href=#>then a link that breaks</a></div>", false],
  ["smooth scrolling", "<style>html{scroll-behavior:smooth}</style><div style='height:3000px'></div><button class=x>a</button>", true],
];

for (const [name, body] of reachable) {
  test(`finds a point that hits: ${name}`, async ({ inside }) => {
    await inside.show(body);
    const answer = await inside.call("actionable", css(".x"), { action: "click", timeoutMs: 2000 });
    expect(answer).toMatchObject({ ok: true });
    const hit = await inside.page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.className, answer.point);
    expect(hit).toBe("x");
  });
}

const hits: [name: string, body: string, action: string][] = [
  ["a child of a button", "<button class=x><span style='padding:9px'>a</span></button>", "click"],
  [
    "the text inside a button whose overlay is on top",
    "<button style='position:relative'><span class=x>a</span><i style='position:absolute;inset:0'></i></button>",
    "click",
  ],
  [
    "slotted text of a component",
    "<my-b class=x>Go</my-b><script>document.querySelector('my-b').attachShadow({mode:'open'}).innerHTML='<button><slot></slot></button>'</script>",
    "click",
  ],
  [
    "a host with a closed root",
    "<my-c class=x></my-c><script>document.querySelector('my-c').attachShadow({mode:'closed'}).innerHTML='<button>Go</button>'</script>",
    "click",
  ],
  [
    "a checkbox hidden behind its label",
    "<label><input class=x type=checkbox style='position:absolute;width:0;height:0;appearance:none;margin:0;border:0'> <b>Agree</b></label>",
    "check",
  ],
  ["a checkbox that is not rendered, by click", "<label for=c>Agree</label><input id=c class=x type=checkbox hidden>", "click"],
  [
    "a transparent checkbox over a drawn one",
    "<label class=x style='position:relative;padding:5px'>a<input type=checkbox style='position:absolute;inset:0;opacity:0'></label>",
    "click",
  ],
  ["display: contents", "<div style='display:contents' class=x><button>a</button></div>", "hover"],
];

for (const [name, body, action] of hits) {
  test(`accepts as hit: ${name}`, async ({ inside }) => {
    await inside.show(body);
    const answer = await inside.call("actionable", css(".x"), { action, timeoutMs: 600 });
    expect(answer).toMatchObject({ ok: true });
  });
}

test("force skips what covers and disables", async ({ inside }) => {
  await inside.show("<button class=x disabled>a</button><div style='position:fixed;inset:0'></div>");
  expect(await inside.call("actionable", css(".x"), { ...click, force: true })).toMatchObject({ ok: true });
});

test("works when animation frames never come", async ({ inside }) => {
  await inside.show(`<style>@keyframes m{to{margin-left:3px}}</style><button class=x style="animation:m .2s">a</button>
    <script>window.requestAnimationFrame = () => 0;</script>`);
  expect(await inside.call("actionable", css(".x"), { action: "click", timeoutMs: 2000 })).toMatchObject({ ok: true });
});

test("checked and editable are part of the answer", async ({ inside }) => {
  await inside.show("<input class=x type=checkbox checked><input class=y>");
  expect(await inside.call("actionable", css(".x"), { action: "check" })).toMatchObject({ ok: true, checked: true, type: "checkbox" });
  expect(await inside.call("actionable", css(".y"), { action: "fill" })).toMatchObject({ ok: true, editable: true, type: "text" });
});

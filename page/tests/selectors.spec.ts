import { expect, test } from "./fixtures";

const body = `
  <nav aria-label="Main"><a href="/cart?x=1" title="Your cart">Cart</a></nav>
  <form aria-label="Sign in">
    <label for="mail">Email *</label><input id="mail" name="email" placeholder="you@example.test">
    <label>Remember <input type="checkbox" name="remember" id="remember"></label>
    <input id="q" aria-label="Search the   shop" type="search">
    <button id="save" data-testid="save-btn" class="btn primary">Save</button>
    <button id="cy" data-cy="other">Other</button>
    <input type="submit" id="go" value="Go on">
  </form>
  <h2 id="head">Today’s <em>news</em></h2>
  <div class="card" id="card1"><h3>Red shoe</h3><button class="buy" id="buy1">Buy</button></div>
  <div class="card" id="card2"><h3>Blue shoe</h3><button class="buy" id="buy2">Buy</button></div>
  <table><tr id="row1"><td>Alice</td><td><button id="del1">Delete</button></td></tr><tr id="row2"><td>Bob</td><td><button id="del2">Delete</button></td></tr></table>
  <img id="logo" src="/img/logo.png" alt="Logo">
  <ul class="list"><li id="li1">One</li><li id="li2">Two</li></ul>
  <p id="zero">Zero\u200bwidth</p>
  <button id="icon" aria-labelledby="head"><svg></svg></button>
  <my-box id="host"></my-box>
  <script>
    const root = document.getElementById("host").attachShadow({ mode: "open" });
    root.innerHTML = '<label for=in>Inner</label><input id=in name=inner><my-deep></my-deep>';
    root.querySelector("my-deep").attachShadow({ mode: "open" }).innerHTML = '<button id=deep class=d>Deep button</button>';
  </script>`;

const cases: [strategy: string, value: unknown, id: string, context?: string][] = [
  ["data-testid", "save-btn", "save"],
  ["data-testid", "other", "cy"],
  ["data-testid", '[data-cy="other"]', "cy"],
  ["data-testid", "card1", "card1", "id"],
  ["role", 'button[name="Save"]', "save"],
  ["role", 'button[name="save" i]', "save"],
  ["role", "button[name='Go on']", "go"],
  ["role", 'link[name="Cart"]', ""],
  ["role", 'checkbox[name="Remember"]', "remember"],
  ["role", 'textbox[name="Email *"]', "mail"],
  ["role", 'searchbox[name="Search the shop"]', "q"],
  ["role", "heading[level=2]", "head"],
  ["role", 'button[name="Today’s news"]', "icon"],
  ["role", 'row[name="Bob Delete"] >> button[name="Delete"]', "del2"],
  ["role", 'form[name="Sign in"] >> button[name="Save"]', "save"],
  ["role", 'img[name="Logo"]', "logo"],
  ["role", 'button[name="Deep button"]', "deep"],
  ["label", "Email", "mail"],
  ["label", "Email *", "mail"],
  ["label", "Remember", "remember"],
  ["label", "Inner", "in"],
  ["id", "mail", "mail"],
  ["id", "#mail", "mail"],
  ["id", "deep", "deep"],
  ["aria-label", "Search the shop", "q"],
  ["aria-label", "Email", "mail"],
  ["name", "email", "mail"],
  ["name", "inner", "in"],
  ["placeholder", "you@example.test", "mail"],
  ["href-pattern", "/cart?x=1", ""],
  ["href-pattern", "http://site.test/cart?x=1", ""],
  ["href-pattern", "cart", ""],
  ["src-pattern", "/img/logo.png", "logo", "Logo"],
  ["src-pattern", "logo", "logo"],
  ["alt", "Logo", "logo"],
  ["title", "Your cart", ""],
  ["text", "Red shoe", ""],
  ["text", "Today’s news", "head"],
  ["text", "Deep button", "deep"],
  ["text", "Go on", "go"],
  ["text", "Zerowidth", "zero"],
  ["text-content", "two", "li2"],
  ["text-content", "Two", "li2", "list other"],
  ["css-semantic", ".card:has-text('Blue shoe')", "card2"],
  ["css-semantic", ".card:has-text('blue') > .buy:has-text('Buy')", "buy2"],
  ["css-semantic", ".card:has-text('Red') + .card button", "buy2"],
  ["css-semantic", "li:text-is('One')", "li1"],
  ["css", "#card1 .buy", "buy1"],
  ["css", ".d", "deep"],
  ["css", "#host >>> my-deep >>> button", "deep"],
  ["css", "nope, #save", "save"],
  ["css", "button:visible:has-text(Save).primary", "save"],
  ["xpath", "//tr[2]//button", "del2"],
  ["xpath", "/html/body[1]/ul[1]/li[2]", "li2"],
  ["xpath", "//button[@id='save']", "save"],
  ["xpath", "//button[@class='d']", "deep"],
  ["position", "ul.list > :nth-child(2)", "li2"],
  ["position", { parent: "ul.list", index: 0 }, "li1"],
  ["dataTestId", "save-btn", "save"],
  ["ariaLabel", "Search the shop", "q"],
  ["xpathAbsolute", "/html/body[1]/ul[1]/li[1]", "li1"],
  ["textContains", "wo", "li2"],
];

test("a text that runs on from block to block, as SaveAction writes it, is the text of its element", async ({ inside }) => {
  await inside.show("<ul><li id=menu>Lamps<ul><li id=desk>Desk lamps</li><li>Floor lamps</li></ul></li></ul><p id=other>Lamps</p>");
  for (const strategy of ["text-content", "textContains"]) {
    const state = await inside.call("state", [{ strategy, value: "LampsDesk lampsFloor lamps" }]);
    expect([state?.count, state?.attributes.id]).toEqual([1, "menu"]);
    expect((await inside.call("state", [{ strategy, value: "LampsDesk lampsFloor" }]))?.count ?? 0).toBe(0);
  }
});

test("every strategy finds the one element that it describes", async ({ inside }) => {
  await inside.show(body);
  for (const [strategy, value, id, context] of cases) {
    const selector = { strategy, value, ...(context ? { context } : {}) };
    const state = await inside.call("state", [selector]);
    expect(state, `${strategy} ${JSON.stringify(value)}`).not.toBeNull();
    expect(state.count, `${strategy} ${JSON.stringify(value)}`).toBe(1);
    if (id) expect(state.attributes.id, `${strategy} ${JSON.stringify(value)}`).toBe(id);
  }
});

test("selectors that cannot be read are named in the answer and stop nothing", async ({ inside }) => {
  await inside.show(body);
  const selectors = [
    { strategy: "css", value: "li:::" },
    { strategy: "xpath", value: "//[" },
    { strategy: "nonsense", value: "x" },
    { strategy: "role", value: "[name=x]" },
    { strategy: "css", value: ":has-text('a'" },
    { strategy: "id", value: "" },
  ];
  const failed = await inside.call("actionable", selectors, { action: "click", timeoutMs: 0 });
  expect(failed).toMatchObject({ ok: false, reason: "not-found" });
  for (const tried of failed.tried) expect(tried.error, tried.strategy).toBeTruthy();
  const answer = await inside.call("actionable", [...selectors, { strategy: "id", value: "save" }], { action: "click", timeoutMs: 0 });
  expect(answer).toMatchObject({ ok: true, index: 6 });
});

test("an element that only its place speaks for has to look like the recorded one", async ({ inside }) => {
  await inside.show("<p><output>Sent</output></p><ul><li><button>Delete</button></li></ul>");
  const gone = { strategy: "id", value: "save" };
  const ask = (value: string, was: object) =>
    inside.call("actionable", [gone, { strategy: "position", value }], { action: "click", timeoutMs: 0, was });
  expect(await ask("p > :nth-child(1)", { tag: "button" })).toMatchObject({ ok: false, reason: "not-found" });
  expect(await ask("li > :nth-child(1)", { tag: "button", text: "Save" })).toMatchObject({ ok: false, reason: "not-found" });
  expect(await ask("li > :nth-child(1)", { tag: "button", text: "Delete" })).toMatchObject({ ok: true, index: 1 });
  const visible = { kind: "elementVisible", timeoutMs: 0, selectors: [gone, { strategy: "position", value: "li > :nth-child(1)" }] };
  expect(await inside.call("check", visible)).toMatchObject({ pass: false });
  expect(await inside.call("check", { ...visible, negated: true })).toMatchObject({ pass: true });
});

test("a mark without a word is the same mark, and not another one", async ({ inside }) => {
  await inside.show("<ul><li><input type=checkbox aria-label=✔></li><li><input type=checkbox aria-label=✔></li></ul>");
  const place = [{ strategy: "css", value: "li:nth-of-type(2) > input" }];
  const ask = (name: string) =>
    inside.call("actionable", place, { action: "click", timeoutMs: 0, was: { tag: "input", inputType: "checkbox", text: name } });
  expect(await ask("✔")).toMatchObject({ ok: true });
  expect(await ask("✘")).toMatchObject({ ok: false, reason: "not-found" });
});

test("a field that moved into another's place is told by its kind and its name, and refused when it has none", async ({ inside }) => {
  await inside.show(`<form><select multiple><option>Pears</select></form>
    <p><label>City <input></label></p><div><input type=checkbox></div>`);
  const gone = { strategy: "css", value: ".fruit" };
  const ask = (value: string, was: object) =>
    inside.call("actionable", [gone, { strategy: "xpath", value }], { action: "click", timeoutMs: 0, was });
  const refused = { ok: false, reason: "not-found" };
  expect(await ask("//form/select[1]", { tag: "select", multiple: false, text: null })).toMatchObject(refused);
  expect(await ask("//form/select[1]", { tag: "select", multiple: true, text: null })).toMatchObject(refused);
  expect(await ask("//p//input[1]", { tag: "input", inputType: "text", text: "Street" })).toMatchObject(refused);
  expect(await ask("//p//input[1]", { tag: "input", inputType: "text", text: "City" })).toMatchObject({ ok: true, index: 1 });
  expect(await ask("//div/input[1]", { tag: "input", inputType: "text", text: "" })).toMatchObject(refused);
});

test("ambiguity is refused, unless one match is visible, the list item is known, or other selectors agree", async ({ inside }) => {
  await inside.show(`
    <ul id=l><li class=item><h3>Red</h3><button class=b>Buy</button></li><li class=item><h3>Blue</h3><button class="b x">Buy</button></li></ul>
    <button class=v hidden>V</button><button class=v>V</button>`);
  const options = { action: "click", timeoutMs: 0 };
  const buy = { strategy: "text-content", value: "Buy" };
  expect(await inside.call("actionable", [buy], options)).toMatchObject({
    ok: false,
    reason: "not-unique",
    tried: [{ strategy: "text-content", value: "Buy", count: 2 }],
  });
  expect(await inside.call("actionable", [{ strategy: "css", value: ".v" }], options)).toMatchObject({ ok: true });
  const signature = {
    elementType: "list-item",
    listContainer: { selector: "#l", itemSelector: "li.item" },
    contentFingerprint: { heading: "Blue" },
    fallbackPosition: 0,
  };
  const inItem = await inside.call("actionable", [buy], { ...options, signature });
  expect(inItem.ok).toBe(true);
  const second = await inside.page.locator(".x").boundingBox();
  expect(inItem.box).toEqual(second);
  const agreed = await inside.call("actionable", [buy, { strategy: "css", value: "li:last-child *" }], options);
  expect(agreed).toMatchObject({ ok: true, index: 0, box: second });
});

test("a weaker selector waits until the page is quiet while a better one finds nothing", async ({ inside }) => {
  await inside.show(`<button id=wrong>Wrong</button><script>
    setTimeout(() => document.body.insertAdjacentHTML("beforeend", "<button data-testid=right>Right</button>"), 150);
  </script>`);
  const selectors = [
    { strategy: "data-testid", value: "right" },
    { strategy: "css", value: "body > button:first-child" },
  ];
  const answer = await inside.call("actionable", selectors, { action: "click", timeoutMs: 3000 });
  expect(answer).toMatchObject({ ok: true, index: 0 });
  await inside.show(`<button id=only>Only</button>`);
  const healed = await inside.call("actionable", selectors, { action: "click", timeoutMs: 3000 });
  expect(healed).toMatchObject({ ok: true, index: 1 });
  expect(healed.waitedMs).toBeGreaterThan(250);
  expect(healed.waitedMs).toBeLessThan(3000);
});

test("a text that is only contained waits for one that is equal", async ({ inside }) => {
  await inside.show("<button>Save draft</button>");
  const script = `setTimeout(() => document.body.insertAdjacentHTML("beforeend", "<button id=b>Save</button>"), 50)`;
  const answer = await inside.after(script, "actionable", [{ strategy: "text-content", value: "Save" }], {
    action: "click",
    timeoutMs: 3000,
  });
  expect(answer).toMatchObject({ ok: true, box: await inside.page.locator("#b").boundingBox() });
});

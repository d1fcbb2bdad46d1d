import { expect, type Json, test } from "./fixtures";

/** Thirty-odd elements of many kinds; each has a `data-n` that no strategy looks at. */
const body = `
  <header><nav aria-label="Main"><a data-n href="/home">Home</a> <a data-n href="/cart?step=1" class="link">Cart (3)</a></nav></header>
  <main>
    <h1 data-n>Welcome back</h1>
    <form aria-label="Sign in">
      <label>E-mail <input data-n name="email" type="email"></label>
      <label for="pw">Password</label><input data-n id="pw" type="password">
      <label><input data-n type="checkbox"> Remember me</label>
      <label><input data-n type="radio" name="plan" value="a"> Basic</label>
      <label><input data-n type="radio" name="plan" value="b"> Pro</label>
      <select data-n name="country"><option>Norway<option>Chile</select>
      <textarea data-n placeholder="Say something"></textarea>
      <button data-n data-testid="login">Sign in</button>
      <input data-n type="submit" value="Or register">
    </form>
    <table><tbody>
      <tr><td>Alice</td><td data-n>12</td><td><button data-n class="del">Delete</button></td></tr>
      <tr><td>Bob</td><td data-n>12</td><td><button data-n class="del">Delete</button></td></tr>
    </tbody></table>
    <ul class="cards">
      <li class="card"><h3 data-n>Red shoe</h3><img data-n src="/red.png" alt="Red shoe"><button data-n aria-label="Add Red shoe">＋</button></li>
      <li class="card"><h3 data-n>Blue shoe</h3><img data-n src="/blue.png" alt=""><button data-n title="Add it">＋</button></li>
      <li class="card"><h3>Blue shoe</h3><span data-n></span><span data-n></span></li>
    </ul>
    <div id="react-123456789"><button data-n id="radix-:r1:" class="css-1x2y3z9 sc-abc123">Say "it's" & go</button></div>
    <div data-n contenteditable aria-label="Message">text</div>
    <svg data-n width="30" height="30"><title>Logo</title><circle data-n cx="9" cy="9" r="5"></circle></svg>
    <div data-n role="switch" aria-checked="false" aria-label="Dark mode" tabindex="0">x</div>
    <details><summary data-n>More</summary><p data-n>Hidden text</p></details>
    <canvas data-n width="30" height="20"></canvas>
    <iframe data-n src="about:blank" title="Advert" width="50" height="50"></iframe>
    <p data-n>A paragraph with <b data-n>bold</b> and <i>more</i></p>
    <div><div><div><div data-n>deep</div></div></div></div>
    <my-box></my-box><my-box></my-box>
  </main>
  <script>
    for (const [i, host] of [...document.querySelectorAll("my-box")].entries()) {
      host.attachShadow({ mode: "open" }).innerHTML =
        "<label>Inner <input data-n></label><button data-n>Go " + (i ? "there" : "here") + "</button><em data-n>same</em>";
    }
  </script>`;

test("every generated selector finds exactly the element that it was generated for", async ({ inside }) => {
  await inside.show(body);
  const report: Json = await inside.page.evaluate(async () => {
    const page = globalThis.__proscenium;
    if (!page) throw new Error("no bundle");
    const all: Element[] = [...document.querySelectorAll("[data-n]")];
    for (const host of document.querySelectorAll("my-box")) all.push(...(host.shadowRoot?.querySelectorAll("[data-n]") ?? []));
    const wrong: string[] = [];
    const first: Record<string, string> = {};
    for (const element of all) {
      const described = page.describe(element);
      const selectors = described?.selectors ?? [];
      const label = element.outerHTML.slice(0, 80);
      first[label] = `${selectors[0]?.strategy} ${selectors[0]?.value}`;
      if (selectors.length < (element.getRootNode() === document ? 3 : 1)) wrong.push(`${label}: only ${JSON.stringify(selectors)}`);
      for (const selector of selectors) {
        const found = await page.element([selector]);
        if (found !== element) wrong.push(`${label}: ${selector.strategy} ${JSON.stringify(selector.value)}`);
      }
      if ((await page.element(selectors)) !== element) wrong.push(`${label}: the list as a whole`);
    }
    return { count: all.length, wrong, first };
  });
  expect(report.wrong).toEqual([]);
  expect(report.count).toBeGreaterThan(30);
  expect(report.first).toMatchObject({
    '<a data-n="" href="/home">Home</a>': 'role link[name="Home"]',
    '<input data-n="" name="email" type="email">': 'role textbox[name="E-mail"]',
    '<button data-n="" data-testid="login">Sign in</button>': "data-testid login",
    '<input data-n="" type="radio" name="plan" value="b">': 'role radio[name="Pro"]',
    '<button data-n="" aria-label="Add Red shoe">＋</button>': 'role button[name="Add Red shoe"]',
  });
});

test("looking at many elements at once gives each the first selector that it gets alone", async ({ inside }) => {
  await inside.show(body);
  const report: Json = await inside.page.evaluate(() => {
    const page = globalThis.__proscenium;
    if (!page) throw new Error("no bundle");
    const strategies = ["role", "label", "id", "css", "xpath"];
    const survey = page.surveyor({ most: 1, strategies });
    const all = [...document.querySelectorAll("[data-n]")];
    const firstOf = (element: Element) => page.describe(element)?.selectors.find(({ strategy }) => strategies.includes(strategy));
    const wanted = all.map((element) => [firstOf(element)]);
    return { found: all.map((element) => survey(element)?.selectors), wanted };
  });
  expect(report.found).toEqual(report.wanted);
  expect(report.found.length).toBeGreaterThan(20);
});

const of = async (inside: { page: import("@playwright/test").Page }, css: string, options?: Json): Promise<Json> =>
  inside.page.evaluate(
    ([selector, more]) => {
      const element = document.querySelector(selector as string);
      return element && globalThis.__proscenium?.describe(element, more as object);
    },
    [css, options] as const,
  );

test("ids and classes that a program made up are left out", async ({ inside }) => {
  const generated = [
    "react-42x",
    "radix-:r3:",
    ":r1:",
    "ember123",
    "field-1699999999999",
    "a1b2c3d4e5",
    "x-3f2504e0-4f89-11d3-9a0c",
    "mui-17",
    "sc-kX92f",
  ];
  const stable = ["email", "save-button", "step2", "deadline", "facade", "sc-cart", "user_name", "main-nav", "css-editor"];
  await inside.show([...generated, ...stable].map((id, i) => `<button id="${id}" data-i=${i}>b${i}</button>`).join(""));
  for (const [i, id] of [...generated, ...stable].entries()) {
    const { selectors } = await of(inside, `[data-i="${i}"]`);
    const strategies = selectors.map((selector: Json) => selector.strategy);
    expect(strategies.includes("id"), id).toBe(stable.includes(id));
  }
});

test("selectors carry rank and confidence, best first, and SaveAction's numbers", async ({ inside }) => {
  await inside.show(`<div class=box><a id=go href=/go name=go data-test=go aria-label="Go there" title=T class=link>Go</a></div>`);
  const { selectors } = await of(inside, "#go");
  expect(selectors.map((selector: Json) => [selector.strategy, selector.priority, selector.confidence])).toEqual([
    ["data-testid", 1, 95],
    ["role", 1, 93],
    ["id", 2, 90],
    ["aria-label", 3, 88],
    ["name", 4, 85],
    ["href-pattern", 5, 82],
    ["title", 6, 79],
    ["text-content", 7, 75],
    ["css-semantic", 8, 70],
    ["css", 9, 65],
    ["xpath", 10, 55],
    ["position", 11, 30],
  ]);
});

test("a project's own test attribute comes first", async ({ inside }) => {
  await inside.show("<button qa-name=one>One</button>");
  const { selectors } = await of(inside, "button", { testIdAttributes: ["qa-name"] });
  expect(selectors[0]).toMatchObject({ strategy: "data-testid", value: "one", context: "qa-name" });
});

test("the same button in every row is named by its row", async ({ inside }) => {
  await inside.show(body);
  const { selectors, signature } = await of(inside, "tr:nth-child(2) button");
  expect(selectors[0]).toMatchObject({ strategy: "role", value: 'row[name="Bob 12 Delete"] >> button[name="Delete"]' });
  expect(signature).toMatchObject({ elementType: "table-row", contentFingerprint: { heading: "Bob" }, fallbackPosition: 1 });
});

test("a description says what the element is, holds and allows", async ({ inside }) => {
  await inside.show(`<label>Card number <input id=n name=cardNumber value=4111></label><p id=p>Hello <b>you</b></p><iframe id=f></iframe>`);
  expect(await of(inside, "#n")).toMatchObject({
    role: "textbox",
    name: "Card number",
    sensitive: true,
    value: "${CARD_NUMBER}",
    text: "",
    isFrame: false,
  });
  expect(JSON.stringify(await of(inside, "#n"))).not.toContain("4111");
  expect(await of(inside, "#p")).toMatchObject({
    role: "paragraph",
    tag: "p",
    text: "Hello you",
    state: { visible: true, enabled: true, inViewport: true },
  });
  expect(await of(inside, "#f")).toMatchObject({ isFrame: true });
});

test("a picked element brings the checks that fit it", async ({ inside }) => {
  await inside.show(
    "<input id=v value=Ann style='position:absolute;left:0;top:0'><h1 style='position:absolute;left:0;top:100px'>Total 12</h1>",
    { url: "http://site.test/cart" },
  );
  const picked = await inside.call("pick", 10, 135);
  expect(picked.tag).toBe("h1");
  expect(picked.suggestions).toEqual([
    { kind: "elementText", expected: "Total 12" },
    { kind: "containsText", expected: "Total 12" },
    { kind: "elementVisible" },
    { kind: "urlContains", expected: "/cart" },
    { kind: "pageTitle", expected: "Fixture" },
  ]);
  expect((await inside.call("pick", 10, 10)).suggestions[0]).toEqual({ kind: "elementHasValue", expected: "Ann" });
});

import { expect, test } from "./fixtures";

const body = `<h1 id=h>  Your
  <b>cart</b> </h1><p id=none hidden>secret</p><input id=v value="Ann"><select id=s><option value=r>Red</select>
  <input id=c type=checkbox checked><input id=off type=checkbox disabled><input id=ro readonly data-k="a b"><button class=two>1</button><button class=two>2</button><p id=up style="text-transform:uppercase">loud</p>`;
const css = (value: string) => ({ selectors: [{ strategy: "css", value }] });

const cases: [spec: Record<string, unknown>, pass: boolean, actual: unknown][] = [
  [{ kind: "elementVisible", ...css("#h") }, true, true],
  [{ kind: "elementVisible", ...css("#none") }, false, false],
  [{ kind: "elementVisible", ...css("#gone") }, false, false],
  [{ kind: "elementVisible", ...css(".two") }, false, true],
  [{ kind: "elementVisible", negated: true, ...css("#h") }, false, true],
  [{ kind: "elementVisible", negated: true, ...css("#none") }, true, false],
  [{ kind: "elementVisible", negated: true, ...css("#gone") }, true, false],
  [{ kind: "elementVisible", negated: true, ...css(".two") }, false, true],
  [{ kind: "elementText", expected: "Your cart", ...css("#h") }, true, "Your cart"],
  [{ kind: "elementText", expected: "cart", ...css("#h") }, false, "Your cart"],
  [{ kind: "elementText", expected: "cart", negated: true, ...css("#h") }, true, "Your cart"],
  [{ kind: "elementText", expected: "x", negated: true, ...css("#gone") }, false, null],
  [{ kind: "containsText", expected: "  cart", ...css("#h") }, true, "Your cart"],
  [{ kind: "containsText", expected: "Cart", ...css("#h") }, false, "Your cart"],
  [{ kind: "containsText", expected: "cart", negated: true, ...css("#h") }, false, "Your cart"],
  [{ kind: "elementHasValue", expected: "Ann", ...css("#v") }, true, "Ann"],
  [{ kind: "elementHasValue", expected: "ann", ...css("#v") }, false, "Ann"],
  [{ kind: "elementHasValue", expected: "r", ...css("#s") }, true, "r"],
  [{ kind: "elementHasValue", expected: "Red", ...css("#s") }, true, "r"],
  [{ kind: "elementHasValue", expected: "true", ...css("#c") }, true, true],
  [{ kind: "elementHasValue", expected: "Ann", ...css("#h") }, false, null],
  [{ kind: "elementHasValue", expected: "Red", mode: "value", ...css("#s") }, false, "r"],
  [{ kind: "elementHasValue", expected: "Red", mode: "label", ...css("#s") }, true, "Red"],
  [{ kind: "elementHasValue", expected: "r", mode: "label", ...css("#s") }, false, "Red"],
  [{ kind: "elementPresent", ...css("#none") }, true, true],
  [{ kind: "elementPresent", ...css(".two") }, true, true],
  [{ kind: "elementPresent", ...css("#gone") }, false, false],
  [{ kind: "elementPresent", negated: true, ...css("#gone") }, true, false],
  [{ kind: "elementPresent", negated: true, ...css("#none") }, false, true],
  [{ kind: "elementChecked", ...css("#c") }, true, true],
  [{ kind: "elementChecked", ...css("#off") }, false, false],
  [{ kind: "elementChecked", negated: true, ...css("#off") }, true, false],
  [{ kind: "elementChecked", negated: true, ...css("#h") }, false, null],
  [{ kind: "elementChecked", negated: true, ...css("#gone") }, false, null],
  [{ kind: "elementEnabled", ...css("#c") }, true, true],
  [{ kind: "elementEnabled", ...css("#off") }, false, false],
  [{ kind: "elementEnabled", negated: true, ...css("#off") }, true, false],
  [{ kind: "elementEditable", ...css("#v") }, true, true],
  [{ kind: "elementEditable", ...css("#ro") }, false, false],
  [{ kind: "elementEditable", negated: true, ...css("#ro") }, true, false],
  [{ kind: "elementAttribute", attribute: "data-k", expected: "a b", ...css("#ro") }, true, "a b"],
  [{ kind: "elementAttribute", attribute: "data-k", expected: "b", ...css("#ro") }, false, "a b"],
  [{ kind: "elementAttribute", attribute: "data-k", expected: "b", mode: "contains", ...css("#ro") }, true, "a b"],
  [{ kind: "elementAttribute", attribute: "data-z", expected: "b", ...css("#ro") }, false, null],
  [{ kind: "elementAttribute", attribute: "data-z", expected: "b", negated: true, ...css("#ro") }, true, null],
  [{ kind: "elementCount", expected: "2", ...css(".two") }, true, "2"],
  [{ kind: "elementCount", expected: "1", ...css(".two") }, false, "2"],
  [{ kind: "elementCount", expected: "0", ...css("#gone") }, true, "0"],
  [{ kind: "elementCount", expected: "two", negated: true, ...css(".two") }, false, "2"],
  [{ kind: "urlMatch", expected: "http://site.test/a?b=1" }, true, "http://site.test/a?b=1"],
  [{ kind: "urlMatch", expected: "/a?b=1" }, true, "http://site.test/a?b=1"],
  [{ kind: "urlMatch", expected: "http://site.test/a" }, false, "http://site.test/a?b=1"],
  [{ kind: "urlContains", expected: "/a" }, true, "http://site.test/a?b=1"],
  [{ kind: "urlContains", expected: "/z", negated: true }, true, "http://site.test/a?b=1"],
  [{ kind: "pageTitle", expected: "Fixture" }, true, "Fixture"],
  [{ kind: "pageTitle", expected: "Fix" }, false, "Fixture"],
  [{ kind: "pageTitle", expected: "Fix", mode: "contains" }, true, "Fixture"],
  [{ kind: "pageLoad" }, true, "complete"],
];

test("checks hold or fail, plain and negated, and say what was there", async ({ inside }) => {
  await inside.show(body, { url: "http://site.test/a?b=1" });
  for (const [spec, pass, actual] of cases) {
    expect(await inside.call("check", { timeoutMs: 0, ...spec }), JSON.stringify(spec)).toMatchObject({ pass, actual });
  }
});

const later: [name: string, spec: Record<string, unknown>, script: string][] = [
  ["text", { kind: "elementText", expected: "Done", ...css("#h") }, `h.textContent = "Done"`],
  ["a removal", { kind: "elementVisible", negated: true, ...css("#h") }, "h.remove()"],
  ["a property", { kind: "elementHasValue", expected: "Bob", ...css("#v") }, `v.value = "Bob"`],
  ["a tick", { kind: "elementChecked", negated: true, ...css("#c") }, "c.checked = false"],
  ["a field that opens", { kind: "elementEditable", ...css("#ro") }, "ro.readOnly = false"],
  ["a class", { kind: "elementAttribute", attribute: "class", expected: "on", mode: "contains", ...css("#h") }, `h.className = "a on"`],
  ["the address", { kind: "urlContains", expected: "/next" }, `history.pushState({}, "", "/next")`],
  ["the title", { kind: "pageTitle", expected: "Ready" }, `document.title = "Ready"`],
];

for (const [name, spec, script] of later) {
  test(`a check waits for ${name}`, async ({ inside }) => {
    await inside.show(body);
    const answer = await inside.after(`setTimeout(() => { ${script} }, 60)`, "check", { ...spec, timeoutMs: 3000 });
    expect(answer).toMatchObject({ pass: true });
    expect(answer.waitedMs).toBeGreaterThan(30);
  });
}

test("state and element answer without waiting", async ({ inside }) => {
  await inside.show(body);
  expect(await inside.call("state", css("#v").selectors)).toMatchObject({
    visible: true,
    enabled: true,
    editable: true,
    value: "Ann",
    tag: "input",
    type: "text",
  });
  expect(await inside.call("state", css("#c").selectors)).toMatchObject({ checked: true });
  expect(await inside.call("state", css(".two").selectors)).toMatchObject({ count: 2 });
  expect(await inside.call("state", css("#gone").selectors)).toBeNull();
  const handle = await inside.page.evaluateHandle(() => globalThis.__proscenium?.element([{ strategy: "id", value: "h" }]));
  expect(await handle.evaluate((node) => (node as Element).id)).toBe("h");
});

import { expect, test } from "./fixtures";

const css = (value: string) => [{ strategy: "css", value }];
/** Scripts are on their way for as long as the test takes. */
const script = `<script>Object.defineProperty(document, "readyState", { get: () => "interactive" })</script>`;

const clicks: [name: string, body: string, unsure: boolean][] = [
  ["a button of no form", "<button class=x>a</button>", true],
  ["a button that only scripts know", "<form action=/go><button type=button class=x>a</button></form>", true],
  ["a button of a form that goes nowhere", "<form><button class=x>a</button></form>", true],
  ["a button of a form that goes somewhere", "<form action=/go><button class=x>a</button></form>", false],
  ["a button that says where it goes", "<form><button formaction=/go class=x>a</button></form>", false],
  ["a button that opens a popover", "<button popovertarget=p class=x>a</button><div popover id=p></div>", false],
  ["a link", "<a href=/go><span class=x>a</span></a>", false],
  ["a link to nowhere", "<a class=x>a</a>", true],
  ["a checkbox", "<input type=checkbox class=x>", false],
  ["a label's text", "<label><b class=x>a</b><input></label>", false],
  ["plain text", "<p class=x>a</p>", true],
  ["text that is edited", "<div contenteditable><p class=x>a</p></div>", false],
];

for (const [name, body, unsure] of clicks) {
  test(`a click on ${name} ${unsure ? "needs" : "does not need"} a listener`, async ({ inside }) => {
    await inside.show(body + script);
    const answer = await inside.call("actionable", css(".x"), { action: "click", timeoutMs: 5000 });
    expect(answer).toMatchObject({ ok: true });
    expect(answer.unsure ?? false).toBe(unsure);
  });
}

const keys: [name: string, body: string, unsure: boolean][] = [
  ["a field of no form", "<input class=x>", true],
  ["a field of a form that goes somewhere", "<form action=/go><input class=x></form>", false],
  ["a text of several lines", "<textarea class=x></textarea>", false],
];

for (const [name, body, unsure] of keys) {
  test(`Enter in ${name} ${unsure ? "needs" : "does not need"} a listener`, async ({ inside }) => {
    await inside.show(body + script);
    const answer = await inside.call("focus", css(".x"), { action: "press", timeoutMs: 5000 });
    expect(answer.unsure ?? false).toBe(unsure);
  });
}

test("a page without scripts is never waited for, and one with scripts becomes quiet", async ({ inside }) => {
  await inside.show("<button class=x>a</button>");
  const answer = await inside.call("actionable", css(".x"), { action: "click", timeoutMs: 5000 });
  expect(answer.unsure).toBeUndefined();
  expect(await inside.call("listening", 300)).toBe(false);
  await inside.show("<button class=x>a</button><script>window.young = true</script>");
  await expect.poll(() => inside.call("listening", 300)).toBe(false);
});

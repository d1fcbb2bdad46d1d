// Every gesture of the tour, through the stage, and its effect in the remote page.
import { expect, test } from "../support/fixtures.js";
import { LiveSession } from "../support/live-session.js";

interface Entry {
  readonly type: string;
  readonly [key: string]: unknown;
}
const LAST = "window.log.at(-1) ?? null";
const ofType = (type: string) => `window.log.filter((entry) => entry.type === ${JSON.stringify(type)})`;

test.describe("mouse and keyboard", () => {
  let live: LiveSession;
  test.beforeEach(async ({ studio, product, site }) => {
    live = await LiveSession.open(studio, product.api, `${site.origin}/gestures`);
    await live.waitForRemote("#pad");
  });

  test("click, double-click, right-click, middle click and modifiers arrive as trusted events at the right place", async () => {
    await live.click("#pad", { fx: 0.25, fy: 0.5 });
    await expect.poll(() => live.evaluate<Entry[]>(ofType("click"))).toHaveLength(1);
    const [click] = await live.evaluate<Entry[]>(ofType("click"));
    expect(click).toMatchObject({ button: 0, trusted: true, shift: false, ctrl: false });
    expect(Math.abs(Number(click?.["x"]) - 100)).toBeLessThanOrEqual(1);
    expect(Math.abs(Number(click?.["y"]) - 80)).toBeLessThanOrEqual(1);

    await live.click("#pad", { count: 2 });
    await expect.poll(() => live.evaluate<Entry[]>(ofType("dblclick"))).toHaveLength(1);
    await live.click("#pad", { button: "right" });
    await expect.poll(() => live.evaluate<Entry[]>(ofType("contextmenu"))).toHaveLength(1);
    await live.click("#pad", { button: "middle" });
    await expect.poll(() => live.evaluate<Entry[]>(ofType("auxclick"))).toMatchObject([{ button: 2 }, { button: 1 }]);
    await live.click("#pad", { modifiers: ["Shift"] });
    await expect.poll(() => live.evaluate<Entry>(`${ofType("click")}.at(-1)`)).toMatchObject({ shift: true, ctrl: false });
  });

  test("the wheel scrolls what is under the pointer, hover enters it", async () => {
    await live.hover("#pad");
    await expect.poll(() => live.evaluate<Entry[]>(ofType("mouseenter"))).toHaveLength(1);
    await live.wheel("#pad", 0, 240);
    await expect.poll(() => live.evaluate<Entry | null>(`${ofType("wheel")}.at(-1) ?? null`)).toMatchObject({ trusted: true });
    expect(await live.evaluate<number>(`${ofType("wheel")}.reduce((sum, entry) => sum + entry.dy, 0)`)).toBeGreaterThan(0);
  });

  test("typing, editing keys and chords reach the focused field", async () => {
    await live.fill("#text", "Hello World");
    await live.expectRemote("document.querySelector('#text').value", "Hello World");
    await live.press("Home");
    await live.press("Shift+ArrowRight");
    await live.type("J");
    await live.expectRemote("document.querySelector('#text').value", "Jello World");
    await live.press("End");
    await live.press("Backspace");
    await live.expectRemote("document.querySelector('#text').value", "Jello Worl");
    await live.press("Control+A");
    await live.press("Delete");
    await live.expectRemote("document.querySelector('#text').value", "");
    await live.click("#area");
    await live.type("one");
    await live.press("Enter");
    await live.type("two");
    await live.expectRemote("document.querySelector('#area').value", "one\ntwo");
    await live.press("Tab");
    await live.expectRemote("document.activeElement.id", "link");
  });

  test("function keys and chords are seen by the page as keys, not swallowed by the studio", async () => {
    await live.click("#pad");
    for (const [press, seen] of [
      ["Escape", { key: "Escape", code: "Escape" }],
      ["ArrowDown", { key: "ArrowDown", code: "ArrowDown" }],
      ["F2", { key: "F2", code: "F2" }],
      ["Control+k", { key: "k", code: "KeyK", ctrl: true }],
      ["Alt+x", { key: "x", code: "KeyX", alt: true }],
      ["?", { key: "?" }],
      ["g", { key: "g", code: "KeyG" }],
    ] as const) {
      await live.press(press);
      await expect
        .poll(
          () =>
            live.evaluate<Entry | null>(
              `${ofType("keydown")}.filter((entry) => !["Control", "Alt", "Shift"].includes(entry.key)).at(-1) ?? null`,
            ),
          { message: press },
        )
        .toMatchObject(seen);
    }
    await expect(live.stage).toBeVisible(); // the studio's own shortcuts did not lead away
    await expect(live.page.getByRole("dialog")).toHaveCount(0);
  });

  test("text of any keyboard layout arrives as it was typed", async ({ studio }) => {
    await live.click("#text");
    for (const text of ["äöüß", "Привет", "ąęł", "日本", "🎭"]) await studio.keyboard.insertText(text);
    await live.expectRemote("document.querySelector('#text').value", "äöüßПриветąęł日本🎭");
  });

  test("IME composition shows its steps in the page and commits once", async ({ studio }) => {
    await live.click("#text");
    const cdp = await studio.context().newCDPSession(studio);
    for (const text of ["n", "に", "にほ", "にほん"])
      await cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await cdp.send("Input.insertText", { text: "日本" });
    await live.expectRemote("document.querySelector('#text').value", "日本");
    const starts = await live.evaluate<Entry[]>(ofType("compositionstart"));
    expect(starts.length).toBeGreaterThan(0);
  });

  test("paste brings the viewer's clipboard, copy takes the page's selection", async ({ studio }) => {
    await studio.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await live.click("#text");
    await studio.evaluate(() => navigator.clipboard.writeText("from the clipboard"));
    await live.press("Control+V");
    await live.expectRemote("document.querySelector('#text').value", "from the clipboard");

    await live.click("#prose", { fx: 0.2, count: 3 });
    await live.expectRemote("getSelection().toString().trim()", "The quick brown fox jumps over the lazy dog.");
    await live.press("Control+C");
    await expect
      .poll(() => studio.evaluate(() => navigator.clipboard.readText()))
      .toContain("The quick brown fox jumps over the lazy dog.");
  });

  test("dragging over text selects it", async () => {
    await live.drag("#prose", "#prose", { from: { fx: 0.002 }, to: { fx: 0.5 } });
    await expect.poll(() => live.evaluate<string>("getSelection().toString()")).toMatch(/^The quick brown/);
  });

  test("links, back, forward, reload and the address field navigate", async ({ site }) => {
    await live.click("#link");
    await live.expectRemote("location.search", "?visited=1");
    await expect(live.address).toHaveValue(`${site.origin}/gestures?visited=1`);
    await live.button("Back").click();
    await live.expectRemote("location.search", "");
    await expect(live.address).toHaveValue(`${site.origin}/gestures`);
    await live.button("Forward").click();
    await live.expectRemote("location.search", "?visited=1");
    await live.evaluate("window.mark = 1");
    await live.button("Reload").click();
    await live.expectRemote("window.mark ?? 'gone'", "gone");
    await live.goto(`${site.origin}/canvas`);
    await expect(live.tab("Canvas")).toBeVisible();
    expect(await live.evaluate(LAST.replace("window.log", "[]"))).toBeNull();
  });
});

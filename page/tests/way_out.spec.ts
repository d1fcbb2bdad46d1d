import { expect, type Inside, test } from "./fixtures";

const veil = "position:fixed;inset:0";
const asked = { action: "click", timeoutMs: 3000, coveredMs: 0 };

async function told(inside: Inside, cover: string, options: object = asked) {
  await inside.show(`<button id=b>Buy</button>${cover}`);
  const answer = await inside.call("actionable", [{ strategy: "css", value: "#b" }], options);
  expect(answer).toMatchObject({ ok: false, reason: "covered" });
  return (answer.wayOut as { by: string } | undefined)?.by;
}

const ways: [name: string, cover: string, by: string][] = [
  ["closing before refusing", "<button>No thanks</button><button aria-label='Close dialog'>x</button>", 'button "Close dialog"'],
  ["refusing before agreeing", "Cookies <button>Accept all cookies</button><button>Reject all</button>", 'button "Reject all"'],
  ["agreeing to cookies", "Cookies <button>Settings</button><button>Alle akzeptieren</button>", 'button "Alle akzeptieren"'],
  ["taking notice", "News <button>Got it!</button>", 'button "Got it!"'],
  ["a sign", "News <a href='#' role=button>×</a>", 'a "×"'],
  ["a control that says what it does to scripts only", "News <button data-bs-dismiss=modal>Weiter</button>", 'button "Weiter"'],
  ["the browser’s own", "", "Escape"],
];
for (const [name, content, by] of ways) {
  test(`what lies over an element has a way out: ${name}`, async ({ inside }) => {
    const cover = content
      ? `<div style="${veil}">${content}</div>`
      : "<div popover id=p style='inset:0;width:100%;height:100%'></div><script>p.showPopover()</script>";
    expect(await told(inside, cover)).toBe(by);
  });
}

test("a way out is found in a shadow tree and beside its veil", async ({ inside }) => {
  const host = `<div id=h style="${veil}"><template shadowrootmode=open><button>Schließen</button></template></div>`;
  expect(await told(inside, host)).toBe('button "Schließen"');
  const beside = `<div style="${veil};z-index:1"></div><div role=dialog style="position:fixed;z-index:2;top:300px"><button>Close</button></div>`;
  expect(await told(inside, beside)).toBe('button "Close"');
});

const none: [name: string, cover: string][] = [
  ["a link elsewhere", `<div style="${veil}"><a href="/close">Close</a></div>`],
  ["words that say more", `<div style="${veil}"><button>Close account</button><button>Skip and delete</button></div>`],
  ["a question", `<div style="${veil}">Delete all? <button>OK</button><button>Archive</button></div>`],
  ["a control that cannot be pressed", `<div style="${veil}"><button disabled>Close</button><button hidden>Close</button></div>`],
  [
    "a popover that the browser does not close by a key",
    "<div popover=Manual id=p style='inset:0;width:100%;height:100%'></div><script>p.showPopover()</script>",
  ],
  [
    "no overlay",
    "<div style='position:relative;top:-40px;height:60px'>Next <button style='position:absolute;right:0;top:44px'>Close</button></div>",
  ],
];
for (const [name, cover] of none) {
  test(`what lies over an element has no way out: ${name}`, async ({ inside }) => {
    expect(await told(inside, cover, { ...asked, timeoutMs: 200 })).toBeUndefined();
  });
}

test("it is told when it has been there for so long, and at the end when that was not asked for", async ({ inside }) => {
  const cover = `<div style="${veil}"><button>Close</button></div>`;
  await inside.show(`<button id=b>Buy</button>${cover}`);
  const ask = async (options: object) => await inside.call("actionable", [{ strategy: "css", value: "#b" }], options);
  const early = await ask({ action: "click", timeoutMs: 20_000, coveredMs: 300 });
  expect(early).toMatchObject({ reason: "covered", wayOut: { by: 'button "Close"' } });
  expect(early.waitedMs).toBeGreaterThanOrEqual(300);
  expect(early.waitedMs).toBeLessThan(10_000);
  const late = await ask({ action: "click", timeoutMs: 500 });
  expect(late.waitedMs).toBeGreaterThanOrEqual(500);
  expect(late).toMatchObject({ wayOut: { by: 'button "Close"' } });
});

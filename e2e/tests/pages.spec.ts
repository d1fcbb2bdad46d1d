// What real pages are made of, worked through the stage.
import { expect, test } from "../support/fixtures.js";
import { LiveSession } from "../support/live-session.js";

test("selects, dates, colours and other controls take the viewer's choice", async ({ studio, product, site }) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/controls`);
  await live.click("#single");
  const options = studio.getByRole("listbox", { name: "Options" });
  await expect(options.getByRole("option", { name: "Cyan" })).toBeDisabled();
  await options.getByRole("option", { name: "Blue" }).click();
  await live.expectRemote("window.log.at(-1)", { id: "single", value: "b", trusted: false }, "the select changed");
  await expect(options).toBeHidden();

  await live.click("#date");
  await studio.getByRole("dialog", { name: "Value" }).locator("input").fill("2026-02-03");
  await studio.getByRole("dialog", { name: "Value" }).getByRole("button", { name: "Set" }).click();
  await live.expectRemote("document.querySelector('#date').value", "2026-02-03");

  await live.click("#check");
  await live.expectRemote("document.querySelector('#check').checked", true);
  await live.click("input[name=size][value=l]");
  await live.expectRemote("document.querySelector('input[name=size]:checked').value", "l");
  await live.click("#multi", { fy: 0.15 });
  await live.expectRemote("[...document.querySelector('#multi').selectedOptions].map((one) => one.value)", ["ham"]);
  await live.drag("#range", "#range", { from: { fx: 0.12 }, to: { fx: 0.9 } });
  await expect.poll(() => live.evaluate<number>("document.querySelector('#range').valueAsNumber")).toBeGreaterThan(60);
  await live.click("#number", { fx: 0.3 });
  await live.press("ArrowUp");
  await live.expectRemote("document.querySelector('#number').value", "2");
});

test("nested open shadow roots work like the rest of the page", async ({ studio, product, site }) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/shadow`);
  await live.fill("text-field[caption=Nickname]", "Ada");
  await live.press("Tab");
  await live.type("Porto");
  await live.click("#save");
  await live.expectRemote(live.text("#saved"), "Saved Ada of Porto");
});

test("same-origin and cross-origin frames take clicks and keys", async ({ studio, product, site }) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/form/address`);
  await live.fill("#address-frame >>> #street", "Rua Nova 1");
  await live.press("Tab");
  await live.type("Porto");
  await live.click("#address-frame >>> #use-address");
  await live.expectRemote(live.text("#address"), "Rua Nova 1, Porto");

  await live.expectRemote("typeof window.paymentBoxes", "object", "the payment frame told where its fields are");
  const field = await live.evaluate<{ x: number; y: number }>("window.paymentBoxes.card()");
  await live.fill(field, "4242424242424242");
  await live.press("Enter");
  await live.expectRemote(live.text("#payment"), "authorised card of 16 digits");
  await live.expectRemote("document.querySelector('#review').disabled", false);
});

test("a drawing on a canvas follows the pointer", async ({ studio, product, site }) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/canvas`);
  const paper = await live.box("#paper");
  await live.drag("#paper", "#paper", {
    from: { fx: 0.1, fy: 0.1 },
    via: [{ x: paper.x + 240, y: paper.y + 250 }],
    to: { fx: 0.9, fy: 0.1 },
  });
  await live.expectRemote(live.text("#count"), "1 strokes");
  const [stroke] = await live.evaluate<[number, number][][]>("window.strokes");
  expect(stroke?.length).toBeGreaterThan(6);
  expect(Math.max(...(stroke ?? []).map(([, y]) => y))).toBeGreaterThan(240);
  const last = stroke?.at(-1) ?? [0, 0];
  expect(Math.abs(last[0] - 432)).toBeLessThanOrEqual(3);
  expect(Math.abs(last[1] - 30)).toBeLessThanOrEqual(3);
});

test("HTML5 drag and drop moves a card, a pointer drag moves a knob", async ({ studio, product, site }) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/drag`);
  await live.drag("#card-a", "#done");
  await live.expectRemote(live.text("#state"), "done: card-a");
  await live.drag("#knob", "#track", { to: { fx: 0.75 } });
  await expect.poll(() => live.evaluate<string>("document.querySelector('#state').textContent")).toMatch(/^volume: 29\d$/);
});

test("a contenteditable editor takes text, formatting and line breaks", async ({ studio, product, site }) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/editor`);
  await live.click("#clear");
  await live.type("First ");
  await live.click("#bold");
  await live.type("bold");
  await live.press("Enter");
  await live.type("second");
  await live.expectRemote("document.querySelector('#editor').innerText.trim().split(/\\n+/)", ["First bold", "second"]);
  await live.expectRemote("/<(b|strong)>bold<\\/(b|strong)>/.test(document.querySelector('#editor').innerHTML)", true);
});

test("a menu that opens on hover stays open on the way to its entry", async ({ studio, product, site }) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/hover`);
  await live.hover("#products");
  await live.expectRemote("getComputedStyle(document.querySelector('.menu ul')).display", "block");
  await live.click("#chairs");
  await live.expectRemote(live.text("#where"), "At #chairs");
});

test("an endless list loads on as the wheel turns", async ({ studio, product, site }) => {
  const live = await LiveSession.open(studio, product.api, `${site.origin}/scroll`);
  await live.expectRemote("document.querySelector('#list').children.length > 0", true);
  await live.hover({ x: 300, y: 300 });
  await expect(async () => {
    await studio.mouse.wheel(0, 900);
    expect(await live.evaluate<number>("document.querySelector('#list').children.length")).toBeGreaterThanOrEqual(60);
  }).toPass({ timeout: 15_000, intervals: [50] });
});

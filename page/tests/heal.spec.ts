import { expect, test } from "./fixtures";

const fingerprint = (name: string) => ({
  kind: "press",
  role: "button",
  name,
  tag: "button",
  type: "submit",
  attributes: { id: "thing" },
  near: { heading: "Tools" },
  others: ["Print", "Share"],
});
const wish = (name: string) => ({ action: "click", timeoutMs: 1_500, heal: { fingerprint: fingerprint(name) } });
const gone = [{ strategy: "data-testid", value: "gone" }];
const toolbar = (button: string) => `<h1>Tools</h1>${button} <button>Print</button> <button>Share</button>`;

const same: [before: string, now: string][] = [
  ["Save", "SAVE"],
  ["Save", "Save changes"],
  ["Save…", "Save"],
  ["Log in", "Sign in"],
  ["E-mail", "Email address"],
  ["Setting", "Settings"],
  ["Cart", "Cart (3)"],
  ["Forgot your password?", "Forgot password?"],
];

for (const [before, now] of same) {
  test(`“${before}” may be called “${now}” now`, async ({ inside }) => {
    await inside.show(toolbar(`<button id=thing-2>${now}</button>`));
    const answer = await inside.call("actionable", gone, wish(before));
    expect(answer).toMatchObject({ ok: true, healed: { after: { description: `button “${now}”` } } });
    expect(await inside.call("state", answer.healed.after.selectors)).toMatchObject({ count: 1, text: now });
  });
}

const other: [before: string, now: string][] = [
  ["Save", "Save draft"],
  ["Save", "Do not save"],
  ["Save", "Delete"],
  ["Log in", "Log out"],
  ["Subscribe", "Unsubscribe"],
  ["Page 1", "Page 2"],
  ["Undo", "Redo"],
  ["Create account", "Create project"],
  ["Add", "Add to the list of things that nobody asked for"],
  ["Password", "New password"],
  ["Delete", "Delete everything"],
];

for (const [before, now] of other) {
  test(`“${before}” is not “${now}”`, async ({ inside }) => {
    await inside.show(toolbar(`<button id=thing-2>${now}</button>`));
    const answer = await inside.call("actionable", gone, wish(before));
    expect(answer).toMatchObject({ ok: false, reason: "not-found" });
    expect(answer.notHealed).toBeTruthy();
  });
}

test("nothing is healed unless it is wished for", async ({ inside }) => {
  await inside.show(toolbar("<button id=thing-2>Save changes</button>"));
  const { heal: _, ...options } = wish("Save");
  const answer = await inside.call("actionable", gone, options);
  expect(answer).toMatchObject({ ok: false, reason: "not-found" });
  expect(answer.notHealed).toBeUndefined();
});

test("a link takes the place of a button, a field and a reset button do not", async ({ inside }) => {
  await inside.show(toolbar("<a id=thing-2 href=/save>Save changes</a>"));
  expect(await inside.call("actionable", gone, wish("Save"))).toMatchObject({ ok: true, tag: "a" });
  for (const body of ["<input id=thing-2 aria-label='Save changes'>", "<form><button id=thing-2 type=reset>Save changes</button></form>"]) {
    await inside.show(toolbar(body));
    expect(await inside.call("actionable", gone, wish("Save"))).toMatchObject({ ok: false, reason: "not-found" });
  }
});

test("the recorder keeps a fingerprint that names what stood around the element", async ({ inside }) => {
  await inside.show(`<h2>Team</h2><table><tbody><tr><td>Alice</td><td><button class=go>Edit</button></td></tr>
    <tr><td>Bob</td><td><button class=go>Edit</button> <button>Remove</button></td></tr></tbody></table>`);
  await inside.call("record.start", {});
  await inside.page.locator(".go").nth(1).click();
  const [{ step }] = (await inside.emitted()).filter(({ kind }: { kind: string }) => kind === "step");
  expect(step.fingerprint).toMatchObject({
    kind: "press",
    name: "Edit",
    classes: ["go"],
    near: { item: "Bob", heading: "Team" },
    others: ["Edit", "Remove"],
  });
});

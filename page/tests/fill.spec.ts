import { expect, test } from "./fixtures";

const css = (value: string) => [{ strategy: "css", value }];
const options = { timeoutMs: 4000 };

const inserted: [name: string, markup: string, value: string][] = [
  ["a text field with old content", "<input class=x value=old>", "new"],
  ["an e-mail field", "<input class=x type=email value=a@b.c>", "me@site.test"],
  ["a number field", "<input class=x type=number value=1>", "12.5"],
  ["a text area", "<textarea class=x>old\nlines</textarea>", "new\nlines"],
  ["an editable area", "<div class=x contenteditable><p>old <b>text</b></p></div>", "new text"],
  ["an empty editable area", "<div class=x contenteditable><p><br></p></div>", "new text"],
  ["a field through its label", "<label class=x>Name <input></label>", "Ann"],
];

for (const [name, markup, value] of inserted) {
  test(`text is inserted in place of what was there: ${name}`, async ({ inside }) => {
    await inside.show(markup);
    const prepared = await inside.call("fillPrepare", css(".x"), value, options);
    expect(prepared).toMatchObject({ ok: true, mode: "insert" });
    await inside.page.keyboard.insertText(value);
    expect(await inside.call("fillVerify", value)).toEqual({ value, matches: true, reached: true });
  });
}

const set: [type: string, value: string][] = [
  ["date", "2026-02-28"],
  ["time", "10:30"],
  ["datetime-local", "2026-02-28T10:30"],
  ["month", "2026-02"],
  ["week", "2026-W09"],
  ["color", "#AABBCC"],
  ["range", "42"],
];

for (const [type, value] of set) {
  test(`a ${type} is set with its events`, async ({ inside }) => {
    await inside.show(`<input class=x type=${type}><script>
      window.seen = []; for (const t of ["input", "change"]) addEventListener(t, () => seen.push(t));
    </script>`);
    expect(await inside.call("fillPrepare", css(".x"), value, options)).toMatchObject({
      ok: true,
      mode: "set",
      value: value.toLowerCase().replace("t10", "T10").replace("w09", "W09"),
    });
    expect(await inside.page.evaluate("seen")).toEqual(["input", "change"]);
  });
}

const refused: [name: string, markup: string, value: string, reason: string][] = [
  ["no date", "<input class=x type=date>", "tomorrow", "invalid-value"],
  ["no colour", "<input class=x type=color>", "red-ish", "invalid-value"],
  ["no number", "<input class=x type=number>", "many", "invalid-value"],
  ["a checkbox", "<input class=x type=checkbox>", "on", "readonly"],
  ["no option of a list", "<select class=x><option>a</select>", "b", "invalid-value"],
  ["a thief of the focus", "<input class=x onfocus='y.focus()'><input id=y>", "a", "unstable"],
];

for (const [name, markup, value, reason] of refused) {
  test(`a value that cannot be entered is refused: ${name}`, async ({ inside }) => {
    await inside.show(markup);
    expect(await inside.call("fillPrepare", css(".x"), value, { timeoutMs: 400 })).toMatchObject({ ok: false, reason });
  });
}

test("an empty value clears the field with an input event", async ({ inside }) => {
  await inside.show("<input class=x value=old><script>window.seen = 0; addEventListener('input', () => seen++)</script>");
  expect(await inside.call("fillPrepare", css(".x"), "", options)).toMatchObject({ ok: true, mode: "done", value: "" });
  expect(await inside.page.evaluate("seen")).toBe(1);
  expect(await inside.call("fillPrepare", css(".x"), "", options)).toMatchObject({ mode: "done" });
  expect(await inside.page.evaluate("seen")).toBe(1);
});

test("verification tells what the field made of the text", async ({ inside }) => {
  await inside.show("<input class=x maxlength=3>");
  await inside.call("fillPrepare", css(".x"), "abcdef", options);
  await inside.page.keyboard.insertText("abcdef");
  expect(await inside.call("fillVerify", "abcdef")).toEqual({ value: "abc", matches: false, reached: true });
});

const list =
  "<select class=x><option value=r>Red<option value=g label=Green>Grün<option value=b disabled>Blue<optgroup disabled label=G><option>Grey</optgroup></select>";

const choices: [wanted: Record<string, unknown>, index: number][] = [
  [{ values: ["g"] }, 1],
  [{ labels: ["Green"] }, 1],
  [{ labels: [" Grün "] }, 1],
  [{ indexes: [1] }, 1],
  [{ values: ["gone"], labels: ["Green"], indexes: [0] }, 1],
  [{ values: ["gone"], labels: ["Gone"], indexes: [1] }, 1],
];

for (const [wanted, index] of choices) {
  test(`an option is chosen by ${JSON.stringify(wanted)}`, async ({ inside }) => {
    await inside.show(
      `${list}<script>window.seen = []; for (const t of ["input", "change"]) addEventListener(t, () => seen.push(t));</script>`,
    );
    const answer = await inside.call("selectOption", css(".x"), wanted, options);
    expect(answer).toMatchObject({ ok: true, selected: [{ index }] });
    expect(await inside.page.evaluate("seen")).toEqual(["input", "change"]);
  });
}

test("filling a list chooses the option with that value or text, and no other", async ({ inside }) => {
  await inside.show(
    `<select class=x><option value=r>Red<option value=g>Green<option value=b disabled>Blue</select>
    <script>window.seen = []; for (const t of ["input", "change"]) addEventListener(t, () => seen.push(t));</script>`,
  );
  const value = () => inside.page.evaluate("document.querySelector('.x').value");
  expect(await inside.call("fillPrepare", css(".x"), "g", options)).toMatchObject({ ok: true, mode: "done", value: "g" });
  expect(await inside.page.evaluate("seen")).toEqual(["input", "change"]);
  expect(await inside.call("fillPrepare", css(".x"), "Red", options)).toMatchObject({ ok: true, value: "r" });
  expect(await inside.call("fillPrepare", css(".x"), "Purple", options)).toMatchObject({ ok: false, reason: "invalid-value" });
  expect(await inside.call("fillPrepare", css(".x"), "Blue", options)).toMatchObject({ ok: false, reason: "disabled" });
  expect(await value()).toBe("r");
});

test("an option that is not there, or disabled, is an error that lists what is", async ({ inside }) => {
  await inside.show(list);
  expect(await inside.call("selectOption", css(".x"), { values: ["z"] }, { timeoutMs: 400 })).toMatchObject({
    ok: false,
    reason: "option-not-found",
    options: [{ value: "r" }, { value: "g", text: "Grün" }, { value: "b" }, { value: "Grey" }],
  });
  expect(await inside.call("selectOption", css(".x"), { values: ["b"] }, { timeoutMs: 400 })).toMatchObject({ reason: "disabled" });
  expect(await inside.call("selectOption", css(".x"), { values: ["Grey"] }, { timeoutMs: 400 })).toMatchObject({ reason: "disabled" });
  expect(await inside.call("selectOption", css("body"), { values: ["z"] }, { timeoutMs: 400 })).toMatchObject({
    reason: "option-not-found",
  });
});

test("options that arrive late are waited for, and several can be chosen", async ({ inside }) => {
  await inside.show("<select class=x multiple><option value=a>A</select>");
  const script = `setTimeout(() => document.querySelector(".x").add(new Option("B", "b")), 80)`;
  const answer = await inside.after(script, "selectOption", css(".x"), { values: ["a", "b"] }, { timeoutMs: 3000 });
  expect(answer).toMatchObject({ ok: true, selected: [{ value: "a" }, { value: "b" }], waits: ["option-not-found"] });
});

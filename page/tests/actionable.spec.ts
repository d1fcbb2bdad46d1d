import { expect, test } from "./fixtures";

const click = { action: "click", timeoutMs: 400 };
const css = (value: string) => [{ strategy: "css", value }];

test("a plain button is ready at once, in its middle", async ({ inside }) => {
  await inside.show(`<button id=b style="position:absolute;left:100px;top:50px;width:80px;height:20px">Save</button>`);
  const answer = await inside.call("actionable", css("#b"), click);
  expect(answer).toMatchObject({ ok: true, index: 0, tag: "button", type: "submit", retries: 0, waits: [], editable: false });
  expect(answer.point).toEqual({ x: 140, y: 60 });
  expect(answer.box).toEqual({ x: 100, y: 50, width: 80, height: 20 });
  expect(answer.waitedMs).toBeLessThan(12);
});

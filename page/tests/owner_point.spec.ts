import { expect, test } from "./fixtures";

const styles: [name: string, frame: string, around: string][] = [
  ["plain", "", ""],
  ["border and padding", "border:7px solid;padding:11px 13px", ""],
  ["scaled", "transform:scale(.5)", ""],
  ["scaled about a corner", "transform:scale(1.4);transform-origin:0 0", ""],
  ["rotated", "transform:rotate(20deg)", ""],
  ["rotated inside a scaled parent", "transform:rotate(-12deg);border:3px solid", "transform:scale(.8) translate(30px,20px)"],
  ["individual properties", "rotate:10deg;scale:.7;translate:20px 10px", ""],
  ["zoomed", "zoom:1.5", ""],
  ["scrolled", "", "margin-top:900px"],
];

for (const [name, frame, around] of styles) {
  test(`a point of a child frame is mapped to its parent: ${name}`, async ({ inside }) => {
    await inside.show(`<div style="padding:60px 120px;${around}"><iframe id=f style="width:300px;height:160px;${frame}"
      srcdoc="<body style='margin:0'><button id=b style='position:absolute;left:120px;top:70px;width:60px;height:30px'>Go</button>"></iframe></div>`);
    const child = inside.page.frames()[1];
    await child?.waitForSelector("#b");
    if (around.startsWith("margin")) await inside.page.evaluate(() => scrollTo(0, 500));
    const mapped = await inside.page.evaluate(() => {
      const owner = document.getElementById("f") as HTMLElement;
      return globalThis.__proscenium?.ownerPoint(owner, { x: 150, y: 85 });
    });
    expect(mapped?.hit).toBe(true);
    await child?.evaluate(() =>
      addEventListener("click", (event) =>
        Object.assign(globalThis, { clicked: [(event.target as Element).id, event.clientX, event.clientY] }),
      ),
    );
    await inside.page.mouse.click(mapped?.point.x ?? 0, mapped?.point.y ?? 0);
    const clicked = await child?.waitForFunction(() => (globalThis as { clicked?: unknown }).clicked);
    if (!clicked) throw new Error("the child frame is gone");
    const [id, x, y] = (await clicked.jsonValue()) as [string, number, number];
    expect(id).toBe("b");
    expect(Math.abs(x - 150)).toBeLessThanOrEqual(1.5);
    expect(Math.abs(y - 85)).toBeLessThanOrEqual(1.5);
  });
}

test("a covered frame says by what, and only scrolls when asked", async ({ inside }) => {
  await inside.show(
    "<iframe id=f style='width:200px;height:100px'></iframe><div id=veil style='position:fixed;inset:0'></div><div style='height:3000px'></div>",
  );
  const ask = (scroll: boolean) =>
    inside.page.evaluate((wanted) => {
      const owner = document.getElementById("f") as HTMLElement;
      return globalThis.__proscenium?.ownerPoint(owner, { x: 10, y: 10 }, { scroll: wanted });
    }, scroll);
  expect(await ask(false)).toMatchObject({ hit: false, coveredBy: '<div id="veil">', scrolled: false });
  await inside.page.evaluate(() => {
    document.getElementById("veil")?.remove();
    scrollTo(0, 1000);
  });
  expect(await ask(false)).toMatchObject({ hit: false, scrolled: false });
  expect(await ask(true)).toMatchObject({ hit: true, scrolled: true });
});

// The live session page: its own controls by their accessible names, and the remote page through the stage.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Api } from "./api.js";

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}
/** Where on an element: the fraction of its width and height, the middle unless told. */
export interface On {
  readonly fx?: number;
  readonly fy?: number;
}

// Finds an element through open shadow roots and same-origin frames; `outer >>> inner` steps into a frame.
const FIND = `(path) => {
  const deep = (root, selector) => { const hit = root.querySelector(selector); if (hit) return hit;
    for (const one of root.querySelectorAll("*")) if (one.shadowRoot) { const found = deep(one.shadowRoot, selector); if (found) return found; } return null; };
  let root = document, x = 0, y = 0, element = null;
  for (const selector of path.split(" >>> ")) {
    element = deep(root, selector); if (!element) return null;
    const box = element.getBoundingClientRect();
    if (element.tagName === "IFRAME" && element.contentDocument) { x += box.x + element.clientLeft + parseFloat(getComputedStyle(element).paddingLeft); y += box.y + element.clientTop + parseFloat(getComputedStyle(element).paddingTop); root = element.contentDocument; }
    else return { x: x + box.x, y: y + box.y, width: box.width, height: box.height };
  }
  return null; }`;

export class LiveSession {
  readonly stage: Locator;
  readonly steps: Locator;

  constructor(
    readonly page: Page,
    readonly api: Api,
    readonly id: string,
  ) {
    this.stage = page.getByRole("application", { name: "Page" });
    this.steps = page.getByRole("list", { name: "Steps" }).getByRole("listitem");
  }

  /** Opens an address from the home page, as a user does. */
  static async open(
    page: Page,
    api: Api,
    address: string,
    options: { viewport?: string; record?: boolean; browser?: string } = {},
  ): Promise<LiveSession> {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Home" }).click();
    await page.getByRole("textbox", { name: "Page address" }).fill(address);
    if (options.viewport !== undefined || options.record === true || options.browser !== undefined) {
      await page.getByRole("button", { name: "Options" }).click();
      if (options.record === true) await page.getByRole("checkbox", { name: "Record from the start" }).click();
      if (options.browser !== undefined) {
        await page.getByRole("combobox", { name: "Browser" }).click();
        await page.getByRole("option", { name: options.browser }).click();
      }
      if (options.viewport !== undefined) {
        await page.getByRole("combobox", { name: "Viewport" }).click();
        await page.getByRole("option", { name: options.viewport }).click();
      }
    }
    await page.getByRole("button", { name: "Open", exact: true }).click();
    return LiveSession.attach(page, api);
  }

  /** The session whose page is open in the browser; waits for its first picture. */
  static async attach(page: Page, api: Api): Promise<LiveSession> {
    await page.waitForURL(/\/sessions\/[0-9a-f-]{36}/);
    const id = /\/sessions\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? "";
    const session = new LiveSession(page, api, id);
    await expect(session.stage).toBeVisible();
    await expect(session.status).toContainText("fps");
    await expect(page.getByText("The curtain rises…")).toHaveCount(0);
    return session;
  }

  get status(): Locator {
    return this.page.getByRole("status", { name: "Stream" });
  }
  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: typeof name === "string" });
  }
  get address(): Locator {
    return this.page.getByRole("textbox", { name: "Address" });
  }
  tab(title: string | RegExp): Locator {
    return this.page.getByRole("tablist", { name: "Page tabs" }).getByRole("tab", { name: title });
  }

  /** Evaluates in the remote page (its active tab). */
  evaluate<T>(expression: string): Promise<T> {
    return this.api.evaluate<T>(this.id, expression);
  }
  /** Waits until an expression about the remote page has the value; navigations in between are part of waiting. */
  async expectRemote(expression: string, value: unknown, message = expression): Promise<void> {
    await expect
      .poll(() => this.evaluate(expression).catch((error: Error) => `could not ask: ${error.message}`), { message, timeout: 25_000 })
      .toEqual(value);
  }
  text(selector: string): string {
    return `document.querySelector(${JSON.stringify(selector)})?.textContent ?? null`;
  }
  async waitForRemote(selector: string): Promise<void> {
    await this.expectRemote(`(${FIND})(${JSON.stringify(selector)}) !== null`, true, `${selector} is in the remote page`);
  }
  async goto(address: string): Promise<void> {
    await this.address.fill(address);
    await this.address.press("Enter");
    await this.expectRemote(
      `location.href === ${JSON.stringify(address)} && document.readyState === "complete"`,
      true,
      `the remote page is at ${address}`,
    );
  }

  /** The box of an element of the remote page, in the CSS pixels of its viewport. */
  async box(selector: string): Promise<Box> {
    await this.waitForRemote(selector);
    const box = await this.evaluate<Box | null>(`(${FIND})(${JSON.stringify(selector)})`);
    if (box === null) throw new Error(`${selector} left the remote page`);
    return box;
  }

  /** Where a point of the remote viewport is shown in the UI. */
  async toStage(point: Point): Promise<Point> {
    const [shown, viewport] = await Promise.all([
      this.stage.boundingBox(),
      this.evaluate<{ w: number; h: number }>("({ w: innerWidth, h: innerHeight })"),
    ]);
    if (shown === null) throw new Error("the stage is not shown");
    return { x: shown.x + (point.x / viewport.w) * shown.width, y: shown.y + (point.y / viewport.h) * shown.height };
  }
  async at(target: string | Point, on: On = {}): Promise<Point> {
    if (typeof target !== "string") return this.toStage(target);
    const box = await this.intoView(target, on);
    return this.toStage({ x: box.x + box.width * (on.fx ?? 0.5), y: box.y + box.height * (on.fy ?? 0.5) });
  }
  /** Turns the wheel until the point of the element is in the viewport, as a user would. */
  private async intoView(selector: string, on: On): Promise<Box> {
    const box = await this.box(selector);
    const height = await this.evaluate<number>("innerHeight");
    const offset = (one: Box) => one.y + one.height * (on.fy ?? 0.5);
    if (offset(box) > 4 && offset(box) < height - 4) return box;
    const edge = await this.toStage({ x: 4, y: height / 2 });
    await this.page.mouse.move(edge.x, edge.y);
    await this.page.mouse.wheel(0, offset(box) - height / 2);
    let before = box;
    const settled = async () => {
      const now = await this.box(selector);
      const still = now.y === before.y;
      before = now;
      return still && offset(now) > 4 && offset(now) < height - 4;
    };
    await expect.poll(settled, { message: `${selector} scrolls into view` }).toBe(true);
    return before;
  }

  async click(
    target: string | Point,
    options: On & { button?: "left" | "right" | "middle"; count?: number; modifiers?: string[] } = {},
  ): Promise<void> {
    const { x, y } = await this.at(target, options);
    for (const key of options.modifiers ?? []) await this.page.keyboard.down(key);
    await this.page.mouse.click(x, y, { button: options.button ?? "left", clickCount: options.count ?? 1 });
    for (const key of options.modifiers ?? []) await this.page.keyboard.up(key);
  }
  async hover(target: string | Point, on: On = {}): Promise<void> {
    const { x, y } = await this.at(target, on);
    await this.page.mouse.move(x, y, { steps: 3 });
  }
  async drag(from: string | Point, to: string | Point, options: { from?: On; to?: On; via?: Point[] } = {}): Promise<void> {
    const start = await this.at(from, options.from);
    const end = await this.at(to, options.to);
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    for (const point of options.via ?? []) {
      const { x, y } = await this.toStage(point);
      await this.page.mouse.move(x, y, { steps: 4 });
    }
    await this.page.mouse.move(end.x, end.y, { steps: 12 });
    await this.page.mouse.up();
  }
  async wheel(target: string | Point, dx: number, dy: number): Promise<void> {
    await this.hover(target);
    await this.page.mouse.wheel(dx, dy);
  }
  /** Types with the keyboard; the stage has to have been clicked before. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }
  /** Clicks into a field and types. */
  async fill(target: string | Point, text: string): Promise<void> {
    await this.click(target);
    await this.type(text);
  }
  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  async choose(menu: RegExp, item: RegExp): Promise<void> {
    await this.button(menu).click();
    await this.page.getByRole("menuitemradio", { name: item }).click();
    await expect(this.page.getByRole("menu")).toHaveCount(0);
  }
  async startRecording(): Promise<void> {
    await this.button("Record").click();
    await expect(this.button("Stop recording")).toBeVisible();
  }
  /** Titles of the steps in the side panel. */
  async stepTitles(): Promise<string[]> {
    return (await this.steps.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
  }
  /** Stops recording, saves what was recorded and answers the id of the recording, whose editor opens. */
  async save(name: string): Promise<string> {
    await this.button("Stop recording").click();
    const dialog = this.page.getByRole("dialog", { name: "Save recording" });
    await dialog.getByRole("textbox", { name: "Name" }).fill(name);
    const saved = this.page.waitForResponse((response) => /\/sessions\/[^/]+\/recording$/.test(new URL(response.url()).pathname));
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    const body = (await (await saved).json()) as { data: { id: string } };
    await this.page.waitForURL(`**/recordings/${body.data.id}`);
    return body.data.id;
  }
  /**
   * Waits until what is kept of a failed request has its picture of the whole page. While Chromium takes it, the page has another
   * size, and a point in it is that of another element.
   */
  async waitForEvidence(address: string): Promise<void> {
    const taken = async () => {
      const errors = await this.api.get<{ url?: string; evidence: { screenshot?: unknown } }[]>(`/errors?session=${this.id}`);
      return errors.some((one) => one.url?.endsWith(address) === true && one.evidence.screenshot !== undefined);
    };
    await expect.poll(taken, { message: `the picture for the failure of ${address} is kept` }).toBe(true);
  }
  /** Adds a check on an element, as a user does: the toggle, the element, the kind; `negated` checks that it does not hold. */
  async addCheck(target: string, kind: string, expected?: string, options: { negated?: boolean } = {}): Promise<void> {
    await this.button("Add check").click();
    await this.hover(target);
    await this.click(target);
    const dialog = this.page.getByRole("dialog", { name: "Add check" });
    await dialog.getByRole("radio", { name: kind }).click();
    if (expected !== undefined) await dialog.getByRole("textbox", { name: "Expected" }).fill(expected);
    if (options.negated === true) await dialog.getByRole("checkbox", { name: "Negate" }).click();
    await dialog.getByRole("button", { name: "Add this check" }).click();
    await expect(dialog).toBeHidden();
  }
}

// The extension in a real Chromium, and its popup as a person uses it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BrowserContext, chromium, expect, type Page, type Worker } from "@playwright/test";
import type { RecordingDocument } from "../../src/recording/document";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

export class Recorder {
  private constructor(
    readonly context: BrowserContext,
    readonly id: string,
    private readonly profile: string,
  ) {}

  static async launch(): Promise<Recorder> {
    const profile = await mkdtemp(join(tmpdir(), "recorder-profile-"));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env["PROSCENIUM_CHROMIUM"] ?? "/usr/bin/chromium",
      // The old headless mode, which Playwright would ask for, knows no extensions.
      headless: false,
      viewport: null,
      acceptDownloads: true,
      ignoreDefaultArgs: ["--disable-extensions"],
      args: [
        "--headless=new",
        // Tall enough for every page: behind another window, frames would get what is clicked after a scroll.
        "--window-size=1000,1200",
        "--disable-features=DisableLoadExtensionCommandLineSwitch",
        `--disable-extensions-except=${DIST}`,
        `--load-extension=${DIST}`,
        "--no-sandbox",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-backgrounding-occluded-windows",
      ],
    });
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
    return new Recorder(context, new URL(worker.url()).host, profile);
  }

  async close(): Promise<void> {
    await this.context.close();
    await rm(this.profile, { recursive: true, force: true });
  }

  get origin(): string {
    return `chrome-extension://${this.id}`;
  }
  /** The service worker that runs now. */
  async worker(): Promise<Worker> {
    const running = this.context.serviceWorkers().find((one) => one.url().startsWith(this.origin));
    return running ?? this.context.waitForEvent("serviceworker");
  }
  /** A page of its own with this address. */
  async open(url: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(url);
    await page.bringToFront();
    return page;
  }
  /** The popup in a window of its own: beside the page, as the browser's own popup is, and in nobody's way. */
  async popup(): Promise<Popup> {
    const opened = this.context.waitForEvent("page");
    const create = () => void chrome.windows.create({ url: "popup.html", type: "popup", width: 400, height: 700 });
    await (await this.worker()).evaluate(create);
    const page = await opened;
    await page.waitForURL(`${this.origin}/popup.html`);
    return new Popup(page);
  }
  /** Nothing recorded, nothing set, no page left. */
  async reset(): Promise<void> {
    const blank = await this.context.newPage();
    await Promise.all(
      this.context
        .pages()
        .filter((page) => page !== blank)
        .map((page) => page.close()),
    );
    await blank.goto(`${this.origin}/popup.html`);
    await blank.evaluate(async () => {
      await chrome.runtime.sendMessage({ from: "ui", command: "discard" });
      await chrome.storage.local.clear();
    });
    await blank.goto("about:blank");
  }
}

/** The popup: it means the page that was used last, as the browser's own popup means the one in front. */
export class Popup {
  constructor(readonly page: Page) {}

  button(name: string): ReturnType<Page["getByRole"]> {
    return this.page.getByRole("button", { name, exact: true });
  }
  async press(name: string): Promise<void> {
    await this.button(name).click();
  }
  async start(): Promise<void> {
    await this.press("Start recording");
    await expect(this.page.getByRole("status").first()).toHaveText("Recording");
  }
  /** What the toolbar button says. */
  badge(): Promise<string> {
    return this.page.evaluate(() => chrome.action.getBadgeText({}));
  }
  steps(): ReturnType<Page["locator"]> {
    return this.page.locator("#step-list li span");
  }
  async expectSteps(titles: (string | RegExp)[]): Promise<void> {
    await expect(this.steps()).toHaveText(titles);
  }
  /** The document as it stands, without saving it. */
  async document(): Promise<RecordingDocument> {
    const answer = await this.page.evaluate(() => chrome.runtime.sendMessage({ from: "ui", command: "document" }));
    return JSON.parse(answer.value.text);
  }
  /** Points at an element of a page, chooses a kind of check and adds it. */
  async addCheck(page: Page, target: ReturnType<Page["locator"]>, kind: string, expected?: string): Promise<void> {
    await this.press("Add check");
    await expect(this.page.getByText("Point at an element in the page")).toBeVisible();
    await page.bringToFront();
    await target.hover();
    await target.click();
    const form = this.page.getByRole("form", { name: "Add check" });
    await form.getByRole("radio", { name: kind }).check();
    if (expected !== undefined) await form.getByRole("textbox", { name: "Expected" }).fill(expected);
    await form.getByRole("button", { name: "Add this check" }).click();
    await expect(form).toBeHidden();
  }
}

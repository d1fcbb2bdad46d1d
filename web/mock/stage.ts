import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";

export interface CastFrame {
  jpeg: Buffer;
  width: number;
  height: number;
}

/** A real page behind the fixture API, so that frames, input and pictures are real too. */
export class MockStage {
  #browser: Browser | undefined;
  page: Page | undefined;
  #cdp: CDPSession | undefined;
  #picture: Promise<Buffer> | undefined;
  listeners = new Set<(frame: CastFrame) => void>();
  last: CastFrame | undefined;

  async open(url: string, width = 1280, height = 720): Promise<void> {
    this.#browser = await chromium.launch({ executablePath: process.env.MOCK_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
    const context = await this.#browser.newContext({ viewport: { width, height } });
    this.page = await context.newPage();
    await this.page.goto(url);
    this.#cdp = await context.newCDPSession(this.page);
    this.#cdp.on("Page.screencastFrame", (event) => {
      this.#cdp?.send("Page.screencastFrameAck", { sessionId: event.sessionId }).catch(() => undefined);
      const size = this.page?.viewportSize() ?? { width, height };
      this.last = { jpeg: Buffer.from(event.data, "base64"), ...size };
      for (const listener of this.listeners) listener(this.last);
    });
    await this.#cdp.send("Page.startScreencast", { format: "jpeg", quality: 70 });
  }

  /** Taken once: a screenshot for each thumbnail would starve the stream. */
  picture(): Promise<Buffer> {
    this.#picture ??= this.page?.screenshot({ type: "jpeg", quality: 70 }) ?? Promise.resolve(Buffer.alloc(0));
    return this.#picture;
  }

  send(method: Parameters<CDPSession["send"]>[0], params: object): void {
    this.#cdp?.send(method, params as never).catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#browser?.close();
  }
}

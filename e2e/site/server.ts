// The fixture site: own pages on two origins, TodoMVC and Cypress' kitchen sink as sites nobody here wrote, and a
// self-signed HTTPS origin. Everything listens on loopback at a free port. `break` spoils a page from then on.
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type Breakage, parseBreakage, spoil } from "./broken.js";
import { COMMENTS_MOUNT, COMMENTS_SERVICE, serveComments } from "./comments.js";
import { serveHazard } from "./hazards.js";

const HERE = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const PAGES = join(HERE, "pages");
const TODOMVC = join(dirname(require.resolve("todomvc/package.json")), "examples");
const KITCHEN_SINK = join(dirname(require.resolve("cypress-example-kitchensink/package.json")), "app");

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};

/** One request as the site saw it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly host: string;
}

export class FixtureSite {
  readonly seen: Seen[] = [];
  readonly #broken = new Map<string, Breakage>();
  readonly #servers: Server[] = [];
  #ports = { own: 0, other: 0, kitchenSink: 0, secure: 0, dead: 0 };

  static async start(): Promise<FixtureSite> {
    const site = new FixtureSite();
    const own: RequestListener = (request, response) => void site.#serveOwn(request, response);
    const sink: RequestListener = (request, response) => void site.#serveFolder(request, response, KITCHEN_SINK);
    const tls = { key: await readFile(join(HERE, "tls/key.pem")), cert: await readFile(join(HERE, "tls/cert.pem")) };
    site.#ports = {
      own: await site.#listen(createServer(own)),
      other: await site.#listen(createServer(own)),
      kitchenSink: await site.#listen(createServer(sink)),
      secure: await site.#listen(createTlsServer(tls, own)),
      dead: await site.#listen(createServer()),
    };
    site.#servers.pop()?.close();
    return site;
  }

  /** The main origin: `http://127.0.0.1:PORT`. */
  get origin(): string {
    return `http://127.0.0.1:${this.#ports.own}`;
  }
  /** A second site, so that its frames live in another process: `http://localhost:PORT`. */
  get otherOrigin(): string {
    return `http://localhost:${this.#ports.other}`;
  }
  get kitchenSink(): string {
    return `http://127.0.0.1:${this.#ports.kitchenSink}`;
  }
  /** An address where nobody listens. */
  get deadOrigin(): string {
    return `http://127.0.0.1:${this.#ports.dead}`;
  }
  /** HTTPS with a certificate nobody trusts. */
  get secureOrigin(): string {
    return `https://localhost:${this.#ports.secure}`;
  }
  todomvc(example: string): string {
    return `${this.origin}/todomvc/${example}/index.html`;
  }

  /** From now on the page at `path` arrives spoiled, e.g. `break("/form", "remove:#next")`; see broken.ts for the ways. */
  break(path: string, how: string): void {
    this.#broken.set(path, parseBreakage(how));
  }
  repair(): void {
    this.#broken.clear();
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.#servers.map(async (server) => {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
      }),
    );
  }

  #listen(server: Server): Promise<number> {
    this.#servers.push(server);
    server.on("request", (request) => {
      this.seen.push({ method: request.method ?? "", url: request.url ?? "", host: request.headers.host ?? "" });
    });
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
    });
  }

  async #serveOwn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (serveHazard(request, response, this) || serveComments(request, response)) return;
    const { pathname } = new URL(request.url ?? "/", this.origin);
    if (pathname.startsWith("/todomvc/")) return this.#serveFolder(request, response, TODOMVC, "/todomvc");
    return this.#serveFolder(request, response, PAGES);
  }

  async #serveFolder(request: IncomingMessage, response: ServerResponse, folder: string, mount = ""): Promise<void> {
    const url = new URL(request.url ?? "/", this.origin);
    const path = normalize(decodeURIComponent(url.pathname.slice(mount.length)));
    const body = await firstReadable(folder, [path, `${path}.html`, join(path, "index.html")]);
    if (body === null) {
      response.writeHead(404, { "content-type": TYPES[".html"] });
      response.end("<!doctype html><title>Not here</title><h1>404: there is no such page</h1>");
      return;
    }
    const type = TYPES[extname(body.file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "cache-control": "no-store" });
    if (folder === KITCHEN_SINK && extname(body.file) === ".js") {
      return void response.end(body.bytes.toString().replaceAll(COMMENTS_SERVICE, `${this.otherOrigin}${COMMENTS_MOUNT}`));
    }
    if (!type.startsWith("text/html")) return void response.end(body.bytes);
    const asked = url.searchParams.get("broken");
    const breakage = asked === null ? this.#broken.get(url.pathname) : parseBreakage(asked);
    response.end(spoil(body.bytes.toString().replaceAll("%OTHER_ORIGIN%", this.otherOrigin), breakage));
  }
}

async function firstReadable(folder: string, candidates: string[]): Promise<{ file: string; bytes: Buffer } | null> {
  for (const candidate of candidates) {
    const file = join(folder, candidate);
    if (!file.startsWith(folder + sep) && file !== folder) continue;
    const bytes = await readFile(file).catch(() => null);
    if (bytes !== null) return { file, bytes };
  }
  return null;
}

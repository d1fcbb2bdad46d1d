// A folder that the product delivers to, and a web server that shows it as a CDN does.

import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";

const kinds: Record<string, string> = { ".mp4": "video/mp4", ".jpg": "image/jpeg", ".gif": "image/gif", ".png": "image/png" };

export class Shelf {
  /** While it is down it shows nothing. */
  isDown = false;

  private constructor(
    readonly folder: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<Shelf> {
    const folder = await mkdtemp(join(tmpdir(), "e2e-shelf-"));
    const server = createServer((request, response) => void shelf.show(request.url ?? "/", request.headers.range, response));
    const shelf = new Shelf(folder, server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return shelf;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What the product is told, to deliver here and to lose patience at once. */
  get env(): Record<string, string> {
    return {
      PROSCENIUM_STORAGE: pathToFileURL(this.folder).href,
      PROSCENIUM_CDN_URL: `${this.url}/{bucket}`,
      PROSCENIUM_CDN_PATIENCE: "0",
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async show(path: string, range: string | undefined, response: ServerResponse): Promise<void> {
    const bytes = this.isDown ? undefined : await readFile(join(this.folder, decodeURIComponent(path))).catch(() => undefined);
    if (!bytes) {
      response.writeHead(404).end();
      return;
    }
    const type = { "content-type": kinds[extname(path)] ?? "application/octet-stream" };
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
    if (first === undefined || last === undefined) {
      response.writeHead(200, type).end(bytes);
      return;
    }
    const part = bytes.subarray(Number(first), Number(last) + 1);
    response.writeHead(206, { ...type, "content-range": `bytes ${first}-${last}/${bytes.length}` }).end(part);
  }
}

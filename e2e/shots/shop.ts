// A shop to take pictures in. It always has the same address, so that the pictures do too.
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { fileURLToPath } from "node:url";

const PORT = 8080;

export class Shop {
  readonly origin = `http://localhost:${PORT}`;
  private constructor(private readonly server: Server) {}

  static async start(): Promise<Shop> {
    const page = await readFile(fileURLToPath(new URL("./shop.html", import.meta.url)));
    const server = createServer((_, response) => {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" }).end(page);
    });
    await new Promise<void>((listens, reject) => {
      server.once("error", reject);
      server.listen(PORT, "localhost", listens);
    });
    return new Shop(server);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

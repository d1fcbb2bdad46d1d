// A static site on loopback, started by each runner for itself.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../site/", import.meta.url));
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript" };
// The sketch needs the library that the product ships.
const elsewhere = { "p5.min.js": fileURLToPath(new URL("../node_modules/p5/lib/p5.min.js", import.meta.url)) };

/** Serves `site/` on a free loopback port. */
export async function serveSite() {
  const server = createServer(async (request, response) => {
    const name = path.basename(new URL(request.url, "http://site").pathname);
    const file = elsewhere[name] ?? path.join(folder, name);
    const found = await stat(file).catch(() => null);
    if (!found?.isFile()) {
      response.writeHead(name === "favicon.ico" ? 204 : 404).end();
      return;
    }
    response.writeHead(200, { "content-type": types[path.extname(file)], "cache-control": "no-store" });
    createReadStream(file).pipe(response);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

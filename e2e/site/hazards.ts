// Addresses that behave badly on purpose.
import type { IncomingMessage, ServerResponse } from "node:http";

const HTML = { "content-type": "text/html; charset=utf-8" };
const HUGE_BYTES = 200 * 1024 * 1024;

/** Answers the request when it is for one of the hazards; false lets the ordinary pages answer. */
export function serveHazard(request: IncomingMessage, response: ServerResponse, site: { origin: string }): boolean {
  const url = new URL(request.url ?? "/", site.origin);
  const status = /^\/status\/(\d{3})$/.exec(url.pathname)?.[1];
  if (status !== undefined) {
    response.writeHead(Number(status), HTML).end(`<!doctype html><title>${status}</title><h1>Status ${status}</h1>`);
    return true;
  }
  switch (url.pathname) {
    case "/never": // a page whose body never ends
      response.writeHead(200, HTML);
      response.write("<!doctype html><title>Never ends</title><h1>Still loading</h1><button id=early>Early</button>");
      return true;
    case "/silent": // a server that accepts and never answers
      return true;
    case "/huge":
      response.writeHead(200, HTML);
      streamHuge(response);
      return true;
    case "/redirect":
      response.writeHead(302, { location: url.searchParams.get("to") ?? "/" }).end();
      return true;
    case "/download/report.csv":
      response.writeHead(200, { "content-type": "text/csv", "content-disposition": 'attachment; filename="report.csv"' });
      response.end("name,amount\nlamp,3\n");
      return true;
    case "/cut": // a response that breaks off in the middle
      response.writeHead(200, { ...HTML, "content-length": "100000" });
      response.write("<!doctype html><title>Cut</title>");
      response.socket?.end();
      return true;
    default:
      return false;
  }
}

/** 200 MB of real elements; written only as fast as the reader takes them. */
function streamHuge(response: ServerResponse): void {
  response.write("<!doctype html><title>Huge</title><h1>Two hundred megabytes</h1>");
  const comment = Buffer.from(`<!-- ${"x".repeat(65_536 - 9)} -->`);
  let sent = 0;
  const pump = () => {
    while (sent < HUGE_BYTES && !response.destroyed) {
      sent += comment.length;
      if (!response.write(comment)) return void response.once("drain", pump);
    }
    response.end("<p id=end>The end</p>");
  };
  pump();
}

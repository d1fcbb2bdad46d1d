import type { IncomingMessage, ServerResponse } from "node:http";
import * as data from "./data.ts";
import type { MockStage } from "./stage.ts";

type Answer = { status?: number; data?: unknown; pagination?: unknown; error?: unknown; raw?: { type: string; body: string | Buffer } };

const page = (items: unknown[], query: URLSearchParams): Answer => {
  const limit = Number(query.get("limit") ?? 20);
  const at = Number(query.get("page") ?? 1);
  return { data: items.slice((at - 1) * limit, at * limit), pagination: { page: at, limit, total: items.length } };
};
const missing: Answer = { status: 404, error: { code: "not_found", message: "There is nothing with this id.", requestId: "req_8f31" } };
const matches = (query: URLSearchParams, key: string, value: unknown) => !query.get(key) || query.get(key) === value;

/** Faults on purpose: `?mock=empty`, `slow`, `broken`, `denied` in the page's address, kept in a cookie. */
function fault(request: IncomingMessage): string | undefined {
  const referer = request.headers.referer ?? "";
  return /[?&]mock=(\w+)/.exec(referer)?.[1];
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

let revision = 3;
let saved: object = data.document;

async function answer(request: IncomingMessage, path: string, query: URLSearchParams, stage: MockStage): Promise<Answer> {
  const method = request.method ?? "GET";
  const [kind, id, part] = path.split("/").filter(Boolean);
  const wrong = fault(request);
  if (wrong === "broken" && kind !== "auth")
    return { status: 500, error: { code: "internal", message: "The database is locked by another process.", requestId: "req_5c1a" } };
  if (wrong === "slow" && kind !== "auth") await new Promise((done) => setTimeout(done, 60_000));
  const empty = wrong === "empty";

  if (kind === "mock") return { raw: { type: "image/jpeg", body: await stage.picture() } };
  if (kind === "auth") {
    if (id === "me") return { data: wrong === "denied" ? { user: null, setupRequired: false } : data.me };
    if (id === "claim")
      return (await body(request)).includes("good")
        ? { data: data.me }
        : { status: 401, error: { code: "bad_token", message: "This link has been used or is too old." } };
    if (id === "login")
      return (await body(request)).includes("stage")
        ? { data: data.me }
        : { status: 401, error: { code: "bad_credentials", message: "Name or password is wrong." } };
    return { data: data.me };
  }
  if (kind === "health") return { data: data.health };
  if (kind === "system") return { data: data.doctor };
  if (kind === "sessions") {
    if (!id && method === "POST") return { status: 201, data: data.sessions[0] };
    if (!id) return page(empty ? [] : data.sessions.filter((each) => matches(query, "status", each.status)), query);
    const session = data.sessions.find((each) => each.id === id);
    if (!session) return missing;
    if (part === "events") return { data: [] };
    if (part === "thumbnail") return { raw: { type: "image/jpeg", body: stage.last?.jpeg ?? (await stage.picture()) } };
    if (part === "uploads") return { data: [{ id: data.id(6, 1), name: "invoice.pdf", size: 48_210 }] };
    if (part === "recording") return { status: 201, data: { ...data.recordings[0], document: saved } };
    return { data: session };
  }
  if (kind === "recordings") {
    if (id === "validate") {
      const text = await body(request);
      const errors = text.includes('"xpath ') ? [{ path: "actions[1].selectors[0].value", message: "It is no XPath." }] : [];
      return {
        data: {
          valid: errors.length === 0,
          errors,
          warnings: [{ path: "actions[7].value", message: "A fixed wait makes runs slow; wait for an element instead." }],
        },
      };
    }
    if (!id && method === "POST")
      return {
        status: 422,
        error: {
          code: "invalid_recording",
          message: "The recording has 2 problems.",
          details: {
            problems: [
              { path: "actions[3].type", message: "There is no step type “clik”." },
              { path: "url", message: "It is not an address." },
            ],
          },
        },
      };
    if (!id)
      return page(
        empty ? [] : data.recordings.filter((each) => each.name.toLowerCase().includes((query.get("q") ?? "").toLowerCase())),
        query,
      );
    const recording = data.recordings.find((each) => each.id === id);
    if (!recording) return missing;
    if (method === "PUT") {
      const { document, revision: base } = JSON.parse(await body(request)) as { document: object; revision: number };
      if (base !== revision) return { status: 409, error: { code: "conflict", message: "A later revision was saved." } };
      saved = document;
      revision += 1;
    }
    return { data: { ...recording, revision, document: saved } };
  }
  if (kind === "runs") {
    if (!id && method === "POST") return { status: 201, data: data.runs[2] };
    if (!id)
      return page(
        empty ? [] : data.runs.filter((each) => matches(query, "status", each.status) && matches(query, "recordingId", each.recordingId)),
        query,
      );
    const run = data.runs.find((each) => each.id === id);
    if (!run) return missing;
    if (part === "artifacts") return { data: run.status === "failed" ? data.artifacts : [] };
    return { data: { ...run, steps: data.runSteps(run) } };
  }
  if (kind === "errors") {
    if (!id)
      return page(
        empty ? [] : data.errors.filter((each) => matches(query, "kind", each.kind) && matches(query, "severity", each.severity)),
        query,
      );
    return { data: data.errors.find((each) => each.id === id) };
  }
  if (kind === "artifacts") {
    const text =
      query.get("kind") === "dom"
        ? '<!doctype html>\n<html lang="en">\n  <body>…</body>\n</html>'
        : JSON.stringify(query.get("kind") === "console" ? data.consoleLines : data.networkLines);
    return { raw: { type: "text/plain", body: text } };
  }
  return missing;
}

export async function rest(request: IncomingMessage, response: ServerResponse, stage: MockStage): Promise<void> {
  const url = new URL(request.url ?? "/", "http://mock");
  if (url.pathname.endsWith("/events/stream")) {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
    const timer = setInterval(() => response.write(`id: 1\nevent: step.finished\ndata: {}\n\n`), 2_000);
    response.on("close", () => clearInterval(timer));
    return;
  }
  const found = await answer(request, url.pathname.replace("/api/v1", ""), url.searchParams, stage);
  if (found.raw) {
    response.writeHead(200, { "content-type": found.raw.type, "cache-control": "no-store" });
    response.end(found.raw.body);
    return;
  }
  const status = found.status ?? 200;
  response.writeHead(status, { "content-type": "application/json" });
  response.end(
    JSON.stringify(
      found.error ? { success: false, error: found.error } : { success: true, data: found.data, pagination: found.pagination },
    ),
  );
}

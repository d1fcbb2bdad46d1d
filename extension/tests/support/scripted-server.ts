// A server that answers what a test tells it to, and remembers what it was asked.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A status with a body, or the end of the connection in the middle of the answer. */
export type Reply = { status: number; body: unknown } | "hang up";

export const signedIn: Reply = { status: 200, body: { success: true, data: { user: { name: "owner" } } } };
export const kept: Reply = { status: 201, body: { success: true, data: { id: "0192f0c1-2345-7000-8000-000000000000" } } };

export class ScriptedServer {
  readonly asked: string[] = [];
  private constructor(
    private readonly server: Server,
    private readonly replies: Record<string, Reply[]>,
  ) {}

  /** `replies` by method and path, in order; the last one is given again and again. */
  static async start(replies: Record<string, Reply[]>): Promise<ScriptedServer> {
    const server = createServer();
    const scripted = new ScriptedServer(server, replies);
    server.on("request", (request, response) => {
      const what = `${request.method} ${request.url}`;
      scripted.asked.push(what);
      request.resume().on("end", () => {
        const reply = scripted.next(what);
        if (reply === "hang up") return void response.destroy();
        const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body);
        // A connection that was used before would let the browser itself repeat a request that broke.
        response.writeHead(reply.status, { "content-type": "application/json", connection: "close" }).end(text);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return scripted;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private next(what: string): Reply {
    const left = this.replies[what] ?? [];
    const reply = left.length > 1 ? left.shift() : left[0];
    return reply ?? { status: 404, body: "<h1>Not here</h1>" };
  }
}

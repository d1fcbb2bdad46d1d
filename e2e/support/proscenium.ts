// Starts the product the way a user does (`proscenium serve`), speaks to its API, runs its command line, stops it by pid.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Api } from "./api.js";

const ROOT = resolve(fileURLToPath(import.meta.url), "../../..");
const BINARY = process.env["PROSCENIUM_BIN"] ?? join(ROOT, "target/debug/proscenium");
const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 10_000;

export interface ServeOptions {
  /** Hosts that pages may reach although the address is a private one. */
  readonly allowHosts: readonly string[];
  readonly dataDir?: string;
  /** More arguments. */
  readonly args?: readonly string[];
  /** More of the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class Proscenium {
  readonly api: Api;

  private constructor(
    private readonly child: ChildProcess,
    private readonly output: () => string,
    readonly url: string,
    private readonly printedLink: string | undefined,
    readonly dataDir: string,
  ) {
    this.api = new Api(url);
  }

  static async serve(options: ServeOptions): Promise<Proscenium> {
    const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "e2e-proscenium-")));
    const allow = options.allowHosts.flatMap((host) => ["--allow-host", host]);
    const child = spawn(BINARY, ["serve", "--port", "0", "--data-dir", dataDir, ...allow, ...(options.args ?? [])], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1", ...options.env },
    });
    let said = "";
    let printed = "";
    const heard = await new Promise<{ url: string; link: string | undefined }>((listens, reject) => {
      const giveUp = setTimeout(
        () => reject(new Error(`it does not listen within ${START_LIMIT_MS} ms; it said:\n${said}`)),
        START_LIMIT_MS,
      );
      const hear = (chunk: Buffer) => {
        said += chunk.toString();
      };
      // What it logs meanwhile comes by the other way.
      const read = (chunk: Buffer) => {
        printed += chunk.toString();
        // The line after the address says how to sign in: by the one-time link, or that there is an owner already.
        const [, url, next] = /listens on (\S+)\n(.+)\n/.exec(printed) ?? [];
        if (url === undefined || next === undefined) return;
        clearTimeout(giveUp);
        listens({ url, link: /https?:\/\/\S+\/welcome\?token=\S+/.exec(next)?.[0] });
      };
      child.stdout.on("data", hear);
      child.stdout.on("data", read);
      child.stderr.on("data", hear);
      child.once("error", reject);
      child.once("exit", (code, signal) => reject(new Error(`serve ended at once (${code ?? signal}); it said:\n${said}`)));
    });
    return new Proscenium(child, () => said, heard.url, heard.link, dataDir);
  }

  /** The one-time link that the first start prints. */
  get link(): string {
    if (this.printedLink === undefined) throw new Error(`no one-time link was printed:\n${this.said}`);
    return this.printedLink;
  }
  get pid(): number {
    if (this.child.pid === undefined) throw new Error("the server has no pid");
    return this.child.pid;
  }
  /** Everything the server printed so far. */
  get said(): string {
    return this.output();
  }

  /** Ends the server as Ctrl-C would and answers its exit status. */
  async stop(keepData = false): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = once(this.child, "exit");
      this.child.kill("SIGTERM");
      const force = setTimeout(() => this.child.kill("SIGKILL"), STOP_LIMIT_MS);
      await gone;
      clearTimeout(force);
    }
    if (!keepData) await rm(this.dataDir, { recursive: true, force: true });
    return this.child.exitCode;
  }
}

/** Runs `proscenium ARGS…` to its end, with `input` on stdin. */
export async function command(args: readonly string[], limitMs = 45_000): Promise<Ran> {
  const child = spawn(BINARY, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1" } });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const limit = setTimeout(() => child.kill("SIGKILL"), limitMs);
  const [code] = (await once(child, "close")) as [number | null];
  clearTimeout(limit);
  return { code, stdout, stderr };
}

// The public API as a test sees it: envelopes opened, errors as values where a test asks for them.

const COOKIE = "proscenium_session";

export interface ApiError {
  readonly code: string;
  readonly message: string;
  readonly details?: unknown;
  readonly requestId?: string;
}

export interface Answer<T> {
  readonly status: number;
  readonly data: T;
  readonly error: ApiError | undefined;
}

export interface Session {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly status: string;
  readonly endReason?: string;
}
export interface RecordingSummary {
  readonly id: string;
  readonly name: string;
  readonly steps: number;
  readonly revision: number;
}
export interface RunStep {
  readonly index: number;
  readonly type: string;
  readonly title: string;
  readonly status: string;
  readonly url?: string;
  readonly matched?: { strategy: string; value: string; index: number };
  readonly expected?: string;
  readonly actual?: string;
  readonly error?: { code: string; message: string; detail?: string; callLog?: string[] };
  readonly screenshot?: { artifactId: string; url: string };
  readonly spot?: { x: number; y: number; width: number; height: number };
}
export interface Run {
  readonly id: string;
  readonly recordingId: string;
  readonly status: string;
  readonly attempt: number;
  readonly stepsTotal: number;
  readonly stepsPassed: number;
  readonly stepsFailed: number;
  readonly stepsSkipped: number;
  readonly error?: { code: string; message: string; step?: number };
  readonly steps?: RunStep[];
}
export interface Artifact {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly url: string;
}
/** A step of a recording document. */
export type Step = Record<string, unknown> & { type: string };
/** A recording document as the file holds it. */
export type Document = Record<string, unknown> & { actions: Step[] };

export class Api {
  cookie = "";
  constructor(readonly origin: string) {}

  /** Signs in with the one-time link and keeps the cookie. */
  async claim(link: string): Promise<void> {
    const token = new URL(link).searchParams.get("token");
    const response = await this.fetch("POST", "/auth/claim", { token });
    const cookie = response.headers.getSetCookie().find((one) => one.startsWith(`${COOKIE}=`));
    if (!response.ok || cookie === undefined) throw new Error(`claim answered ${response.status}: ${await response.text()}`);
    this.cookie = (cookie.split(";")[0] ?? "").slice(COOKIE.length + 1);
  }

  /** The cookie in the shape Playwright wants. */
  browserCookie(): { name: string; value: string; url: string; httpOnly: boolean; sameSite: "Strict" } {
    return { name: COOKIE, value: this.cookie, url: this.origin, httpOnly: true, sameSite: "Strict" };
  }

  fetch(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const raw = typeof body === "string" || body instanceof Uint8Array;
    return fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: {
        origin: this.origin,
        ...(this.cookie === "" ? {} : { cookie: `${COOKIE}=${this.cookie}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
    });
  }

  /** Any answer, also a refusal; the envelope is checked. */
  async ask<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>> {
    const response = await this.fetch(method, path, body, headers);
    const text = await response.text();
    if (text === "") return { status: response.status, data: undefined as T, error: undefined };
    let envelope: { success: boolean; data: T; error?: ApiError };
    try {
      envelope = JSON.parse(text);
    } catch {
      throw new Error(`${method} ${path} answered ${response.status} with something that is not JSON: ${text.slice(0, 300)}`);
    }
    if (envelope.success !== response.ok)
      throw new Error(`${method} ${path}: status ${response.status} and envelope disagree: ${text.slice(0, 300)}`);
    return { status: response.status, data: envelope.data, error: envelope.error };
  }

  /** An answer that has to be a success. */
  async get<T>(path: string): Promise<T> {
    return this.must("GET", path);
  }
  async post<T>(path: string, body?: unknown): Promise<T> {
    return this.must("POST", path, body);
  }
  async must<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.ask<T>(method, path, body);
    if (answer.error !== undefined || answer.status >= 400)
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.error)}`);
    return answer.data;
  }

  async evaluate<T>(session: string, expression: string): Promise<T> {
    return (await this.post<{ value: T }>(`/sessions/${session}/evaluate`, { expression })).value;
  }
  run(id: string): Promise<Run & { steps: RunStep[] }> {
    return this.get(`/runs/${id}`);
  }
  async document(recording: string): Promise<Document> {
    return (await this.get<{ document: Document }>(`/recordings/${recording}`)).document;
  }
}

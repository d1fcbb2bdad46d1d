/** What the API says went wrong; `requestId` finds the matching line in the server's log. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details?: unknown,
    readonly requestId?: string,
  ) {
    super(message);
    this.name = "ApiError";
  }

  get denied(): boolean {
    return this.status === 401;
  }

  get missing(): boolean {
    return this.status === 404;
  }

  get conflict(): boolean {
    return this.status === 409;
  }
}

export interface Pagination {
  page: number;
  limit: number;
  total: number;
}

export interface Page<T> {
  items: T[];
  pagination: Pagination;
}

interface Envelope<T> {
  success: boolean;
  data?: T;
  pagination?: Pagination;
  error?: { code: string; message: string; details?: unknown; requestId?: string };
}

export type Query = Record<string, string | number | boolean | undefined | null>;

export interface RequestOptions {
  method?: string;
  query?: Query;
  /** Sent as JSON unless it is a string or a form. */
  body?: unknown;
  contentType?: string;
  signal?: AbortSignal;
}

const BASE = "/api/v1";

export function apiUrl(path: string, query?: Query): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== "") params.set(key, String(value));
  }
  const search = params.toString();
  return `${BASE}${path}${search ? `?${search}` : ""}`;
}

async function exchange<T>(path: string, options: RequestOptions = {}): Promise<Envelope<T>> {
  const { method = options.body === undefined ? "GET" : "POST", query, body, contentType, signal } = options;
  const raw = typeof body === "string" || body instanceof FormData;
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined && !(body instanceof FormData)) headers["content-type"] = contentType ?? "application/json";

  let response: Response;
  try {
    response = await fetch(apiUrl(path, query), {
      method,
      headers,
      body: body === undefined ? undefined : raw ? (body as BodyInit) : JSON.stringify(body),
      signal,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(0, "unreachable", "The server does not answer. Is Proscenium still running?");
  }

  const text = await response.text();
  let envelope: Envelope<T> | undefined;
  try {
    envelope = text ? (JSON.parse(text) as Envelope<T>) : { success: response.ok };
  } catch {
    envelope = undefined;
  }
  if (!response.ok || !envelope || envelope.success === false) {
    const error = envelope?.error;
    throw new ApiError(
      response.status,
      error?.code ?? "http_error",
      error?.message ?? `The server answered ${response.status} ${response.statusText}`.trim(),
      error?.details,
      error?.requestId ?? response.headers.get("x-request-id") ?? undefined,
    );
  }
  return envelope;
}

/** One resource. */
export async function send<T>(path: string, options?: RequestOptions): Promise<T> {
  return (await exchange<T>(path, options)).data as T;
}

/** A page of a list. */
export async function list<T>(path: string, options?: RequestOptions): Promise<Page<T>> {
  const envelope = await exchange<T[]>(path, options);
  const items = envelope.data ?? [];
  return { items, pagination: envelope.pagination ?? { page: 1, limit: items.length, total: items.length } };
}

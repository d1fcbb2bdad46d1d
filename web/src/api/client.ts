import createClient from "openapi-fetch";
import { ApiError } from "./api-error.ts";
import type { components, paths } from "./schema.d.ts";

type Failure = components["schemas"]["Failure"];
export type Pagination = components["schemas"]["Pagination"];

export interface Page<T> {
  items: T[];
  pagination: Pagination;
}

/** What openapi-fetch answers: one of `data` and `error`. */
interface Answer<E> {
  data?: E;
  error?: unknown;
  response: Response;
}

/** The API as its OpenAPI document describes it. Same origin, cookie for the person. */
export const api = createClient<paths>({ baseUrl: location.origin });

async function envelope<E>(answer: Promise<Answer<E>>): Promise<E> {
  let settled: Answer<E>;
  try {
    settled = await answer;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    if (cause instanceof TypeError) throw new ApiError(0, "unreachable", "The server does not answer. Is Proscenium still running?");
    throw cause;
  }
  const { data, error, response } = settled;
  if (response.ok && data !== undefined) return data;
  const body = (error as Partial<Failure> | undefined)?.error;
  throw new ApiError(
    response.status,
    body?.code ?? "http_error",
    body?.message ?? `The server answered ${response.status} ${response.statusText}`.trim(),
    body?.details,
    body?.requestId,
  );
}

/** One resource, or what went wrong. */
export async function one<T>(answer: Promise<Answer<{ data: T }>>): Promise<T> {
  return (await envelope(answer)).data;
}

/** A page of a list. */
export async function list<T>(answer: Promise<Answer<{ data: T[]; pagination?: Pagination | null }>>): Promise<Page<T>> {
  const { data, pagination } = await envelope(answer);
  return { items: data, pagination: pagination ?? { page: 1, limit: data.length, total: data.length } };
}

/** Requests to a Proscenium server, and what went wrong in words that say what to do. */

export interface Connection {
  server: string;
  token: string;
}

/** Why a request was not done. */
export class ServerError extends Error {
  constructor(
    message: string,
    /** The way out leads over the settings. */
    readonly settings = false,
    /** What trying again does: nothing, or what was asked; after `broken` nobody knows whether it was done. */
    readonly again: "useless" | "harmless" | "broken" = "useless",
  ) {
    super(message);
  }
}

/** How long an answer may take. */
const limitMs = 20_000;

const notJson = "not_json";

interface Answered {
  status: number;
  data: unknown;
  code: string;
  message: string;
}

/** Whether the server is there, is a Proscenium, and knows the token; answers the name of its owner. */
export async function whoAmI(connection: Connection): Promise<string> {
  const answer = await ask(connection, "GET", "/auth/me");
  const user = (answer.data as { user?: { name?: string } | null } | null)?.user;
  if (user) return user.name ?? "owner";
  throw new ServerError("The server does not know this token. Make a new one there with `proscenium link --token`.", true);
}

/** Sends a request; every refusal but a conflict is an error. */
export async function ask(connection: Connection, method: string, path: string, body?: unknown): Promise<Answered> {
  const answer = await read(await send(connection, method, path, body));
  if (answer.code !== notJson && (answer.status < 300 || answer.status === 409)) return answer;
  throw errorFor(answer, connection.server);
}

async function send({ server, token }: Connection, method: string, path: string, body: unknown): Promise<Response> {
  try {
    return await fetch(`${server}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // The token says who asks; a cookie of the same server must not.
      credentials: "omit",
      redirect: "error",
      cache: "no-store",
      signal: AbortSignal.timeout(limitMs),
    });
  } catch (error) {
    const late = error instanceof DOMException && error.name === "TimeoutError";
    const why = late ? `did not answer within ${limitMs / 1_000} seconds` : "cannot be reached";
    throw new ServerError(`${server} ${why}. Is \`proscenium serve\` running there, and is the address right?`, true, "broken");
  }
}

async function read(response: Response): Promise<Answered> {
  const text = await response.text();
  try {
    const { data = null, error = {} } = JSON.parse(text);
    return { status: response.status, data, code: String(error.code ?? ""), message: String(error.message ?? "") };
  } catch {
    return { status: response.status, data: null, code: notJson, message: "" };
  }
}

function errorFor({ status, code, message }: Answered, server: string): ServerError {
  if (status === 401) {
    return new ServerError("The server does not accept this token. Make a new one there with `proscenium link --token`.", true);
  }
  if (status === 429 || status === 502 || status === 503 || status === 504) {
    return new ServerError(`${server} is busy or starting (${status}). Try again in a moment.`, false, "harmless");
  }
  if (code === notJson || (status === 404 && code === "")) {
    return new ServerError(`${server} answers, but not as a Proscenium server (${status}). Check the address.`, true);
  }
  return new ServerError(message || `The server answered ${status}.`, status === 421 || status === 404);
}

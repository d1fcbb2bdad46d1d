/** What the API says went wrong; `requestId` finds the matching line in the server's log. */
export class ApiError extends Error {
  constructor(
    /** 0 when the server did not answer at all. */
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

  get conflict(): boolean {
    return this.status === 409;
  }
}

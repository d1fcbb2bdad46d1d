// The service that the kitchen sink's pages ask for comments. It is on the internet, so the site answers in its place: to the
// same requests, from another origin as there.
import type { IncomingMessage, ServerResponse } from "node:http";

/** Where the pages ask. */
export const COMMENTS_SERVICE = "https://jsonplaceholder.cypress.io";
/** Where they are answered, on the site's second origin. */
export const COMMENTS_MOUNT = "/comments-service";

const COMMENT = {
  postId: 1,
  id: 1,
  name: "About the second act",
  email: "ann@example.test",
  body: "The second act was the better one.\nThe first could do with less fog.",
};
/** What the service says to a change; the page shows it. */
const NOTHING_TO_CHANGE = "There is no such comment to change";

/** Answers a request to the service; false when it is for something else. */
export function serveComments(request: IncomingMessage, response: ServerResponse): boolean {
  const path = (request.url ?? "").split("?")[0] ?? "";
  if (!path.startsWith(`${COMMENTS_MOUNT}/`)) return false;
  const answer = (status: number, body?: unknown) => {
    response.writeHead(status, {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      "access-control-allow-origin": request.headers.origin ?? "*",
      "access-control-allow-methods": "GET,HEAD,PUT,PATCH,POST,DELETE",
      "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "*",
    });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  switch (`${request.method} ${path.slice(COMMENTS_MOUNT.length)}`) {
    case "OPTIONS /comments":
    case "OPTIONS /comments/1":
      answer(204);
      break;
    case "GET /comments/1":
      answer(200, COMMENT);
      break;
    case "POST /comments":
      answer(201, { id: 501 });
      break;
    case "PUT /comments/1": // only of a refusal does the page say anything
      answer(404, { error: NOTHING_TO_CHANGE });
      break;
    default:
      answer(404, {});
  }
  return true;
}

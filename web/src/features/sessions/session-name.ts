import type { Session } from "@/api/types.ts";
import { shortUrl } from "@/lib/shorten.ts";

/** A session's own name, or where it is. */
export const sessionName = (session: Pick<Session, "name" | "url">): string => session.name || shortUrl(session.url);

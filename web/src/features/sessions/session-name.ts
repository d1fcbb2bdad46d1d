import type { Session } from "@/api/types.ts";
import { shortUrl } from "@/lib/shorten.ts";

/** A session's own name, or where it is: the API names a session by its address when nobody did. */
export const sessionName = ({ name, url }: Pick<Session, "name" | "url">): string => (name && name !== url ? name : shortUrl(url));

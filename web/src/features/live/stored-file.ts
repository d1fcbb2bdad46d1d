import { sessionEventsUrl } from "@/api/sessions.ts";

interface StoredEvent {
  at: string;
  payload: { artifactId?: string; name?: string };
}

const PATIENCE_MS = 10_000;
/** The log is written a moment before or after the viewers are told. */
const SLACK_MS = 3_000;

/**
 * Waits until the file that a notice spoke of is stored, and gives its address. `since` is the server's clock when the notice
 * came; what was stored long before is another file. `undefined` when it is not stored in time.
 */
export function storedFile(sessionId: string, kind: "screenshot" | "download", since: number, name?: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const source = new EventSource(sessionEventsUrl(sessionId));
    const done = (address?: string) => {
      clearTimeout(timer);
      source.close();
      resolve(address);
    };
    const timer = setTimeout(done, PATIENCE_MS);
    source.addEventListener(kind, ({ data }: MessageEvent<string>) => {
      const { at, payload } = JSON.parse(data) as StoredEvent;
      const fresh = Date.parse(at) >= since - SLACK_MS;
      if (fresh && payload.artifactId && (name === undefined || payload.name === name)) {
        done(`/api/v1/artifacts/${payload.artifactId}/content`);
      }
    });
  });
}

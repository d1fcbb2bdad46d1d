import { Link } from "@tanstack/react-router";
import { CircleDot, Eye } from "lucide-react";
import { thumbnailUrl } from "@/api/sessions.ts";
import type { Session } from "@/api/types.ts";
import { Moment } from "@/components/moment.tsx";
import { Picture } from "@/components/picture.tsx";
import { StatusWord } from "@/components/status.tsx";
import { browserName, defaultEngine } from "@/lib/engines.ts";
import { shortUrl } from "@/lib/shorten.ts";
import { useNow } from "@/lib/use-now.ts";
import { sessionName } from "./session-name.ts";

const size = ({ viewport }: Session) => (viewport ? `${viewport.width} × ${viewport.height}` : "");

/** A session with its live picture. */
export function SessionCard({ session }: { session: Session }) {
  const now = useNow();
  const live = session.status === "live";
  const name = sessionName(session);
  return (
    <Link
      to="/sessions/$id"
      params={{ id: session.id }}
      data-row
      aria-label={name}
      className="group block overflow-hidden rounded-lg border border-line bg-surface transition-colors hover:border-line-strong"
    >
      <Picture
        src={live ? thumbnailUrl(session.id, Math.floor(now / 5000)) : (session.thumbnail ?? undefined)}
        alt={`What ${name} shows now`}
        className="aspect-[16/9] w-full border-b border-line"
      />
      <div className="flex items-center gap-2 px-3 py-2">
        <div className="min-w-0 flex-1">
          <div className="truncate font-medium">{name}</div>
          <div className="truncate text-data text-muted">
            {name === shortUrl(session.url) ? size(session) : shortUrl(session.url)}
            {session.browser.name !== defaultEngine && ` · ${browserName(session.browser.name)}`}
          </div>
        </div>
        <div className="flex flex-col items-end gap-0.5 text-data">
          {session.recording?.state === "recording" ? (
            <span className="flex items-center gap-1 text-accent-text">
              <CircleDot className="breathe size-3.5" aria-hidden />
              Recording
            </span>
          ) : (
            <StatusWord status={session.status} />
          )}
          <span className="flex items-center gap-2 text-faint">
            {(session.viewers ?? 0) > 0 && (
              <span className="num flex items-center gap-1" title={`${session.viewers} watching`}>
                <Eye className="size-3.5" aria-hidden />
                {session.viewers}
              </span>
            )}
            <Moment at={session.endedAt ?? session.createdAt} />
          </span>
        </div>
      </div>
    </Link>
  );
}

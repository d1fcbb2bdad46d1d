import { Link } from "@tanstack/react-router";
import { Clapperboard } from "lucide-react";
import type { ReactNode } from "react";
import { pictureUrl } from "@/api/artifacts.ts";
import type { RecordingSummary } from "@/api/types.ts";
import { Moment } from "@/components/moment.tsx";
import { Picture } from "@/components/picture.tsx";
import { StatusIcon, statusLook } from "@/components/status.tsx";
import { plural } from "@/lib/plural.ts";
import { shortUrl } from "@/lib/shorten.ts";
import { RunButton } from "./run-button.tsx";
import { TagChips } from "./tag-chips.tsx";

interface RecordingRowProps {
  recording: RecordingSummary;
  actions?: ReactNode;
}

/** A recording in a list: what, where, how its last run went, and Run. */
export function RecordingRow({ recording, actions }: RecordingRowProps) {
  const last = recording.lastRun;
  return (
    <li className="relative flex items-center gap-3 border-b border-line px-3 py-2 last:border-0 hover:bg-hover">
      <Picture
        src={pictureUrl(recording.thumbnail)}
        alt=""
        placeholder={<Clapperboard />}
        className="h-10 w-16 shrink-0 rounded-sm border border-line max-sm:hidden"
      />
      <div className="min-w-0 flex-1">
        <Link
          to="/recordings/$id"
          params={{ id: recording.id }}
          data-row
          className="line-clamp-2 font-medium break-words after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {recording.name}
        </Link>
        <div className="truncate text-data text-muted">
          {shortUrl(recording.url)} · {plural(recording.steps, "step")}
        </div>
      </div>
      <TagChips tags={recording.tags} />
      <div className="flex w-32 items-center justify-end gap-2 max-sm:w-auto max-sm:gap-0">
        {last && (
          <Link
            to="/runs/$id"
            params={{ id: last.id }}
            aria-label={`Last run: ${statusLook(last.status).word}`}
            title={`Last run: ${statusLook(last.status).word}`}
            className="relative rounded p-1 hover:bg-raised max-md:p-3.5"
          >
            <StatusIcon status={last.status} />
          </Link>
        )}
        <Moment at={last?.finishedAt ?? recording.updatedAt} className="max-sm:hidden" />
      </div>
      <div className="relative flex items-center gap-1">
        <RunButton recording={recording} />
        {actions}
      </div>
    </li>
  );
}

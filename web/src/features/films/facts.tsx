import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Film, FilmMade } from "@/api/types.ts";
import { CopyId } from "@/components/copy-id.tsx";
import { formatDuration } from "@/lib/duration.ts";
import { plural } from "@/lib/plural.ts";
import { formatBitrate, formatBytes } from "@/lib/size.ts";
import { formatName } from "./words.ts";

const meanings: Record<string, string> = {
  frozen: "All pictures of the film are the same.",
  silent: "The page's own sound was asked for, and it played nothing that can be heard.",
};

/** What is known of the film: of its file, read from the file, and of how it was made. */
export function Facts({ film, made }: { film: Film; made: FilmMade }) {
  const lost = made.dropped + made.late;
  const isCut = made.way === "edit";
  return (
    <div className="flex flex-col gap-3">
      <dl aria-label="Facts" className="grid grid-cols-2 gap-x-8 gap-y-3 text-data min-[1100px]:grid-cols-3">
        <Fact name="Duration">
          {formatDuration(made.durationMs)} · {plural(made.frames, "frame")}
        </Fact>
        <Fact name="Size">
          {made.width} × {made.height} · {Number(made.fps.toFixed(2))} fps
        </Fact>
        <Fact name="File">
          {formatBytes(made.bytes)} · {made.codec} in {formatName(film.setup.format)}
        </Fact>
        <Fact name="Bitrate">
          {formatBitrate(made.bitrate / 8)}{" "}
          {film.setup.kbps > 0 && <Aside>of {formatBitrate((film.setup.kbps * 1000) / 8)} it may use</Aside>}
        </Fact>
        <Fact name="Sound">{made.sound ?? "none"}</Fact>
        {isCut ? (
          <Fact name="Took">{formatDuration(made.elapsedMs)}</Fact>
        ) : (
          <>
            <Fact name="From the browser">
              {plural(made.delivered, "picture")} · {made.achievedFps.toFixed(1)} a second
            </Fact>
            <Fact name="Lost or late">
              {lost === 0 ? "none" : `${made.dropped} dropped, ${made.late} late`} <Aside>{made.way}</Aside>
            </Fact>
            <Fact name="Took">
              {formatDuration(made.elapsedMs)} <Aside>{formatDuration(made.processingMs)} of it after the script</Aside>
            </Fact>
          </>
        )}
        <Fact name="Processor">{Math.round(made.cpuPercent)} % of a core</Fact>
        <Fact name="Memory">{made.peakMemoryBytes > 0 ? `${formatBytes(made.peakMemoryBytes)} at most` : "–"}</Fact>
        {!isCut && <Fact name="Browser">{made.browser}</Fact>}
        <Fact name="Address">
          <a href={film.url} target="_blank" rel="noreferrer" className="break-all underline">
            {film.url}
          </a>
        </Fact>
        <Fact name="SHA-256">
          <span className="-ml-1">
            <CopyId id={made.sha256} label="Copy the SHA-256" />
          </span>
        </Fact>
        {film.againOf && (
          <Fact name="Again of">
            <Link to="/films/$id" params={{ id: film.againOf }} className="underline max-md:py-3">
              another film
            </Link>
          </Fact>
        )}
        {film.recordingId && (
          <Fact name="Recording">
            <Link to="/recordings/$id" params={{ id: film.recordingId }} className="underline max-md:py-3">
              open it
            </Link>
          </Fact>
        )}
      </dl>
      {made.warnings.length > 0 && (
        <ul aria-label="Warnings" className="flex flex-col gap-1">
          {made.warnings.map((warning) => (
            <li key={warning} className="rounded bg-warning-soft px-2.5 py-1.5 text-data text-warning-text">
              <strong className="font-semibold">{warning}</strong> {meanings[warning]}
            </li>
          ))}
        </ul>
      )}
      {made.leftOut.length > 0 && (
        <section aria-label="Left out">
          <h3 className="mb-1 text-data font-medium text-muted">Left out of the recording</h3>
          <ul className="list-inside list-disc text-data">
            {made.leftOut.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted">{name}</dt>
      <dd className="num break-words">{children}</dd>
    </div>
  );
}

const Aside = ({ children }: { children: ReactNode }) => <span className="text-faint">({children})</span>;

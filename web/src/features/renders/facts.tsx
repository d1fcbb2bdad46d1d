import type { ReactNode } from "react";
import type { Render } from "@/api/types.ts";
import { CopyId } from "@/components/copy-id.tsx";
import { formatDuration } from "@/lib/duration.ts";
import { formatBytes } from "@/lib/size.ts";

const meanings: Record<string, string> = {
  blank: "Every frame is of one colour.",
  frozen: "All frames of the film are the same.",
  "whole-page": "It is not one opaque canvas of even size that fills the page, so it was not made the faster way.",
  "real-time": "It was made in real time, as asked for: it may look different the next time.",
  "one-page": "Pages with the same code and seed did not show the same: it may look different the next time.",
  padded: "The film has one more row or column than asked for: its format needs even numbers.",
};

/** What is known of the output, read from its file, and what the page complained about. */
export function Facts({ render }: { render: Render }) {
  const made = render.result;
  if (!made) return null;
  const isFilm = made.fps !== null && made.fps !== undefined;
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-data max-md:gap-y-2">
        <Fact name="Size">
          {made.width} × {made.height}
        </Fact>
        {isFilm && (
          <Fact name="Film">
            {made.frames} frames, {made.fps} a second, {formatDuration(made.durationMs)}
          </Fact>
        )}
        <Fact name="File">
          {formatBytes(made.bytes)} · {made.mediaType}
        </Fact>
        <Fact name="Took">
          {render.cached ? (
            "nothing: the same had been made before"
          ) : (
            <>
              {formatDuration(made.elapsedMs)}
              {isFilm && ` · ${made.framesPerSecond.toFixed(1)} frames a second`}
            </>
          )}
        </Fact>
        <Fact name="Seed">{made.seed}</Fact>
        <Fact name="Drawn by">
          {made.browser}
          {(made.pages ?? 1) > 1 && `, ${made.pages} pages at once`}
        </Fact>
        {render.delivered?.src && (
          <Fact name="Delivered">
            <a href={render.delivered.src} target="_blank" rel="noreferrer" className="break-all underline">
              {render.delivered.src}
            </a>
          </Fact>
        )}
        <Fact name="SHA-256">
          <CopyId id={made.sha256} label="Copy the SHA-256" />
        </Fact>
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
      {made.console.length > 0 && (
        <section aria-label="Console">
          <h3 className="mb-1 text-data font-medium text-muted">Console of the page</h3>
          <ul className="max-h-48 overflow-auto rounded border border-line bg-sunken">
            {made.console.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity
              <li key={index} className="code border-b border-line px-2.5 py-1 break-words last:border-0">
                <span className={line.kind === "warning" ? "text-warning-text" : "text-danger-text"}>{line.kind}</span> {line.text}
                {line.place && <span className="text-faint"> {line.place}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="num min-w-0 break-words">{children}</dd>
    </>
  );
}

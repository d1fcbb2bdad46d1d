import type { ReactNode } from "react";
import { Wordmark } from "@/components/logo.tsx";

/** The card in front of the house: a dark room, one light from above. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="relative flex min-h-dvh items-center justify-center overflow-hidden bg-bg p-4">
      <div
        aria-hidden
        className="absolute inset-x-0 top-0 h-full bg-[conic-gradient(from_162deg_at_50%_-8%,transparent_0deg,color-mix(in_srgb,var(--accent)_22%,transparent)_18deg,transparent_36deg)]"
      />
      <div className="relative w-full max-w-90">
        <div className="mb-6 flex justify-center">
          <Wordmark />
        </div>
        <section className="rounded-lg border border-line bg-surface p-6 shadow-pop">
          <h1 className="mb-4 text-h2 font-semibold">{title}</h1>
          {children}
        </section>
        <p className="mt-4 text-center text-data text-faint">Real browsers, live, recorded and performed again.</p>
      </div>
    </main>
  );
}

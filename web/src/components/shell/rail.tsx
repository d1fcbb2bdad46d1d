import { Link } from "@tanstack/react-router";
import { Logo } from "../logo.tsx";
import { Tip } from "../ui/tip.tsx";
import { sections } from "./sections.ts";

const linkStyle =
  "group relative flex h-9 items-center gap-3 rounded text-muted transition-colors hover:bg-hover hover:text-ink data-[status=active]:bg-hover data-[status=active]:text-ink w-9 justify-center min-[1600px]:w-full min-[1600px]:justify-start min-[1600px]:px-2.5";

/** The rail: places to go. A bar at the bottom on a phone, pinned wide on large screens. */
export function Rail() {
  return (
    <nav
      aria-label="Main"
      className="z-30 flex shrink-0 border-line bg-surface max-md:order-last max-md:justify-around max-md:border-t max-md:pb-[env(safe-area-inset-bottom)] md:w-12 md:flex-col md:items-center md:gap-1 md:border-r md:py-2 min-[1600px]:w-44 min-[1600px]:items-stretch min-[1600px]:px-2"
    >
      <Link to="/" aria-label="Proscenium" tabIndex={-1} className="mb-2 flex h-8 items-center gap-2.5 max-md:hidden min-[1600px]:px-2">
        <Logo className="size-6" />
        <span className="text-h3 font-semibold max-[1599px]:hidden">Proscenium</span>
      </Link>
      {sections.map(({ to, name, icon: Icon, keys, isWideOnly }) => (
        <Tip key={to} text={name} keys={keys} side="right">
          <Link
            to={to}
            activeOptions={{ exact: to === "/" }}
            aria-label={name}
            className={`${linkStyle} ${to === "/settings" ? "md:mt-auto" : ""} ${isWideOnly ? "max-md:hidden" : ""} max-md:h-13 max-md:w-auto max-md:min-w-11 max-md:flex-col max-md:gap-0.5 max-md:bg-transparent!`}
          >
            <span className="absolute top-2 bottom-2 -left-1.5 w-0.5 rounded-full bg-accent opacity-0 group-data-[status=active]:opacity-100 max-md:top-0 max-md:right-3 max-md:bottom-auto max-md:left-3 max-md:h-0.5 max-md:w-auto" />
            <Icon className="size-4.5 group-data-[status=active]:text-accent-text" aria-hidden />
            <span className="text-[10px] leading-3 md:hidden" aria-hidden>
              {name}
            </span>
            <span className="text-body max-[1599px]:hidden" aria-hidden>
              {name}
            </span>
          </Link>
        </Tip>
      ))}
    </nav>
  );
}

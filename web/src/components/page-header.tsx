import type { ReactNode } from "react";

interface PageHeaderProps {
  title: ReactNode;
  meta?: ReactNode;
  children?: ReactNode;
}

/** The heading of a screen with its actions on the right. */
export function PageHeader({ title, meta, children }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-6 pt-5 pb-3 max-md:px-4 max-md:pt-4">
      <div className="min-w-0 flex-1 max-md:min-w-fit">
        <h1 className="truncate text-h1 font-semibold">{title}</h1>
        {meta && <div className="mt-0.5 text-muted">{meta}</div>}
      </div>
      {children && <div className="flex flex-wrap items-center gap-2 max-md:has-[[type=search]]:w-full">{children}</div>}
    </header>
  );
}

import { Outlet, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { moveRowFocus } from "@/lib/row-focus.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { Bar } from "./bar.tsx";
import { Help } from "./help.tsx";
import { Palette } from "./palette.tsx";
import { Rail } from "./rail.tsx";
import { sections } from "./sections.ts";

/** Rail, bar and the work, with the keys that work everywhere. */
export function Frame() {
  const navigate = useNavigate();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);

  useShortcuts({
    ...Object.fromEntries(sections.map(({ to, keys }) => [keys, () => navigate({ to })])),
    "mod+k": () => setPalette(true),
    "?": () => setHelp(true),
    "/": () => {
      const search = document.querySelector<HTMLInputElement>("main [data-search]");
      if (search) search.focus();
      else setPalette(true);
    },
    j: () => moveRowFocus(1),
    k: () => moveRowFocus(-1),
  });

  return (
    <div className="flex h-dvh max-md:flex-col">
      <a href="#work" className="sr-only focus:not-sr-only focus:absolute focus:z-80 focus:m-2 focus:rounded focus:bg-raised focus:p-2">
        Skip to the work
      </a>
      <Rail />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <Bar onSearch={() => setPalette(true)} />
        <main id="work" tabIndex={-1} className="min-h-0 flex-1 overflow-auto outline-none">
          <Outlet />
        </main>
      </div>
      <Palette open={palette} onOpenChange={setPalette} />
      <Help open={help} onOpenChange={setHelp} />
    </div>
  );
}
